"""A client's data is removed for good: from every table, the journal, the search, the file."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from io import BytesIO

import pytest
from pypdf import PdfReader

from dossier_app.domain.errors import Refusal
from dossier_app.domain.place import day_place
from dossier_app.domain.records import (
    Answer,
    ContactKind,
    ContactPoint,
    Dossier,
    FilledForm,
    HistoryEntry,
    NextStep,
    Person,
    Promise,
    Side,
    Slip,
    SlipKind,
)
from dossier_app.services import backing_up, erasing, merging, printing
from dossier_app.services.documents import attach, pasted, store
from dossier_app.services.dossiers import create_dossier, load_dossier, set_field
from dossier_app.services.searching import find
from dossier_app.services.session import Session
from dossier_app.services.steps import finish
from dossier_app.services.undoing import journal_lines, undo
from dossier_app.storage import contents, dossiers
from dossier_app.storage.connection import database

TODAY = date(2026, 11, 25)
MARK = "Необыкновенск"
MOMENT = datetime(2026, 11, 11, 10, tzinfo=timezone(timedelta(hours=3)))


def full(name: str) -> Dossier:
    """A dossier with the mark in all of its parts."""
    point = ContactPoint(ContactKind.ADDRESS, f"{MARK}, ул. Первая")
    form = FilledForm("relationship_card", {"cuisine": Answer(MARK)})
    return Dossier(
        company=f"ООО «{MARK}»",
        people=[Person(name, MARK, main=True, contact_points=[point], forms=[form], note=MARK)],
        place=day_place(TODAY),
        step=NextStep(text=MARK),
        history=[HistoryEntry(MOMENT, text=MARK)],
        promises=[Promise(Side.OURS, MARK, TODAY)],
        slips=[Slip(SlipKind.REMINDER, TODAY, MARK)],
        note=MARK,
        tags=[MARK],
    )


def everything() -> str:
    """All that the database holds, as text."""
    tables = database.execute_sql(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
    ).fetchall()
    return "".join(
        str(row) for (table,) in tables for row in database.execute_sql(f'SELECT * FROM "{table}"')
    )


def test_nothing_remembers_it(binder_open: Session) -> None:
    kept = create_dossier(Dossier(company="Ромашка"))
    before = everything()
    assert kept
    dossier, other = full("Ёлкин"), full("Орлов")
    create_dossier(dossier)
    create_dossier(other)
    set_field(dossier.uid, "note", f"{MARK} снова")
    content = finish(store(pasted("смета.txt", MARK.encode())))
    attach(dossier.uid, [content])
    merging.merge_dossiers(dossier.uid, other.uid, {})
    assert MARK.casefold() in everything().casefold()
    assert find(MARK)

    changes, told = erasing.erase(dossier.uid, " ёлкин необыкновенск ", binder_open.folder)
    assert changes.uids == {dossier.uid}
    assert told.people == 2 and told.documents == 1 and told.history == 2
    assert told.backup_until is None
    now = everything()
    assert MARK.casefold() not in now.casefold() and "Ёлкин" not in now
    assert find(MARK) == []
    assert not contents.has(content.sha256)
    for uid in (dossier.uid, other.uid):
        with pytest.raises(Refusal):
            load_dossier(uid)
    assert [line.action for line in journal_lines()] == ["New dossier"]
    undo()
    assert dossiers.count() == 0
    assert len(before) > 0


def test_only_its_own_name_erases_it(binder_open: Session) -> None:
    dossier = full("Ёлкин")
    create_dossier(dossier)
    for wrong in ("", " ", "Ёлкин", "Орлов"):
        with pytest.raises(Refusal, match="Type the name of the dossier"):
            erasing.erase(dossier.uid, wrong, binder_open.folder)
    assert load_dossier(dossier.uid) == dossier


def test_the_protocol_tells_numbers_and_no_content(binder_open: Session) -> None:
    dossier = full("Ёлкин")
    create_dossier(dossier)
    backing_up.back_up(binder_open.folder, bytes(binder_open.key))
    _, told = erasing.erase(dossier.uid, dossier.name, binder_open.folder)
    assert told.backup_until == TODAY + timedelta(days=372)
    printed = erasing.protocol(told, printing.options())
    (page,) = PdfReader(BytesIO(printed.data)).pages
    text = " ".join(page.extract_text().split())
    assert "25 November 2026" in text and "2 December 2027" in text
    assert f"Ёлкин {MARK}, ООО «{MARK}»" in text
    assert "ул. Первая" not in text


def test_a_private_number_is_no_name_on_the_protocol(binder_open: Session) -> None:
    secret = ContactPoint(ContactKind.PHONE, "+7 926 000-00-00", private=True)
    dossier = Dossier(contact_points=[secret])
    create_dossier(dossier)
    _, told = erasing.erase(dossier.uid, dossier.name, binder_open.folder)
    (page,) = PdfReader(BytesIO(erasing.protocol(told, printing.options()).data)).pages
    assert "000-00-00" not in page.extract_text()
    assert "No name" in page.extract_text()
