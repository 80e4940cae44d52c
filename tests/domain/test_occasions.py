from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from dossier_app.domain.forms.filling import put
from dossier_app.domain.forms.template import Template
from dossier_app.domain.occasions import OccasionKind, occasions_of, upcoming
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
