from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dossier_app.domain.forms.filling import put
from dossier_app.domain.forms.template import Template
from dossier_app.domain.occasions import (
    OccasionKind,
    days_in,
    occasions_of,
    shown_on,
    shown_text,
    stored_days,
    upcoming,
)
from dossier_app.domain.records import Answer, Dossier, FilledForm, Person

TODAY = date(2026, 11, 25)


def born(value: Any, **more: Any) -> Dossier:
    answers = {"birth": Answer({"date": value})}
    answers |= {key: Answer(answer) for key, answer in more.items()}
    anna = Person(surname="Ромашкина", given="Анна")
    anna.forms = [FilledForm("relationship_card", answers)]
    return Dossier(company="ООО «Ромашка»", people=[anna])


def test_occasions_of_everybody(card: Template, info_sheet: Template) -> None:
    dossier = Dossier(company="ООО «Ромашка»", people=[Person("Ли", "Ян"), Person("Ли", "Ева")])
    put(card, dossier, dossier.people[0], "birth.date", "12-01")
    put(card, dossier, dossier.people[1], "spouse", {"name": "Ян", "birth": "1976-12-01"})
    put(card, dossier, dossier.people[1], "children", [{"birth": "12-02"}, {"name": "Мия"}])
    put(info_sheet, dossier, None, "founded", "1999-11-30")
    found = [(o.kind, o.who, str(o.date), o.private) for o in occasions_of(dossier)]
    assert found == [
        (OccasionKind.BIRTHDAY, "Ли Ян", "12-01", False),
        (OccasionKind.SPOUSE, "Ян", "1976-12-01", True),
        (OccasionKind.CHILD, "Ли Ева", "12-02", True),
        (OccasionKind.ANNIVERSARY, "ООО «Ромашка»", "1999-11-30", False),
    ]
    ahead = [(o.on, o.who, o.text, o.private) for o in upcoming(dossier, TODAY, 30)]
    assert ahead == [
        (date(2026, 11, 30), "ООО «Ромашка»", "company anniversary, 27 years", False),
        (date(2026, 12, 1), "Ли Ян", "birthday", False),
        (date(2026, 12, 1), "Ян", "birthday, 50 years; spouse of Ли Ева", True),
        (date(2026, 12, 2), "Ли Ева", "birthday; child of Ли Ева", True),
    ]


def test_today_counts_and_so_does_the_last_day() -> None:
    assert upcoming(born("11-25"), TODAY, 0)[0].on == TODAY
    assert upcoming(born("12-25"), TODAY, 30)[0].on == date(2026, 12, 25)
    assert upcoming(born("12-26"), TODAY, 30) == []
    assert upcoming(born("11-24"), TODAY, 30) == []


def test_over_new_year_the_age_is_that_of_the_new_year() -> None:
    [ahead] = upcoming(born("1977-01-03"), date(2026, 12, 20), 30)
    assert (ahead.on, ahead.text) == (date(2027, 1, 3), "birthday, 50 years")


def test_a_leap_day_falls_where_the_rep_wants_it() -> None:
    today = date(2027, 2, 20)
    assert upcoming(born("02-29"), today, 30)[0].on == date(2027, 2, 28)
    march = upcoming(born("02-29"), today, 30, leap_day_in_march=True)
    assert march[0].on == date(2027, 3, 1)


def test_one_year_is_one_year_and_the_day_of_birth_has_none() -> None:
    assert upcoming(born("2025-12-01"), TODAY, 30)[0].text == "birthday, 1 year"
    assert upcoming(born("2026-12-01"), TODAY, 30)[0].text == "birthday"


@given(st.sampled_from([None, "", "soon", "1976", "1976-03", 8, ["03-08"], {"a": 1}, "13-40"]))
def test_a_date_that_cannot_come_round_is_passed_over(value: Any) -> None:
    dossier = born(value, spouse=value, children=value)
    dossier.people[0].forms[0].answers["birth"].value = value
    assert occasions_of(dossier) == []
    assert occasions_of(born(value, children=[value, {"birth": value}])) == []


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.dates())
def test_without_a_year_no_age_is_ever_told(today: date, birthday: date) -> None:
    [ahead] = upcoming(born(f"{birthday:%m-%d}"), today, 366)
    assert ahead.text == "birthday"
    assert ahead.on >= today


def shown(dossier: Dossier, day: date, lead: int = 3, **options: bool) -> list[str]:
    return [shown_text(item, day) for item in shown_on(dossier, day, lead, **options)]


def test_a_page_shows_the_day_itself_with_the_age_and_the_day_to_prepare() -> None:
    dossier = born("1977-01-02")
    assert shown(dossier, date(2026, 12, 29)) == []
    assert shown(dossier, date(2026, 12, 30)) == ["in 3 days: birthday, 50 years"]
    assert shown(dossier, date(2026, 12, 31)) == []
    assert shown(dossier, date(2027, 1, 2)) == ["birthday, 50 years"]
    assert shown(dossier, date(2027, 1, 1), 1) == ["in 1 day: birthday, 50 years"]


def test_over_new_year_a_page_tells_five_days_ahead() -> None:
    assert shown(born("01-02"), date(2026, 12, 28), 5) == ["in 5 days: birthday"]


def test_a_person_has_a_lead_time_of_their_own() -> None:
    dossier = born("12-15")
    dossier.people[0].lead_days = 14
    assert shown(dossier, date(2026, 12, 1)) == ["in 14 days: birthday"]
    assert shown(dossier, date(2026, 12, 12)) == []
    dossier.people[0].lead_days = 0
    assert shown(dossier, date(2026, 12, 15)) == ["birthday"]
    assert shown(dossier, date(2026, 12, 12)) == []


@settings(max_examples=40)
@given(
    st.dates(date(1930, 1, 1), date(2025, 12, 31)),
    st.booleans(),
    st.booleans(),
    st.integers(0, 40),
)
@example(date(1996, 2, 29), False, True, 3)
@example(date(1996, 2, 29), True, True, 1)
def test_in_ten_years_each_is_shown_once_a_year_on_its_day_and_once_ahead(
    birthday: date, in_march: bool, with_year: bool, lead: int
) -> None:
    dossier = born(str(birthday) if with_year else f"{birthday:%m-%d}")
    day, on_day, ahead = date(2026, 1, 1) - timedelta(days=lead), [], []
    while day.year < 2036:
        for item in shown_on(dossier, day, lead, leap_day_in_march=in_march):
            assert f"{item.on:%m-%d}" in (f"{birthday:%m-%d}", "03-01" if in_march else "02-28")
            if with_year:
                assert f"birthday, {item.on.year - birthday.year} year" in item.text
            (on_day if item.on == day else ahead).append(item)
        day += timedelta(days=1)
    wanted = list(range(2026, 2036))
    assert [item.on.year for item in on_day if item.on.year >= 2026] == wanted
    if lead:
        # Some of January are told of in December, also of the year after the last.
        assert [item.on.year for item in ahead if item.on.year < 2036] == wanted
        assert [item.uid for item in ahead][:10] == [item.uid for item in on_day][-10:]
    assert len({item.uid for item in on_day}) == len(on_day)


def test_the_slip_of_a_greeting_has_the_same_uid_however_often_it_is_asked() -> None:
    dossier = born("02-29", children=[{"name": "Мия", "birth": "03-01"}, {"birth": "03-01"}])
    first = [item.uid for item in upcoming(dossier, date(2027, 2, 1), 60)]
    assert first == [item.uid for item in upcoming(dossier, date(2027, 2, 20), 60)]
    moved = upcoming(dossier, date(2027, 2, 1), 60, leap_day_in_march=True)
    assert set(first) == {item.uid for item in moved}
    assert len(set(first)) == 3
    assert not set(first) & {item.uid for item in upcoming(dossier, date(2028, 2, 1), 60)}


@pytest.mark.parametrize(
    ("stored", "days"),
    [
        ('{"date": "1976-03-08", "place": "Казань"}', ["03-08"]),
        ('{"date": "03-08"}', ["03-08"]),
        ('[{"birth": "2011-12-01"}, {"birth": "01-02", "name": "Мия"}]', ["12-01", "01-02"]),
        ('"1976-03"', []),
        ('"1976"', []),
        ('{"place": "тел. 8-800-20-00"}', []),
    ],
)
def test_stored_answers_tell_their_days(stored: str, days: list[str]) -> None:
    assert days_in(stored) == days


def test_a_leap_day_is_looked_for_on_both_days_that_may_keep_it() -> None:
    assert stored_days(date(2027, 2, 28)) == ["02-28", "02-29"]
    assert stored_days(date(2027, 3, 1)) == ["03-01", "02-29"]
    assert stored_days(date(2027, 3, 2)) == ["03-02"]
