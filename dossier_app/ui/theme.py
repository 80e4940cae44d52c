"""Colours, type and measures of the window, from one token file (``resources/theme.toml``).

Painted widgets ask `tokens` while painting, so that a change of the theme needs no
bookkeeping: Qt repaints everything when the palette changes.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from dossier_app.assets import asset

FAMILY = "Dossier Sans"
FONT_FILES = ("Inter-Regular.otf", "Inter-Medium.otf", "Inter-SemiBold.otf", "Inter-Bold.otf")
REGULAR, MEDIUM, SEMIBOLD, BOLD = (
    QFont.Weight.Normal,
    QFont.Weight.Medium,
    QFont.Weight.DemiBold,
    QFont.Weight.Bold,
)
Size = Literal["small", "body", "title", "number", "word"]


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours by role. ``*_soft`` are grounds, ``on_*`` the ink upon a filled ground."""

    dark: bool
    desk: QColor
    paper: QColor
    ink: QColor
    muted: QColor  # second-rank text, at least 4.5:1 on desk, paper and tab
    faint: QColor  # what is not in use: blank numbers, disabled controls
    line: QColor
    edge: QColor  # outline of fields and buttons
    accent: QColor
    accent_strong: QColor  # accent under the pointer
    on_accent: QColor
    accent_soft: QColor
    danger: QColor
    danger_soft: QColor
    warn: QColor
    warn_ink: QColor
    warn_soft: QColor
    tab: QColor
    tab_off: QColor  # tab of a day without work
    hover: QColor
    toast: QColor
    on_toast: QColor
    toast_action: QColor


@dataclass(frozen=True, slots=True)
class Scale:
    """Type sizes, the grid and corner radii, in device-independent pixels."""

    small: int
    body: int
    title: int
    number: int
    word: int
    grid: int
    radius_small: int
    radius_control: int
    radius_panel: int


@cache
def _file() -> dict[str, dict[str, Any]]:
    with asset("resources", "theme.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def load_tokens(dark: bool) -> Tokens:
    """The colours of the light or the dark theme, whichever is in use."""
    roles = _file()["dark" if dark else "light"]
    return Tokens(dark=dark, **{role: QColor(value) for role, value in roles.items()})


@cache
def scale() -> Scale:
    return Scale(**_file()["scale"])


_dark = False
_override: bool | None = None


def tokens() -> Tokens:
    """The colours in use."""
    return load_tokens(_dark)


def apply_theme(app: QApplication, dark: bool | None = None) -> None:
    """Dress the whole program; ``dark`` None follows the system, now and when it changes.

    May be called again at any time to switch.
    """
    global _override
    first = app.property("themed") is None
    _override = dark
    hints = QGuiApplication.styleHints()
    if first:
        app.setProperty("themed", True)
        app.setStyle("Fusion")
        hints.colorSchemeChanged.connect(_system_scheme_changed)
        app.setFont(font())
    if dark is None:
        hints.unsetColorScheme()
    else:  # the frame that the system draws follows too
        hints.setColorScheme(Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light)
    _wear(app, hints.colorScheme() is Qt.ColorScheme.Dark if dark is None else dark)


def _system_scheme_changed(scheme: Qt.ColorScheme) -> None:
    app = QApplication.instance()
    if _override is None and isinstance(app, QApplication):
        _wear(app, scheme is Qt.ColorScheme.Dark)


def _wear(app: QApplication, dark: bool) -> None:
    global _dark
    if app.styleSheet() and dark is _dark:
        return
    _dark = dark
    from dossier_app.ui.stylesheet import stylesheet

    app.setPalette(_palette(tokens()))
    app.setStyleSheet(stylesheet(tokens(), scale()))


def _palette(t: Tokens) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for names, colour in (
        ((role.Window, role.Button, role.Midlight, role.AlternateBase), t.desk),
        ((role.Base, role.Light), t.paper),
        ((role.WindowText, role.Text, role.ButtonText), t.ink),
        ((role.PlaceholderText,), t.muted),
        ((role.Mid, role.Dark, role.Shadow), t.edge),
        ((role.Highlight, role.Accent, role.Link), t.accent),
        ((role.HighlightedText, role.BrightText), t.on_accent),
        ((role.ToolTipBase,), t.toast),
        ((role.ToolTipText,), t.on_toast),
    ):
        for name in names:
            palette.setColor(name, colour)
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, t.faint)
    return palette


@cache
def font(
    size: Size = "body",
    weight: QFont.Weight = REGULAR,
    *,
    tabular: bool = False,
    caps: bool = False,
) -> QFont:
    """The window's font in one of its sizes; treat it as a constant.

    ``tabular`` gives figures of equal width for columns; ``caps`` small capitals for
    labels: upper case, set wider.
    """
    made = QFont(_families())
    made.setPixelSize(getattr(scale(), size))
    made.setWeight(weight)
    # Screen positions are rounded to whole pixels by hinting; letters then dance.
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if tabular:
        made.setFeature(QFont.Tag("tnum"), 1)
    if caps:
        made.setCapitalization(QFont.Capitalization.AllUppercase)
        made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.6)
    if size in ("number", "word"):
        made.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 97)
    return made


@cache
def _families() -> list[str]:
    """Ours first, then the system's for scripts it does not have."""
    for name in FONT_FILES:
        QFontDatabase.addApplicationFont(str(asset("resources", "fonts", name)))
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    return [FAMILY, QFontInfo(system).family()]
