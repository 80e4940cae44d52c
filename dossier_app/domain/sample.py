"""The sample binder: invented clients whose dates all stand around today.

The clients are written in ``resources/sample/*.toml`` in the format of
`dossier_app.domain.sample_file`; here each becomes a dossier. Any number of clients
without a story comes from `generated_dossiers`.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from dossier_app.domain.language import using_language
from dossier_app.domain.names import parse_name
from dossier_app.domain.place import CLOSED
from dossier_app.domain.records import (
    USUAL_MINUTES,
    Answer,
    Cadence,
    Carried,
    Channel,
    ContactKind,
    ContactPoint,
    Direction,
    Dossier,
    FilledForm,
    HistoryEntry,
    NextStep,
    Person,
    Promise,
    Side,
    Slip,
    SlipKind,
    StepKind,
)
from dossier_app.domain.sample_crowd import generated_dossiers
from dossier_app.domain.sample_file import (
    DAY,
    Client,
    Days,
    Forms,
    Human,
    IsWorking,
    Line,
    Reach,
    read_clients,
)

__all__ = ["generated_dossiers", "sample_dossiers"]

_NAMESPACE = uuid.UUID("7d1c1d4e-6a0f-5c1b-9f0e-3b1f5a2c4d60")


def sample_dossiers(
    texts: Iterable[str], today: date, is_working: IsWorking, author: str
) -> list[Dossier]:
    """The dossiers written in ``texts``, alive on ``today``.

    ``author`` signs the history and owns the clients. The same arguments give the same
    dossiers, uids included. Raises ValueError for a text that is not as its format wants.
    """
    days = Days(today, is_working)
    dossiers: dict[str, Dossier] = {}
    for client in (client for text in texts for client in read_clients(text)):
        if client.key in dossiers:
            raise ValueError(f"client {client.key!r} stands twice")
        try:
            with using_language(client.lang):
                dossiers[client.key] = _Build(client, days, author).dossier()
        except ValueError as error:
            raise ValueError(f"client {client.key!r}: {error}") from error
    return list(dossiers.values())


class _Build:
    """One client becomes one dossier."""

    def __init__(self, client: Client, days: Days, author: str) -> None:
        self._client, self._days, self._author = client, days, author

    def dossier(self) -> Dossier:
        client = self._client
        if client.step and client.closed:
            raise ValueError("closed, and yet with a next step")
        people = [self._person(number, human) for number, human in enumerate(client.person)]
        history = self._history(people)
        made = Dossier(
            uid=self._uid(),
            company=client.company,
            category=client.kind,
            status=client.status,
            source=client.source,
            note=self._days.fill(client.note),
            note_private=client.note_private,
            tags=list(client.tags),
            people=people,
            contact_points=self._points(client, "company"),
            forms=self._forms(client.forms, "company"),
            cadence=self._cadence(),
            history=history,
            tries=_tries(history),
            promises=self._promises(Side.OURS, client.ours)
            + self._promises(Side.THEIRS, client.theirs),
            created_on=self._created_on(history),
        )
        made.slips = self._slips(made.promises)
        self._file(made)
        return made

    def _uid(self, *parts: object) -> str:
        # The author too: two reps who try a handover with the sample have different clients.
        return _uid(self._author, self._client.key, *parts)

    def _line(self, text: str, most: int = 1) -> Line:
        return Line.read(text, self._days.fill, most)

    def _file(self, made: Dossier) -> None:
        if self._client.closed:
            line = self._line(self._client.closed)
            made.place, made.closed_reason = CLOSED, line.text
            made.closed_on = self._days.ago(line.number())
            line.end()
        if self._client.step:
            line = self._line(self._client.step)
            made.place = self._days.place(line.first())
            kind = line.one_of(StepKind) or StepKind.CALL
            minutes = line.minutes()
            made.step = NextStep(
                kind=kind,
                text=line.text,
                time=line.time(),
                minutes=USUAL_MINUTES[kind] if minutes is None else minutes,
                fixed=line.flag("fixed"),
            )
            line.end()
        if self._client.carried:
            line = self._line(self._client.carried)
            made.carried = Carried(self._days.ago(line.number()), line.number(), line.text)
            line.end()

    def _person(self, number: int, human: Human) -> Person:
        name = parse_name(human.name)
        points = self._points(human, f"person{number}")
        if human.home:
            label = "домашний" if self._client.lang == "ru" else "home"
            uid = self._uid("person", number, "home")
            points.append(ContactPoint(ContactKind.ADDRESS, human.home, label, True, uid))
        return Person(
            surname=name.surname,
            given=name.given,
            patronymic=name.patronymic,
            position=human.position,
            role=human.role,
            main=number == 0,
            note=self._days.fill(human.note),
            contact_points=points,
            forms=self._forms(human.forms, f"person{number}"),
            uid=self._uid("person", number),
        )

    def _points(self, reach: Reach, owner: str) -> list[ContactPoint]:
        kinds = {
            ContactKind.PHONE: reach.phones,
            ContactKind.EMAIL: reach.emails,
            ContactKind.ADDRESS: reach.addresses,
            ContactKind.WEB: reach.web,
            ContactKind.MESSENGER: reach.messengers,
        }
        points = []
        for kind, texts in kinds.items():
            for text in texts:
                value, _, label = text.partition(" / ")
                uid = self._uid(owner, kind, value)
                points.append(ContactPoint(kind, value, label, uid=uid))
        return points

    def _forms(self, forms: Forms, owner: str) -> list[FilledForm]:
        return [self._form(template, dict(facts), owner) for template, facts in forms.items()]

    def _form(self, template: str, facts: dict[str, Any], owner: str) -> FilledForm:
        source, ago = facts.pop("_from", ""), facts.pop("_ago", 0)
        form = FilledForm(template, uid=self._uid(owner, template))
        form.filled_on = self._days.ago(ago)
        for key, fact in facts.items():
            own = fact if isinstance(fact, dict) and "is" in fact else {"is": fact}
            if unknown := own.keys() - {"is", "from", "ago"}:
                raise ValueError(f"unknown words in {template}.{key}: {', '.join(unknown)}")
            confirmed = self._days.ago(own.get("ago", ago))
            form.answers[key] = Answer(self._filled(own["is"]), own.get("from", source), confirmed)
        return form

    def _filled(self, value: Any) -> Any:
        """A form's value with the placeholders in its texts replaced."""
        if isinstance(value, str):
            return self._days.fill(value)
        if isinstance(value, list):
            return [self._filled(item) for item in value]
        if isinstance(value, dict):
            return {key: self._filled(item) for key, item in value.items()}
        return value

    def _cadence(self) -> Cadence | None:
        if not self._client.every:
            return None
        found = re.fullmatch(r"(\d+) (day|week|month)(?: (\d+))?", self._client.every)
        if not found:
            raise ValueError(f"not a cadence: {self._client.every!r}")
        return Cadence(int(found[1]), found[2], int(found[3]) if found[3] else None)

    def _history(self, people: list[Person]) -> list[HistoryEntry]:
        entries: list[HistoryEntry] = []
        newest, before = 0, None
        for number, text in enumerate(self._client.history):
            line = self._line(text, most=2)
            ago, at = line.number(), line.time()
            channel = line.one_of(Channel)
            if ago < max(newest, 1) or at is None or channel is None:
                raise ValueError(f"history out of order, or without time or channel: {text!r}")
            newest = ago
            day = self._days.ago(ago)
            # Weekends drawn to their Friday must not turn the order round.
            if before and (day, at) >= before:
                day = self._days.working(before[0] - DAY, -DAY)
            before = (day, at)
            entries.append(
                HistoryEntry(
                    at=datetime.combine(day, at).astimezone(),
                    channel=channel,
                    direction=line.one_of(Direction) or Direction.NONE,
                    reached=not line.flag("missed"),
                    text=line.text,
                    agreed=line.agreed,
                    minutes=line.minutes(),
                    author=self._author,
                    person_uid=_named(people, line.who()),
                    private=line.flag("private"),
                    uid=self._uid("history", number),
                )
            )
            line.end()
        return entries

    def _promises(self, side: Side, texts: list[str]) -> list[Promise]:
        promises = []
        for number, text in enumerate(texts):
            line = self._line(text)
            due = self._days.day(line.first())
            kept_on = due if line.flag("kept") else None
            line.end()
            uid = self._uid(side, number)
            promises.append(Promise(side, line.text, due, kept_on, uid=uid))
        return promises

    def _slips(self, promises: list[Promise]) -> list[Slip]:
        """The slips of the file, and one for each open promise."""
        slips = []
        for number, text in enumerate(self._client.slips):
            line = self._line(text)
            slip = Slip(
                on=self._days.day(line.first()),
                kind=line.one_of(SlipKind) or SlipKind.REMINDER,
                text=line.text,
                time=line.time(),
                minutes=line.minutes() or 0,
                uid=self._uid("slip", number),
            )
            line.end()
            slips.append(slip)
        for promise in promises:
            if promise.due and not promise.kept_on:
                uid = _uid(promise.uid, "slip")
                slips.append(
                    Slip(
                        SlipKind.PROMISE,
                        promise.due,
                        promise.text,
                        promise_uid=promise.uid,
                        uid=uid,
                    )
                )
        return slips

    def _created_on(self, history: list[HistoryEntry]) -> date:
        if self._client.since is not None:
            return self._days.ago(self._client.since)
        return history[-1].at.date() if history else self._days.today


def _uid(*parts: object) -> str:
    return str(uuid.uuid5(_NAMESPACE, "/".join(str(part) for part in parts)))


def _tries(history: list[HistoryEntry]) -> int:
    """How often in a row nobody was reached, up to now."""
    reached = (number for number, entry in enumerate(history) if entry.reached)
    return next(reached, len(history))


def _named(people: list[Person], part: str | None) -> str:
    """The uid of the person whose name has ``part``; of the main contact without it."""
    if part is None:
        return people[0].uid if people else ""
    found = [person.uid for person in people if part in person.full_name]
    if len(found) != 1:
        raise ValueError(f"{part!r} names {len(found)} people")
    return found[0]
