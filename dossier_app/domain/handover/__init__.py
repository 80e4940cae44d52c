"""Handing dossiers to a colleague and taking them back: what goes along, what came back."""
