"""Documents behind a dossier, chosen in the print dialog."""

from __future__ import annotations

import io
from datetime import date

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from reportlab.pdfgen.canvas import Canvas

from dossier_app.domain.place import day_place
from dossier_app.domain.records import Dossier, Person
from dossier_app.services import documents, printing
from dossier_app.services import settings as settings_service
from dossier_app.services.dossiers import create_dossier, load_dossier
from dossier_app.ui.dialogs.print_dialog import PrintDialog
from dossier_app.ui.work import finish_all

CLIENT = "client-to-print"


@pytest.fixture
def client(desk, tmp_path):
    """One client with two PDF files, one of them private, and a text."""
    create_dossier(
        Dossier(uid=CLIENT, people=[Person("Ivanova", main=True)],
                place=day_place(date(2026, 11, 25)))
    )  # fmt: skip
    for name in ("offer & plan.pdf", "secret.pdf", "note.txt"):
        buffer = io.BytesIO()
        canvas = Canvas(buffer)
        canvas.drawString(100, 700, f"Text of {name}")
        canvas.save()
        path = tmp_path / name
        path.write_bytes(buffer.getvalue())
        documents.add_files(CLIENT, [path])
    documents.set_private(CLIENT, load_dossier(CLIENT).documents[1].uid, True)
    return CLIENT


@pytest.fixture
def opened(qtbot, window, desk, show, client):
    def made(*uids: str) -> PrintDialog:
        dialog = show(PrintDialog(window, desk, list(uids or [client])))
        dialog.whole.click()
        wait_for_preview(qtbot, dialog)
        return dialog

    yield made
    finish_all()


def wait_for_preview(qtbot, dialog):
    qtbot.waitUntil(dialog.primary_button.isEnabled, timeout=20_000)


def seen(dialog) -> str:
    """The text of all pages in the preview."""
    reader = PdfReader(io.BytesIO(dialog.preview.pages._data))
    return " ".join(page.extract_text() for page in reader.pages)


def box(dialog, name: str):
    return next(item for item in dialog.documents.boxes.values() if name in item.accessibleName())


def test_a_ticked_document_is_seen_behind_the_dossier(qtbot, opened):
    dialog = opened()
    assert dialog.documents.isVisible()
    assert [item.text() for item in dialog.documents.boxes.values()] == [
        "secret.pdf", "offer && plan.pdf",
    ]  # fmt: skip
    assert "Text of" not in seen(dialog)
    offer = box(dialog, "offer & plan.pdf")
    offer.setFocus()
    qtbot.keyClick(offer, Qt.Key.Key_Space)
    assert not dialog.primary_button.isEnabled()
    wait_for_preview(qtbot, dialog)
    assert "Text of offer & plan.pdf" in seen(dialog)
    dialog.brief.click()
    assert not dialog.documents.isVisible()
    wait_for_preview(qtbot, dialog)
    assert "Text of" not in seen(dialog)


def test_a_private_document_needs_private_facts(qtbot, opened):
    dialog = opened()
    secret = box(dialog, "secret.pdf")
    assert not secret.isEnabled()
    assert "private" in secret.toolTip()
    dialog.include_private.click()
    secret.click()
    wait_for_preview(qtbot, dialog)
    assert "Text of secret.pdf" in seen(dialog)
    dialog.include_private.click()
    assert not secret.isEnabled()
    wait_for_preview(qtbot, dialog)
    assert "Text of secret.pdf" not in seen(dialog)


def test_the_choice_is_remembered_for_the_dossier(qtbot, opened, tmp_path):
    dialog = opened()
    box(dialog, "offer").click()
    wait_for_preview(qtbot, dialog)
    dialog.save(str(tmp_path / "dossier.pdf"))
    assert b"%PDF" in (tmp_path / "dossier.pdf").read_bytes()
    assert len(settings_service.load().print_documents[CLIENT]) == 1
    again = opened()
    assert box(again, "offer").isChecked()
    assert not box(again, "secret").isChecked()
    assert "Text of offer & plan.pdf" in seen(again)


def test_several_dossiers_have_no_documents_behind(opened, desk):
    dialog = opened(*printing.dossiers_of_day(desk.today))
    assert dialog.documents.boxes == {}
    told = [label.text() for label in dialog.documents.findChildren(QLabel)]
    assert told == ["Documents are printed behind a single dossier only."]


def test_other_kinds_are_told_and_nothing_where_there_is_nothing(opened, desk):
    dialog = opened()
    [label] = dialog.documents.findChildren(QLabel)
    assert label.text() == "1 document of another kind is printed from its own program."
    create_dossier(Dossier(uid="without", company="Romashka"))
    assert not opened("without").documents.isVisible()


def test_long_names_are_shortened_in_the_middle(opened, tmp_path):
    path = tmp_path / ("Offer for the very large machine of the " + "x" * 40 + " v2.pdf")
    path.write_bytes(b"%PDF-")
    documents.add_files(CLIENT, [path])
    dialog = opened()
    shortened = box(dialog, "very large")
    assert "…" in shortened.text()
    assert shortened.text().endswith("v2.pdf")
    assert shortened.toolTip() == shortened.accessibleName() == path.name
    assert shortened.width() <= dialog.choices.width()
