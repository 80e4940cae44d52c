"""The papers of a handover in the window: seen before they are printed."""

from __future__ import annotations

import io
from datetime import date

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QThreadPool

from dossier_app.domain.records import Promise, Side
from dossier_app.services.handover import giving
from dossier_app.services.promises import add_promise
from dossier_app.ui.dialogs.handover_print import AbsenceReportDialog, HandoverPackDialog
from dossier_app.ui.work import finish_all

from .conftest import AGREED, DUE

FIRST, LAST = date(2026, 11, 25), date(2026, 12, 11)
SECRET = "Divorce papers"


def wait_for_preview(qtbot, dialog):
    qtbot.waitUntil(dialog.primary_button.isEnabled, timeout=20_000)


def seen(dialog) -> str:
    reader = PdfReader(io.BytesIO(dialog.preview.pages._data))
    return " ".join(page.extract_text() for page in reader.pages)


@pytest.fixture(autouse=True)
def _no_thread_is_left():
    yield
    finish_all()
    assert QThreadPool.globalInstance().activeThreadCount() == 0


@pytest.fixture
def wish(desk):
    add_promise(DUE, Promise(Side.OURS, SECRET, private=True))
    return giving.Wish("Petrova", FIRST, LAST, [DUE, AGREED])


def test_pack_while_it_is_planned(qtbot, window, desk, show, wish, tmp_path):
    dialog = show(HandoverPackDialog(window, desk, wish))
    wait_for_preview(qtbot, dialog)
    assert "→ Petrova" in seen(dialog)
    assert "Ivanova" in seen(dialog)
    assert "Sidorova" in seen(dialog)
    assert SECRET not in seen(dialog)
    assert not dialog.include_private.isEnabled()
    assert "do not go along" in dialog.private_note.text()
    dialog.save(str(tmp_path / "pack.pdf"))
    assert (tmp_path / "pack.pdf").read_bytes().startswith(b"%PDF")


def test_private_facts_that_go_along_are_printed_when_asked_for(
    qtbot, window, desk, show, wish, tmp_path
):
    made = giving.create(
        giving.Wish("Petrova", FIRST, LAST, wish.uids, private=True),
        tmp_path / "given.dossier",
        "words to remember it by",
    )
    dialog = show(HandoverPackDialog(window, desk, made.handover))
    wait_for_preview(qtbot, dialog)
    assert SECRET not in seen(dialog)
    dialog.include_private.click()
    wait_for_preview(qtbot, dialog)
    assert SECRET in seen(dialog)
    assert "Contains private facts" in seen(dialog)

    report = show(AbsenceReportDialog(window, desk, made.handover))
    wait_for_preview(qtbot, report)
    assert "Report of an absence" in seen(report)
    assert "Nothing has come back yet." in seen(report)


def test_nothing_to_hand_over_is_said_in_the_dialog(qtbot, window, desk, show):
    empty = giving.Wish("Petrova", date(2027, 6, 1), date(2027, 6, 2))
    dialog = show(HandoverPackDialog(window, desk, empty))
    assert "nothing is in this handover" in dialog._problem.text()
    assert not dialog.primary_button.isEnabled()
