"""How often a client wants to hear from us: "every 2 weeks"."""

from __future__ import annotations

import re

from dossier_app.domain.errors import Unreadable
from dossier_app.domain.language import mark, ntr, tr
from dossier_app.domain.names import fold
from dossier_app.domain.records import Cadence

# The beginnings by which a unit is known in both languages.
_UNITS = {
    "day": ("day", "d", "дн", "ден"),
    "week": ("week", "w", "нед"),
    "month": ("month", "m", "мес"),
}
_ONCE = {"day": mark("every day"), "week": mark("every week"), "month": mark("every month")}
_PATTERN = re.compile(r"(?:every|каждые|каждую|каждый|раз в)?\s*(\d*)\s*([a-zа-я]+)\.?")


def read_cadence(text: str) -> Cadence | None:
    """Read "2 weeks", "каждый месяц", "раз в 10 дней"; None for an empty text."""
    folded = fold(text).strip()
    if not folded:
        return None
    found = _PATTERN.fullmatch(folded)
    if found:
        every = int(found[1] or 1)
        for unit, beginnings in _UNITS.items():
            if found[2].startswith(beginnings) and 1 <= every <= 1000:
                return Cadence(every, unit)
    raise Unreadable(tr("“{text}” is not understood as how often; try “every 2 weeks”.", text=text))


def describe_cadence(cadence: Cadence) -> str:
    """ "every 2 weeks", in the current language."""
    if cadence.every == 1:
        return tr(_ONCE[cadence.unit])
    if cadence.unit == "day":
        return ntr("every {n} day", "every {n} days", cadence.every)
    if cadence.unit == "week":
        return ntr("every {n} week", "every {n} weeks", cadence.every)
    return ntr("every {n} month", "every {n} months", cadence.every)
