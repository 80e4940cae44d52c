"""Promises as a rep types them in one line: "я, до пт: прислать фото монтажа"."""

from __future__ import annotations

import re
from datetime import date

from dossier_app.domain.errors import Unreadable
from dossier_app.domain.language import tr
from dossier_app.domain.names import fold
from dossier_app.domain.records import Promise, Side
from dossier_app.domain.when import read_when

_OURS = {"я", "мы", "i", "we", "me", "us", "ours", "наше"}
_THEIRS = {
    "он", "она", "они", "клиент", "he", "she", "they", "client", "them", "theirs", "их",
}  # fmt: skip
_BY = re.compile(r"(?:до|к|ко|by|until|till|on)\s+", re.IGNORECASE)


def read_promise(text: str, today: date) -> Promise | None:
    """Read "who, by when: what" or "who;due;what"; None for an empty text.

    Without who it is ours, without a date it has none; a text without a colon is the
    promise itself. Raises Unreadable when the date before the colon is not understood.
    """
    text = text.strip()
    if not text:
        return None
    if text.count(";") >= 2:
        who, due, what = (part.strip() for part in text.split(";", 2))
        return _promise(_side(who), due, what, today)
    head, colon, what = text.partition(":")
    if not colon or not what.strip():
        return Promise(Side.OURS, text)
    who, _, due = head.partition(",")
    if not due and _known_side(who) is None:
        # "до пт: фото", or a colon that belongs to the text: "фото: три штуки".
        try:
            return _promise(Side.OURS, who, what.strip(), today)
        except Unreadable:
            if _BY.match(who):
                raise
            return Promise(Side.OURS, text)
    return _promise(_side(who), due, what.strip(), today)


def _promise(side: Side, due: str, what: str, today: date) -> Promise:
    if not what:
        raise Unreadable(tr("The promise has no text."))
    due = _BY.sub("", due.strip(), count=1)
    if not due:
        return Promise(side, what)
    place = read_when(due, today).place
    if place.date is None:
        raise Unreadable(tr("A promise needs a day; “{text}” is not one.", text=due))
    return Promise(side, what, place.date)


def _known_side(text: str) -> Side | None:
    word = fold(text).strip()
    if word in _OURS:
        return Side.OURS
    return Side.THEIRS if word in _THEIRS else None


def _side(text: str) -> Side:
    side = _known_side(text)
    if side is None:
        raise Unreadable(
            tr("Who promised? Write “we” or “client” before the comma, not “{text}”.", text=text)
        )
    return side
