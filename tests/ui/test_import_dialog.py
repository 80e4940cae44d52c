"""The import dialog: all that will happen is seen before it happens."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QThreadPool
from PySide6.QtWidgets import QApplication

from dossier_app.domain import clock
from dossier_app.domain.records import Dossier
from dossier_app.services import undoing
from dossier_app.services.dossiers import load_dossier
from dossier_app.services.listing import listed
from dossier_app.ui.dialogs.import_dialog import ImportDialog
from dossier_app.ui.work import finish_all

CTRL = Qt.KeyboardModifier.ControlModifier


def card(name: str, *lines: str) -> str:
    surname, given = name.split()
    head = ["BEGIN:VCARD", "VERSION:3.0", f"N:{surname};{given};;;", f"FN:{given} {surname}"]
    return "\r\n".join([*head, *lines, "END:VCARD", ""])


@pytest.fixture
def cards(tmp_path) -> Path:
    """Two new clients, one who is in the binder, one card without anything."""
    path = tmp_path / "contacts.vcf"
    path.write_text(
        card("Воронов Леонид", "ORG:ООО Кедр", "TEL;TYPE=CELL:+7 916 000-11-22")
        + card("Тимофеева Анна", "EMAIL:anna@example.ru")
        + card("Ivanova Marina", "TEL:8 926 123-45-67", "EMAIL:marina@example.ru")
        + "BEGIN:VCARD\r\nVERSION:3.0\r\nEND:VCARD\r\n",
        encoding="utf-8",
    )
    return path


@pytest.fixture
def table(tmp_path) -> Path:
    """What a Russian spreadsheet program writes."""
    path = tmp_path / "clients.csv"
    rows = ["Фамилия;Имя;Мобильный телефон;Менеджер"]
    rows += ["Крылов;Олег;+7 927 100-20-00;Петров", "Зуева;Инна;+7 927 300-40-50;Петров"]
    path.write_bytes("\r\n".join(rows).encode("cp1251"))
    return path


@pytest.fixture
def opened(qtbot, window, desk, show):
    """Opens the dialog on files and waits until it has looked at them."""

    def open_on(*files: Path) -> ImportDialog:
        dialog = show(ImportDialog(window, desk, list(files)))
        wait_for_plan(qtbot, dialog)
        return dialog

    yield open_on
    finish_all()
    assert QThreadPool.globalInstance().activeThreadCount() == 0


def wait_for_plan(qtbot, dialog):
    qtbot.waitUntil(lambda: dialog._plan is not None, timeout=20_000)


def press_import(qtbot, dialog):
    assert dialog.primary_button.isEnabled()
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: dialog.title.text() == "Imported", timeout=20_000)


def rows(lines) -> list[str]:
    model = lines.model()
    return [model.index(n, 0).data() for n in range(model.rowCount())]


def tray() -> list[Dossier]:
    return [load_dossier(found.uid) for found in listed("tray", clock.today())]


def names() -> set[str]:
    return {dossier.name for dossier in tray()}


def test_all_is_shown_before_and_done_by_one_key(qtbot, opened, cards, desk, broadcasts):
    before = names()
    said = []
    desk.said.connect(said.append)
    dialog = opened(cards)
    assert rows(dialog.files) == [
        "contacts.vcf, business cards, 4 records, 2 new · 1 joined · 1 not read"
    ]
    assert [row.split(", ")[0] for row in rows(dialog.records)] == [
        "Воронов Леонид", "Тимофеева Анна", "Ivanova Marina", "Record 4",
    ]  # fmt: skip
    assert rows(dialog.records)[0] == (
        "Воронов Леонид, ООО Кедр, +7 916 000-11-22, new, Goes to the In tray."
    )
    assert "joined, Joined to Ivanova Marina." in rows(dialog.records)[2]
    assert dialog.sentence.text() == (
        "2 dossiers go to the In tray. 1 record is joined to its dossier. 1 record cannot be read."
    )
    assert names() == before
    assert broadcasts == []

    press_import(qtbot, dialog)
    assert names() == before | {"Воронов Леонид", "Тимофеева Анна"}
    assert said == ["3 dossiers imported"]
    assert len(broadcasts) == 1
    assert dialog.sentence.text() == (
        "2 dossiers lie in the In tray. 1 record was joined to its dossier. "
        "One undo takes all of it back."
    )
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    marina = load_dossier("due-today")
    assert [point.value for point in marina.people[0].contact_points] == [
        "+7 926 123-45-67", "marina@example.ru",
    ]  # fmt: skip
    undoing.undo()
    assert names() == before


def test_table_in_an_old_encoding(qtbot, opened, table):
    dialog = opened(table)
    assert rows(dialog.files) == ["clients.csv, table, 2 records, 2 new"]
    assert dialog.encoding.currentText() == "Encoding: Windows (cp1251)"
    assert dialog.delimiter.currentText() == "Separator: semicolon"
    press_import(qtbot, dialog)
    krylov = next(dossier for dossier in tray() if dossier.name == "Крылов Олег")
    assert krylov.people[0].contact_points[0].value == "+7 927 100-20-00"
    assert krylov.note == "Менеджер: Петров"


def test_columns_are_mapped_by_keyboard(qtbot, opened, table):
    dialog = opened(table)
    dialog.sides.setFocus()
    qtbot.keyClick(dialog.sides, Qt.Key.Key_Right)
    assert dialog.columns.isVisible()
    assert [combo.currentText() for combo in dialog.columns.combos] == [
        "Surname", "Given name", "Phone: mobile", "Note, with the heading",
    ]  # fmt: skip
    manager = dialog.columns.combos[3]
    manager.setFocus()
    assert manager.accessibleName() == "Column Менеджер goes to"
    qtbot.keyClicks(manager, "comp")
    assert not dialog.primary_button.isEnabled()
    wait_for_plan(qtbot, dialog)
    assert manager.hasFocus()
    press_import(qtbot, dialog)
    companies = {dossier.name: dossier.company for dossier in tray()}
    assert (companies["Крылов Олег"], companies["Зуева Инна"]) == ("Петров", "Петров")


def test_another_encoding_can_be_chosen(qtbot, opened, table):
    dialog = opened(table)
    dialog.encoding.setFocus()
    qtbot.keyClicks(dialog.encoding, "KOI8")
    wait_for_plan(qtbot, dialog)
    assert "Крылов" not in " ".join(rows(dialog.records))
    qtbot.keyClick(dialog.encoding, Qt.Key.Key_Home)
    wait_for_plan(qtbot, dialog)
    assert "Крылов" in " ".join(rows(dialog.records))


def test_table_without_known_columns_is_mapped_first(qtbot, opened, tmp_path):
    path = tmp_path / "odd.csv"
    path.write_text("alpha,beta\nx,y\nz,w\n", encoding="utf-8")
    dialog = opened(path)
    assert "no column with a name" in rows(dialog.files)[0]
    assert not dialog.primary_button.isEnabled()
    assert dialog.columns.isVisible()
    qtbot.keyClicks(dialog.columns.combos[0], "surn")
    wait_for_plan(qtbot, dialog)
    assert "go to the In tray." in dialog.sentence.text()
    assert rows(dialog.records)[-1].startswith("z, new")
    assert dialog.columns.combos[0].hasFocus()


def test_bad_files_do_not_cost_the_good_ones(qtbot, opened, cards, tmp_path):
    pdf, empty, none = tmp_path / "offer.pdf", tmp_path / "empty.vcf", tmp_path / "gone.vcf"
    pdf.write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 20)
    empty.write_bytes(b"")
    dialog = opened(pdf, empty, none, cards)
    shown = rows(dialog.files)
    assert "offer.pdf holds no contacts" in shown[0]
    assert shown[1].startswith("empty.vcf, ")
    assert "cannot be read" in shown[2]
    assert "2 new" in shown[3]
    dialog.files.setFocus()
    for _ in range(3):
        qtbot.keyClick(dialog.files, Qt.Key.Key_Down)
    assert len(rows(dialog.records)) == 4
    press_import(qtbot, dialog)
    assert "Воронов Леонид" in names()


def test_folders_are_searched(opened, cards, tmp_path):
    folder = tmp_path / "from the phone"
    folder.mkdir()
    cards.rename(folder / cards.name)
    assert len(rows(opened(folder).files)) == 1


@pytest.mark.parametrize("content", [None, b"", b"%PDF-1.7\n\x00\x01\x02"])
def test_nothing_to_import_is_said(opened, tmp_path, content):
    folder = tmp_path / "files"
    folder.mkdir()
    if content is not None:
        (folder / "file.bin").write_bytes(content)
    dialog = opened(folder)
    assert not dialog.primary_button.isEnabled()
    assert dialog.sentence.text() in (
        "There are no files there.",
        "There is nothing here that can be imported.",
    )


def test_same_file_again_adds_nothing(qtbot, opened, cards):
    first = opened(cards)
    press_import(qtbot, first)
    first.accept()
    dialog = opened(cards)
    assert not dialog.primary_button.isEnabled()
    assert dialog.sentence.text() == (
        "3 records are skipped: they bring nothing new. 1 record cannot be read."
    )


def test_records_are_filtered_by_what_becomes_of_them(qtbot, opened, cards):
    dialog = opened(cards)
    counts = {}
    for _ in range(5):
        counts[dialog.filter.value] = len(rows(dialog.records))
        qtbot.keyClick(dialog.filter, Qt.Key.Key_Right)
    assert counts == {"all": 4, "added": 2, "joined": 1, "skipped": 0, "refused": 1}


def test_leaving_while_it_reads_changes_nothing(qtbot, window, desk, show, tmp_path, broadcasts):
    path = tmp_path / "many.vcf"
    path.write_text("".join(card(f"Сурков{n} Олег") for n in range(3_000)), encoding="utf-8")
    before = names()
    dialog = show(ImportDialog(window, desk, [path]))
    with qtbot.waitSignal(dialog.destroyed):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    finish_all()
    qtbot.wait(0)
    assert QThreadPool.globalInstance().activeThreadCount() == 0
    assert names() == before
    assert broadcasts == []


def test_many_are_announced_and_written_at_once(qtbot, opened, tmp_path, broadcasts):
    path = tmp_path / "many.vcf"
    path.write_text("".join(card(f"Сурков{n} Олег") for n in range(600)), encoding="utf-8")
    dialog = opened(path)
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    assert dialog.sentence.text() == "Writing 600 dossiers…"
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)  # it is too late to leave
    qtbot.waitUntil(lambda: dialog.title.text() == "Imported", timeout=20_000)
    assert dialog.isVisible()
    assert len(broadcasts) == 1
    assert len(names()) == 601


def test_looking_again_finds_the_same(qtbot, opened, table, tmp_path):
    """Reading one file anew plans all of them again: the plan before must leave no trace."""
    twice = tmp_path / "twice.vcf"
    twice.write_text(
        card("Жуков Олег", "TEL:+7 927 100-20-00")
        + card("Жуков Олег", "TEL:+79271002000", "URL:a.ru"),
        encoding="utf-8",
    )
    dialog = opened(table, twice)
    shown = rows(dialog.files)
    assert "1 new · 1 joined" in shown[1]
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Home):
        qtbot.keyClick(dialog.encoding, key)
        wait_for_plan(qtbot, dialog)
    assert rows(dialog.files) == shown
    press_import(qtbot, dialog)
    dialog.accept()
    assert not opened(twice).primary_button.isEnabled()


@pytest.fixture
def mails(tmp_path) -> Path:
    """A mail of a client whose address is in the binder, and one of nobody known."""
    folder = tmp_path / "mails"
    folder.mkdir()
    for name, sender in (("a.eml", "Anna <anna@example.ru>"), ("b.eml", "who@example.net")):
        (folder / name).write_text(
            f"From: {sender}\nTo: rep@example.org\nSubject: Offer {name[0]}\n"
            f"Date: Tue, 24 Nov 2026 11:05:30 +0300\n\nPlease call me.\n"
        )
    return folder


def test_mails_go_into_histories(qtbot, opened, cards, mails, desk):
    said = []
    desk.said.connect(said.append)
    press_import(qtbot, first := opened(cards))
    first.accept()
    dialog = opened(mails)
    assert rows(dialog.files) == [
        "a.eml, mail, 1 record, 1 joined",
        "b.eml, mail, 1 record, no dossier has its addresses",
    ]
    (record,) = rows(dialog.records)
    assert record == (
        "Offer a, Anna <anna@example.ru>, 24 November 2026, joined, "
        "Goes into the history of Тимофеева Анна."
    )
    assert not dialog.home.isVisible()
    assert dialog.sentence.text() == (
        "1 mail goes into a history. 1 mail has no dossier: choose one, or it is left out."
    )
    press_import(qtbot, dialog)
    assert dialog.sentence.text() == "1 mail went into a history. One undo takes all of it back."
    anna = next(dossier for dossier in tray() if dossier.name == "Тимофеева Анна")
    assert [entry.text for entry in anna.history] == ["Offer a\n\nPlease call me."]
    assert said == ["3 dossiers imported", "1 mail imported"]
    undoing.undo()
    assert next(d for d in tray() if d.uid == anna.uid).history == []


def test_a_mail_of_nobody_gets_a_dossier_by_keyboard(qtbot, opened, mails):
    dialog = opened(mails / "b.eml")
    assert not dialog.primary_button.isEnabled()
    dialog.home.setFocus()
    qtbot.keyClicks(dialog.home.edit, "ivanova")
    assert [found.uid for found in dialog.homes_found.results()] == ["due-today"]
    qtbot.keyClick(dialog.home.edit, Qt.Key.Key_Return)
    wait_for_plan(qtbot, dialog)
    assert dialog.sentence.text() == "1 mail goes into a history."
    assert dialog.home.isVisible()  # another one may still be chosen
    press_import(qtbot, dialog)
    assert [entry.text for entry in load_dossier("due-today").history] == [
        "Offer b\n\nPlease call me."
    ]
