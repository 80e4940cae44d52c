"""Handing dossiers to a colleague and taking them back: what goes along, what came back."""

ENDING = ".dossier"  # of the file of a package
BEGINNING = b"age-encryption.org/v1\n"  # of the same, whatever a mail program calls it
