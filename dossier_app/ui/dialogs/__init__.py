"""Dialogs: sheets of paper over the dimmed window."""
