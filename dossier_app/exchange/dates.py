"""Dates as foreign files write them. Nothing here guesses a year or a century."""

from __future__ import annotations

import re

from dossier_app.domain.partial_date import PartialDate

_PATTERNS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?:T.*)?",
        r"(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)(?:[T ].*)?",
        r"(?P<year>\d{4})[-./](?P<month>\d\d?)",
        r"(?P<year>\d{4})[./](?P<month>\d\d?)[./](?P<day>\d\d?)",
        r"(?P<year>\d{4})",
        r"--(?P<month>\d\d)-?(?P<day>\d\d)(?:T.*)?",
        r"(?P<day>\d\d?)\.(?P<month>\d\d?)\.?",
        r"(?P<day>\d\d?)[./-](?P<month>\d\d?)[./-](?P<year>\d{4})(?:\s*г\.?)?(?:\s+[0:]+)?",
        # Month first is only certain when the second number can be no month.
        r"(?P<month>\d\d?)/(?P<day>1[3-9]|2\d|3[01])/(?P<year>\d{4})(?:\s+[0:]+)?",
        r"(?P<day>\d\d?)\.?\s+(?P<word>[^\W\d_]{3,})\.?(?:,?\s+(?P<year>\d{4}))?(?:\s*г\.?)?",
        r"(?P<word>[^\W\d_]{3,})\.?\s+(?P<day>\d\d?)(?:,?\s+(?P<year>\d{4}))?",
        r"(?P<word>[^\W\d_]{3,})\.?\s+(?P<year>\d{4})(?:\s*г\.?)?",
    )
]
_MONTHS = [
    ("янв", "jan"), ("фев", "feb"), ("мар", "mar"), ("апр", "apr"), ("май", "мая", "may"),
    ("июн", "jun"), ("июл", "jul"), ("авг", "aug"), ("сен", "sep"), ("окт", "oct"),
    ("ноя", "nov"), ("дек", "dec"),
]  # fmt: skip


def read_partial_date(text: str) -> PartialDate | None:
    """The date in ``text``, in ISO, vCard, dotted or worded form; None when it is none.

    ``3/4/1976`` is read day first, as it is written here; a year of two digits is not
    read, because its century would be a guess.
    """
    text = text.strip()
    if len(text) > 40:
        return None
    for pattern in _PATTERNS:
        found = pattern.fullmatch(text)
        if found:
            parts = found.groupdict()
            word = parts.pop("word", None)
            known = {key: int(value) for key, value in parts.items() if value}
            if word:
                known["month"] = _month(word)
            try:
                return PartialDate(**known)
            except ValueError:
                continue
    return None


def _month(word: str) -> int:
    start = word[:3].lower()
    return next((n for n, names in enumerate(_MONTHS, 1) if start in names), 0)
