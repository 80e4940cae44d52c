"""Letters: handed to the mail program, filed, printed."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from dossier_app.domain.errors import Refusal
from dossier_app.domain.letters import Letter
from dossier_app.domain.place import day_place
from dossier_app.domain.records import Channel, Direction, Dossier, NextStep, Person
from dossier_app.services import letters
from dossier_app.services.contacts import Contact, log_contact
from dossier_app.services.dossiers import create_dossier, load_dossier
from dossier_app.services.session import Session
from dossier_app.services.undoing import undo

UID = "anna"


@pytest.fixture(autouse=True)
def _dossier(binder_open: Session) -> None:
    person = Person("Petrova", "Anna", main=True)
    create_dossier(
        Dossier(uid=UID, people=[person], place=day_place(date(2026, 12, 8)), step=NextStep())
    )


def letter(**changes: str) -> Letter:
    values = {
        "to": "anna@example.ru",
        "addressee": "",
        "subject": "Итоги",
        "body": "Текст",
        **changes,
    }
    return Letter(**values)


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("Итоги: 50 % & более?", "Первая строка\nвторая #1\n\n«кавычки» + = &body=x"),
        ("a\r\nBcc: somebody@example.com", "x"),
        ("", ""),
        ("\ud800", "half \ud83d a sign"),
    ],
)
def test_a_link_carries_every_text_and_nothing_more(subject: str, body: str) -> None:
    link, whole = letters.mail_link(letter(subject=subject, body=body))
    assert whole and link.isascii() and " " not in link and "\n" not in link
    parts = urlsplit(link)
    assert (parts.scheme, parts.path) == ("mailto", "anna@example.ru")
    fields = parse_qs(parts.query, keep_blank_values=True, errors="replace")
    assert set(fields) == {"subject", "body"}
    sent = body.encode("utf-8", "replace").decode().replace("\n", "\r\n").strip()
    assert fields["body"][0] == sent


def test_an_address_cannot_smuggle_fields_in() -> None:
    link, _ = letters.mail_link(letter(to="a@example.ru?bcc=b@example.com&x=1"))
    assert urlsplit(link).query.startswith("subject=")
    assert unquote(urlsplit(link).path) == "a@example.ru?bcc=b@example.com&x=1"


def test_a_long_letter_is_left_to_the_clipboard() -> None:
    link, whole = letters.mail_link(letter(body="слово " * 200))
    assert not whole and "body" not in link and len(link) <= letters.LONGEST_LINK
    assert letters.mail_link(letter(body="a" * 1500))[1]


def test_filing_is_one_undo_and_leaves_the_next_step() -> None:
    before = load_dossier(UID)
    letters.file_letter(UID, letter())
    after = load_dossier(UID)
    (entry,) = after.history
    assert (entry.channel, entry.direction) == (Channel.EMAIL, Direction.OUT)
    assert entry.text == "Итоги\n\nТекст"
    assert (after.place, after.step) == (before.place, before.step)
    undo()
    assert load_dossier(UID).history == []


def test_an_empty_letter_and_a_contact_that_has_gone_are_refused() -> None:
    with pytest.raises(Refusal, match="no text"):
        letters.file_letter(UID, letter(body=" \n"))
    with pytest.raises(Refusal, match="no longer in the history"):
        letters.letter_about(UID, "gone")


def test_the_letter_is_drafted_in_the_wanted_language() -> None:
    _, entry = log_contact(UID, Contact(Channel.MEETING, agreed="Three machines"))
    assert "— Three machines" in letters.letter_about(UID, entry.uid).body
    assert letters.letter_about(UID, entry.uid, "ru").body.startswith("Здравствуйте, Anna!")
