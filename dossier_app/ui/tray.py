"""The program's icon in the system tray: messages while the window is not in sight."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon

from dossier_app.domain.binder import day_slot
from dossier_app.domain.datewords import clock
from dossier_app.domain.language import ntr, tr
from dossier_app.services.reminders import Reminder
from dossier_app.ui.desk import Desk
from dossier_app.ui.icons import pixmap
from dossier_app.ui.reminders import ReminderWatch
from dossier_app.ui.theme import tokens

_SIZES = (16, 22, 32, 64)  # px, of the trays of the systems


class Tray(QObject):
    """Where the system has no tray, nothing is shown and nothing breaks.

    Without a desk, while the binder is locked, nothing is said of clients.
    """

    open_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk: Desk | None = None
        self.icon = QSystemTrayIcon(_binder_icon(), self)
        self.menu = QMenu()
        self.icon.setContextMenu(self.menu)
        self.icon.activated.connect(self._pressed)
        self.icon.messageClicked.connect(self.open_wanted)
        self.menu.aboutToShow.connect(self.fill_menu)
        self._show_desk(None)

    def listen_to(self, desk: Desk, watch: ReminderWatch) -> None:
        """Speak for an open binder."""
        if desk is not self._desk:
            watch.rang.connect(self.tell)
        self._show_desk(desk)

    def fall_silent(self) -> None:
        """The binder is locked."""
        self._show_desk(None)

    def _show_desk(self, desk: Desk | None) -> None:
        self._desk = desk
        self.icon.setToolTip(tr("Dossier"))
        self.fill_menu()
        if QSystemTrayIcon.isSystemTrayAvailable():
            self.icon.show()

    def fill_menu(self) -> None:
        """Open, how much lies under today, quit."""
        self.menu.clear()
        self.menu.addAction(tr("Open the binder")).triggered.connect(self.open_wanted)
        if self._desk is not None and self._desk.is_open:
            divider = self._desk.reader.binder().divider(day_slot(self._desk.today))
            count = divider.sheets if divider else 0
            today = self.menu.addAction(ntr("Today: {n} sheet", "Today: {n} sheets", count))
            today.setEnabled(False)
        self.menu.addSeparator()
        self.menu.addAction(tr("Quit")).triggered.connect(QApplication.quit)

    def tell(self, news: list[Reminder]) -> None:
        """A message for what has just rung."""
        if not self.icon.isVisible():
            return
        if len(news) == 1:
            title, text = _title(news[0]), " · ".join(filter(None, (news[0].text, news[0].phone)))
        else:
            title = ntr("{n} reminder", "{n} reminders", len(news))
            text = "\n".join(map(_title, news))
        self.icon.showMessage(title, text, self.icon.icon())

    def hide(self) -> None:
        self.icon.hide()

    def _pressed(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is not QSystemTrayIcon.ActivationReason.Context:
            self.open_wanted.emit()


def _title(reminder: Reminder) -> str:
    return f"{clock(reminder.at.time())} {reminder.title or reminder.text}"


def _binder_icon() -> QIcon:
    made = QIcon()
    for size in _SIZES:
        made.addPixmap(pixmap("binder", tokens().accent, size))
    return made
