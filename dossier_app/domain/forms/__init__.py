"""Forms: templates, the values of their fields, and filled sheets."""
