"""One invented client in three amounts: hardly anything, the usual, and far too much.

Every text is told apart by a number in it, so that one that is lost on paper is noticed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time, timedelta, timezone
from enum import Enum, StrEnum
from itertools import count, cycle
from pathlib import Path
from typing import Any

from dossier_app.domain.forms.loading import load_template
from dossier_app.domain.forms.template import Field, FieldType, Option, Scope, Template, Text
from dossier_app.domain.forms.values import check
from dossier_app.domain.overview import Overview, overview
from dossier_app.domain.place import day_place
from dossier_app.domain.records import (
    Answer,
    Cadence,
    Carried,
    Category,
    Channel,
    ContactKind,
    ContactPoint,
    Direction,
    Document,
    Dossier,
    FilledForm,
    HistoryEntry,
    NextStep,
    Person,
    Promise,
    Role,
    Side,
    Slip,
    SlipKind,
    StepKind,
)

TODAY = date(2026, 11, 25)
ZONE = timezone(timedelta(hours=3))
MAIN = "0b2f1c1e-6a0d-4f5c-9d57-3c1f6f6b7a01"  # uid of the main contact
ENDLESS = "Щ"  # the letter of which endless words are made, and nothing else
EVERY_TYPE = "every_type"  # the form that has a question of each type
# What names things or is told in other words.
_KEYS = ("uid", "version_of", "sha256", "unit", "repeat", "thread")
_SENTENCE = "Слово и дело о поставке оборудования. "
_AWKWARD = (
    'a <b & c <img src="x.png"> &amp; </para> %s {0}',
    "😀 שלום עולם مرحبا بكم 中文字",
    "до\x00по\x1bсле\ttab\u00a0nbsp soft\u00adhyphen e\u0301",
    "Превысокомногорассмотрительствующий государь, достопримечательности",
    "строка\nстрока\r\nстрока\u2028строка",
)


class Amount(StrEnum):
    SPARSE = "sparse"
    USUAL = "usual"
    OVERFULL = "overfull"


_Many = Callable[[int, int], int]  # takes the usual number, and that of the overfull


class Words:
    """Makes texts for an amount; each has a number of its own."""

    def __init__(self, amount: Amount) -> None:
        self.full = amount is Amount.OVERFULL
        self._numbers = count(1000)
        self._awkward = cycle(_AWKWARD)

    def short(self, start: str) -> str:
        """A few words; of an overfull dossier with what is awkward to set."""
        text = f"{start} т{next(self._numbers)}т"
        return f"{text} {next(self._awkward)}" if self.full else text

    def endless(self, start: str) -> str:
        """As `short`; of an overfull dossier with a word of 3,000 letters."""
        return f"{self.short(start)} {ENDLESS * 3000}" if self.full else self.short(start)

    def long(self, start: str, times: int = 30) -> str:
        """Some sentences; of an overfull dossier more of them, so many ``times``."""
        return f"{self.short(start)}. " + _SENTENCE * (times if self.full else 2)

    def longest(self, start: str) -> str:
        """Some sentences; of an overfull dossier 20,000 characters, and an endless word."""
        return self.endless(start) + self.long("", 520)


def all_templates(amount: Amount) -> dict[str, Template]:
    """The forms of the program, and one with a question of every type."""
    files = sorted((Path(__file__).parents[2] / "forms").glob("*.toml"))
    made = {path.stem: load_template(path.read_text(encoding="utf-8"), path.stem) for path in files}
    return made | {EVERY_TYPE: _with_every_type(amount)}


def client(amount: Amount, templates: dict[str, Template], surname: str = "Кузнецов") -> Dossier:
    """The client, under today's date; of a sparse one only the surname is known."""
    if amount is Amount.SPARSE:
        return Dossier(people=[Person(surname)], uid=surname, place=day_place(TODAY))
    words = Words(amount)

    def many(usual: int, overfull: int) -> int:
        return overfull if words.full else usual

    dossier = Dossier(
        words.endless("завод"),
        Category.PARTNER,
        words.endless("постоянный"),
        words.endless("выставка"),
        words.longest("Заметка"),
        tags=[words.short("метка") for _ in range(many(2, 40))],
        uid=surname,
        created_on=date(2020, 1, 2),
        place=day_place(TODAY),
        step=NextStep(StepKind.VISIT, words.longest("Осмотр"), time(10, 15), 90, fixed=True),
        carried=Carried(date(2026, 11, 2), 3),
        cadence=Cadence(2, "week"),
    )
    dossier.contact_points = [
        ContactPoint(kind, words.short(f"+7 900 {number:03d}-00-00"), words.short("ярлык"))
        for number, kind in zip(range(many(3, 100)), cycle(ContactKind), strict=False)
    ]
    roles = cycle(Role)
    dossier.people = [_person(words, surname, Role.DECISION_MAKER)]
    dossier.people += [_person(words, "Липатова", next(roles)) for _ in range(many(2, 60))]
    dossier.people[0].main, dossier.people[0].uid = True, MAIN
    _put_dates(dossier, words, many)
    _fill(dossier, words, many, templates)
    return dossier


def known_of(dossier: Dossier, templates: dict[str, Template]) -> Overview:
    """All that is known of the client, private facts too."""
    return overview(dossier, TODAY, templates["relationship_card"], private=True)


def answer_to(field: Field, words: Words, rows: int = 2) -> Any:
    """An answer of the field's type; lists and tables have so many ``rows``. Numbers of
    companies are no real ones: what cannot be checked any more is printed all the same."""
    answer = _answer(field, words, rows)
    return answer if field.check else check(field, answer)


def texts_of(record: Any) -> Iterator[str]:
    """Every text that was typed into a dossier, without the answers to its forms."""
    if isinstance(record, str) and not isinstance(record, Enum):
        yield record
    elif isinstance(record, list):
        for item in record:
            yield from texts_of(item)
    elif is_dataclass(record) and not isinstance(record, FilledForm):
        for field in fields(record):
            if not field.name.endswith(_KEYS):
                yield from texts_of(getattr(record, field.name))


def _person(words: Words, surname: str, role: Role) -> Person:
    person = Person(
        surname, words.short("Пётр"), "Андреевич", words.short("инженер"), role,
        note=words.short("приметы"),
    )  # fmt: skip
    person.contact_points = [
        ContactPoint(ContactKind.PHONE, words.short("+7 495 222-33-44"), "рабочий"),
        ContactPoint(ContactKind.ADDRESS, words.short("Казань, ул. Заводская"), "склад"),
    ]
    return person


def _put_dates(dossier: Dossier, words: Words, many: _Many) -> None:
    """History, promises, slips and documents."""
    start = datetime(2026, 11, 18, 10, tzinfo=ZONE)
    channels, directions = cycle(Channel), cycle(Direction)
    for number in range(many(4, 300)):
        rare = number % 75 == 0
        dossier.history.append(
            HistoryEntry(
                start - timedelta(days=number), next(channels), next(directions),
                text=words.endless("Разговор") if rare else words.short("Разговор"),
                agreed=words.endless("Решили") if rare else f"Решили р{number:04d}",
                author="Смирнова" if number % 2 else "", minutes=15,
                person_uid=dossier.people[number % 3].uid,
            )
        )  # fmt: skip
    for number in range(many(2, 40)):
        for side in Side:
            text = words.endless("обещание") if number == 0 else words.short("обещание")
            kept = date(2026, 9, 28) if number % 3 == 1 else None
            due = date(2026, 11, 20) + timedelta(days=number)
            dossier.promises.append(Promise(side, text, due, kept))
    kinds = cycle((SlipKind.REMINDER, SlipKind.CHECKPOINT))
    for number in range(many(1, 30)):
        text = words.endless("закладка") if number == 0 else words.short("закладка")
        dossier.slips.append(Slip(next(kinds), date(2026, 12, 1), text))
    for number in range(many(2, 50)):
        name = words.short("Предложение") + (
            f" {ENDLESS * 300}" if number == 0 and words.full else ""
        )
        dossier.documents.append(Document(f"{name}.pdf", 183_000, "0" * 64, date(2026, 11, 6)))


def _fill(dossier: Dossier, words: Words, many: _Many, templates: dict[str, Template]) -> None:
    """A filled sheet of each form, about the client or about the main contact."""
    for template in templates.values():
        person = template.scope is Scope.PERSON
        answers = {
            field.key: Answer(
                answer_to(field, words, many(2, 40 if field.key == "children" else 5)),
                words.short("со слов"),
            )
            for field in template.fields
            if not field.bind
        }
        form = FilledForm(template.key, answers, date(2026, 11, 20))
        (dossier.people[0] if person else dossier).forms.append(form)
    if words.full:
        form = next(form for form in dossier.forms if form.template == EVERY_TYPE)
        table = templates[EVERY_TYPE].field("table")
        assert table is not None
        rows = [{part.key: words.short("клетка") for part in table.parts[:3]} for _ in range(199)]
        rows.append({table.parts[0].key: words.longest("Длинная клетка")})
        form.answers["table"] = Answer(check(table, rows))


def _with_every_type(amount: Amount) -> Template:
    """A form with a question of every type; of the overfull amount with long labels."""
    words = Words(amount)
    options = tuple(
        Option(f"key{number}", _both(words.short("выбор")))
        for number in range(40 if words.full else 3)
    )
    parts = (
        Field("what", FieldType.TEXT, _both(words.endless("Предмет"))),
        Field("who", FieldType.TEXT, _both("Ответственный")),
        Field("remark", FieldType.LONG_TEXT, _both(words.short("Примечание"))),
        Field("until", FieldType.DATE, _both("Срок")),
    )
    several = {FieldType.PARTS, FieldType.TABLE}
    questions = tuple(
        Field(
            kind.value, kind, _both(words.endless("Вопрос")), _both(words.short("Подсказка")),
            options=options if kind in (FieldType.CHOICE, FieldType.MULTI_CHOICE) else (),
            parts=parts if kind in several else (),
            group="second" if kind in several else "",
        )
        for kind in FieldType
    )  # fmt: skip
    return Template(
        EVERY_TYPE, _both(words.endless("Все виды")), Scope.DOSSIER, 1, questions,
        {"second": _both(words.endless("Раздел"))}, _both(words.short("О чём")), repeatable=True,
    )  # fmt: skip


def _both(text: str) -> Text:
    return Text(text, text)


def _answer(field: Field, words: Words, rows: int) -> Any:
    match field.type:
        case FieldType.PARTS:
            return {part.key: _answer(part, words, rows) for part in field.parts}
        case FieldType.LIST | FieldType.TABLE:
            if not field.parts:
                return [words.short("пункт") for _ in range(rows)]
            row = {part.key: part for part in field.parts}
            return [
                {key: _answer(part, words, rows) for key, part in row.items()} for _ in range(rows)
            ]
        case FieldType.MULTI_CHOICE:
            return [option.key for option in field.options]
    return {
        FieldType.NUMBER: 17,
        FieldType.MONEY: {"amount": "1250000.00", "currency": "RUB"},
        FieldType.DATE: "2026-12-24",
        FieldType.PARTIAL_DATE: "12-08",
        FieldType.TIME: "09:45",
        FieldType.PHONES: [{"value": "+7 900 555-66-77", "label": "рабочий"}] * rows,
        FieldType.EMAIL: "someone@example.ru",
        FieldType.NAME: {"surname": words.short("Седова"), "given": "Ирина", "patronymic": ""},
        FieldType.CHOICE: field.options[0].key if field.options else "",
        FieldType.SCALE: {"score": field.scale[1], "text": words.short("потому")},
        FieldType.YES_NO: True,
        FieldType.PERSON: MAIN,
        FieldType.LONG_TEXT: words.long("Ответ"),
    }.get(field.type) or words.short("+7 900 1" if field.type is FieldType.PHONE else "ответ")
