"""Changing a dossier one thing at a time, and reading it for the window."""

from __future__ import annotations

from datetime import date

import pytest

from dossier_app.domain.errors import Refusal
from dossier_app.domain.records import (
    Answer,
    ContactKind,
    ContactPoint,
    Dossier,
    FilledForm,
    Person,
    Promise,
    Role,
    Side,
    Slip,
    SlipKind,
)
from dossier_app.services import editing
from dossier_app.services.dossiers import create_dossier, load_dossier
from dossier_app.services.overviews import dossier_view, filled, form_lines
from dossier_app.services.promises import keep_promise
from dossier_app.services.session import Session
from dossier_app.services.settings import Settings
from dossier_app.services.templates import card
from dossier_app.services.undoing import undo

TODAY = date(2026, 11, 25)
ANNA, BORIS = "anna", "boris"


@pytest.fixture
def stored(binder_open: Session) -> Dossier:
    del binder_open
    people = [
        Person("Belova", "Anna", main=True, uid=ANNA),
        Person("Orlov", "Boris", uid=BORIS),
    ]
    promise = Promise(Side.OURS, "the estimate", TODAY, uid="estimate")
    slip = Slip(SlipKind.PROMISE, TODAY, "the estimate", promise_uid="estimate")
    dossier = Dossier(company="Volna", people=people, promises=[promise], slips=[slip])
    create_dossier(dossier)
    return load_dossier(dossier.uid)


def test_an_answer_is_confirmed_today_and_undone_alone(stored: Dossier) -> None:
    editing.set_answer(stored.uid, "relationship_card", BORIS, "cuisine", "fish", " Anna ")
    answers = load_dossier(stored.uid).people[1].forms[0].answers
    assert answers == {"cuisine": Answer("fish", "Anna", TODAY)}
    undo()
    assert load_dossier(stored.uid) == stored


def test_a_wrong_answer_changes_nothing(stored: Dossier) -> None:
    with pytest.raises(Refusal, match="no choice"):
        editing.set_answer(stored.uid, "relationship_card", ANNA, "marital_status", "x")
    with pytest.raises(Refusal, match="no longer in the dossier"):
        editing.set_answer(stored.uid, "relationship_card", "gone", "cuisine", "fish")
    assert load_dossier(stored.uid) == stored


def test_a_person_is_set_made_main_and_removed(stored: Dossier) -> None:
    editing.set_person(stored.uid, BORIS, "role", "user")
    editing.set_person(stored.uid, BORIS, "position", "foreman")
    editing.set_person(stored.uid, BORIS, "name", {"surname": "Orlov", "given": "B."})
    editing.make_main(stored.uid, BORIS)
    changed = load_dossier(stored.uid)
    assert changed.main_person == Person(
        "Orlov", "B.", position="foreman", role=Role.USER, main=True, uid=BORIS
    )
    editing.remove_person(stored.uid, BORIS)
    assert [person.uid for person in load_dossier(stored.uid).people] == [ANNA]
    undo()
    assert load_dossier(stored.uid) == changed


def test_somebody_without_a_name_is_not_added(stored: Dossier) -> None:
    with pytest.raises(Refusal, match="needs a name"):
        editing.add_person(stored.uid, "  ")


def test_a_contact_point_is_added_changed_and_removed(stored: Dossier) -> None:
    point = ContactPoint(ContactKind.PHONE, " 8 900 1 ", " work ", uid="p")
    editing.put_point(stored.uid, ANNA, point)
    editing.put_point(stored.uid, ANNA, ContactPoint(ContactKind.PHONE, "8 900 2", uid="p"))
    assert load_dossier(stored.uid).people[0].contact_points == [
        ContactPoint(ContactKind.PHONE, "8 900 2", uid="p")
    ]
    with pytest.raises(Refusal, match="missing"):
        editing.put_point(stored.uid, "", ContactPoint(ContactKind.PHONE, " "))
    editing.remove_point(stored.uid, ANNA, "p")
    assert load_dossier(stored.uid) == stored


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("+7 900 111-22-33", ContactKind.PHONE),
        ("8 495 1112233 доб. 12", ContactKind.PHONE),
        ("a@example.com", ContactKind.EMAIL),
        ("@anna", ContactKind.MESSENGER),
        ("https://example.com", ContactKind.WEB),
        ("www.example.com", ContactKind.WEB),
        ("Казань, ул. Лесная, 5", ContactKind.ADDRESS),
    ],
)
def test_the_kind_of_a_contact_point_is_seen(text: str, kind: ContactKind) -> None:
    assert editing.likely_kind(text) is kind


def test_a_promise_is_kept_with_its_slip(stored: Dossier) -> None:
    keep_promise(stored.uid, "estimate")
    kept = load_dossier(stored.uid)
    assert (kept.promises[0].kept_on, kept.slips[0].done_on) == (TODAY, TODAY)
    undo()
    assert load_dossier(stored.uid) == stored
    with pytest.raises(Refusal, match="no longer in the dossier"):
        keep_promise(stored.uid, "gone")


def test_a_view_lists_numbers_with_their_owners(stored: Dossier) -> None:
    for owner, value in (("", "3"), (BORIS, "2"), (ANNA, "1")):
        editing.put_point(stored.uid, owner, ContactPoint(ContactKind.PHONE, value))
    view = dossier_view(stored.uid, TODAY, Settings())
    said = [(point.value, owner.uid if owner else "") for point, owner in view.reached_by()]
    assert said == [("1", ANNA), ("2", BORIS), ("3", "")]
    assert view.main_phone() == "1"


def test_lines_of_a_form_tell_what_is_old_and_what_is_no_longer_asked(stored: Dossier) -> None:
    anna = stored.people[0]
    known = {"cuisine": Answer("fish", "Boris", date(2020, 1, 1)), "pets": Answer("parrot")}
    anna.forms = [FilledForm(card().key, known)]
    lines = {line.field.key: line for line in form_lines(card(), stored, anna, TODAY)}
    assert len(lines) == 32
    assert (lines["cuisine"].text, lines["cuisine"].old) == ("fish", True)
    assert not lines["car"].text
    assert (lines["pets"].text, lines["pets"].asked) == ("parrot", False)
    assert filled(card(), stored, anna) == (3, 31)
