"""The dossier panel: who this is, what is next, what is known, and changing all of it."""
