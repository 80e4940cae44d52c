"""Lists of dossiers by where they lie."""

from __future__ import annotations

from datetime import date, timedelta

from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import tr
from dossier_app.domain.place import PlaceKind
from dossier_app.storage.listing import Listed, listed_dossiers
from dossier_app.storage.sheets import KeyRange

PLACES = ("tray", "left_behind", "closed", "all")


def listed(place: str, today: date) -> list[Listed]:
    """Dossiers in the tray, left behind on ``today``, closed, or all of them."""
    if place not in PLACES:
        raise Refusal(tr("“{text}” is not one of: {known}.", text=place, known=", ".join(PLACES)))
    yesterday = str(today - timedelta(days=1))
    ranges = {
        "tray": [KeyRange(PlaceKind.TRAY)],
        "left_behind": [KeyRange(PlaceKind.DAY, last=yesterday)],
        "closed": [KeyRange(PlaceKind.CLOSED)],
        "all": [KeyRange(kind) for kind in PlaceKind],
    }
    return listed_dossiers(ranges[place])
