"""What can be done with the chosen rows of a page, by key and from their menu."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu

from dossier_app.domain.language import mark, ntr, tr
from dossier_app.domain.place import Place
from dossier_app.domain.place_words import describe_place
from dossier_app.domain.sheets import Sheet, SheetType
from dossier_app.ui.binder import row_words

if TYPE_CHECKING:
    from dossier_app.ui.main_window import MainWindow

# Keys that the list of rows takes itself, for the help.
ROW_KEYS: tuple[tuple[str, str], ...] = (
    ("Space", mark("Tick a slip or an occasion")),
    ("F2", mark("Change a slip")),
    ("Del", mark("Take a slip away")),
    ("C", mark("Copy the phone")),
    ("Shift+F10", mark("All that can be done with a row")),
)


class RowActions(QObject):
    """Answers to what is pressed on the rows of ``window``."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._menu: QMenu | None = None
        rows = window.page.rows
        rows.tick_wanted.connect(self.tick)
        rows.edit_wanted.connect(self.edit)
        rows.remove_wanted.connect(self.remove)
        rows.copy_wanted.connect(self.copy_phone)
        rows.menu_wanted.connect(self._open_menu)

    def activate(self) -> None:
        """Enter: log a dossier, open that of a slip, change a loose sheet."""
        sheet = self._window.page.sheet
        if sheet is None:
            return
        if sheet.type is SheetType.DOSSIER:
            self._window.actions_.log_current()
        elif sheet.type is SheetType.LOOSE:
            self.edit()
        else:
            self._window.open_dossier(sheet.dossier_uid)

    def tick(self) -> None:
        """Note that the chosen slips and occasions were done."""
        from dossier_app.domain.when.sentences import quoted
        from dossier_app.services.page_rows import tick_rows

        sheets = [item for item in self._chosen if item.type is not SheetType.DOSSIER]
        if not sheets:
            self._say(tr("Only slips and occasions are ticked; a contact is logged."))
            return
        text = quoted(row_words.who(sheets[0]))
        if len(sheets) > 1:
            said = ntr("{n} slip done", "{n} slips done", len(sheets))
        elif sheets[0].is_occasion:
            said = tr("Greeted: {text}", text=text)
        else:
            said = tr("Done: {text}", text=text)
        self._act(partial(tick_rows, sheets), said)

    def edit(self) -> None:
        """Change what the current slip says."""
        from dossier_app.ui.dialogs.slip import edit_slip

        sheet = self._window.page.sheet
        if sheet is not None and _is_slip(sheet):
            edit_slip(self._window, self._window.desk, sheet.uid, sheet.dossier_uid)
        else:
            self._say(tr("Only slips and loose sheets are changed here."))

    def remove(self) -> None:
        """Take the chosen slips away."""
        from dossier_app.domain.when.sentences import quoted
        from dossier_app.services.slips import load_slip, remove_slips

        slips = list(filter(_is_slip, self._chosen))
        if not slips:
            self._say(tr("Only slips and loose sheets can be taken away."))
            return
        uids = [item.uid for item in slips]
        if len(slips) > 1:
            said = ntr("{n} slip taken away", "{n} slips taken away", len(slips))
        elif load_slip(uids[0]).repeat:
            said = tr("Does not come again: {text}", text=quoted(slips[0].todo))
        else:
            said = tr("Taken away: {text}", text=quoted(slips[0].todo))
        self._act(partial(remove_slips, uids), said)

    def move(self) -> None:
        """Ask for another date for the chosen dossiers and slips."""
        from dossier_app.ui.dialogs.refile import RefileDialog

        window = self._window
        sheets = window.current_sheets()
        dossiers = [item.uid for item in sheets if item.type is SheetType.DOSSIER]
        slips = [item.uid for item in sheets if _is_slip(item)]
        if not sheets and window.panel.uid:
            dossiers = [window.panel.uid]
        if dossiers or slips:
            RefileDialog(window, window.desk, dossiers, slips).open()
        elif sheets:
            self._say(tr("An occasion keeps its day."))

    def move_to(self, dossiers: Sequence[str], slips: Sequence[str], place: Place) -> None:
        """Put dossiers and slips, by uid, under another date; the toast offers to take it
        back."""
        from dossier_app.services.dossiers import load_dossier
        from dossier_app.services.page_rows import move_rows
        from dossier_app.services.slips import load_slip
        from dossier_app.ui.dialogs.words import moved

        name = load_dossier(dossiers[0]).name if dossiers else load_slip(slips[0]).text
        where = describe_place(place, self._window.desk.today)
        said = moved(name, len(dossiers), len(slips), where)
        self._act(partial(move_rows, dossiers, slips, place), said)

    def copy_phone(self) -> None:
        """Put the phone of the current row on the clipboard, else its e-mail."""
        sheet = self._window.page.sheet
        if sheet is None:
            return
        point = sheet.phone or sheet.email
        if point:
            QGuiApplication.clipboard().setText(point)
            self._say(tr("Copied: {text}", text=point))
        else:
            self._window.panel.copy_phone()

    # --- inside

    @property
    def _chosen(self) -> list[Sheet]:
        return self._window.page.selected

    def _say(self, sentence: str) -> None:
        self._window.toast.say(sentence)

    def _act(self, action: Callable[[], object], said: str) -> None:
        self._window.desk.act(action, initiator=self._window, said=said)

    def _open_menu(self, spot: QPoint) -> None:
        if self._menu is None:
            self._menu = self.menu()
            self._menu.aboutToHide.connect(self._forget_menu)
            self._menu.popup(spot)

    def _forget_menu(self) -> None:
        if self._menu is not None:
            self._menu.deleteLater()
            self._menu = None

    def menu(self) -> QMenu:
        """All that can be done with the current row, with the keys."""
        menu, actions = QMenu(self._window), self._window.actions_
        sheet = self._window.page.sheet
        if sheet is None:
            return menu
        log = (tr("Log & re-file"), actions.log_current, "Ctrl+L")
        move = (tr("Move to another date"), self.move, "Ctrl+M")
        slip = (tr("Slip for the dossier…"), actions.new_slip, "Ctrl+J")
        show = (tr("Open the dossier"), self.activate, "Enter")
        done = (tr("Greeted") if sheet.is_occasion else tr("Done"), self.tick, "Space")
        change = (tr("Change…"), self.edit, "F2")
        remove = (tr("Take away"), self.remove, "Del")
        if sheet.type is SheetType.DOSSIER:
            missed = (tr("Not reached: count the try"), actions.not_reached_current, "Ctrl+Shift+L")
            paper = (tr("Print…"), actions.print_current, "Ctrl+P")
            groups = [[log, missed, move], [slip, paper]]
        elif sheet.type is SheetType.LOOSE:
            groups = [[done, change, move], [remove]]
        elif sheet.is_occasion:
            groups = [[done, show], [log, slip]]
        else:
            groups = [[done, change, move], [show, log], [remove]]
        point = sheet.phone or sheet.email
        if point:
            title = tr("Copy {text}", text=point)
            groups[-1].append((title, self.copy_phone, "C"))
        for number, group in enumerate(groups):
            if number:
                menu.addSeparator()
            for title, slot, keys in group:
                shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
                # An ampersand in a menu would mark a key.
                said = title.replace("&", "&&")
                menu.addAction(f"{said}\t{shown}").triggered.connect(slot)
        return menu


def _is_slip(sheet: Sheet) -> bool:
    return sheet.type is not SheetType.DOSSIER and not sheet.is_occasion
