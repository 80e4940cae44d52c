"""The card in the window's corner that tells whose time has come."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QKeyEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from dossier_app.domain.datewords import clock, short_day
from dossier_app.domain.language import ntr, tr
from dossier_app.domain.when.sentences import quoted
from dossier_app.services.reminders import Reminder
from dossier_app.services.slips import tick
from dossier_app.ui.dossier.prose import Prose
from dossier_app.ui.icons import draw_icon
from dossier_app.ui.reminders import ReminderWatch
from dossier_app.ui.theme import BOLD, SEMIBOLD, scale, tokens
from dossier_app.ui.widgets import Button, ElidedLabel, FlowLayout, Label, Look, paint
from dossier_app.ui.widgets.focus import FocusRing

if TYPE_CHECKING:
    from dossier_app.ui.main_window import MainWindow

SNOOZES = (5, 10, 30)  # minutes; 1, 2 and 3 on the keyboard
_WIDTH = 356
_SHADOW = 12  # px of soft shadow around the card
_EDGE = 16  # px from the window's edges


class ReminderCorner(FocusRing, QWidget):
    """Shows what waits in ``watch``, one at a time and the earliest first, over the lower
    right corner of ``window``. It comes without taking the keyboard away."""

    def __init__(self, window: MainWindow, watch: ReminderWatch) -> None:
        super().__init__(window)
        self._window, self._watch = window, watch
        self._shown: Reminder | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._time = Label("", weight=SEMIBOLD, role="accent")
        self._who = ElidedLabel("", weight=BOLD)
        self._text = Prose(most=3)
        self._phone = Label("", role="muted", selectable=True)
        self.close_button = Button("", Look.QUIET, icon="close")
        self.done = Button(tr("Done"), Look.SECONDARY, icon="check")
        self.log = Button(tr("Log & re-file"), Look.SECONDARY, keys="Ctrl+L")
        self.open = Button(tr("Open"), Look.SECONDARY)
        self.snoozes = [
            Button(tr("{n} min", n=minutes), Look.QUIET, keys=str(number))
            for number, minutes in enumerate(SNOOZES, 1)
        ]
        self.more = Button("", Look.QUIET, icon="bell", keys="N")
        self._lay_out()
        self._connect()
        self.hide()
        self._follow()

    def take_focus(self) -> bool:
        """Let the card have the keyboard; false when there is none."""
        if self._shown is None:
            return False
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    @property
    def shown(self) -> Reminder | None:
        """What the card tells."""
        return self._shown

    def _lay_out(self) -> None:
        grid = scale().grid
        self.close_button.setAccessibleName(tr("Dealt with"))
        self.close_button.setToolTip(tr("Dealt with (Del)"))
        self.open.setToolTip(paint.keys_text("Return"))
        for button, minutes in zip(self.snoozes, SNOOZES, strict=True):
            name = ntr("Again in {n} minute", "Again in {n} minutes", minutes)
            button.setAccessibleName(name)
        head, again, buttons = QHBoxLayout(), QHBoxLayout(), FlowLayout(gap=2 * grid)
        head.addSpacing(24)
        head.addWidget(self._time)
        head.addStretch(1)
        head.addWidget(self.close_button)
        for button in (self.done, self.log, self.open):
            buttons.addWidget(button)
        again.addWidget(Label(tr("again in"), role="muted"))
        for button in self.snoozes:
            again.addWidget(button)
        again.addStretch(1)
        head.setSpacing(2 * grid)
        again.setSpacing(0)
        column = self._column = QVBoxLayout(self)
        inner = _SHADOW + 3 * grid
        column.setContentsMargins(inner, _SHADOW + grid, inner, _SHADOW + 2 * grid)
        column.setSpacing(grid)
        column.addLayout(head)
        for widget in (self._who, self._text, self._phone):
            column.addWidget(widget)
        column.addSpacing(grid)
        column.addLayout(buttons)
        column.addLayout(again)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)

    def _connect(self) -> None:
        self.close_button.clicked.connect(self._dismiss)
        self.done.clicked.connect(self._tick)
        self.log.clicked.connect(self._log)
        self.open.clicked.connect(self._open)
        self.more.clicked.connect(self._next)
        for button, minutes in zip(self.snoozes, SNOOZES, strict=True):
            button.clicked.connect(partial(self._snooze, minutes))
        self._watch.changed.connect(self._follow)
        self._watch.rang.connect(self._ring)
        self._window.installEventFilter(self)

    # --- what is shown

    def _follow(self) -> None:
        """Keep the one that is shown while it waits, else go on to the next."""
        waiting = self._watch.waiting
        key = self._shown.key if self._shown else ""
        shown = next((item for item in waiting if item.key == key), None)
        self._show(shown or (waiting[0] if waiting else None))

    def _next(self) -> None:
        waiting = self._watch.waiting
        if self._shown in waiting:
            self._show(waiting[(waiting.index(self._shown) + 1) % len(waiting)])

    def _show(self, reminder: Reminder | None) -> None:
        focus = QApplication.focusWidget()
        had_focus = focus is self or (focus is not None and self.isAncestorOf(focus))
        self._shown = reminder
        if reminder is None:
            self.hide()
            if had_focus:
                self._window.page.rows.setFocus()
            return
        today = self._window.desk.today
        when = clock(reminder.at.time())
        if reminder.at.date() != today:
            when = f"{short_day(reminder.at.date(), today)}, {when}"
        who, text = reminder.title, reminder.text
        self._time.setText(when)
        self._who.setText(who or text)
        self._text.setText(text if who else "")
        self._text.setVisible(bool(who and text))
        self._phone.setText(reminder.phone)
        self._phone.setVisible(bool(reminder.phone))
        self.done.setVisible(reminder.is_slip)
        for button in (self.log, self.open):
            button.setVisible(bool(reminder.dossier_uid))
        others = len(self._watch.waiting) - 1
        self.more.setText(ntr("{n} more reminder", "{n} more reminders", others))
        self.more.updateGeometry()
        self.more.setVisible(others > 0)
        self.setAccessibleName(_spoken(reminder, when))
        self.show()
        self.raise_()
        self._place()
        if had_focus:
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _ring(self, news: list[Reminder]) -> None:
        QApplication.alert(self._window)
        if self._window.desk.settings.reminder_sound:
            QApplication.beep()
        for reminder in news:
            said = _spoken(reminder, clock(reminder.at.time()))
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))

    def _place(self) -> None:
        width = _WIDTH + 2 * _SHADOW
        self._column.activate()
        height = self._column.totalHeightForWidth(width)
        window = self._window
        self.setGeometry(
            window.width() - width - _EDGE + _SHADOW,
            window.height() - height - _EDGE + _SHADOW,
            width,
            height,
        )

    # --- what is pressed

    def _dismiss(self) -> None:
        if self._shown is not None:
            self._watch.dismiss(self._shown.key)

    def _snooze(self, minutes: int) -> None:
        if self._shown is not None:
            self._watch.snooze(self._shown.key, minutes)

    def _tick(self) -> None:
        shown = self._shown
        if shown is not None and shown.is_slip:
            said = tr("Done: {text}", text=quoted(shown.text))
            action = partial(tick, shown.uid, shown.dossier_uid)
            self._window.desk.act(action, initiator=self, said=said)

    def _log(self) -> None:
        if self._shown is not None and self._shown.dossier_uid:
            self._window.log_meeting(self._shown.dossier_uid)

    def _open(self) -> None:
        shown = self._shown
        if shown is not None and shown.dossier_uid:
            self._watch.dismiss(shown.key)
            self._window.open_dossier(shown.dossier_uid)

    def event(self, event: QEvent) -> bool:
        # Before the window's own Ctrl+L, which logs the row that is chosen.
        if event.type() is QEvent.Type.ShortcutOverride and _is_log(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if _is_log(event):
            self._log()
        elif event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif event.text() in ("1", "2", "3"):
            self._snooze(SNOOZES[int(event.text()) - 1])
        elif key == Qt.Key.Key_Delete:
            self._dismiss()
        elif key == Qt.Key.Key_Escape:
            self._window.page.rows.setFocus()
        elif event.text().lower() in ("n", "т"):  # the same key in both layouts
            self._next()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.hasFocus():
            self._open()
        elif key == Qt.Key.Key_Space and self.hasFocus():
            self._tick()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and not self.isHidden():
            self._place()
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH + 2 * _SHADOW, super().sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, t = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = self.rect().adjusted(_SHADOW, _SHADOW, -_SHADOW, -_SHADOW)
        for spread in range(_SHADOW, 0, -2):
            shade = QColor(0, 0, 0, 5 + (_SHADOW - spread))
            rect = card.adjusted(-spread, -spread + 4, spread, spread).intersected(self.rect())
            paint.rounded(painter, rect, scale().radius_panel + spread, shade)
        paint.outlined(painter, card, scale().radius_panel, t.paper, t.accent)
        middle = self._time.geometry().center().y()
        draw_icon(painter, "bell", card.left() + 12, middle - 7, t.accent)
        if self.shows_ring:
            paint.draw_focus(painter, card, scale().radius_panel, t.accent)


def _is_log(event: QEvent) -> bool:
    control = Qt.KeyboardModifier.ControlModifier
    return (
        isinstance(event, QKeyEvent)
        and event.key() == Qt.Key.Key_L
        and event.modifiers() == control
    )


def _spoken(reminder: Reminder, when: str) -> str:
    parts = (tr("Reminder"), when, reminder.title, reminder.text, reminder.phone)
    return ". ".join(filter(None, parts))
