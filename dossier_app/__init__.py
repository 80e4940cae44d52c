"""Client dossiers filed under the date of the next contact."""

__version__ = "0.1.0"
