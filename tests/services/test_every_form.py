"""Each field of each template, all the way: filled, saved, reopened, found, printed, exported.

The templates are those in the folder of forms and the types those of the program, so that
one that is added and forgotten here or there fails.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from pypdf import PdfReader

from dossier_app.assets import asset
from dossier_app.domain import clock
from dossier_app.domain.forms.filling import answers_of
from dossier_app.domain.forms.template import Field, FieldType, Scope, Template
from dossier_app.domain.language import use_language
from dossier_app.domain.records import Dossier, FilledForm, Person
from dossier_app.services import printing
from dossier_app.services.dossiers import create_dossier, load_dossier
from dossier_app.services.editing import set_answer
from dossier_app.services.forms import begin_form, sheets_of
from dossier_app.services.overviews import form_lines
from dossier_app.services.printing import Prepared
from dossier_app.services.searching import find
from dossier_app.services.session import open_session
from dossier_app.services.showing import dossier_data
from dossier_app.services.templates import ALWAYS, templates
from dossier_app.storage.folder import DataFolder

KEYS = sorted(path.stem for path in asset("forms").glob("*.toml"))
TODAY = date(2026, 11, 25)
UID, PERSON = "walked", "6f1c7c1e-0c7c-4d53-9a52-7d2a1f0f5a01"
CHECKED = {
    "inn": "9912345672",
    "kpp": "990101001",
    "ogrn": "1299900001235",
    "bik": "049900001",
    "account": "40702810900000000001",
}


class Values:
    """A value of every type, each with a word or number that stands nowhere else."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self.words: dict[str, list[str]] = {}  # what can be searched, by field
        self._key = ""

    def of(self, field: Field) -> Any:
        self._key = field.key
        self.words[field.key] = []
        return self._value(field)

    def _word(self) -> str:
        word = f"метка{next(self._numbers)}конец"
        self.words[self._key].append(word)
        return word

    def _value(self, field: Field) -> Any:  # noqa: C901  # a line for each type
        if field.check:
            return CHECKED[field.check]
        n = next(self._numbers)
        parts = field.parts
        match field.type:
            case FieldType.TEXT | FieldType.ADDRESS:
                return self._word()
            case FieldType.LONG_TEXT:
                return f"{self._word()}\n{self._word()}"
            case FieldType.NUMBER:
                return 1000 + n
            case FieldType.MONEY:
                return {"amount": f"{5000 + n}.00", "currency": "RUB"}
            case FieldType.DATE:
                return str(TODAY + timedelta(days=n))
            case FieldType.PARTIAL_DATE:
                return f"{1 + n % 12:02}-{1 + n % 28:02}"
            case FieldType.TIME:
                return f"09:{n % 60:02}"
            case FieldType.PHONE:
                return f"+7 900 000-{n // 100:02}-{n % 100:02}"
            case FieldType.PHONES:
                return [{"value": f"+7 900 001-{n // 100:02}-{n % 100:02}", "label": "work"}]
            case FieldType.EMAIL:
                return f"{n}@example.com"
            case FieldType.NAME:
                return {"surname": self._word().capitalize(), "given": "Анна", "patronymic": ""}
            case FieldType.CHOICE:
                return field.options[-1].key
            case FieldType.MULTI_CHOICE:
                return [option.key for option in field.options]
            case FieldType.SCALE:
                return {"score": field.scale[1], "text": self._word()}
            case FieldType.YES_NO:
                return False
            case FieldType.PERSON:
                return PERSON
            case FieldType.PARTS:
                return {part.key: self._value(part) for part in parts}
            case FieldType.LIST if not parts:
                return [self._word(), self._word()]
            case FieldType.LIST | FieldType.TABLE:
                return [{part.key: self._value(part) for part in parts} for _ in range(2)]
        raise AssertionError(f"no value of the type {field.type}")


class Walk:
    """A dossier with one template filled, in a binder that is closed and opened again."""

    def __init__(self, key: str, folder: DataFolder) -> None:
        self.key, self.folder, self.values = key, folder, Values()
        self.given: dict[str, Any] = {}
        self.form_uid = ""
        self.session = open_session(folder)
        person = Person("Ромашкина", "Анна", main=True, uid=PERSON)
        create_dossier(Dossier(uid=UID, people=[person]))
        self.template: Template = templates()[key]
        self.person_uid = PERSON if self.template.scope is Scope.PERSON else ""
        if key not in ALWAYS:
            self.form_uid = begin_form(UID, key, self.person_uid)[1]

    def fill(self) -> None:
        for field in self.template.fields:
            self.given[field.key] = self.values.of(field)
        for field_key, value in self.given.items():
            set_answer(UID, self.key, self.person_uid, field_key, value, "встреча", self.form_uid)

    def reopen(self) -> None:
        self.session.close()
        self.session = open_session(self.folder)

    def read(self) -> tuple[Dossier, Person, FilledForm | None]:
        dossier = load_dossier(UID)
        sheets = [sheet.form for sheet in sheets_of(dossier)]
        return dossier, dossier.people[0], sheets[0] if sheets else None

    def printed(self, prepared: Prepared) -> str:
        """The text of a print, without spaces: lines break anywhere."""
        pages = PdfReader(io.BytesIO(printing.draw(prepared).data)).pages
        return squeezed(" ".join(page.extract_text() for page in pages))


def squeezed(text: str) -> str:
    return "".join(text.split()).replace("\u00ad", "").replace("-", "").replace("\u2011", "")


@pytest.fixture(params=KEYS)
def walk(request: pytest.FixtureRequest, folder: DataFolder) -> Iterator[Walk]:
    clock.set_today(TODAY)
    use_language("ru")
    made = Walk(request.param, folder)
    made.fill()
    made.reopen()
    yield made
    made.session.close()


def test_every_template_of_the_folder_is_known(folder: DataFolder) -> None:
    session = open_session(folder)
    assert sorted(templates()) == KEYS
    session.close()


def test_every_field_goes_all_the_way(walk: Walk) -> None:
    dossier, person, form = walk.read()
    known = answers_of(walk.template, dossier, person, form=form)
    assert {key: answer.value for key, answer in known.items()} == walk.given

    lines = form_lines(walk.template, dossier, person, TODAY, form)
    assert [line.field.key for line in lines] == list(walk.given)
    assert all(line.text and line.asked and line.fits for line in lines)

    for key, words in walk.values.words.items():
        for word in words:
            assert [found.uid for found in find(word)] == [UID], key

    exported = dossier_data(dossier)
    holder = exported["people"][0] if walk.person_uid else exported
    stored = holder["forms"][walk.key]
    own = {field.key for field in walk.template.fields if field.bind}
    assert {key: value for key, value in walk.given.items() if key not in own}.items() <= (
        stored.items()
    )


def test_every_field_is_printed_filled_and_blank(walk: Walk) -> None:
    private, discreet = (printing.options(private=private) for private in (True, False))
    blank = walk.printed(printing.prepare_blank(walk.key, private))
    for field in walk.template.fields:
        assert squeezed(str(field.label)) in blank, field.key

    def filled(chosen: printing.PrintOptions) -> str:
        if walk.form_uid:
            return walk.printed(printing.prepare_form(UID, walk.form_uid, chosen))
        return walk.printed(printing.prepare(printing.PrintKind.DOSSIER, [UID], chosen))

    whole, shown = filled(private), filled(discreet)
    for field in walk.template.fields:
        for word in walk.values.words[field.key]:
            assert word in whole.lower(), field.key
            if field.private:
                assert word not in shown.lower(), field.key


def test_every_type_is_in_some_template(folder: DataFolder) -> None:
    """What a type is worth is only seen where it is used."""
    session = open_session(folder)
    used = {
        item.type
        for template in templates().values()
        for field in template.fields
        for item in (field, *field.parts)
    }
    session.close()
    # A form of the rep's own can have these; they are filled in the tests of their values.
    assert set(FieldType) - used <= {FieldType.PHONE, FieldType.EMAIL}
