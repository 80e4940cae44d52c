"""What the window can do: each action with its key, in the menu and from the keyboard."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from dossier_app.domain.binder import LEFT_BEHIND, Slot
from dossier_app.domain.language import mark, tr
from dossier_app.ui.handover.actions import HandoverActions, is_package_file
from dossier_app.ui.main_menu import make_menu

if TYPE_CHECKING:
    from dossier_app.domain.erasing import Erasure
    from dossier_app.ui.main_window import MainWindow

# Key, name in help and menu, name of the method of `Actions`. The order is that of the help.
KEYS: tuple[tuple[str, str, str], ...] = (
    ("Ctrl+K", mark("Find a client"), "find"),
    ("Ctrl+L", mark("Log & re-file"), "log_current"),
    ("Ctrl+Shift+L", mark("Not reached: count the try"), "not_reached_current"),
    ("Ctrl+M", mark("Move to another date"), "move_current"),
    ("Ctrl+B", mark("Balance the day, or give dates"), "balance"),
    ("Ctrl+E", mark("Day review"), "review"),
    ("Ctrl+N", mark("New dossier"), "new_dossier"),
    ("Ctrl+J", mark("Slip for the dossier"), "new_slip"),
    ("Ctrl+Shift+J", mark("Loose sheet"), "new_loose_sheet"),
    ("Ctrl+R", mark("Go to the reminder"), "to_reminder"),
    ("Ctrl+P", mark("Print the dossier or brief"), "print_current"),
    ("Ctrl+Shift+P", mark("Print the day"), "print_day"),
    ("Ctrl+Alt+P", mark("More to print"), "print_more"),
    ("Ctrl+I", mark("Import contacts"), "import_contacts"),
    ("Ctrl+Shift+I", mark("Export"), "export"),
    ("Ctrl+Shift+H", mark("Plan an absence"), "plan_absence"),
    ("Ctrl+H", mark("Handovers"), "handovers"),
    ("Ctrl+T", mark("Open today"), "today"),
    ("Ctrl+PgUp", mark("Previous divider"), "previous_divider"),
    ("Ctrl+PgDown", mark("Next divider"), "next_divider"),
    ("Ctrl+Z", mark("Undo"), "undo"),
    ("Ctrl+Shift+Z", mark("Redo"), "redo"),
    ("Ctrl+D", mark("Go to the dossier"), "to_dossier"),
    ("F1", mark("Keys"), "help"),
)


class Actions(HandoverActions):
    """Binds the keys of `KEYS` to the window and opens the dialogs.

    Dialogs are imported when they are first opened: start-up time.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        for keys, _, name in KEYS:
            shortcut = QShortcut(QKeySequence(keys), window)
            shortcut.activated.connect(getattr(self, name))
        QShortcut(QKeySequence("Ctrl+Y"), window).activated.connect(self.redo)

    # --- moving about

    def find(self) -> None:
        edit = self.window.topbar.search.edit
        edit.setFocus()
        edit.selectAll()

    def today(self) -> None:
        self.window.tabs.flip_to_today()

    def previous_divider(self) -> None:
        self.window.tabs.flip(-1)

    def next_divider(self) -> None:
        self.window.tabs.flip(1)

    def to_dossier(self) -> None:
        self.window.panel.tabs.setFocus(Qt.FocusReason.TabFocusReason)

    def undo(self) -> None:
        self.window.undo()

    def redo(self) -> None:
        self.window.redo()

    # --- the day's work

    def log_current(self) -> None:
        for uid in self.window.current_uids()[:1]:
            self.log(uid)

    def not_reached_current(self) -> None:
        for uid in self.window.current_uids()[:1]:
            self.log_not_reached(uid)

    def log(self, uid: str) -> None:
        from dossier_app.ui.dialogs.log import LogDialog

        LogDialog(self.window, self.window.desk, uid).open()

    def log_not_reached(self, uid: str) -> None:
        from dossier_app.ui.dialogs.log import LogDialog

        dialog = LogDialog(self.window, self.window.desk, uid)
        dialog.set_not_reached()
        dialog.open()

    def move_current(self) -> None:
        self.window.rows_.move()

    def move(self, *uids: str) -> None:
        from dossier_app.ui.dialogs.refile import RefileDialog

        if uids:
            RefileDialog(self.window, self.window.desk, list(uids)).open()

    def new_slip(self) -> None:
        """Put a slip of the current dossier under a day."""
        uids = self.window.current_uids()
        if uids:
            self.slip(uids[0])
        else:
            self.window.toast.say(tr("No dossier is chosen; Ctrl+Shift+J makes a loose sheet."))

    def new_loose_sheet(self) -> None:
        self.slip("")

    def slip(self, dossier_uid: str) -> None:
        from dossier_app.ui.dialogs.slip import SlipDialog

        SlipDialog(self.window, self.window.desk, dossier_uid).open()

    def checkpoints_current(self) -> None:
        """Put slips for the control points of a job under their days."""
        uids = self.window.current_uids()
        if uids:
            self.checkpoints(uids[0])
        else:
            self.window.toast.say(tr("No dossier is chosen."))

    def checkpoints(self, dossier_uid: str) -> None:
        from dossier_app.ui.dialogs.checkpoints import CheckpointsDialog

        CheckpointsDialog(self.window, self.window.desk, dossier_uid).open()

    def to_reminder(self) -> None:
        """The keyboard goes to the reminder in the corner."""
        if self.window.corner is None or not self.window.corner.take_focus():
            self.window.toast.say(tr("No reminder is waiting."))

    def balance(self) -> None:
        """Propose other days for the page that lies open, if it asks for that."""
        from dossier_app.ui.dialogs.balance import balance_dialog

        page, slot = self.window.page, self.window.slot
        if page.plan.isHidden():
            self.window.toast.say(tr("Nothing has to move from here."))
        elif dialog := balance_dialog(self.window, self.window.desk, slot, page.only):
            dialog.open()

    def catch_up(self, since: date) -> None:
        """Tell what was left behind after ``since``, the last day of work."""
        from dossier_app.ui.dialogs.catch_up import CatchUpDialog

        dialog = CatchUpDialog(self.window, self.window.desk, since)
        dialog.dates_wanted.connect(self.give_dates)
        dialog.day_wanted.connect(self.walk)
        dialog.open()

    def review(self) -> None:
        """Look back on the day."""
        from dossier_app.ui.review.dialog import ReviewDialog

        dialog = ReviewDialog(self.window, self.window.desk, self.window.desk.today)
        dialog.dossier_wanted.connect(self.window.open_dossier)
        dialog.slot_wanted.connect(self.window.open_slot)
        dialog.open()

    def give_dates(self, slot: Slot) -> None:
        """Open that tray with days proposed for all that lies there."""
        self.window.open_slot(slot)
        self.balance()

    def walk(self, day: date) -> None:
        """Open *Left behind* at what lay under ``day``."""
        self.window.open_slot(LEFT_BEHIND)
        self.window.page.walk(day)
        self.window.page.rows.setFocus()

    def calendar(self) -> None:
        from dossier_app.ui.dialogs.calendar_editor import CalendarDialog

        CalendarDialog(self.window, self.window.desk).open()

    def forms(self) -> None:
        """Make and change the forms."""
        from dossier_app.ui.forms_editor.templates_dialog import TemplatesDialog

        TemplatesDialog(self.window, self.window.desk).open()

    def new_dossier(self) -> None:
        from dossier_app.ui.dialogs.new_dossier import NewDossierDialog

        dialog = NewDossierDialog(self.window, self.window.desk)
        dialog.created.connect(self.window.open_dossier)
        dialog.open_dossier.connect(self.window.open_dossier)
        dialog.open()

    # --- doubles

    def doubles(self) -> None:
        from dossier_app.ui.dialogs.doubles import DoublesDialog

        DoublesDialog(self.window, self.window.desk).open()

    def merge_with(self, uid: str) -> None:
        """Choose whom to merge with, then compare the two."""
        from dossier_app.ui.dialogs.merge_with import MergeWithDialog

        dialog = MergeWithDialog(self.window, uid)
        dialog.chosen.connect(self.merge)
        dialog.open()

    def merge(self, uid: str, other_uid: str) -> None:
        from dossier_app.ui.dialogs.merge import MergeDialog

        desk = self.window.desk
        # One that is with a colleague is refused.
        dialog = desk.act(partial(MergeDialog, self.window, desk, uid, other_uid))
        if dialog is not None:
            dialog.merged.connect(self.window.open_dossier)
            dialog.open()

    def take_apart(self, uid: str) -> None:
        """Ask before the newest merge into a dossier is taken apart."""
        from dossier_app.ui.dialogs.take_apart import TakeApartDialog

        TakeApartDialog(self.window, self.window.desk, uid).open()

    def erase(self, uid: str) -> None:
        """Ask before all that is kept of a client goes for good."""
        from dossier_app.ui.dialogs.erase import EraseDialog

        dialog = EraseDialog(self.window, self.window.desk, uid)
        dialog.erased.connect(self._save_protocol)
        dialog.open()

    def _save_protocol(self, erasure: Erasure) -> None:
        from dossier_app.domain.datewords import day_month
        from dossier_app.ui.dialogs.files import ask_where

        name = tr("Protocol, {date}", date=day_month(self.window.desk.today)) + ".pdf"
        save = partial(self._write_protocol, erasure)
        ask_where(self.window, tr("Save the protocol"), tr("PDF files (*.pdf)"), name, save)

    def _write_protocol(self, erasure: Erasure, path: str) -> None:
        from dossier_app.services import erasing, printing
        from dossier_app.ui.dialogs.files import write_whole

        printed = erasing.protocol(erasure, printing.options())
        self.window.toast.say(write_whole(path, printed.data) or tr("Saved."))

    # --- files and paper

    def import_contacts(self) -> None:
        from dossier_app.ui.dialogs.files import ask_files

        kinds = tr("Contacts and mails (*.vcf *.csv *.xlsx *.txt *.eml *.msg);;All files (*)")
        ask_files(self.window, tr("Import contacts"), kinds, self.import_files)

    def import_files(self, files: Iterable[str | Path]) -> None:
        from dossier_app.ui.dialogs.import_dialog import ImportDialog

        ImportDialog(self.window, self.window.desk, [Path(file) for file in files]).open()

    def take_files(self, files: list[Path]) -> None:
        """Open a package that was let go on the window; import anything else, where the
        list of files tells of a package among them."""
        if len(files) == 1 and is_package_file(files[0]):
            self.open_package(files[0])
        else:
            self.import_files(files)

    def export(self) -> None:
        """Take the chosen dossiers, or all of them, to another program."""
        from dossier_app.ui.dialogs.export_dialog import ExportDialog

        dialog = ExportDialog(self.window, self.window.desk, self.window.current_uids())
        dialog.saved.connect(self.window.toast.say)
        dialog.open()

    def print_current(self) -> None:
        for uid in self.window.current_uids()[:1]:
            self.print_dossier(uid)

    def print_dossier(self, uid: str) -> None:
        from dossier_app.ui.dialogs.print_dialog import PrintDialog

        PrintDialog(self.window, self.window.desk, [uid]).open()

    def print_more(self) -> None:
        from dossier_app.ui.dialogs.print_more import PrintMoreDialog

        PrintMoreDialog(self.window, self.window.desk).open()

    def print_day(self) -> None:
        from dossier_app.services import printing
        from dossier_app.ui.dialogs.print_dialog import PrintDialog

        day = self.window.slot.date or self.window.desk.today
        uids = printing.dossiers_of_day(day)
        if uids:
            PrintDialog(self.window, self.window.desk, uids, day).open()
        else:
            self.window.toast.say(tr("Nothing lies under this day, so there is nothing to print."))

    # --- the program

    def protect(self) -> None:
        from dossier_app.ui.dialogs.protect import ProtectDialog

        dialog = ProtectDialog(self.window, self.window.desk)
        dialog.accepted.connect(self.window.show_protection)
        dialog.open()

    def backups(self) -> None:
        """See the backups, make one, put one back."""
        from dossier_app.ui.dialogs.backups import BackupsDialog

        session = self.window.desk.session
        dialog = BackupsDialog(self.window, session.folder, bytes(session.key))
        dialog.staged.connect(self.window.restored)
        dialog.open()

    def settings(self) -> None:
        from dossier_app.ui.dialogs.settings import SettingsDialog

        SettingsDialog(self.window, self.window.desk).open()

    def help(self) -> None:
        from dossier_app.ui.dialogs.help import KeysDialog
        from dossier_app.ui.row_actions import ROW_KEYS

        keys = [*((keys, name) for keys, name, _ in KEYS), *ROW_KEYS]
        KeysDialog(self.window, [(keys, tr(name)) for keys, name in keys]).open()

    def lock(self) -> None:
        self.window.lock_wanted.emit()

    def show_menu(self, button: QWidget) -> None:
        """Drop the menu down from its button."""
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        corner = QPoint(button.width() - menu.sizeHint().width(), button.height() + 4)
        menu.popup(button.mapToGlobal(corner))

    def menu(self) -> QMenu:
        """All that is not on the window itself, and the keys of the rest."""
        return make_menu(self, {name: (keys, title) for keys, title, name in KEYS})
