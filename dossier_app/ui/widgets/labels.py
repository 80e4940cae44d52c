"""Text in the sizes and ranks of the window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from dossier_app.ui.theme import MEDIUM, REGULAR, Size, font, tokens
from dossier_app.ui.widgets import paint


class Label(QLabel):
    """A label in one of the four sizes; ``role`` names a colour of the theme.

    Plain text always: what clients are called must never turn into markup.
    """

    def __init__(
        self,
        text: str = "",
        size: Size = "body",
        weight: QFont.Weight = REGULAR,
        *,
        role: str = "ink",
        wrap: bool = False,
        selectable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._role = role
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(font(size, weight))
        self.setWordWrap(wrap)
        if selectable:
            self.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse
                | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
        self.setText(text)
        self._tint()

    def set_role(self, role: str) -> None:
        """Change the colour."""
        self._role = role
        self._tint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._tint()

    def _tint(self) -> None:
        colour = getattr(tokens(), self._role)
        if self.palette().color(QPalette.ColorRole.WindowText) != colour:
            palette = QPalette()
            palette.setColor(QPalette.ColorRole.WindowText, colour)
            self.setPalette(palette)


def caps_label(text: str, parent: QWidget | None = None) -> Label:
    """The heading of a group: small capitals set wide, in the second-rank colour."""
    made = Label(text, "small", MEDIUM, role="muted", parent=parent)
    made.setFont(font("small", MEDIUM, caps=True))
    return made


class ElidedLabel(Label):
    """One line that ends with an ellipsis where room ends; the whole text is its tip."""

    def __init__(
        self,
        text: str = "",
        size: Size = "body",
        weight: QFont.Weight = REGULAR,
        *,
        role: str = "ink",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, size, weight, role=role, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell()

    def setText(self, text: str) -> None:
        super().setText(text)
        self._tell()

    def _tell(self) -> None:
        cut = paint.text_width(self.text(), self.font()) > self.width()
        self.setToolTip(self.text() if cut else "")

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = self.palette().color(QPalette.ColorRole.WindowText)
        paint.write(painter, self.contentsRect(), self.text(), self.font(), colour)
