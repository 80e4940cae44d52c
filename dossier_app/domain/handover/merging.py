"""Joining what a colleague did into the owner's dossier: a three-way merge.

``base`` is what both sides last agreed on: at first what went along, then what of the
colleague's was seen. What only one side changed is taken; what both changed alike is
agreed; what both changed otherwise is a conflict, and the owner says whose holds. New
contacts, promises, documents, people are joined by their uid without asking. A contact, a
promise or a document never goes because the other side does not have it; of anything else
the edit wins over the removal. What did not go along was never the colleague's to change:
it stays.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from dossier_app.domain.forms.template import Templates
from dossier_app.domain.handover.rows import MAIN, Row, Rows
from dossier_app.domain.parts import answer_key

_KEPT = ("history", "promise", "document")
_LASTING = ("author",)  # who made a contact made it for ever
_MISSING = object()  # no value
_AT_ODDS = object()  # two values that cannot be joined


class Take(StrEnum):
    """Whose value holds where both changed the same; ASK leaves it open."""

    THEIRS = "theirs"
    MINE = "mine"
    ASK = "ask"


class Change(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Applied:
    """One thing of the colleague's that was taken over. ``field`` is empty for a whole row."""

    kind: str
    key: str
    field: str
    change: Change


@dataclass(frozen=True, slots=True)
class Conflict:
    """One field that both sides changed otherwise; the values are JSON."""

    kind: str
    key: str
    field: str
    mine: Any
    theirs: Any


Choose = Callable[[Conflict], Take]


@dataclass(slots=True)
class Merged:
    """``rows`` are the owner's from now on; ``seen`` is the base of the next merge.

    ``conflicts`` has every conflict, ``open`` those that nobody has decided: there the
    owner's value stands, and the next merge asks again.
    """

    rows: Rows
    seen: Rows
    applied: list[Applied] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    open: list[Conflict] = field(default_factory=list)


def merge(base: Rows, mine: Rows, theirs: Rows, choose: Choose) -> Merged:
    """Join ``theirs`` into ``mine``; changes none of its arguments."""
    merged = Merged({}, dict(theirs))
    for key in [*mine, *(key for key in theirs if key not in mine)]:
        row = _row(key, base.get(key), mine.get(key), theirs.get(key), choose, merged)
        if row is not None:
            merged.rows[key] = row
    _restore_owners(merged.rows, (mine, theirs, base))
    _keep_main(merged.rows, mine)
    return merged


def as_same_sheets(base: Rows, mine: Rows, theirs: Rows, templates: Templates) -> Rows:
    """``theirs`` with each form that both sides began by themselves called as in ``mine``:
    of a form that is filled once there is one sheet."""
    own = {
        (row.values["template"], row.owner): key
        for key, row in mine.items()
        if row.kind == "form" and key not in base
    }
    same: dict[str, str] = {}
    for key, row in theirs.items():
        if row.kind != "form" or key in base or key in mine:
            continue
        template = templates.get(str(row.values.get("template")))
        twin = own.get((str(row.values.get("template")), row.owner))
        if twin and template is not None and not template.repeatable:
            same[key] = twin
    if not same:
        return theirs
    renamed: Rows = {}
    for key, row in theirs.items():
        if row.kind == "answer" and row.owner in same:
            owner = same[row.owner]
            renamed[answer_key(owner, row.field)] = replace(row, owner=owner)
        else:
            renamed[same.get(key, key)] = row
    return renamed


def _row(
    key: str, base: Row | None, mine: Row | None, theirs: Row | None, choose: Choose, merged: Merged
) -> Row | None:
    """What becomes of one row."""
    if theirs is None:
        if mine is None or base is None or mine.kind in _KEPT or mine != base:
            return mine
        merged.applied.append(Applied(mine.kind, key, "", Change.REMOVED))
        return None
    if mine is None:
        if theirs == base:
            return None  # the owner took it out, and nobody has touched it since
        merged.applied.append(Applied(theirs.kind, key, "", Change.ADDED))
        return theirs
    return _Fields(key, base, mine, theirs, choose, merged).merge()


class _Fields:
    """The values of a row that both sides have."""

    def __init__(
        self, key: str, base: Row | None, mine: Row, theirs: Row, choose: Choose, merged: Merged
    ) -> None:
        self.key, self.mine, self.theirs = key, mine, theirs
        self.base, self.known = base, base.values if base else {}
        self.choose, self.merged = choose, merged

    def merge(self) -> Row:
        if self.mine.kind == "answer":
            values = self._answer()
        else:
            names = [
                *self.mine.values,
                *(n for n in self.theirs.values if n not in self.mine.values),
            ]
            values = {name: self._value(name) for name in names}
        return replace(self.mine, values=values, owner=self._owner())

    def _owner(self) -> str:
        """Whose it is: the colleague may have moved a phone to another person."""
        if self.base is None or self.theirs.owner == self.base.owner:
            return self.mine.owner
        return self.theirs.owner if self.mine.owner == self.base.owner else self.mine.owner

    def _value(self, name: str) -> Any:
        base = self.known.get(name, _MISSING)
        mine = self.mine.values.get(name, _MISSING)
        theirs = self.theirs.values.get(name, _MISSING)
        if theirs in (base, mine) or theirs is _MISSING or name in _LASTING:
            return mine
        if mine is _MISSING or mine == base:
            self._take(name)
            return theirs
        if name == "tags":
            return self._tags(base, mine, theirs)
        return self._ask(name, base, mine, theirs)

    def _tags(self, base: Any, mine: list[str], theirs: list[str]) -> list[str]:
        known = [] if base is _MISSING else base
        stay = [tag for tag in mine if tag in theirs or tag not in known]
        tags = stay + [tag for tag in theirs if tag not in known and tag not in stay]
        if tags != mine:
            self._take("tags")
        return tags

    def _answer(self) -> dict[str, Any]:
        """An answer is one fact: its value, with who said it and when."""
        if self.theirs.values == self.known:
            return self.mine.values
        base = self.known.get("value", _MISSING)
        mine, theirs = self.mine.values["value"], self.theirs.values["value"]
        value = _joined(base, mine, theirs)
        if value is _AT_ODDS:
            value = self._ask("value", base, mine, theirs)
            if value == mine:
                return self.mine.values
            value = _with_hidden(base, mine, theirs)
        elif value != mine:
            self._take("value")
        heard = self.theirs.values["source"] if value != mine else ""
        confirmed = filter(None, (self.mine.values["confirmed"], self.theirs.values["confirmed"]))
        return {
            "value": value,
            "source": heard or self.mine.values["source"],
            "confirmed": max(confirmed, default=None),
        }

    def _ask(self, name: str, base: Any, mine: Any, theirs: Any) -> Any:
        conflict = Conflict(self.mine.kind, self.key, name, mine, theirs)
        self.merged.conflicts.append(conflict)
        take = self.choose(conflict)
        if take is Take.THEIRS:
            self._take(name)
            return theirs
        if take is Take.ASK:
            self.merged.open.append(conflict)
            self._unseen(name, base)
        return mine

    def _take(self, name: str) -> None:
        self.merged.applied.append(Applied(self.mine.kind, self.key, name, Change.CHANGED))

    def _unseen(self, name: str, base: Any) -> None:
        """Let the next merge know of ``name`` what this one knew."""
        row = self.merged.seen[self.key]
        values = {key: value for key, value in row.values.items() if key != name}
        if base is not _MISSING:
            values[name] = base
        self.merged.seen[self.key] = replace(row, values=values)


def _joined(base: Any, mine: Any, theirs: Any) -> Any:
    """The value that both sides together make; _AT_ODDS when they do not go together.

    A value of several named parts is joined part by part.
    """
    if theirs in (base, mine):
        return mine
    if mine == base:
        return theirs
    if not isinstance(mine, dict) or not isinstance(theirs, dict):
        return _AT_ODDS
    known = base if isinstance(base, dict) else {}
    joined = {}
    for name in [*mine, *(name for name in theirs if name not in mine)]:
        part = _joined(*(side.get(name, _MISSING) for side in (known, mine, theirs)))
        if part is _AT_ODDS:
            return _AT_ODDS
        if part is not _MISSING:
            joined[name] = part
    return joined


def _with_hidden(base: Any, mine: Any, theirs: Any) -> Any:
    """``theirs`` with those parts of ``mine`` that did not go along."""
    if not isinstance(mine, dict) or not isinstance(theirs, dict):
        return theirs
    known = base if isinstance(base, dict) else {}
    hidden = {name: part for name, part in mine.items() if name not in known}
    return {**hidden, **theirs}


def _restore_owners(rows: Rows, known: tuple[Mapping[str, Row], ...]) -> None:
    """Bring back the person or form of every row that stays."""
    for row in list(rows.values()):
        owner = row.owner
        while owner and owner not in rows:
            rows[owner] = next(side[owner] for side in known if owner in side)
            owner = rows[owner].owner


def _keep_main(rows: Rows, mine: Rows) -> None:
    """The main contact is one of the people: else the owner's."""
    values = _own(rows).values
    if values[MAIN] not in rows:
        before = _own(mine).values[MAIN]
        values[MAIN] = before if before in rows else ""


def _own(rows: Rows) -> Row:
    return next(row for row in rows.values() if row.kind == "dossier")
