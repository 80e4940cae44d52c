"""Sheets of a dossier: begun, dated, taken away, with the slips that hang on them."""

from __future__ import annotations

from datetime import date

import pytest

from dossier_app.domain.errors import Refusal
from dossier_app.domain.records import Dossier, Person, Slip, SlipKind
from dossier_app.services import forms
from dossier_app.services.dossiers import create_dossier, load_dossier, set_field
from dossier_app.services.editing import set_answer
from dossier_app.services.searching import find
from dossier_app.services.session import Session
from dossier_app.services.showing import dossier_data
from dossier_app.services.slips import move_slips, tick
from dossier_app.services.templates import templates
from dossier_app.services.undoing import redo, undo

UID = "anna"


@pytest.fixture(autouse=True)
def _dossier(binder_open: Session) -> None:
    create_dossier(Dossier(uid=UID, people=[Person("Petrova", "Anna", main=True, uid="p")]))


def answer(template: str, form: str, key: str, value: object) -> None:
    set_answer(UID, template, "", key, value, form_uid=form)


def slips() -> list[tuple[date, str]]:
    return sorted((slip.on, slip.text) for slip in load_dossier(UID).slips)


def test_a_sheet_begins_with_its_defaults_today_and_is_one_undo() -> None:
    _, form = forms.begin_form(UID, "deal_sheet")
    (sheet,) = forms.sheets_of(load_dossier(UID))
    assert (sheet.form.uid, sheet.form.filled_on) == (form, date(2026, 11, 25))
    assert (sheet.known, sheet.total) == (1, 9)
    assert sheet.title == "Deal sheet"
    undo()
    assert forms.sheets_of(load_dossier(UID)) == []


def test_several_sheets_of_one_form_are_kept_apart() -> None:
    first, second = (forms.begin_form(UID, "quality_call")[1] for _ in range(2))
    answer("quality_call", first, "what", "Kitchen")
    answer("quality_call", second, "what", "Wardrobe")
    sheets = forms.sheets_of(load_dossier(UID))
    assert [sheet.form.answers["what"].value for sheet in sheets] == ["Wardrobe", "Kitchen"]
    assert {hit.uid for word in ("kitchen", "wardrobe") for hit in find(word)} == {UID}
    data = dossier_data(load_dossier(UID))
    assert [sheet["answers"]["what"] for sheet in data["sheets"]] == ["Kitchen", "Wardrobe"]


def test_a_form_that_is_filled_once_is_not_begun_again() -> None:
    _, first = forms.begin_form(UID, "objections")
    changes, again = forms.begin_form(UID, "objections")
    assert again == first and not changes
    assert len(forms.sheets_of(load_dossier(UID))) == 1


def test_card_and_info_sheet_are_no_sheets() -> None:
    set_answer(UID, "relationship_card", "p", "cuisine", "Georgian")
    set_answer(UID, "info_sheet", "", "activity", "Bread")
    assert forms.sheets_of(load_dossier(UID)) == []
    assert {"relationship_card", "info_sheet"}.isdisjoint(form.key for form in forms.offered())


def test_dating_and_taking_away_are_one_undo_each() -> None:
    _, form = forms.begin_form(UID, "complaint")
    forms.date_form(UID, form, date(2026, 11, 3))
    assert forms.sheets_of(load_dossier(UID))[0].form.filled_on == date(2026, 11, 3)
    answer("complaint", form, "answer_by", "2026-12-01")
    before = load_dossier(UID)
    forms.remove_form(UID, form)
    assert load_dossier(UID).forms == [] and slips() == []
    undo()
    assert load_dossier(UID) == before
    with pytest.raises(Refusal, match="no longer in the dossier"):
        forms.remove_form(UID, "gone")


# --- slips under dates


def test_the_slip_follows_its_date_and_goes_with_it() -> None:
    _, form = forms.begin_form(UID, "complaint")
    answer("complaint", form, "answer_by", "2026-12-01")
    assert slips() == [(date(2026, 12, 1), "Answer the complaint")]
    answer("complaint", form, "answer_by", "2026-12-03")
    assert slips() == [(date(2026, 12, 3), "Answer the complaint")]
    undo()
    assert slips() == [(date(2026, 12, 1), "Answer the complaint")]
    redo()
    answer("complaint", form, "answer_by", None)
    assert slips() == []


def test_two_sheets_have_a_slip_each() -> None:
    for day in ("2026-12-01", "2026-12-02"):
        answer("complaint", forms.begin_form(UID, "complaint")[1], "answer_by", day)
    assert [on.day for on, _ in slips()] == [1, 2]


def test_a_ticked_slip_stays_until_its_date_changes() -> None:
    _, form = forms.begin_form(UID, "complaint")
    answer("complaint", form, "answer_by", "2026-12-01")
    (slip,) = load_dossier(UID).slips
    tick(slip.uid)
    answer("complaint", form, "closed_on", "2026-11-26")
    assert load_dossier(UID).slips[0].done_on == date(2026, 11, 25)
    answer("complaint", form, "answer_by", "2026-12-08")
    (slip,) = load_dossier(UID).slips
    assert (slip.on, slip.done_on) == (date(2026, 12, 8), None)


def test_a_slip_that_the_rep_moved_or_dropped_is_not_forced_back() -> None:
    _, form = forms.begin_form(UID, "complaint")
    answer("complaint", form, "answer_by", "2026-12-01")
    move_slips([load_dossier(UID).slips[0].uid], date(2026, 12, 4))
    answer("complaint", form, "received_on", "2026-11-24")
    assert slips()[0][0] == date(2026, 12, 4)


def test_a_past_date_reminds_of_nothing() -> None:
    _, form = forms.begin_form(UID, "complaint")
    answer("complaint", form, "answer_by", "2026-11-20")
    assert slips() == []


def test_the_command_line_keeps_slips_in_step_too() -> None:
    forms.begin_form(UID, "complaint")
    set_field(UID, "forms.complaint.answer_by", "1.12.2026")
    assert slips() == [(date(2026, 12, 1), "Answer the complaint")]


# --- the quality call, some days after the delivery


@pytest.mark.parametrize(
    ("delivered", "call"),
    [("2026-11-26", date(2026, 11, 30)), ("2026-11-30", date(2026, 12, 3))],
)
def test_a_delivery_proposes_the_quality_call_on_a_working_day(delivered: str, call: date) -> None:
    _, form = forms.begin_form(UID, "deal_sheet")
    answer("deal_sheet", form, "delivered_on", delivered)
    known = load_dossier(UID).forms[0].answers
    assert known["quality_on"].value == call.isoformat()
    assert slips() == [(call, "Quality call: are goods, delivery and documents all right?")]
    undo()
    assert slips() == [] and "quality_on" not in load_dossier(UID).forms[0].answers


def test_a_quality_call_that_was_agreed_stays() -> None:
    _, form = forms.begin_form(UID, "deal_sheet")
    answer("deal_sheet", form, "quality_on", "2026-12-10")
    answer("deal_sheet", form, "delivered_on", "2026-11-26")
    assert [on for on, _ in slips()] == [date(2026, 12, 10)]
    # Taken out on purpose, it is not proposed anew by another answer.
    answer("deal_sheet", form, "quality_on", None)
    answer("deal_sheet", form, "total", {"amount": "10.00", "currency": "RUB"})
    assert slips() == []


# --- control points


def test_five_checkpoints_are_made_and_moved() -> None:
    _, form = forms.begin_form(UID, "project_checkpoints")
    with pytest.raises(Refusal, match="start and the end"):
        forms.make_checkpoints(UID, form)
    for key, value in (("job", "Kitchen"), ("start", "2026-11-26"), ("end", "2027-01-20")):
        answer("project_checkpoints", form, key, value)
    forms.make_checkpoints(UID, form)
    made = load_dossier(UID).slips
    assert len(made) == 5 and all(slip.kind is SlipKind.CHECKPOINT for slip in made)
    assert made[0].text.startswith("Kitchen, 0 %")
    tick(made[0].uid)
    answer("project_checkpoints", form, "end", "2026-12-31")
    forms.make_checkpoints(UID, form)
    again = {slip.uid: slip for slip in load_dossier(UID).slips}
    assert again.keys() == {slip.uid for slip in made}
    assert again[made[0].uid].done_on and again[made[0].uid].on == made[0].on
    assert all(again[slip.uid].on < slip.on for slip in made[1:])
    undo()
    assert [slip.on for slip in load_dossier(UID).slips] == [slip.on for slip in made]


def test_an_end_before_the_start_is_refused_and_changes_nothing() -> None:
    _, form = forms.begin_form(UID, "project_checkpoints")
    answer("project_checkpoints", form, "start", "2026-12-10")
    answer("project_checkpoints", form, "end", "2026-12-01")
    with pytest.raises(Refusal, match="ends before it starts"):
        forms.make_checkpoints(UID, form)
    assert slips() == []


def test_the_state_of_the_checkpoints_is_told() -> None:
    forms.begin_form(UID, "complaint")
    forms.begin_form(UID, "project_checkpoints")
    dossier = load_dossier(UID)
    jobs, complaint = forms.sheets_of(dossier)
    assert forms.checkpoints_of(dossier, complaint) is None
    points = forms.checkpoints_of(dossier, jobs)
    assert points is not None and not points.ready and not points.days


def test_slips_of_others_are_left_alone() -> None:
    dossier = load_dossier(UID)
    dossier.slips = [Slip(SlipKind.REMINDER, date(2026, 12, 1), "mine")]
    create_dossier(Dossier(uid="other", slips=dossier.slips))
    _, form = forms.begin_form("other", "complaint")
    forms.remove_form("other", form)
    assert len(load_dossier("other").slips) == 1


def test_every_template_begins_in_both_languages() -> None:
    for key in templates():
        person = "p" if key == "relationship_card" else ""
        _, form = forms.begin_form(UID, key, person)
        assert forms.find_form(load_dossier(UID), form)[0].template == key
