"""The look back in the window: a day, a week, a month."""
