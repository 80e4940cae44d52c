"""Making and changing dossiers, field by field."""

from __future__ import annotations

import pytest

from dossier_app.domain.errors import Refusal
from dossier_app.domain.place import TRAY, day_place
from dossier_app.domain.records import Cadence, Category, ContactKind, NextStep, Role, StepKind
from dossier_app.services.contacts import usual_step
from dossier_app.services.dossiers import (
    NewDossier,
    add_dossier,
    find_uid,
    load_dossier,
    read_next,
    save_dossier,
    set_field,
)
from dossier_app.services.session import Session
from dossier_app.services.showing import dossier_data, person_data
from dossier_app.services.undoing import journal_lines, undo
from dossier_app.storage import dossiers


@pytest.fixture
def anna(binder_open: Session) -> str:
    """uid of a dossier."""
    new = NewDossier("Ромашкина Анна Сергеевна", "ООО «Ромашка»", ["8 495 000-00-01"])
    return add_dossier(new)[0].uid


def test_a_new_dossier(binder_open: Session) -> None:
    new = NewDossier(
        name="Ромашкина Анна",
        phones=["8 495 000-00-01", " "],
        emails=["anna@example.ru"],
        position="директор",
        source="выставка",
        next=read_next("2026-12-01 10:00"),
        step=usual_step(StepKind.VISIT, "образцы"),
    )
    uid = add_dossier(new)[0].uid
    dossier = load_dossier(uid)
    (person,) = dossier.people
    assert (person.surname, person.given, person.position) == ("Ромашкина", "Анна", "директор")
    assert person.main
    assert [point.kind for point in person.contact_points] == [ContactKind.PHONE, ContactKind.EMAIL]
    assert str(dossier.place.date) == "2026-12-01"
    assert dossier.step and f"{dossier.step.time:%H:%M}" == "10:00"
    assert (dossier.step.kind, dossier.step.minutes) == (StepKind.VISIT, 90)
    assert str(dossier.created_on) == "2026-11-25"
    undo()
    assert dossiers.count() == 0


def test_a_name_of_a_company_makes_a_company(binder_open: Session) -> None:
    dossier = add_dossier(NewDossier(name="ООО «Ромашка»", phones=["8 495 000-00-01"]))[0]
    assert (dossier.company, dossier.people) == ("ООО «Ромашка»", [])
    assert dossier.name == "ООО «Ромашка»"
    assert dossier.place == TRAY


@pytest.mark.parametrize(
    "new", [NewDossier(), NewDossier(name="  ", phones=[]), NewDossier(position="x")]
)
def test_a_dossier_of_nothing_is_refused(binder_open: Session, new: NewDossier) -> None:
    with pytest.raises(Refusal, match="needs a name"):
        add_dossier(new)
    assert journal_lines() == []


def test_saving_an_edited_dossier_is_one_action(anna: str) -> None:
    dossier = load_dossier(anna)
    dossier.note, dossier.people[0].role = "Обед в час", Role.DECISION_MAKER
    dossier.place, dossier.step = day_place(dossier.created_on), NextStep()  # type: ignore[arg-type]
    save_dossier(dossier)
    assert load_dossier(anna) == dossier
    assert [line.action for line in journal_lines(anna)] == ["Change", "New dossier"]


@pytest.mark.parametrize(
    ("path", "text", "read"),
    [
        ("company", "АО «Север»", lambda d: d.company == "АО «Север»"),
        ("note", "Обед", lambda d: d.note == "Обед"),
        ("category", "partner", lambda d: d.category is Category.PARTNER),
        ("category", "", lambda d: d.category is Category.NONE),
        ("tags", "опт, VIP,,", lambda d: d.tags == ["опт", "VIP"]),
        ("cadence", "каждые 2 недели", lambda d: d.cadence == Cadence(2, "week")),
        ("cadence", "", lambda d: d.cadence is None),
        ("name", "Липатова Вера", lambda d: d.name == "Липатова Вера"),
        ("people.0.surname", "Липатова", lambda d: d.people[0].surname == "Липатова"),
        ("people.0.role", "Gatekeeper", lambda d: d.people[0].role is Role.GATEKEEPER),
        ("people.1.surname", "Липатов", lambda d: d.people[1].surname == "Липатов"),
        (
            "people.0.forms.relationship_card.birth",
            "03-08",
            lambda d: d.people[0].forms[0].answers["birth"].value == {"date": "03-08"},
        ),
        (
            "people.0.forms.relationship_card.children.0.name",
            "Мирон",
            lambda d: d.people[0].forms[0].answers["children"].value == [{"name": "Мирон"}],
        ),
        (
            "forms.info_sheet.inn",
            "7707083893",
            lambda d: d.forms[0].answers["inn"].value == "7707083893",
        ),
        (
            "people.0.forms.relationship_card.phones",
            "+7 495 000-00-02",
            lambda d: "+7 495 000-00-02" in [p.value for p in d.people[0].contact_points],
        ),
    ],
)
def test_a_field_is_set_and_undone(anna: str, path: str, text: str, read) -> None:  # type: ignore[no-untyped-def]
    before = load_dossier(anna)
    changes, told = set_field(anna, path, text)
    assert told == path
    assert read(load_dossier(anna))
    if changes:
        undo()
    assert load_dossier(anna) == before


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("", "x"),
        ("colour", "x"),
        ("uid", "x"),
        ("place", "x"),
        ("people", "x"),
        ("people.5.surname", "x"),
        ("people.-1.surname", "x"),
        ("people.x.surname", "x"),
        ("people.0.uid", "x"),
        ("people.0.role", "king"),
        ("people.0.forms.relationship_card", "x"),
        ("people.0.forms.relationship_card.nothing", "x"),
        ("people.0.forms.relationship_card.birth.moon", "x"),
        ("people.0.forms.relationship_card.birth.date", "32 мая"),
        ("people.0.forms.nothing.birth", "x"),
        ("forms.info_sheet.inn", "123"),
        ("category", "enemy"),
        ("cadence", "иногда"),
        ("next_step.text", "x"),
    ],
)
def test_a_wrong_path_or_value_is_refused(anna: str, path: str, text: str) -> None:
    before, lines = load_dossier(anna), journal_lines()
    with pytest.raises(Refusal):
        set_field(anna, path, text)
    assert load_dossier(anna) == before
    assert journal_lines() == lines


def test_an_uid_may_be_shortened(anna: str) -> None:
    assert find_uid(anna) == find_uid(anna[:6]) == anna
    for wrong in ("", "zzz", anna + "0", "%", "_"):
        with pytest.raises(Refusal, match="There is no dossier"):
            find_uid(wrong)
    new = NewDossier(name="Липатов Олег").record()
    new.uid = anna[:8] + "-other"
    from dossier_app.domain import clock
    from dossier_app.storage import journal

    with journal.action("new", clock.stamp()):
        dossiers.insert([new])
    with pytest.raises(Refusal, match="Several dossiers begin with"):
        find_uid(anna[:8])
    assert find_uid(anna) == anna


def test_the_card_shows_the_dossiers_own_data(anna: str) -> None:
    set_field(anna, "people.0.forms.relationship_card.birth", "8 марта 1976")
    data = dossier_data(load_dossier(anna))
    card = data["people"][0]["forms"]["relationship_card"]
    assert card["full_name"] == {"surname": "Ромашкина", "given": "Анна", "patronymic": "Сергеевна"}
    assert card["company"]["name"] == "ООО «Ромашка»"
    assert card["phones"][0]["value"] == "8 495 000-00-01"
    assert card["birth"] == {"date": "1976-03-08"}
    dossier = load_dossier(anna)
    kept = person_data(dossier, dossier.people[0])
    assert kept["sources"]["relationship_card"]["birth"]["confirmed"] == "2026-11-25"
