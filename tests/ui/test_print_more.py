"""The prints besides dossiers: each is seen, and only its own choices are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from dossier_app.domain.place import Month
from dossier_app.services.dossiers import set_field
from dossier_app.services.printing import KitPart
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.base import PaperDialog
from dossier_app.ui.dialogs.print_more import MorePrint, PrintMoreDialog
from tests.ui.conftest import DUE

Show = Callable[[PaperDialog], PaperDialog]


@pytest.fixture
def dialog(window: QWidget, desk: Desk, show: Show, qtbot: QtBot) -> Iterator[PrintMoreDialog]:
    """Opened on 25 November, with a birthday on 3 December."""
    set_field(DUE, "people.0.forms.relationship_card.birth", "12-03")
    made = PrintMoreDialog(window, desk)
    show(made)
    drawn(made, qtbot)
    yield made
    made.reject()


def drawn(dialog: PrintMoreDialog, qtbot: QtBot) -> str:
    """The text of the preview, when it shows what is chosen."""
    qtbot.waitUntil(lambda: dialog._printed is not None, timeout=20_000)
    assert dialog._printed is not None
    pages = PdfReader(BytesIO(dialog._printed.data)).pages
    return "\n".join(page.extract_text() for page in pages)


def choose(dialog: PrintMoreDialog, kind: MorePrint) -> None:
    dialog.kinds[kind].click()


def test_it_begins_with_the_occasions_of_the_coming_month(
    dialog: PrintMoreDialog, qtbot: QtBot
) -> None:
    assert dialog.month.month == Month(2026, 12)
    assert "Ivanova" in drawn(dialog, qtbot)
    dialog.month.after.click()
    qtbot.waitUntil(lambda: "January 2027" in dialog._problem.text())
    dialog.month.before.click()
    assert "Ivanova" in drawn(dialog, qtbot)


def test_a_blank_form_of_each_template(dialog: PrintMoreDialog, qtbot: QtBot) -> None:
    choose(dialog, MorePrint.BLANK)
    for number in range(0, dialog.template.count(), 5):
        dialog.template.setCurrentIndex(number)
        dialog._pause.stop()
        dialog._draw()
        title = dialog.template.currentText().split()[0]
        qtbot.waitUntil(lambda title=title: title in drawn(dialog, qtbot), timeout=20_000)


def test_parts_of_the_kit(dialog: PrintMoreDialog, qtbot: QtBot) -> None:
    choose(dialog, MorePrint.KIT)
    for part, box in dialog.parts.boxes.items():
        box.setChecked(part is KitPart.NUMBERS)
    text = drawn(dialog, qtbot)
    assert [line for line in text.split() if line.isdigit()] == [str(n) for n in range(1, 32)]


def test_the_audit_and_the_whole_binder(dialog: PrintMoreDialog, qtbot: QtBot) -> None:
    choose(dialog, MorePrint.AUDIT)
    assert "Orlov" in drawn(dialog, qtbot), "lies in the tray without a date"
    choose(dialog, MorePrint.BINDER)
    text = drawn(dialog, qtbot)
    assert "Sidorova" in text
    assert "Petrov" in text


def test_only_the_choices_of_the_print_are_shown(dialog: PrintMoreDialog) -> None:
    for kind in MorePrint:
        choose(dialog, kind)
        assert dialog.kind is kind
        assert dialog.template.isVisible() is (kind is MorePrint.BLANK)
        assert dialog.parts.isVisible() is (kind is MorePrint.KIT)
        assert dialog.month.isVisible() is (kind in (MorePrint.OCCASIONS, MorePrint.AUDIT))
