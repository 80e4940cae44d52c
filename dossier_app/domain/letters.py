"""The letter that confirms a meeting: it sets the scene, states what was agreed, and says
what the client does next.

A letter fixes what is settled already: only what was agreed, what is promised and the next
step are in it, never what was noted about the talk.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dossier_app.domain.datewords import clock, day_month
from dossier_app.domain.forms.template import Text
from dossier_app.domain.records import (
    Channel,
    ContactKind,
    Dossier,
    HistoryEntry,
    Person,
    Promise,
    Side,
    StepKind,
)

_GREETING = Text("Здравствуйте, {name}!", "Dear {name},")
_GREETING_ALONE = Text("Здравствуйте!", "Good afternoon,")
_SUBJECTS = {
    Channel.MEETING: Text("Итоги нашей встречи {day}", "What we agreed on {day}"),
    Channel.VISIT: Text("Итоги нашей встречи {day}", "What we agreed on {day}"),
    Channel.CALL: Text("Итоги нашего разговора {day}", "Our call of {day}"),
}
_SUBJECT = Text("О чём мы договорились {day}", "What we agreed on {day}")
_SCENES = {
    Channel.MEETING: Text(
        "Спасибо за встречу {day} и за ваше время.",
        "Thank you for the meeting on {day} and for your time.",
    ),
    Channel.VISIT: Text(
        "Спасибо, что приняли меня {day}.",
        "Thank you for receiving me on {day}.",
    ),
    Channel.CALL: Text(
        "Спасибо за разговор {day}.",
        "Thank you for talking to me on {day}.",
    ),
}
_SCENE = Text("Возвращаюсь к нашей переписке {day}.", "I come back to our messages of {day}.")
_BRIEFLY = Text("Коротко записываю, к чему мы пришли.", "Here in brief is what we came to.")
_AGREED = Text("Мы договорились:", "We agreed:")
_OURS = Text("С нашей стороны:", "From our side:")
_THEIRS = Text("С вашей стороны:", "From your side:")
_BY = Text("{text}, до {day}", "{text}, by {day}")
_NEXT = {
    StepKind.CALL: Text("Позвоню вам {day}.", "I will call you on {day}."),
    StepKind.MEETING: Text("Следующая встреча: {day}.", "We meet again on {day}."),
    StepKind.VISIT: Text("Приеду к вам {day}.", "I will come to you on {day}."),
    StepKind.EMAIL: Text("Напишу вам {day}.", "I will write to you on {day}."),
    StepKind.OTHER: Text("Вернусь к вам {day}.", "I will come back to you on {day}."),
}
_AT = Text("{day} в {time}", "{day} at {time}")
_REPLY = Text(
    "Пожалуйста, ответьте, всё ли записано верно, или поправьте меня.",
    "Please reply whether this is all as agreed, or put me right.",
)
_ACT = Text(
    "Пожалуйста, ответьте, всё ли записано верно. Дальше дело за вами: {what}.",
    "Please reply whether this is all as agreed. The next thing is with you: {what}.",
)
_YOURS = Text("С уважением,", "Kind regards,")


@dataclass(frozen=True, slots=True)
class Letter:
    """``to`` is an e-mail address, empty when none is known; ``addressee`` is who it is
    for on paper. ``body`` is plain text, paragraphs apart by an empty line."""

    to: str
    addressee: str
    subject: str
    body: str


def confirming_letter(dossier: Dossier, entry: HistoryEntry, author: str, today: date) -> Letter:
    """The letter about the contact ``entry``, in the current language, from ``author``.

    Private promises are not in it.
    """
    person = next((one for one in dossier.people if one.uid == entry.person_uid), None)
    person = person or dossier.main_person
    day = day_month(entry.at.date())
    theirs = _promises(dossier, Side.THEIRS)
    blocks = [
        _greeting(person),
        f"{_said(_SCENES.get(entry.channel, _SCENE), day=day)} {_BRIEFLY}",
        # A line to be written, where nothing was noted.
        _listed(_AGREED, _items(entry.agreed) or ["…"]),
        _listed(_OURS, _promises(dossier, Side.OURS)),
        _listed(_THEIRS, theirs),
        _next_step(dossier, today),
        _said(_ACT, what=theirs[0]) if theirs else str(_REPLY),
        "\n".join(filter(None, [str(_YOURS), author])),
    ]
    return Letter(
        to=_address(dossier, person),
        addressee=", ".join(filter(None, [person.full_name if person else "", dossier.company])),
        subject=_said(_SUBJECTS.get(entry.channel, _SUBJECT), day=day),
        body="\n\n".join(filter(None, blocks)),
    )


def _greeting(person: Person | None) -> str:
    given = " ".join(filter(None, [person.given, person.patronymic])) if person else ""
    name = given or (person.full_name if person else "")
    return _said(_GREETING, name=name) if name else str(_GREETING_ALONE)


def _items(text: str) -> list[str]:
    return [line.strip(" -—•;.") for line in text.splitlines() if line.strip(" -—•;.")]


def _promises(dossier: Dossier, side: Side) -> list[str]:
    """Open promises of one side that a client may read of, by their dates."""
    open_ones = [
        promise
        for promise in dossier.promises
        if promise.side is side and promise.kept_on is None and not promise.private
    ]
    return [_promise(item) for item in sorted(open_ones, key=lambda item: item.due or date.max)]


def _promise(promise: Promise) -> str:
    text = promise.text.strip(" .")
    return _said(_BY, text=text, day=day_month(promise.due)) if promise.due else text


def _next_step(dossier: Dossier, today: date) -> str:
    """When we come back; what we want then is ours to know."""
    step, day = dossier.step, dossier.place.date
    if step is None or day is None or day <= today:
        return ""
    when = day_month(day)
    if step.time:
        when = _said(_AT, day=when, time=clock(step.time))
    return _said(_NEXT[step.kind], day=when)


def _listed(heading: Text, items: Iterable[str]) -> str:
    lines = [f"— {item}" for item in items]
    return "\n".join([str(heading), *lines]) if lines else ""


def _address(dossier: Dossier, person: Person | None) -> str:
    points = [*(person.contact_points if person else []), *dossier.contact_points]
    return next((point.value for point in points if point.kind is ContactKind.EMAIL), "")


def _said(text: Text, /, **values: str) -> str:
    return str(text).format(**values)
