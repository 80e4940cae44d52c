"""The one kind of dialog: a sheet of paper over the dimmed window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from dossier_app.domain.language import tr
from dossier_app.ui.theme import SEMIBOLD, scale, tokens
from dossier_app.ui.widgets import Button, Label, Look, paint

MARGIN = 24
SECOND_PRESS_MS = 300


class PaperDialog(QDialog):
    """A titled sheet with a body and a row of buttons at its foot.

    Subclasses fill ``body``, call `add_buttons`, and do their job in `submit`, which
    returns True when the dialog may close. It is opened with ``open()``: nothing waits.
    Ctrl+Enter submits, Esc leaves.
    """

    def __init__(self, window: QWidget, title: str, *, width: int = 676) -> None:
        super().__init__(window, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(title)
        self._window = window.window()
        # Above another dialog there is as much room as above the window below it.
        above = self._window
        self.ground: QWidget = above.ground if isinstance(above, PaperDialog) else above
        self.setFixedWidth(min(width, max(480, self.ground.width() - 2 * MARGIN)))
        outer = self._column = QVBoxLayout(self)
        outer.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        outer.setSpacing(4 * scale().grid)
        self.title = Label(title, "title", SEMIBOLD, wrap=True)
        outer.addWidget(self.title)
        self.body = QVBoxLayout()
        self.body.setSpacing(3 * scale().grid)
        outer.addLayout(self.body, 1)
        self._problem = Label("", role="danger", wrap=True)
        self._problem.hide()
        outer.addWidget(self._problem)
        self.footer = QHBoxLayout()
        self.footer.setSpacing(2 * scale().grid)
        outer.addLayout(self.footer)
        self._backdrop = _Backdrop(self._window)
        self.finished.connect(self._backdrop.leave)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self, self.press_primary)
            # A key that is held must not press the button of the dialog that opens next.
            shortcut.setAutoRepeat(False)

    def add_buttons(self, primary: str, *, cancel: str | None = None) -> Button:
        """Put Cancel and the filled button at the foot; returns the filled one."""
        self.cancel_button = Button(cancel or tr("Cancel"), Look.SECONDARY, keys="Esc")
        self.cancel_button.clicked.connect(self.reject)
        self.primary_button = Button(primary, Look.PRIMARY, keys="Ctrl+Return")
        self.primary_button.clicked.connect(self.press_primary)
        self.footer.addStretch(1)
        self.footer.addWidget(self.cancel_button)
        self.footer.addWidget(self.primary_button)
        return self.primary_button

    def submit(self) -> bool:
        """Do what the dialog is for; True when it may close."""
        return True

    def press_primary(self) -> None:
        """Submit, unless the button is off."""
        if hasattr(self, "primary_button") and not self.primary_button.isEnabled():
            return
        if self.submit():
            self.accept()

    def show_problem(self, sentence: str) -> None:
        """Say why it does not work; an empty sentence takes the last one away."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))
        if self.isVisible():
            self.fit()

    def open(self) -> None:
        self._backdrop.enter()
        super().open()
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # Enter in a field must not press a button by chance: Ctrl+Enter submits.
            if not event.isAutoRepeat():
                self._press_focused()
            return
        super().keyPressEvent(event)

    def _press_focused(self) -> None:
        """Enter on a button presses it, as Space does. Not on Cancel: it gets the keyboard by
        itself when the other parts go off while the dialog works, and has Esc."""
        here = self.focusWidget()
        if isinstance(here, Button) and here is not getattr(self, "cancel_button", None):
            here.click()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.outlined(painter, self.rect(), scale().radius_panel, tokens().paper, tokens().line)

    def fit(self) -> None:
        """Be as high as the content asks, within the window, and stand in its middle.

        adjustSize would stop at two thirds of the screen and squeeze a high dialog on a
        small laptop.
        """
        self._column.activate()  # what was just shown or hidden counts
        wanted = self._column.totalHeightForWidth(self.width())
        self.resize(self.width(), min(wanted, self.ground.height() - MARGIN))
        self._centre()

    def _centre(self) -> None:
        window = self.ground
        spot = window.mapToGlobal(window.rect().center()) - self.rect().center()
        top = window.mapToGlobal(window.rect().topLeft()).y()
        self.move(spot.x(), max(top + MARGIN // 2, spot.y()))


class _Backdrop(QWidget):
    """Dims the window below a dialog and keeps covering it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._is_dim = True
        self.hide()

    def enter(self) -> None:
        self._window.installEventFilter(self)
        self.setGeometry(self._window.rect())
        self.raise_()
        self.show()

    def leave(self) -> None:
        """Stop dimming; keep catching the second half of a double click, which was meant
        for the button and must not press what lies below it."""
        self._is_dim = False
        self.update()
        QTimer.singleShot(SECOND_PRESS_MS, self, self._go)

    def _go(self) -> None:
        self._window.removeEventFilter(self)
        self.hide()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self.setGeometry(self._window.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._is_dim:
            return
        shade = QColor(0, 0, 0, 140 if tokens().dark else 90)
        painter = QPainter(self)
        if isinstance(self._window, PaperDialog):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint.rounded(painter, self.rect(), scale().radius_panel, shade)
        else:
            painter.fillRect(self.rect(), shade)
