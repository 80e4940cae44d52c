"""The letter after a meeting: what is in it, and what must never be."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone

import pytest

from dossier_app.domain.language import using_language
from dossier_app.domain.letters import confirming_letter
from dossier_app.domain.place import TRAY, day_place
from dossier_app.domain.records import (
    Channel,
    ContactKind,
    ContactPoint,
    Dossier,
    HistoryEntry,
    NextStep,
    Person,
    Promise,
    Side,
    StepKind,
)

TODAY = date(2026, 11, 25)
AT = datetime(2026, 11, 24, 11, tzinfo=timezone(timedelta(hours=3)))


def dossier() -> Dossier:
    anna = Person("Петрова", "Анна", "Львовна", main=True)
    anna.contact_points.append(ContactPoint(ContactKind.EMAIL, "anna@example.ru"))
    return Dossier(
        company="Ромашка",
        people=[anna],
        place=day_place(date(2026, 12, 8)),
        step=NextStep(StepKind.MEETING, "push for the discount", time(10), fixed=True),
        promises=[
            Promise(Side.OURS, "send the estimate.", date(2026, 11, 27)),
            Promise(Side.OURS, "find out about the brother", private=True),
            Promise(Side.OURS, "was kept", kept_on=TODAY),
            Promise(Side.THEIRS, "send the details", date(2026, 11, 26)),
        ],
    )


def entry(**changes: object) -> HistoryEntry:
    values: dict[str, object] = {
        "at": AT, "channel": Channel.MEETING, "text": "She is under pressure from above",
        "agreed": "Three machines.\n- Mounting is included;", **changes,
    }  # fmt: skip
    return HistoryEntry(**values)  # type: ignore[arg-type]


def test_scene_matter_and_what_the_client_does() -> None:
    letter = confirming_letter(dossier(), entry(), "Oleg Ivanov", TODAY)
    assert letter.to == "anna@example.ru"
    assert letter.addressee == "Петрова Анна Львовна, Ромашка"
    assert letter.subject == "What we agreed on 24 November"
    assert letter.body.split("\n\n") == [
        "Dear Анна Львовна,",
        (
            "Thank you for the meeting on 24 November and for your time. "
            "Here in brief is what we came to."
        ),
        "We agreed:\n— Three machines\n— Mounting is included",
        "From our side:\n— send the estimate, by 27 November",
        "From your side:\n— send the details, by 26 November",
        "We meet again on 8 December at 10:00.",
        (
            "Please reply whether this is all as agreed. The next thing is with you: "
            "send the details, by 26 November."
        ),
        "Kind regards,\nOleg Ivanov",
    ]


def test_in_russian_without_a_word_of_english() -> None:
    with using_language("ru"):
        letter = confirming_letter(dossier(), entry(agreed="Три станка"), "", TODAY)
    assert "Спасибо за встречу 24 ноября" in letter.body
    assert "Следующая встреча: 8 декабря в 10:00." in letter.body
    assert letter.subject == "Итоги нашей встречи 24 ноября"
    assert letter.body.endswith("С уважением,")


@pytest.mark.parametrize("code", ["ru", "en"])
def test_nothing_of_our_own_is_in_it(code: str) -> None:
    with using_language(code):
        body = confirming_letter(dossier(), entry(), "", TODAY).body
    for own in ("pressure", "brother", "discount", "was kept"):
        assert own not in body


@pytest.mark.parametrize("channel", list(Channel))
def test_every_channel_has_its_words_and_little_is_needed(channel: Channel) -> None:
    bare = Dossier(place=TRAY)
    for code in ("ru", "en"):
        with using_language(code):
            letter = confirming_letter(bare, entry(channel=channel, agreed=""), "", TODAY)
        assert letter.to == letter.addressee == ""
        assert "…" in letter.body and letter.subject
        assert "{" not in letter.body + letter.subject


def test_braces_of_the_client_stay_as_they_are() -> None:
    body = confirming_letter(Dossier(), entry(agreed="{day} %s {0}"), "{name}", TODAY).body
    assert "— {day} %s {0}" in body and body.endswith("{name}")


def test_the_letter_goes_to_whom_was_met() -> None:
    both = dossier()
    both.people.append(Person("Котов", "Илья", uid="kotov"))
    letter = confirming_letter(both, entry(person_uid="kotov"), "", TODAY)
    assert letter.addressee.startswith("Котов") and "Dear Илья," in letter.body
    assert letter.to == ""
