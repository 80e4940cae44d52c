from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

from dossier_app.domain.forms.filling import put
from dossier_app.domain.forms.template import Template
from dossier_app.domain.overview import overview
from dossier_app.domain.records import Dossier, HistoryEntry, Person, Promise, Side

TODAY = date(2026, 11, 25)
MOSCOW = timezone(timedelta(hours=3))


def client(card: Template) -> Dossier:
    anna, petr = Person("Ромашкина", "Анна", main=True), Person("Лютиков", "Пётр")
    dossier = Dossier(company="ООО «Ромашка»", people=[petr, anna])
    answers = {
        "favourite_topics": "рыбалка, лыжи, дача",
        "hobbies_sports": "Рассказывает охотно, как строил дом своими руками. Шахматы",
        "memberships": ["Клуб садоводов"],
        "taboo_topics": "политика; развод",
        "birth": {"date": "12-01"},
        "spouse": {"name": "Олег", "birth": "12-02"},
    }
    for key, value in answers.items():
        put(card, dossier, anna, key, value)
    return dossier


def test_who_is_who(card: Template) -> None:
    dossier = client(card)
    seen = overview(dossier, TODAY, card, private=True)
    assert seen.dossier is dossier
    assert seen.person is dossier.people[1]
    assert seen.others == [dossier.people[0]]
    assert (seen.known, seen.total) == (8, 31)


def test_topics_are_short_items_of_every_field(card: Template) -> None:
    seen = overview(client(card), TODAY, card, private=True)
    assert seen.talk == [
        "рыбалка",
        "Рассказывает охотно, как строил дом своими руками",
        "Клуб садоводов",
        "лыжи",
        "Шахматы",
    ]
    assert seen.avoid == ["политика", "развод"]


def test_contacts_are_the_five_newest(card: Template) -> None:
    dossier = client(card)
    start = datetime(2026, 11, 1, 12, tzinfo=MOSCOW)
    dossier.history = [
        HistoryEntry(start + timedelta(days=day), text=str(day), private=day == 6)
        for day in (3, 0, 6, 1, 5, 2, 4)
    ]
    seen = overview(dossier, TODAY, card, private=False)
    assert [entry.text for entry in seen.contacts] == ["5", "4", "3", "2", "1"]
    assert overview(dossier, TODAY, card, private=True).contacts[0].text == "6"
    assert dossier.history[0].text == "3"


def test_a_topic_that_stands_twice_is_said_once(card: Template) -> None:
    dossier = client(card)
    person = dossier.main_person
    put(card, dossier, person, "favourite_topics", "регаты, часы")
    put(card, dossier, person, "hobbies_sports", "Регаты; Чёрные часы; чёрные Часы.")
    talk = overview(dossier, TODAY, card, private=True).talk
    assert [item for item in talk if "егат" in item or "ас" in item] == [
        "регаты", "часы", "Чёрные часы",
    ]  # fmt: skip


def test_open_promises_by_due_date(card: Template) -> None:
    dossier = client(card)
    dossier.promises = [
        Promise(Side.OURS, "undated"),
        Promise(Side.OURS, "late", due=date(2026, 12, 5)),
        Promise(Side.THEIRS, "theirs", due=date(2026, 12, 1)),
        Promise(Side.OURS, "kept", due=TODAY, kept_on=TODAY),
        Promise(Side.OURS, "soon", due=TODAY),
        Promise(Side.OURS, "secret", due=TODAY, private=True),
    ]
    seen = overview(dossier, TODAY, card, private=False)
    assert [promise.text for promise in seen.ours] == ["soon", "late", "undated"]
    assert [promise.text for promise in seen.theirs] == ["theirs"]
    everything = overview(dossier, TODAY, card, private=True)
    assert "secret" in [promise.text for promise in everything.ours]


def test_nothing_private_without_private(card: Template) -> None:
    dossier = client(card)
    discreet = overview(dossier, TODAY, card, private=False)
    everything = overview(dossier, TODAY, card, private=True)
    assert discreet.avoid == []
    assert [occasion.who for occasion in discreet.occasions] == ["Ромашкина Анна"]
    assert [occasion.who for occasion in everything.occasions] == ["Ромашкина Анна", "Олег"]
    private = {str(field.ask) for field in card.fields if field.private}
    assert len(discreet.questions) == 3
    assert not private & set(discreet.questions)


def test_an_empty_dossier_has_an_overview(card: Template) -> None:
    seen = overview(Dossier(company="ООО «Ромашка»"), TODAY, card, private=True)
    assert seen.person is None
    assert (seen.others, seen.contacts, seen.talk, seen.occasions) == ([], [], [], [])
    assert len(seen.questions) == 3


def test_a_leap_day_follows_the_setting(card: Template) -> None:
    dossier = client(card)
    put(card, dossier, dossier.people[1], "birth.date", "02-29")
    today = date(2027, 2, 20)
    seen = overview(dossier, today, card, private=False, leap_day_in_march=True)
    assert [occasion.on for occasion in seen.occasions] == [date(2027, 3, 1)]
