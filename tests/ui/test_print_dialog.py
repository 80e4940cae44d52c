"""The print dialog: what is seen is what is printed, and private facts stay at home."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt, QThreadPool
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPushButton

from dossier_app.domain.place import day_place
from dossier_app.domain.records import Dossier, NextStep, Person, Promise, Side
from dossier_app.services import printing
from dossier_app.services import settings as settings_service
from dossier_app.services.dossiers import create_dossier
from dossier_app.services.printing import DossierPart, PrintKind
from dossier_app.ui.dialogs.preview_dialog import print_steps
from dossier_app.ui.dialogs.print_dialog import PrintDialog
from dossier_app.ui.pdf_view import draw_page, page_sizes
from dossier_app.ui.work import finish_all

CLIENT = "client-to-print"
SECRET = "Divorce papers"


@pytest.fixture
def client(desk):
    create_dossier(
        Dossier(
            uid=CLIENT,
            company="Romashka",
            people=[Person("Ivanova", "Marina", "Sergeevna", main=True)],
            place=day_place(date(2026, 11, 25)),
            step=NextStep(text="Discuss the estimate"),
            promises=[
                Promise(Side.OURS, "Open catalogue"),
                Promise(Side.OURS, SECRET, private=True),
            ],
        )
    )
    return CLIENT


@pytest.fixture
def dialog(qtbot, window, desk, show, client):
    made = show(PrintDialog(window, desk, [client]))
    wait_for_preview(qtbot, made)
    yield made
    finish_all()
    assert QThreadPool.globalInstance().activeThreadCount() == 0


def wait_for_preview(qtbot, dialog):
    qtbot.waitUntil(dialog.primary_button.isEnabled, timeout=20_000)


def text_of(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def seen(dialog) -> bytes:
    """The file that the preview shows."""
    return dialog.preview.pages._data


def test_preview_is_discreet_until_told(qtbot, dialog):
    assert "Open catalogue" in text_of(seen(dialog))
    assert SECRET not in text_of(seen(dialog))
    dialog.include_private.setFocus()
    qtbot.keyClick(dialog.include_private, Qt.Key.Key_Space)
    assert not dialog.primary_button.isEnabled()  # what is seen is not what is chosen
    assert not dialog.save_button.isEnabled()
    wait_for_preview(qtbot, dialog)
    assert SECRET in text_of(seen(dialog))
    assert "Contains private facts" in text_of(seen(dialog))
    qtbot.keyClick(dialog.include_private, Qt.Key.Key_Space)
    wait_for_preview(qtbot, dialog)
    assert SECRET not in text_of(seen(dialog))


def test_kind_paper_and_language_change_the_pages(qtbot, dialog):
    brief = seen(dialog)
    qtbot.keyClick(dialog.brief, Qt.Key.Key_Down)
    assert dialog.whole.isChecked()
    wait_for_preview(qtbot, dialog)
    assert text_of(seen(dialog)) != text_of(brief)
    assert page_sizes(seen(dialog))[0] == pytest.approx((595.3, 841.9), abs=0.1)
    qtbot.keyClick(dialog.paper, Qt.Key.Key_Right)
    wait_for_preview(qtbot, dialog)
    assert page_sizes(seen(dialog))[0] == pytest.approx((612, 792), abs=0.1)
    assert "25 November" in text_of(seen(dialog))
    qtbot.keyClick(dialog.language, Qt.Key.Key_Left)
    assert dialog.language.value == "ru"
    wait_for_preview(qtbot, dialog)
    assert "25 ноября" in text_of(seen(dialog))


def test_quick_changes_end_at_the_last_choice(qtbot, dialog):
    for _ in range(5):
        dialog.include_private.click()
    wait_for_preview(qtbot, dialog)
    assert SECRET in text_of(seen(dialog))


def file_dialog(qtbot, dialog) -> QFileDialog:
    qtbot.keyClick(dialog, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(dialog.findChildren(QFileDialog)))
    return dialog.findChildren(QFileDialog)[0]


def test_saved_by_keyboard(qtbot, dialog, tmp_path):
    shown = seen(dialog)
    asked = file_dialog(qtbot, dialog)
    name = asked.findChild(QLineEdit)
    assert name.text() == "Ivanova Marina, 25 November.pdf"
    name.setText(str(tmp_path / "brief"))
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(name, Qt.Key.Key_Return)
    assert (tmp_path / "brief.pdf").read_bytes() == shown
    assert "Ivanova" in text_of(shown)


def test_file_that_cannot_be_written_is_told_and_nothing_is_left(qtbot, dialog, tmp_path):
    dialog.save(str(tmp_path / "no such folder" / "brief.pdf"))
    assert "brief.pdf cannot be written" in dialog._problem.text()
    assert dialog.isVisible()
    assert list(tmp_path.glob("**/*.pdf")) == []
    assert settings_service.load().print_kind == "brief"


def test_choices_are_remembered_and_private_never(
    qtbot, window, desk, dialog, client, tmp_path, show
):
    dialog.whole.click()
    dialog.language.choose("ru")
    dialog.paper.choose("letter")
    dialog.include_private.click()
    wait_for_preview(qtbot, dialog)
    dialog.save(str(tmp_path / "all.pdf"))
    stored = settings_service.load()
    assert (stored.print_kind, stored.print_language, stored.paper) == ("dossier", "ru", "letter")
    again = show(PrintDialog(window, desk, [CLIENT]))
    assert again.whole.isChecked()
    assert (again.paper.value, again.language.value) == ("letter", "ru")
    assert not again.include_private.isChecked()
    wait_for_preview(qtbot, again)
    assert SECRET not in text_of(seen(again))


def test_leaving_remembers_and_writes_nothing(qtbot, window, desk, client, show, tmp_path):
    dialog = show(PrintDialog(window, desk, [client]))
    dialog.whole.click()
    with qtbot.waitSignal(dialog.destroyed):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    finish_all()
    assert QThreadPool.globalInstance().activeThreadCount() == 0
    assert settings_service.load().print_kind == "brief"


def test_a_day_is_one_file(qtbot, window, desk, client, show):
    uids = printing.dossiers_of_day(desk.today)
    assert len(uids) == 2
    dialog = show(PrintDialog(window, desk, uids))
    wait_for_preview(qtbot, dialog)
    assert dialog.preview.pages.count == 2
    assert dialog.title.text() == "Print 2 dossiers"
    assert dialog.preview.page_label.text() == "Page 1 of 2"
    qtbot.keyClick(dialog.preview.pages, Qt.Key.Key_End)
    assert dialog.preview.page_label.text() == "Page 2 of 2"


@pytest.fixture
def day_dialog(qtbot, window, desk, show, client):
    uids = printing.dossiers_of_day(desk.today)
    made = show(PrintDialog(window, desk, uids, desk.today))
    wait_for_preview(qtbot, made)
    yield made
    finish_all()


def test_a_day_offers_its_pack_first(qtbot, day_dialog):
    assert day_dialog.title.text() == "Print: Wednesday, 25 November"
    assert day_dialog.kind is PrintKind.PACK
    pack = text_of(seen(day_dialog))
    assert "Agenda" in pack
    assert day_dialog.preview.pages.count == 3
    day_dialog.brief.click()
    assert day_dialog.kind is PrintKind.BRIEF
    assert not day_dialog.days.isEnabled()
    wait_for_preview(qtbot, day_dialog)
    assert day_dialog.preview.pages.count == 2
    assert "Agenda" not in text_of(seen(day_dialog))


def test_a_pack_can_be_of_whole_dossiers(qtbot, window, desk, day_dialog, show, tmp_path):
    assert not day_dialog.parts.isVisible()
    qtbot.keyClick(day_dialog.pack, Qt.Key.Key_Down)
    assert day_dialog.whole_pack.isChecked()
    assert day_dialog.days.isEnabled()
    assert day_dialog.parts.isVisible()
    wait_for_preview(qtbot, day_dialog)
    text = text_of(seen(day_dialog))
    assert "Agenda" in text
    assert "About the client" in text
    day_dialog.save(str(tmp_path / "day.pdf"))
    again = show(PrintDialog(window, desk, [], desk.today))
    assert again.whole_pack.isChecked()


def test_parts_of_a_dossier_are_chosen_and_remembered(qtbot, window, desk, dialog, show, tmp_path):
    assert not dialog.parts.isVisible()
    dialog.whole.click()
    assert dialog.parts.isVisible()
    wait_for_preview(qtbot, dialog)
    assert "Open catalogue" in text_of(seen(dialog))
    box = dialog.parts.boxes[DossierPart.PROMISES]
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert not dialog.primary_button.isEnabled()
    wait_for_preview(qtbot, dialog)
    assert "Open catalogue" not in text_of(seen(dialog))
    qtbot.keyClick(dialog.parts.history, Qt.Key.Key_Right)
    wait_for_preview(qtbot, dialog)
    dialog.save(str(tmp_path / "dossier.pdf"))
    stored = settings_service.load()
    assert (stored.print_left_out, stored.print_contacts) == (["promises"], 10)
    again = show(PrintDialog(window, desk, [CLIENT]))
    assert not again.parts.boxes[DossierPart.PROMISES].isChecked()
    assert again.parts.last_contacts == 10
    again.brief.click()
    assert not again.parts.isVisible()
    wait_for_preview(qtbot, again)
    assert "Open catalogue" in text_of(seen(again))  # a brief stays as it is


def test_coming_days_travel_along(qtbot, desk, day_dialog):
    create_dossier(Dossier(company="Friday's client", place=day_place(date(2026, 11, 27))))
    day_dialog.days.setFocus()
    qtbot.keyClick(day_dialog.days, Qt.Key.Key_Right)
    qtbot.keyClick(day_dialog.days, Qt.Key.Key_Right)
    assert day_dialog.days.value == 3
    assert not day_dialog.primary_button.isEnabled()
    wait_for_preview(qtbot, day_dialog)
    assert "Friday's client" in text_of(seen(day_dialog))


def test_what_is_printed_of_a_day_is_remembered_apart(
    qtbot, window, desk, day_dialog, show, tmp_path
):
    day_dialog.whole.click()
    wait_for_preview(qtbot, day_dialog)
    day_dialog.save(str(tmp_path / "day.pdf"))
    stored = settings_service.load()
    assert (stored.print_day, stored.print_kind) == ("dossier", "brief")
    again = show(PrintDialog(window, desk, [CLIENT]))
    assert again.brief.isChecked()
    assert not again.pack.isVisible()
    assert not again.days.isVisible()


def printer_into(path: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def test_printed_pages_are_the_pages_seen(qtbot, window, desk, client, show, tmp_path):
    dialog = show(PrintDialog(window, desk, printing.dossiers_of_day(desk.today)))
    wait_for_preview(qtbot, dialog)
    shown = seen(dialog)
    paper = tmp_path / "paper.pdf"
    with qtbot.waitSignal(dialog.accepted, timeout=20_000):
        dialog.send_to(printer_into(paper))
    printed = paper.read_bytes()
    assert len(page_sizes(printed)) == 2
    assert page_sizes(printed)[1] == pytest.approx(page_sizes(shown)[1], abs=1)
    for number in range(2):
        mine, theirs = draw_page(shown, number, 300), draw_page(printed, number, 300)
        differing = sum(
            abs(mine.pixelColor(x, y).lightness() - theirs.pixelColor(x, y).lightness()) > 96
            for x in range(0, 300, 2)
            for y in range(0, 424, 2)
        )
        assert differing < 150 * 212 * 0.01


def test_printer_is_asked_for_and_the_dialog_stays_until_it_prints(qtbot, dialog):
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    asked = dialog.findChild(QPrintDialog)
    assert asked is not None
    assert asked.printer().docName() == "Ivanova Marina, 25 November"
    assert asked.printer().fullPage()
    with qtbot.waitSignal(asked.rejected):
        asked.reject()
    assert dialog.isVisible()
    assert dialog.primary_button.isEnabled()


def test_page_range_is_followed(desk, client, tmp_path):
    chosen = printing.options()
    prepared = printing.prepare(PrintKind.BRIEF, printing.dossiers_of_day(desk.today), chosen)
    printer = printer_into(tmp_path / "second.pdf")
    printer.setFromTo(2, 2)
    assert list(print_steps(printing.draw(prepared), printer)) == [1]
    assert len(page_sizes((tmp_path / "second.pdf").read_bytes())) == 1


def test_file_name_takes_what_every_system_takes(desk):
    create_dossier(Dossier(uid="odd", people=[Person('Ann"e/\\..', "O:*?<|>", main=True)]))
    prepared = printing.prepare(PrintKind.BRIEF, ["odd"], printing.options(), "ru")
    assert printing.file_name(prepared) == "Ann e .. O, 25 ноября.pdf"


def test_zoom_by_keys(qtbot, dialog):
    pages = dialog.preview.pages
    pages.setFocus()
    before = pages._places[0].width()
    qtbot.keyClick(pages, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert pages._places[0].width() == pytest.approx(before * 1.25, abs=2)
    qtbot.keyClick(pages, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert pages._places[0].width() == before
    for _ in range(5):
        qtbot.keyClick(pages, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert pages._places[0].width() == pytest.approx(before / 2, abs=2)
    assert not dialog.preview.smaller.isEnabled()


def test_only_pages_in_view_are_drawn(qtbot, window, desk, client, show):
    dialog = show(PrintDialog(window, desk, [CLIENT] * 12))
    wait_for_preview(qtbot, dialog)
    pages = dialog.preview.pages
    qtbot.waitUntil(lambda: 0 in pages._drawn)
    assert set(pages._drawn) == {0}
    density = pages.devicePixelRatioF()
    assert pages._drawn[0].image.width() == round(pages._places[0].width() * density)


def test_everything_is_reached_by_tab(qtbot, dialog):
    dialog.brief.setFocus()
    names = []
    for _ in range(20):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        names.append(focused.accessibleName() or focused.property("text"))
        if focused is dialog.primary_button:
            break
    assert "Include private facts" in names
    assert "Preview" in names
    assert names[-3:] == ["Cancel", "Save as PDF…", "Print…"]
    assert all(names)
    assert all(
        button.text() or button.accessibleName() for button in dialog.findChildren(QPushButton)
    )
