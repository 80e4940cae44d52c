"""Taking a merge apart again, whatever was changed since.

Every change since the merge goes to exactly one of the two dossiers: a change of a part
to the dossier that the part came from, a change of a single value to the one whose value
had been chosen, a new part to the one that stays, unless it hangs on a part of the other.
Where both had the same part the one that stays takes the change, and the other one gets
back what it had. Only what became private is private on both sides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import takewhile
from typing import Any

from dossier_app.domain.merging import (
    ASKED,
    LINES,
    PLAN,
    From,
    Merge,
    from_lines,
    lines_of,
    values,
    with_references,
)
from dossier_app.domain.parts import Part, Parts, dossier_from, parts_of, value_names
from dossier_app.domain.records import Answer, Dossier, HistoryEntry, Person, Slip

_PRIVATE = ("private", "note_private")


def unmerge(merge: Merge, now: Dossier) -> tuple[Dossier, Dossier]:
    """The two dossiers out of ``now``, which `merge` made and which was changed since."""
    split = _Split(merge)
    split.take(parts_of(now))
    return split.mine.dossier(), split.other.dossier()


class _Side:
    """One of the two dossiers while it is being put together."""

    def __init__(self, was: Dossier) -> None:
        self.was = was
        self.base = parts_of(was)
        self.parts: Parts = {}

    def dossier(self) -> Dossier:
        order = {key: number for number, key in enumerate(self.base)}
        # Owners before what is theirs, old parts in their order, then the new ones.
        keys = sorted(self.parts, key=lambda key: (self._depth(key), order.get(key, len(order))))
        made = dossier_from({key: self.parts[key] for key in keys})
        made.history.sort(key=lambda entry: entry.at, reverse=True)
        _keep_one_main(made.people, self.was.people)
        return made

    def _depth(self, key: str) -> int:
        owner = self.parts[key].owner
        return 1 + self._depth(owner) if owner else 0


class _Split:
    """Deals the parts of a merged dossier out to the two sides."""

    def __init__(self, merge: Merge) -> None:
        self.mine, self.other = _Side(merge.mine), _Side(merge.other)
        self._before = parts_of(merge.merged)
        self._joined = merge.joined
        self._back = {here: there for there, here in merge.joined.items()}
        self._sides: dict[str, set[From]] = {}  # of each part of the merged dossier

    def take(self, now: Parts) -> None:
        for side in From:
            self._bring_back(side, now)
        for key, part in now.items():
            was = self._before.get(key)
            if was is None:
                self._add(key, part)
            else:
                self._change(key, was, part)

    # --- the parts that are there

    def _change(self, key: str, was: Part, part: Part) -> None:
        there = self._back.get(key, key)
        own, other = self.mine.base.get(key), self.other.base.get(there)
        if own is None and other is None:  # the slip that the merge made
            if part.record != was.record:
                self._put(self._loser(), key, part, part.record)
            self._sides[key] = {self._loser()}
        elif own is not None and other is not None:
            theirs = with_references(other.record, self._joined)
            one, two = _shared_change(own.record, theirs, was.record, part.record)
            self._sides[key] = {From.MINE, From.OTHER}
            self._put(From.MINE, key, replace(part, owner=own.owner), one)
            self._put(From.OTHER, key, replace(part, owner=self._here(other.owner)), two)
        else:
            side, base = (From.MINE, own) if own is not None else (From.OTHER, other)
            assert base is not None
            if part.owner == was.owner and side is From.OTHER:
                part = replace(part, owner=self._here(base.owner))
            # It may have been moved to somebody of the other side.
            side = self._side_of(part.owner, side)
            self._sides[key] = {side}
            self._put(side, key, part, _changed(base.record, was.record, part.record))

    def _add(self, key: str, part: Part) -> None:
        record = part.record
        hangs_on = part.owner
        if isinstance(record, HistoryEntry) and record.person_uid:
            hangs_on = record.person_uid
        elif isinstance(record, Slip) and record.promise_uid:
            hangs_on = record.promise_uid
        side = self._side_of(hangs_on, From.MINE)
        self._sides[key] = {side}
        self._put(side, key, part, record)

    def _put(self, side: From, key: str, part: Part, record: Any) -> None:
        """Add a part as ``side`` calls it; one without an owner there stands alone."""
        target = self.mine if side is From.MINE else self.other
        owner = part.owner
        if side is From.OTHER:
            key, owner = self._back.get(key, key), self._back.get(owner, owner)
            record = with_references(record, self._back)
        if part.owner and owner not in target.parts:
            owner = target.was.uid
        target.parts[key] = Part(record, owner, part.shelf, part.field)

    def _side_of(self, key: str, usual: From) -> From:
        """The only side that has this part, else ``usual``."""
        sides = self._sides.get(key, set())
        return usual if usual in sides or not sides else next(iter(sides))

    def _here(self, key: str) -> str:
        return self._joined.get(key, key)

    def _loser(self) -> From:
        """Whose next step was not chosen."""
        own, other = self.mine.base[self.mine.was.uid], self.other.base[self.other.was.uid]
        was = self._before[self.mine.was.uid]
        chosen = _chosen(own.record, other.record, was.record, PLAN)
        return From.MINE if chosen is From.OTHER else From.OTHER

    # --- the parts that have gone

    def _bring_back(self, which: From, now: Parts) -> None:
        """Give back what both had and only the other side lost, with all that hung on it."""
        side = self.mine if which is From.MINE else self.other
        whole: set[str] = set()
        for key, base in side.base.items():
            shared, owner = key, base.owner
            if which is From.OTHER:
                shared, owner = self._here(key), self._here(owner)
            if shared in now:
                continue
            # What went with its owner comes back with it, and only with it.
            if self._lost_by_other(shared, which) if owner in now else base.owner in whole:
                whole.add(key)
                side.parts[key] = base

    def _lost_by_other(self, key: str, side: From) -> bool:
        """True for a part of both that goes from the side which is not this one: from the
        dossier that stays, or an answer from the one whose answer had been chosen."""
        own, other = self.mine.base.get(key), self.other.base.get(self._back.get(key, key))
        if own is None or other is None:
            return False
        if side is From.OTHER:
            return key not in self.mine.parts
        if not isinstance(own.record, Answer):
            return False
        [group] = ASKED[Answer]
        theirs = with_references(other.record, self._joined)
        return _chosen(own.record, theirs, self._before[key].record, group) is From.OTHER


def _shared_change(mine: Any, other: Any, was: Any, now: Any) -> tuple[Any, Any]:
    """What the change from ``was`` to ``now`` makes of the two records it stands for."""
    changes: dict[From, dict[str, Any]] = {From.MINE: {}, From.OTHER: {}}
    groups = ASKED.get(type(mine), ())
    asked = {name for group in groups for name in group}
    single = [(name,) for name in value_names(mine) if name not in asked]
    for group in (*groups, *single):
        if values(was, group) == values(now, group):
            continue
        if group[0] in LINES:
            for side, change in zip(
                From, _line_changes(group[0], mine, other, was, now), strict=True
            ):
                changes[side] |= change
            continue
        new = dict(zip(group, values(now, group), strict=True))
        changes[_chosen(mine, other, was, group)] |= new
        if group[0] in _PRIVATE and new[group[0]]:
            changes[From.MINE] |= new
            changes[From.OTHER] |= new
    return replace(mine, **changes[From.MINE]), replace(other, **changes[From.OTHER])


def _line_changes(name: str, mine: Any, other: Any, was: Any, now: Any) -> Iterator[dict[str, Any]]:
    """What the changed lines of a note, or the tags, make of the two values."""
    split = _split_lines(*(lines_of(getattr(item, name)) for item in (mine, other, was, now)))
    for record, lines in zip((mine, other), split, strict=True):
        before = getattr(record, name)
        value = from_lines(lines, before)
        change: dict[str, Any] = {} if value == before else {name: value}
        # What was written into a private note stays private.
        if change and name == "note" and getattr(now, "note_private", False):
            change["note_private"] = True
        yield change


def _changed(base: Any, was: Any, now: Any) -> Any:
    """``base`` with what differs between ``was`` and ``now``."""
    return replace(
        base,
        **{
            name: getattr(now, name)
            for name in value_names(now)
            if getattr(was, name) != getattr(now, name)
        },
    )


def _chosen(mine: Any, other: Any, was: Any, group: tuple[str, ...]) -> From:
    """Whose value the merge took; that of the dossier that stays when both had it."""
    is_other = values(was, group) == values(other, group) != values(mine, group)
    return From.OTHER if is_other else From.MINE


def _split_lines(
    mine: list[str], other: list[str], was: list[str], now: list[str]
) -> tuple[list[str], list[str]]:
    """Deal the lines of ``now`` out: unchanged ones go where they came from, a line in
    place of another one with it, new lines to ``mine``. ``was`` is ``mine``, then what it
    took of ``other``, then what the merge wrote itself."""
    known = set(other)
    came = list(takewhile(known.__contains__, was[len(mine) :]))
    edges = (len(mine), len(mine) + len(came))
    dealt: tuple[list[str], list[str], list[str]] = ([], [], [])

    def source(number: int) -> int:
        return sum(number >= edge for edge in edges)

    for tag, start, end, first, last in SequenceMatcher(None, was, now, False).get_opcodes():
        if tag == "equal":
            for offset in range(end - start):
                dealt[source(start + offset)].append(was[start + offset])
        else:
            where = source(start) if tag == "replace" else 0
            dealt[1 if where == 1 else 0].extend(now[first:last])
    if dealt[1] == came:
        return dealt[0], other
    taken = set(came)
    return dealt[0], dealt[1] + [line for line in other if line not in taken]


def _keep_one_main(people: list[Person], before: list[Person]) -> None:
    """Of two main contacts the new one; without any the one there was."""
    was_main = {person.uid for person in before if person.main}
    main = [person for person in people if person.main]
    if len(main) > 1:
        fresh = [person for person in main if person.uid not in was_main] or main
        for person in main:
            person.main = person is fresh[0]
    elif not main:
        for person in people:
            if person.uid in was_main:
                person.main = True
                break
