"""The papers of a handover: which dossiers they are of, and what stays at home."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from dossier_app.domain.errors import Refusal
from dossier_app.domain.handover.absence import Absence
from dossier_app.domain.handover.records import Handover
from dossier_app.domain.place import day_place
from dossier_app.domain.records import (
    Answer,
    ContactKind,
    ContactPoint,
    Document,
    Dossier,
    FilledForm,
    NextStep,
    Person,
    Promise,
    Side,
)
from dossier_app.services import handover_prints, printing, settings
from dossier_app.services.dossiers import create_dossier
from dossier_app.services.handover import giving
from dossier_app.services.printing import Prepared
from dossier_app.services.session import Session

FIRST, LAST = date(2026, 11, 30), date(2026, 12, 11)
SECRET = "SECRET"


@pytest.fixture
def clients(binder_open: Session) -> list[str]:
    """Two that fall in the days, the second one first, and one that does not."""
    kept = settings.load()
    kept.author = "Седова"
    settings.save(kept)
    found = []
    for surname, day in (("Антонова", 4), ("Борисова", 1), ("Васильева", 25)):
        notes = FilledForm("handover_notes", {"state": Answer(f"Дела {surname}")})
        dossier = Dossier(
            people=[Person(surname, main=True)],
            place=day_place(date(2026, 12, day)),
            step=NextStep(text=f"Шаг {surname}"),
            forms=[notes],
            promises=[Promise(Side.OURS, SECRET, private=True)],
        )
        create_dossier(dossier)
        found.append(dossier.uid)
    return found


def text_of(prepared: Prepared) -> str:
    reader = PdfReader(io.BytesIO(printing.draw(prepared).data))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def given(clients: list[str], folder: Path, *, private: bool = False) -> Handover:
    wish = giving.Wish("Петрова", FIRST, LAST, clients[:2], private=private)
    return giving.create(wish, folder / "given.dossier", "words to remember it by").handover


def test_pack_of_a_wish_before_anything_is_given(clients: list[str]) -> None:
    wish = giving.Wish("Петрова", FIRST, LAST)
    prepared = handover_prints.prepare_handover_pack(wish, printing.options(), "en")
    text = text_of(prepared)
    assert printing.file_name(prepared) == (
        "Handover to Петрова, 30 November – 11 December 2026.pdf"
    )
    assert "Седова → Петрова" in text
    assert text.index("Шаг Борисова") < text.index("Шаг Антонова")
    assert "Дела Антонова" in text
    assert "Васильева" not in text
    assert SECRET not in text


def test_pack_of_a_handover_shows_the_dossiers_as_they_stand(
    clients: list[str], tmp_path: Path
) -> None:
    handover = given(clients, tmp_path)
    text = text_of(handover_prints.prepare_handover_pack(handover, printing.options(), "en"))
    assert "Дела Антонова" in text
    assert "Васильева" not in text


def test_documents_that_stay_are_not_listed(binder_open: Session) -> None:
    stays, goes = (Document(f"{name}.pdf", 1, "0" * 64, FIRST) for name in ("Смета", "Схема"))
    create_dossier(Dossier(company="Север", place=day_place(FIRST), documents=[stays, goes]))
    wish = giving.Wish("Петрова", FIRST, LAST, left_out=[stays.uid])
    text = text_of(handover_prints.prepare_handover_pack(wish, printing.options(), "en"))
    assert "Смета.pdf" not in text
    assert "Схема.pdf" in text


def test_private_facts_only_where_they_go_along(clients: list[str], tmp_path: Path) -> None:
    chosen = printing.options(private=True)
    discreet = giving.Wish("Петрова", FIRST, LAST)
    with pytest.raises(Refusal, match="do not go along"):
        handover_prints.prepare_handover_pack(discreet, chosen)
    whole = given(clients, tmp_path, private=True)
    assert SECRET in text_of(handover_prints.prepare_handover_pack(whole, chosen, "en"))
    usual = handover_prints.prepare_handover_pack(whole, printing.options(), "en")
    assert SECRET not in text_of(usual)


def test_nothing_to_hand_over_is_said(clients: list[str]) -> None:
    empty = giving.Wish("Петрова", date(2027, 6, 1), date(2027, 6, 2))
    with pytest.raises(Refusal, match="nothing is in this handover"):
        handover_prints.prepare_handover_pack(empty, printing.options())
    with pytest.raises(Refusal, match="nothing was handed over"):
        handover_prints.prepare_absence_report(Absence(FIRST, LAST), printing.options())


def test_reading_goes_dossier_by_dossier(clients: list[str]) -> None:
    wish = giving.Wish("Петрова", FIRST, LAST)
    reading = handover_prints.read_handover_pack(wish, printing.options(), "ru")
    assert reading.total == 2
    assert list(reading.steps) == [1, 2]


def test_report_before_anything_came_back(clients: list[str], tmp_path: Path) -> None:
    handover = given(clients, tmp_path)
    prepared = handover_prints.prepare_absence_report(handover, printing.options(), "en")
    text = text_of(prepared)
    assert "Nothing has come back yet." in text
    assert "of 2 dossiers handed over" in text
    assert "Антонова" in text
    with pytest.raises(Refusal, match="do not go along"):
        handover_prints.prepare_absence_report(handover, printing.options(private=True))


def test_a_client_called_by_a_private_number_has_no_name_on_discreet_paper(
    binder_open: Session,
) -> None:
    point = ContactPoint(ContactKind.PHONE, SECRET, private=True)
    create_dossier(
        Dossier(contact_points=[point], place=day_place(FIRST), step=NextStep(text="Позвонить"))
    )
    wish = giving.Wish("Петрова", FIRST, LAST)
    text = text_of(handover_prints.prepare_handover_pack(wish, printing.options(), "en"))
    assert "No name" in text
    assert SECRET not in text
