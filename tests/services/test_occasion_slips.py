"""Occasions under their days: shown without being stored, gone when greeted."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from dossier_app.domain import clock
from dossier_app.domain.binder import day_slot
from dossier_app.domain.errors import Refusal
from dossier_app.domain.place import CLOSED, Month
from dossier_app.domain.records import (
    Answer,
    ContactKind,
    ContactPoint,
    Dossier,
    FilledForm,
    Person,
    SlipKind,
)
from dossier_app.domain.sheets import Sheet, SheetType
from dossier_app.services import occasions, refiling, settings, slips
from dossier_app.services.binder import BinderReader
from dossier_app.services.dossiers import create_dossier, load_dossier, save_dossier, set_field
from dossier_app.services.editing import set_answer
from dossier_app.services.notices import notices_on
from dossier_app.services.session import Session, open_session
from dossier_app.services.undoing import redo, undo
from dossier_app.storage import dossiers, journal
from dossier_app.storage.folder import DataFolder

DAY = timedelta(days=1)
TODAY = date(2026, 12, 28)
BIRTHDAY = date(2027, 1, 2)


@pytest.fixture(autouse=True)
def _binder(binder_open: Session) -> None:
    clock.set_today(TODAY)


def client(**answers: Any) -> Dossier:
    anna = Person("Ромашкина", "Анна", main=True)
    known = {key: Answer(value) for key, value in answers.items()}
    anna.forms = [FilledForm("relationship_card", known)]
    anna.contact_points = [ContactPoint(ContactKind.PHONE, "+7 900 000-00-01")]
    return create_dossier(Dossier("ООО «Ромашка»", people=[anna]))[1]


def born(day: str) -> Dossier:
    return client(birth={"date": day, "place": ""})


def reader() -> BinderReader:
    return BinderReader.on(clock.today(), settings.load())


def page(day: date) -> list[Sheet]:
    return reader().sheets(day_slot(day))


def said(day: date) -> list[str]:
    return [sheet.todo for sheet in page(day)]


def told_ahead(days: int) -> None:
    chosen = settings.load()
    chosen.lead_days = days
    settings.save(chosen)


def test_an_occasion_is_a_slip_of_its_dossier_on_the_day_and_ahead() -> None:
    dossier = born("1977-01-02")
    [ahead], [on_day] = page(BIRTHDAY - 3 * DAY), page(BIRTHDAY)
    assert (ahead.todo, on_day.todo) == ("in 3 days: birthday, 50 years", "birthday, 50 years")
    for sheet, day in ((ahead, BIRTHDAY - 3 * DAY), (on_day, BIRTHDAY)):
        assert (sheet.type, sheet.slip_kind) == (SheetType.SLIP, SlipKind.BIRTHDAY)
        assert (sheet.dossier_uid, sheet.title) == (dossier.uid, "Ромашкина Анна")
        assert (sheet.company, sheet.on, sheet.private) == ("ООО «Ромашка»", day, False)
    assert load_dossier(dossier.uid).slips == []


def test_on_28_december_with_five_days_ahead_2_january_is_shown() -> None:
    born("01-02")
    assert said(TODAY) == []
    told_ahead(5)
    assert said(TODAY) == ["in 5 days: birthday"]


def test_a_person_has_a_lead_time_of_their_own() -> None:
    dossier = born("01-02")
    dossier.people[0].lead_days = 4
    save_dossier(dossier)
    assert said(BIRTHDAY - 4 * DAY) == ["in 4 days: birthday"]
    assert said(BIRTHDAY - 3 * DAY) == []


def test_a_leap_day_is_kept_where_the_rep_wants_it() -> None:
    clock.set_today(date(2027, 2, 15))
    born("1996-02-29")
    assert said(date(2027, 2, 28)) == ["birthday, 31 years"]
    chosen = settings.load()
    chosen.leap_day_in_march = True
    settings.save(chosen)
    assert said(date(2027, 2, 28)) == []
    assert said(date(2027, 3, 1)) == ["birthday, 31 years"]
    assert said(date(2027, 2, 26)) == ["in 3 days: birthday, 31 years"]
    clock.set_today(date(2028, 2, 20))
    assert said(date(2028, 2, 29)) == ["birthday, 32 years"]


def test_spouse_children_and_company_are_told_apart_and_private_ones_marked() -> None:
    dossier = client(
        spouse={"name": "Ян", "birth": "1976-01-02"},
        children=[{"name": "Мия", "birth": "01-02"}, {"name": "Ева", "birth": "01-02"}],
    )
    set_answer(dossier.uid, "info_sheet", "", "founded", "1999-01-02")
    found = [(sheet.title, sheet.company, sheet.private) for sheet in page(BIRTHDAY)]
    assert sorted(found) == [
        ("Ева", "ООО «Ромашка»", True),
        ("Мия", "ООО «Ромашка»", True),
        ("ООО «Ромашка»", "", False),
        ("Ян", "ООО «Ромашка»", True),
    ]
    assert len({sheet.uid for sheet in page(BIRTHDAY)}) == 4


def test_greeted_it_is_gone_for_the_year_and_comes_back_by_undo() -> None:
    dossier = born("1977-01-02")
    clock.set_today(BIRTHDAY - 3 * DAY)
    [row] = page(BIRTHDAY - 3 * DAY)
    slips.tick(row.uid, row.dossier_uid)
    assert (said(BIRTHDAY - 3 * DAY), said(BIRTHDAY)) == ([], [])
    [slip] = load_dossier(dossier.uid).slips
    assert (slip.kind, slip.on, slip.done_on) == (SlipKind.BIRTHDAY, BIRTHDAY, clock.today())
    assert slip.text == "Ромашкина Анна: birthday, 50 years"
    undo()
    assert said(BIRTHDAY) == ["birthday, 50 years"]
    redo()
    assert said(BIRTHDAY) == []
    clock.set_today(date(2028, 1, 2))
    assert said(date(2028, 1, 2)) == ["birthday, 51 years"]


def test_both_pages_are_drawn_anew_after_a_tick_and_after_undo() -> None:
    born("01-02")
    clock.set_today(BIRTHDAY - 3 * DAY)
    [row] = page(BIRTHDAY)
    both = {BIRTHDAY - 3 * DAY, BIRTHDAY}
    changes = slips.tick(row.uid, row.dossier_uid)
    assert both <= {divider.slot.date for divider in reader().dividers_of(changes)}
    undone = undo()
    assert undone is not None
    assert both <= {divider.slot.date for divider in reader().dividers_of(undone)}


def test_what_is_no_longer_an_occasion_cannot_be_greeted() -> None:
    dossier = born("01-02")
    [row] = page(BIRTHDAY)
    set_field(dossier.uid, "people.0.forms.relationship_card.birth", "03-08")
    with pytest.raises(Refusal, match="no longer"):
        slips.tick(row.uid, dossier.uid)


def test_every_change_of_a_date_is_followed_also_by_undo() -> None:
    dossier = born("01-02")
    assert said(BIRTHDAY) == ["birthday"]
    set_field(dossier.uid, "people.0.forms.relationship_card.birth", "01-20")
    assert (said(BIRTHDAY), said(date(2027, 1, 20))) == ([], ["birthday"])
    undo()
    assert (said(BIRTHDAY), said(date(2027, 1, 20))) == (["birthday"], [])
    undo()
    assert said(BIRTHDAY) == []
    redo()
    refiling.refile([dossier.uid], CLOSED)
    assert said(BIRTHDAY) == []
    undo()
    assert said(BIRTHDAY) == ["birthday"]


def test_many_new_dossiers_at_once_are_seen() -> None:
    assert said(BIRTHDAY) == []
    with journal.action("import", clock.stamp()):
        dossiers.insert(
            Dossier(
                f"АО «{number}»",
                forms=[FilledForm("info_sheet", {"founded": Answer("01-02")})],
            )
            for number in range(2_100)
        )
    assert len(said(BIRTHDAY)) == 2_100


def test_an_action_that_fails_is_not_seen() -> None:
    born("01-02")
    assert said(BIRTHDAY) == ["birthday"]

    def fail() -> None:
        with journal.action("edit", clock.stamp()):
            born("01-02")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert said(BIRTHDAY) == ["birthday"]


def test_another_binder_has_other_occasions(binder_open: Session, folder: DataFolder) -> None:
    born("01-02")
    assert said(BIRTHDAY) == ["birthday"]
    binder_open.close()
    other = open_session(DataFolder(folder.path / "other"))
    assert said(BIRTHDAY) == []
    other.close()


def test_between_the_two_pages_a_notice_tells_and_never_beside_a_row() -> None:
    born("1977-01-02")
    day, told = BIRTHDAY - 5 * DAY, []
    while day <= BIRTHDAY + DAY:
        clock.set_today(day)
        told.append((len(said(day)), len(notices_on(day))))
        day += DAY
    assert told == [(0, 0), (0, 0), (1, 0), (0, 1), (0, 1), (1, 0), (0, 0)]
    [notice] = notices_on(BIRTHDAY - DAY)
    assert notice.text == "tomorrow: birthday, 50 years, Ромашкина Анна, ООО «Ромашка»"
    [row] = page(BIRTHDAY)
    clock.set_today(BIRTHDAY - DAY)
    slips.tick(row.uid, row.dossier_uid)
    assert notices_on(BIRTHDAY - DAY) == []


def test_the_list_of_a_month_is_by_day_and_discreet() -> None:
    client(birth={"date": "1977-01-31"}, spouse={"name": "Ян", "birth": "01-02"})
    born("1976-12-31")
    lines = occasions.occasions_of_month(Month(2027, 1), private=False)
    assert [(line.occasion.on, line.occasion.who) for line in lines] == [
        (date(2027, 1, 31), "Ромашкина Анна")
    ]
    assert (lines[0].company, lines[0].phone) == ("ООО «Ромашка»", "+7 900 000-00-01")
    lines = occasions.occasions_of_month(Month(2027, 1), private=True)
    assert [line.occasion.who for line in lines] == ["Ян", "Ромашкина Анна"]


def test_a_private_phone_is_not_in_the_list() -> None:
    dossier = born("01-02")
    dossier.people[0].contact_points[0].private = True
    save_dossier(dossier)
    [line] = occasions.occasions_of_month(Month(2027, 1), private=False)
    assert line.phone == ""
