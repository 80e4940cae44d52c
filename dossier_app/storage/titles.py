"""SQL for what a dossier is called."""

from __future__ import annotations

# The first phone or address of dossier ``d``: its name when it has neither a person nor a
# company (see `Dossier.name`).
FIRST_POINT = """(SELECT value FROM contact_point WHERE dossier_id = d.id
  ORDER BY person_id, sort LIMIT 1)"""
