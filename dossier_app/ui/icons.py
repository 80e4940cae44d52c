"""Our own icons: outlines on a 24 px grid, tinted with a colour of the theme.

Drawn when first asked for and kept by name, colour, size and screen density.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from dossier_app.assets import asset
from dossier_app.domain.records import Channel, SlipKind, StepKind
from dossier_app.ui.theme import tokens

ICON = 16  # px, the usual size beside 13 px text

STEP_ICONS = {
    StepKind.CALL: "phone",
    StepKind.MEETING: "meeting",
    StepKind.EMAIL: "mail",
    StepKind.VISIT: "visit",
    StepKind.OTHER: "task",
}
CHANNEL_ICONS = {
    Channel.CALL: "phone",
    Channel.MEETING: "meeting",
    Channel.EMAIL: "mail",
    Channel.MESSAGE: "message",
    Channel.VISIT: "visit",
    Channel.NOTE: "note",
}
SLIP_ICONS = {
    SlipKind.BIRTHDAY: "gift",
    SlipKind.PROMISE: "check",
    SlipKind.CHECKPOINT: "flag",
    SlipKind.REMINDER: "bell",
}


def icon_names() -> list[str]:
    """Names of all icons: the file names in ``resources/icons``."""
    return sorted(path.stem for path in asset("resources", "icons").glob("*.svg"))


def pixmap(name: str, colour: QColor, size: int = ICON, density: float = 1.0) -> QPixmap:
    """The icon ``name`` as a picture of ``size`` px for a screen of that pixel density."""
    return _drawn(name, colour.rgba(), size, density)


def icon(name: str, colour: QColor | None = None, size: int = ICON) -> QIcon:
    """The icon for Qt's own controls, sharp up to 200 %; in ink unless told."""
    colour = colour or tokens().ink
    made = QIcon()
    for density in (1.0, 2.0):
        made.addPixmap(pixmap(name, colour, size, density))
        made.addPixmap(pixmap(name, tokens().faint, size, density), QIcon.Mode.Disabled)
    return made


def draw_icon(
    painter: QPainter, name: str, x: int, y: int, colour: QColor, size: int = ICON
) -> None:
    """Paint the icon with its upper left corner at ``x``, ``y``."""
    device = painter.device()
    painter.drawPixmap(x, y, pixmap(name, colour, size, device.devicePixelRatio()))


@cache
def _source(name: str) -> bytes:
    return asset("resources", "icons", f"{name}.svg").read_bytes()


@cache
def _drawn(name: str, rgba: int, size: int, density: float) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer

    colour = QColor.fromRgba(rgba).name().encode()
    renderer = QSvgRenderer(QByteArray(_source(name).replace(b"currentColor", colour)))
    picture = QPixmap(round(size * density), round(size * density))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(picture.rect()))
    painter.end()
    picture.setDevicePixelRatio(density)
    return picture
