"""Making and changing forms in the window."""
