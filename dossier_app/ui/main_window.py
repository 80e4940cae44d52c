"""The main window: the binder lying open, with its keys and buttons."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from dossier_app.domain.binder import Slot, SlotKind, day_slot
from dossier_app.domain.changes import Changes
from dossier_app.domain.language import tr
from dossier_app.domain.place import TRAY, Place, day_place, month_place
from dossier_app.domain.records import SlipKind
from dossier_app.domain.sheets import Divider, Sheet, SheetType
from dossier_app.services.protection import is_unprotected
from dossier_app.ui.actions import Actions
from dossier_app.ui.binder.page import BinderPage, SlipChip
from dossier_app.ui.binder.spread import BinderSpread
from dossier_app.ui.binder.tabs import DividerTabs
from dossier_app.ui.desk import Desk
from dossier_app.ui.row_actions import RowActions
from dossier_app.ui.topbar import TopBar
from dossier_app.ui.widgets import Button, Look

if TYPE_CHECKING:
    from dossier_app.ui.dossier.panel import DossierPanel
    from dossier_app.ui.reminder_card import ReminderCorner
    from dossier_app.ui.reminders import ReminderWatch
    from dossier_app.ui.search_popup import SearchPopup
    from dossier_app.ui.toast import Toast

# What is needed when something is pressed is imported there: the binder must be on the
# screen before one can look at the clock.
USUAL_SIZE = (1280, 800)
LEAST_SIZE = (1024, 640)


class MainWindow(QWidget):
    """Shows the binder of a `Desk`. Widgets tell what was pressed; services do it."""

    language_wanted = Signal(str)
    theme_wanted = Signal(str)
    lock_wanted = Signal()
    restored = Signal()  # a backup is ready to be the binder
    completed = Signal()  # everything of the window is there

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setWindowTitle(tr("Dossier"))
        self.setMinimumSize(*LEAST_SIZE)
        self.resize(*USUAL_SIZE)
        self.setAcceptDrops(True)
        self.topbar = TopBar(tr("Dossier"), tr("Find a client, phone, word…"), keys="Ctrl+K")
        self.tabs = DividerTabs()
        self.page = BinderPage()
        self._side = QWidget()
        self._panel: DossierPanel | None = None
        self._search: SearchPopup | None = None
        self._toast: Toast | None = None
        self._beside: str | None = None  # uid of the dossier that the panel is still to show
        self._turning = QTimer(self)
        self._turning.setSingleShot(True)
        self._turning.setInterval(0)
        self._turning.timeout.connect(self._show_beside)
        self.corner: ReminderCorner | None = None
        self.spread = BinderSpread(self.tabs, self.page, self._side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.topbar)
        column.addWidget(self.spread, 1)
        self.actions_ = Actions(self)
        self.rows_ = RowActions(self)
        self._fill_topbar()
        self._connect()
        self.refresh()

    # --- what is shown

    @property
    def panel(self) -> DossierPanel:
        """The dossier beside the page; made when the binder is on the screen, because it
        takes longer than everything else."""
        if self._panel is None:
            from dossier_app.ui.dossier.panel import DossierPanel

            self._panel = panel = DossierPanel(self.desk)
            inside = QVBoxLayout(self._side)
            inside.setContentsMargins(0, 0, 0, 0)
            inside.addWidget(panel)
            panel.log_wanted.connect(self.actions_.log)
            panel.not_reached_wanted.connect(self.actions_.log_not_reached)
            panel.refile_wanted.connect(self.actions_.move)
            panel.slip_wanted.connect(self.actions_.slip)
            panel.checkpoints_wanted.connect(self.actions_.checkpoints)
            panel.print_wanted.connect(self.actions_.print_dossier)
            panel.merge_wanted.connect(self.actions_.merge_with)
            panel.take_apart_wanted.connect(self.actions_.take_apart)
            panel.erase_wanted.connect(self.actions_.erase)
            panel.handover_wanted.connect(self.actions_.handover)
            self._sheet_opened(self.page.sheet.uid if self.page.sheet else "")
        self._show_beside()
        return self._panel

    @property
    def slot(self) -> Slot:
        """The divider that lies open."""
        return self.tabs.slot

    @property
    def search(self) -> SearchPopup:
        """The results below the search field."""
        if self._search is None:
            from dossier_app.ui.search_popup import SearchPopup

            self._search = SearchPopup(self.topbar.search)
            self._search.chosen.connect(self.open_dossier)
            self._search.meeting_chosen.connect(self.log_meeting)
        return self._search

    @property
    def toast(self) -> Toast:
        """The message at the foot."""
        if self._toast is None:
            from dossier_app.ui.toast import Toast

            self._toast = Toast(self)
            self._toast.acted.connect(self.undo)
        return self._toast

    def show_reminders(self, watch: ReminderWatch) -> None:
        """Tell in the corner what rings; a window does it for one open binder only."""
        if self.corner is None:
            from dossier_app.ui.reminder_card import ReminderCorner

            self.corner = ReminderCorner(self, watch)

    def refresh(self) -> None:
        """Read and show everything anew."""
        binder = self.desk.reader.binder()
        self.tabs.set_binder(binder)
        divider = binder.divider(self.tabs.slot)
        assert divider is not None
        self._show_page(divider)

    def open_slot(self, slot: Slot, current: str = "") -> None:
        """Open the binder at a divider, at the sheet ``current`` if it lies there."""
        self.tabs.select(slot)
        if (divider := self.desk.reader.binder().divider(slot)) is not None:
            self._show_page(divider, current)

    def open_dossier(self, uid: str) -> None:
        """Open the binder where the dossier lies, and show it."""
        from dossier_app.services.dossiers import load_dossier

        slot = self.desk.reader.rules.slot(load_dossier(uid).place)
        if slot.kind is not SlotKind.CLOSED:
            self.open_slot(slot, uid)
        self.panel.show_dossier(uid)
        self.page.rows.setFocus()

    def log_meeting(self, uid: str) -> None:
        """Log the meeting whose code was typed in, with its dossier beside it."""
        self.open_dossier(uid)
        self.actions_.log(uid)

    def current_sheets(self) -> list[Sheet]:
        """The chosen rows; none when the panel shows a dossier that is not among them."""
        chosen = self.page.selected
        shown = self.panel.uid
        return chosen if shown in ("", *(sheet.dossier_uid for sheet in chosen)) else []

    def current_uids(self) -> list[str]:
        """The dossiers of the chosen rows; that of the panel when no row is chosen."""
        chosen = [sheet.dossier_uid for sheet in self.current_sheets() if sheet.dossier_uid]
        return chosen or ([self.panel.uid] if self.panel.uid else [])

    def _show_page(self, divider: Divider, current: str = "") -> None:
        sheets = self.desk.reader.sheets(divider.slot)
        is_today = divider.slot == day_slot(self.desk.today)
        done = None
        if is_today:
            contacted = self.desk.reader.contacted()
            still = {sheet.uid for sheet in sheets if sheet.type is SheetType.DOSSIER}
            done = (len(contacted - still), len(contacted | still))
        self.page.show_page(
            divider,
            sheets,
            self.desk.today,
            done=done,
            after=self._day_after(divider) if is_today else None,
            current=current,
        )
        if is_today and self._panel is not None:
            QTimer.singleShot(0, self, self.show_notices)

    def _day_after(self, divider: Divider) -> Divider | None:
        """The next day that is worked or has something under it."""
        dividers = self.tabs.dividers
        here = next(
            (at for at, item in enumerate(dividers) if item.slot == divider.slot), len(dividers)
        )
        days = (item for item in dividers[here + 1 :] if item.slot.date is not None)
        return next((item for item in days if item.working or item.sheets), None)

    def show_notices(self) -> None:
        """Tell above today's rows what comes and what is late. Looking for it reads many
        dossiers: after the page is on the screen."""
        if not self.desk.is_open or self.slot != day_slot(self.desk.today):
            return
        from dossier_app.services.notices import notices_on

        found = notices_on(self.desk.today)
        chips = [
            SlipChip(item.handover or item.dossier_uid, item.text, item.kind, bool(item.handover))
            for item in found
        ]
        # Two occasions must not hide what was promised, or is due back.
        occasions = [chip for chip in chips if chip.kind is SlipKind.BIRTHDAY]
        others = [chip for chip in chips if chip.kind is not SlipKind.BIRTHDAY]
        self.page.show_slips([*occasions[:2], *others, *occasions[2:]])

    # --- what happened

    def _changed(self, changes: Changes, _initiator: object) -> None:
        touched = self.desk.reader.dividers_of(changes)
        if not self.tabs.update_dividers(touched):
            self.refresh()
            return
        here = any(divider.slot == self.slot for divider in touched)
        if here or any(map(self.page.has, changes.uids)):
            divider = next((item for item in touched if item.slot == self.slot), None)
            self._reload_page(divider)
            # Before the panel hears of the change and reads what goes out of sight.
            self._show_beside()

    def _reload_page(self, divider: Divider | None) -> None:
        divider = divider or self.desk.reader.binder().divider(self.slot)
        if divider is None:
            self.refresh()
        else:
            self._show_page(divider)

    def _slot_chosen(self, slot: Slot) -> None:
        if (divider := self.tabs.divider(slot)) is not None:
            self._show_page(divider)

    def _dropped(self, slot: Slot, dossiers: list[str], slips: list[str]) -> None:
        if (place := self._place_of(slot)) is not None:
            self.rows_.move_to(dossiers, slips, place)

    def _place_of(self, slot: Slot) -> Place | None:
        if slot.date is not None:
            return day_place(slot.date)
        if slot.month is not None:
            return month_place(slot.month)
        return TRAY if slot.kind is SlotKind.TRAY else None

    def refile(self, uids: list[str], place: Place) -> None:
        """Put dossiers under another date; the toast offers to take it back."""
        self.rows_.move_to(uids, [], place)

    def undo(self) -> None:
        """Take back the newest action."""
        from dossier_app.services import undoing

        changes = self.desk.act(undoing.undo, initiator=self)
        self.toast.say(
            tr("Taken back: {action}", action=undoing.title_of(changes.action))
            if changes
            else tr("There is nothing to undo.")
        )

    def redo(self) -> None:
        """Do again what was undone last."""
        from dossier_app.services import undoing

        changes = self.desk.act(undoing.redo, initiator=self)
        self.toast.say(
            tr("Done again: {action}", action=undoing.title_of(changes.action))
            if changes
            else tr("There is nothing to do again.")
        )

    def _said(self, sentence: str, action: str = "") -> None:
        self.toast.say(sentence, action)

    def _refused(self, sentence: str) -> None:
        from dossier_app.ui.dialogs.base import PaperDialog
        from dossier_app.ui.messages import tell

        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, PaperDialog):
            # It stands open with what was typed: there it is read where it can be mended.
            dialog.show_problem(sentence)
            return
        tell(self, tr("That did not work"), sentence)

    def _sheet_opened(self, uid: str) -> None:
        sheet = self.page.sheet
        if sheet is not None and sheet.type is not SheetType.DOSSIER:
            uid = sheet.dossier_uid
        self._beside = uid
        self._turning.start()

    def _show_beside(self) -> None:
        """Show the dossier of the current row: when the page has been painted, or sooner
        when somebody asks for the panel. A flip must not wait for it."""
        self._turning.stop()
        uid, self._beside = self._beside, None
        if uid is not None and self._panel is not None and self.desk.is_open:
            self._panel.show_dossier(uid or None)

    def _empty_action(self, action: str) -> None:
        match action:
            case "new":
                self.actions_.new_dossier()
            case "today":
                self.tabs.flip_to_today()
            case "import":
                self.actions_.import_contacts()
            case "next":
                here = self.tabs.divider(self.slot)
                if here and (after := self._day_after(here)):
                    self.open_slot(after.slot)

    # --- putting it together

    def _fill_topbar(self) -> None:
        self.unprotected = self.topbar.add_button(
            Button(tr("Not protected"), Look.QUIET, icon="unlock")
        )
        self.unprotected.clicked.connect(self.actions_.protect)
        self.show_protection()
        day = self.topbar.add_button(Button(tr("Print the day"), Look.SECONDARY))
        day.clicked.connect(self.actions_.print_day)
        new = self.topbar.add_button(Button(tr("New dossier"), Look.SECONDARY))
        new.clicked.connect(self.actions_.new_dossier)
        menu = self.topbar.add_button(Button("", Look.SECONDARY, icon="menu"))
        menu.setAccessibleName(tr("Menu"))
        menu.clicked.connect(partial(self.actions_.show_menu, menu))

    def show_protection(self) -> None:
        """Keep saying that the binder is open to anybody, while it is."""
        self.unprotected.setVisible(is_unprotected(self.desk.session))

    def _connect(self) -> None:
        desk = self.desk
        desk.changed.connect(self._changed)
        desk.said.connect(partial(self._said, action=tr("Undo")))
        desk.told.connect(self._said)
        desk.refused.connect(self._refused)
        desk.day_turned.connect(self.refresh)
        desk.settings_changed.connect(self.refresh)
        self.tabs.chosen.connect(self._slot_chosen)
        self.tabs.dropped.connect(self._dropped)
        self.page.opened.connect(self._sheet_opened)
        self.page.activated.connect(self.rows_.activate)
        self.page.slip_opened.connect(self.open_dossier)
        self.page.handover_opened.connect(self.actions_.handover)
        self.page.empty_action.connect(self._empty_action)
        self.page.plan_wanted.connect(self.actions_.balance)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # As by a press: the ring is for who moves about with the keyboard.
        first = self.page.rows if self.page.sheet else self.tabs
        first.setFocus(Qt.FocusReason.MouseFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._panel is None or self._search is None:
            QTimer.singleShot(0, self, self.complete)

    def complete(self) -> None:
        """Make what comes after the first picture: dossier panel, search, notices."""
        # Asking for them makes them; an assert would not under `python -O`.
        _ = self.panel, self.search
        self.show_notices()
        self.completed.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._panel is not None:
            self._panel.commit()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        urls = event.mimeData().urls()
        if files := [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]:
            event.acceptProposedAction()
            self.actions_.take_files(files)
