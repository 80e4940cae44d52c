"""The rep's own forms: kept in the binder, above those of the program, never losing answers."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dossier_app.domain.errors import Refusal, Unreadable
from dossier_app.domain.forms.changing import (
    completed,
    new_template,
    retyped,
    with_changed,
    with_field,
)
from dossier_app.domain.forms.dumping import dump_template
from dossier_app.domain.forms.filling import facts
from dossier_app.domain.forms.template import Field, FieldType, Option, Template, Text
from dossier_app.domain.records import Answer, Dossier, FilledForm, Person
from dossier_app.services import templates as service
from dossier_app.services.dossiers import create_dossier, load_dossier
from dossier_app.services.overviews import form_lines
from dossier_app.services.searching import find
from dossier_app.services.session import Session
from dossier_app.services.templates import templates
from dossier_app.services.undoing import redo, undo
from dossier_app.storage import dossiers, journal

pytestmark = pytest.mark.usefixtures("binder_open")
TODAY = date(2026, 11, 25)


def own(key: str = "tasting", **changes: object) -> Template:
    """A form of three questions: a text, a choice and a number."""
    fields = (
        Field("wine", FieldType.TEXT, Text(ru="Вино")),
        Field("colour", FieldType.CHOICE, Text(ru="Цвет", en="Colour"),
              options=(Option("red", Text("красное", "red")),
                       Option("white", Text("белое", "white")))),
        Field("bottles", FieldType.NUMBER, Text(ru="Бутылок", en="Bottles")),
    )  # fmt: skip
    template = replace(new_template(key, Text(ru="Дегустация", en="Tasting")), fields=fields)
    return replace(template, **changes)  # type: ignore[arg-type]


def test_an_own_form_is_there_until_it_is_undone() -> None:
    before = len(templates())
    changes = service.save_template(own())
    assert changes and changes.templates.keys() == {"tasting"}
    assert len(templates()) == before + 1 and list(templates())[-1] == "tasting"
    assert templates()["tasting"].fields[0].label == Text("Вино", "Вино")
    assert templates()["tasting"].version == 1
    assert service.is_own("tasting") and not service.is_built_in("tasting")
    undo()
    assert "tasting" not in templates() and len(templates()) == before
    redo()
    assert templates()["tasting"].field("colour")


def test_a_changed_built_in_stands_in_its_place_and_goes_back(folder: object) -> None:
    built_in = templates()["complaint"]
    place = list(templates()).index("complaint")
    service.save_template(replace(built_in, title=Text("Жалоба", "Grievance")))
    assert str(templates()["complaint"].title) == "Grievance"
    assert list(templates()).index("complaint") == place
    assert service.is_own("complaint") and service.is_built_in("complaint")
    service.put_back("complaint")
    assert templates()["complaint"] == built_in and not service.is_own("complaint")
    undo()
    assert str(templates()["complaint"].title) == "Grievance"


def test_what_was_added_to_a_built_in_stays_readable_when_it_is_put_back() -> None:
    added = Field("weather", FieldType.TEXT, Text("Погода", "Weather"))
    service.save_template(with_field(templates()["complaint"], added))
    service.put_back("complaint")
    weather = templates()["complaint"].field("weather")
    assert weather is not None and weather.retired and str(weather.label) == "Weather"


def test_saving_what_is_there_already_is_no_change() -> None:
    service.save_template(own())
    assert not service.save_template(templates()["tasting"])
    assert templates()["tasting"].version == 1


def test_a_form_survives_closing_the_binder(binder_open: Session, folder: object) -> None:
    service.save_template(own())
    binder_open.close()
    assert "tasting" not in templates()
    from dossier_app.services.session import open_session

    again = open_session(binder_open.folder)
    try:
        assert "tasting" in templates()
    finally:
        again.close()


def test_a_wrong_form_is_not_stored() -> None:
    with pytest.raises(Unreadable, match="choice needs options"):
        service.save_template(own(fields=(Field("c", FieldType.CHOICE, Text("a", "b")),)))
    assert "tasting" not in templates()
    assert journal.entries() == []


def test_a_filled_form_is_put_away_not_removed() -> None:
    service.save_template(own())
    form = FilledForm("tasting", {"wine": Answer("Riesling")}, TODAY)
    create_dossier(Dossier(uid="a", people=[Person("Orlova", main=True)], forms=[form]))
    with pytest.raises(Refusal, match="filled in 1 dossier"):
        service.remove_template("tasting")
    service.save_template(replace(templates()["tasting"], retired=True))
    assert templates()["tasting"].retired
    service.save_template(own("empty"))
    service.remove_template("empty")
    assert "empty" not in templates()


# --- a form changed under a thousand answers


def changed() -> Template:
    """The form made quite another one: nothing of it is asked as it was."""
    template = templates()["tasting"]
    wine, colour, bottles = template.fields
    template = with_changed(template, replace(wine, retired=True))
    template = with_changed(template, retyped(colour, FieldType.LONG_TEXT))
    template = with_changed(template, retyped(bottles, FieldType.DATE))
    added = Field("why", FieldType.TEXT, Text("Почему", "Why"))
    return replace(with_field(template, added), title=Text("Иначе", "Otherwise"))


def test_a_thousand_answers_outlive_every_change() -> None:
    service.save_template(own())
    found = []
    for n in range(334):
        answers = {
            "wine": Answer(f"Riesling {n}", "Anna", TODAY),
            "colour": Answer("red" if n % 2 else "white"),
            "bottles": Answer(n + 1000),
        }
        person = Person(f"Orlova{n}", main=True)
        found.append(
            Dossier(uid=f"d{n}", people=[person], forms=[FilledForm("tasting", answers, TODAY)])
        )
    with journal.action("import", "2026-11-25T10:00:00+03:00"):
        dossiers.insert(found)
    before = [load_dossier(item.uid).forms for item in found]
    assert sum(len(form.answers) for forms in before for form in forms) == 1002

    started = time.perf_counter()
    service.save_template(changed())
    assert time.perf_counter() - started < 5

    template = templates()["tasting"]
    for n, item in enumerate(found):
        dossier = load_dossier(item.uid)
        assert dossier.forms == before[n]
        known = {fact.field.key: fact for fact in
                 facts(template, dossier, None, private=True, form=dossier.forms[0])}  # fmt: skip
        assert known["wine"].text == f"Riesling {n}" and known["wine"].label == "Вино"
        assert known["wine"].answer.source == "Anna"
        assert known["colour"].text == ("red" if n % 2 else "white")
        assert known["bottles"].text == str(n + 1000)
    lines = {line.field.key: line for line in form_lines(template, dossier, None, TODAY)}
    assert not lines["wine"].asked and not lines["bottles"].fits
    assert [hit.uid for hit in find("riesling 333")] == ["d333"]

    undo()
    assert [str(item.label) for item in templates()["tasting"].fields] == [
        "Вино",
        "Colour",
        "Bottles",
    ]
    assert load_dossier("d7").forms == before[7]


def test_a_file_that_lacks_fields_loses_nothing(tmp_path: Path) -> None:
    service.save_template(own())
    file = tmp_path / "tasting.toml"
    file.write_text(dump_template(completed(own(fields=own().fields[:1]))), encoding="utf-8")
    service.save_template(service.read_template(file))
    kept = templates()["tasting"]
    assert [(item.key, item.retired) for item in kept.fields] == [
        ("wine", False), ("colour", True), ("bottles", True),
    ]  # fmt: skip
    assert kept.fields[1].options[0].label.en == "red"


def test_a_renamed_choice_is_found_by_its_new_words() -> None:
    service.save_template(own())
    form = FilledForm("tasting", {"colour": Answer("red")}, TODAY)
    create_dossier(Dossier(uid="a", people=[Person("Orlova", main=True)], forms=[form]))
    assert find("красное")
    colour = own().fields[1]
    ruby = replace(colour, options=(Option("red", Text("рубиновое", "ruby")), colour.options[1]))
    service.save_template(with_changed(templates()["tasting"], ruby))
    assert [hit.uid for hit in find("рубин")] == ["a"] and not find("красное")
    undo()
    assert find("красное") and not find("рубин")


# --- files


def test_a_form_goes_out_and_comes_back(tmp_path: Path) -> None:
    service.save_template(own())
    name, data = service.template_file("tasting")
    (tmp_path / name).write_bytes(data)
    assert service.read_template(tmp_path / name) == templates()["tasting"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe\x00", "is not a text in UTF-8"),
        (b"title = ", "is not a TOML file"),
        (b"", "it asks nothing"),
        (b" " * 1_100_000, "too large"),
        ("title.ru = 'а'\ntitle.en = 'a'\nscope = 'moon'\n".encode(), "scope moon is not known"),
        (b"x = " + b"[" * 5_000, "brackets go too deep"),
        (b"[[field]]\nkey = 'a'\n" * 501, "it has more than 500 questions"),
        ("title = 'Осмотр'\n".encode("cp1251"), "is not a text in UTF-8"),
        (b"title = 'a'\ngroups = []\nfield = 'no'\n", "a list in square brackets"),
    ],
)
def test_a_wrong_file_is_told_in_words(tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "form.toml"
    file.write_bytes(content)
    with pytest.raises(Refusal, match=said):
        service.read_template(file)


def test_a_missing_file_is_told() -> None:
    with pytest.raises(Refusal, match="cannot be read"):
        service.read_template(Path("nowhere.toml"))


def test_any_file_name_makes_a_key(tmp_path: Path) -> None:
    for name, key in (
        ("Моя анкета", "tasting"),
        ("My Form (2)", "my_form"),
        ("tasting", "tasting"),
    ):
        file = tmp_path / f"{name}.toml"
        file.write_text(dump_template(completed(own())), encoding="utf-8")
        assert service.read_template(file).key == key
