"""A button that paints itself follows the mouse and the keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from dossier_app.ui.widgets.painted_button import PaintedButton


class Shown(PaintedButton):
    """Remembers how it was painted last."""

    painted: tuple[bool, bool] | None = None  # under the mouse, with a ring

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(80, 30)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        self.painted = self.underMouse(), self.shows_ring
        QPainter(self).fillRect(self.rect(), Qt.GlobalColor.white)


@pytest.fixture
def buttons(qtbot: QtBot) -> Iterator[list[Shown]]:
    page = QWidget()
    column = QVBoxLayout(page)
    made = [Shown("one"), Shown("two")]
    for button in made:
        column.addWidget(button)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(lambda: page.isActiveWindow() and made[0].painted is not None)
    yield made
    page.close()
    page.deleteLater()


def test_it_is_painted_when_the_mouse_comes_and_goes(buttons: list[Shown], qtbot: QtBot) -> None:
    first, second = buttons
    QTest.mouseMove(first)
    qtbot.waitUntil(lambda: first.painted is not None and first.painted[0])
    QTest.mouseMove(second)
    qtbot.waitUntil(lambda: first.painted is not None and not first.painted[0])
    QTest.mouseMove(second.window(), QPoint(1, 1))


def test_only_the_keyboard_brings_a_ring(buttons: list[Shown], qtbot: QtBot) -> None:
    first, second = buttons
    QTest.mouseClick(second, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(second.hasFocus)
    assert not second.shows_ring
    QTest.keyClick(second, Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: first.painted is not None and first.painted[1])
