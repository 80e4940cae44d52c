"""SQL for what a dossier is called."""

from __future__ import annotations

_FIRST = "FROM contact_point WHERE dossier_id = d.id ORDER BY private, person_id, sort LIMIT 1"
# The first phone or address of dossier ``d``, an open one before any private one: its name
# when it has neither a person nor a company (see `Dossier.name`).
FIRST_POINT = f"(SELECT value {_FIRST})"
FIRST_POINT_PRIVATE = f"(SELECT private {_FIRST})"
