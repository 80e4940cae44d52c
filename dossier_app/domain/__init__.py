"""Plain Python: what a dossier is and how the binder works. No Qt, no database, no files."""
