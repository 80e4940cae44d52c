"""Colours, fonts, icons and small widgets."""

from __future__ import annotations

import sys
from itertools import pairwise

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFontInfo, QImage
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from dossier_app import assets
from dossier_app.assets import asset
from dossier_app.domain.sheets import Load
from dossier_app.ui import icons, theme
from dossier_app.ui.topbar import TopBar
from dossier_app.ui.widgets import (
    Button,
    Chip,
    ElidedLabel,
    FlowLayout,
    Label,
    LoadBar,
    Look,
    SearchField,
    Segments,
)

GROUNDS = ("paper", "desk", "tab", "tab_off", "hover", "accent_soft")
READABLE = [
    *[("muted", ground) for ground in GROUNDS],
    *[("ink", ground) for ground in GROUNDS],
    ("accent", "paper"),
    ("accent", "accent_soft"),
    ("on_accent", "accent"),
    ("on_accent", "accent_strong"),
    ("danger", "paper"),
    ("danger", "tab"),
    ("danger", "danger_soft"),
    ("warn_ink", "paper"),
    ("warn_ink", "warn_soft"),
    ("on_toast", "toast"),
    ("toast_action", "toast"),
]


@pytest.fixture(params=["light", "dark"])
def dark(request, qapp):
    is_dark = request.param == "dark"
    theme.apply_theme(qapp, is_dark)
    return is_dark


def luminance(colour: QColor) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_of_black_on_white_is_21():
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21)


@pytest.mark.parametrize(("ink", "ground"), READABLE)
def test_text_can_be_read(dark, ink, ground):
    t = theme.tokens()
    assert contrast(getattr(t, ink), getattr(t, ground)) >= 4.5


def test_what_is_not_in_use_is_paler_than_second_rank(dark):
    t = theme.tokens()
    assert contrast(t.faint, t.desk) < contrast(t.muted, t.desk)


def test_theme_dresses_palette_and_can_be_switched(qapp):
    for is_dark in (False, True, False):
        theme.apply_theme(qapp, is_dark)
        assert theme.tokens().dark is is_dark
        assert qapp.palette().window().color() == theme.tokens().desk
        assert theme.tokens().accent.name() in qapp.styleSheet()
        assert "$" not in qapp.styleSheet()


def test_theme_follows_the_system_until_told(qapp):
    hints = qapp.styleHints()
    theme.apply_theme(qapp)
    for scheme in (Qt.ColorScheme.Dark, Qt.ColorScheme.Light):
        hints.colorSchemeChanged.emit(scheme)
        assert theme.tokens().dark is (scheme is Qt.ColorScheme.Dark)
    theme.apply_theme(qapp, dark=True)
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert theme.tokens().dark


@pytest.mark.parametrize("weight", [theme.REGULAR, theme.MEDIUM, theme.SEMIBOLD, theme.BOLD])
def test_every_weight_is_a_face_of_its_own(qapp, weight):
    info = QFontInfo(theme.font("body", weight))
    assert info.family() == theme.FAMILY
    assert info.weight() == weight
    assert info.pixelSize() == 13


def test_fonts_have_the_letters_of_the_trade(qapp):
    from PySide6.QtGui import QRawFont

    raw = QRawFont(str(asset("resources", "fonts", "Inter-Regular.otf")), 13)
    for letter in "АЯёЁй№₽«»—–…→½ÄßñŁőΩπ€№°×·ʼ":
        assert raw.supportsCharacter(ord(letter)), letter


def test_font_licence_travels_with_the_fonts():
    text = asset("resources", "fonts", "Inter-OFL.txt").read_text("utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in text


def test_frozen_program_finds_its_files(tmp_path, monkeypatch):
    (tmp_path / "resources").mkdir()
    assets._root.cache_clear()
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    try:
        assert asset("forms", "deal.toml") == tmp_path / "forms" / "deal.toml"
    finally:
        assets._root.cache_clear()


def test_icons_are_one_family(qapp):
    for name in icons.icon_names():
        source = asset("resources", "icons", f"{name}.svg").read_text("utf-8")
        assert 'viewBox="0 0 24 24"' in source, name
        assert source.count("stroke-width") == 1, name
        assert 'stroke-width="1.75"' in source, name
        assert 'stroke="currentColor"' in source, name


@pytest.mark.parametrize("name", icons.icon_names())
def test_icon_is_drawn_in_the_colour_asked_for(qapp, name):
    colour = QColor("#0f6b6b")
    image = icons.pixmap(name, colour, 24, 2.0).toImage()
    image = image.convertToFormat(QImage.Format.Format_ARGB32)
    assert (image.width(), image.height()) == (48, 48)
    pixels = [image.pixelColor(x, y) for x in range(48) for y in range(48)]
    opaque = [pixel for pixel in pixels if pixel.alpha() == 255]
    assert opaque
    assert {pixel.name() for pixel in opaque} == {colour.name()}


def test_every_kind_has_an_icon(qapp):
    names = set(icons.icon_names())
    for table in (icons.STEP_ICONS, icons.CHANNEL_ICONS, icons.SLIP_ICONS):
        for kind in type(next(iter(table))):
            assert table[kind] in names


def test_button_has_room_for_its_words_and_keys(qtbot, dark):
    plain = Button("Записать и переложить", Look.PRIMARY)
    keyed = Button("Записать и переложить", Look.PRIMARY, keys="Ctrl+L", icon="plus")
    for button in (plain, keyed):
        qtbot.addWidget(button)
    assert plain.sizeHint().width() > plain.fontMetrics().horizontalAdvance(plain.text())
    assert keyed.sizeHint().width() > plain.sizeHint().width() + 40
    assert keyed.minimumSizeHint() == keyed.sizeHint()


def test_focus_on_a_button_can_be_seen(qtbot, dark):
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    other, button = QLineEdit(), Button("OK")
    column.addWidget(other)
    column.addWidget(button)
    window.show()
    qtbot.waitExposed(window)
    other.setFocus()
    QApplication.processEvents()
    calm = button.grab().toImage()
    button.setFocus()
    QApplication.processEvents()
    assert button.grab().toImage() != calm
    other.setFocus()
    button.setFocus(Qt.FocusReason.MouseFocusReason)
    QApplication.processEvents()
    assert button.grab().toImage() == calm


def test_segments_are_chosen_by_mouse_and_arrow_keys(qtbot):
    segments = Segments([("a", "All"), ("t", "By time"), ("n", "New")], name="Rows")
    qtbot.addWidget(segments)
    segments.show()
    qtbot.waitExposed(segments)
    heard = []
    segments.chosen.connect(heard.append)
    buttons = segments.findChildren(type(segments.layout().itemAt(0).widget()))
    qtbot.mouseClick(buttons[2], Qt.MouseButton.LeftButton)
    assert segments.value == "n"
    buttons[2].setFocus()
    qtbot.keyClick(buttons[2], Qt.Key.Key_Left)
    assert segments.value == "t"
    assert heard == ["n", "t"]
    segments.choose("a")
    assert segments.value == "a"
    assert heard == ["n", "t"]


def test_chips_wrap_and_do_not_overlap(qtbot):
    box = QWidget()
    qtbot.addWidget(box)
    flow = FlowLayout(box, gap=6)
    for word in ("решает", "конечный клиент", "Казань", "очень длинная метка клиента"):
        flow.addWidget(Chip(word))
    box.resize(200, flow.heightForWidth(200))
    box.show()
    places = [flow.itemAt(n).geometry() for n in range(flow.count())]
    assert all(box.rect().contains(place) for place in places)
    assert not any(one.intersects(other) for one, other in pairwise(places))
    assert flow.heightForWidth(200) > flow.heightForWidth(2000)


def test_long_label_is_cut_and_tells_itself_whole(qtbot):
    label = ElidedLabel("Константинопольский-Преображенский Владислав")
    qtbot.addWidget(label)
    label.show()
    label.resize(80, 20)
    assert label.toolTip() == label.text()
    label.resize(800, 20)
    assert label.toolTip() == ""


def test_label_never_reads_markup(qtbot):
    label = Label("<b>ООО</b>")
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText


def test_label_follows_the_theme(qtbot, qapp):
    theme.apply_theme(qapp, dark=False)
    label = Label("x", role="muted")
    qtbot.addWidget(label)
    theme.apply_theme(qapp, dark=True)
    QApplication.processEvents()
    assert label.palette().windowText().color() == theme.load_tokens(True).muted


def test_load_bar_is_brick_when_over(qtbot, dark):
    bar = LoadBar()
    qtbot.addWidget(bar)
    bar.resize(96, 5)
    for contacts, colour in ((15, theme.tokens().accent), (31, theme.tokens().danger)):
        bar.set_load(Load(contacts, 0, 30, 0))
        image = bar.grab(QRect(0, 0, 96, 5)).toImage()
        assert image.pixelColor(20, 2).name() == colour.name()


def test_search_field_gives_focus_to_its_line(qtbot):
    field = SearchField("Find a client", keys="Ctrl+K")
    qtbot.addWidget(field)
    field.show()
    field.setFocus()
    qtbot.keyClicks(field.edit, "abc")
    assert field.edit.text() == "abc"
    assert field.edit.accessibleName() == "Find a client"


def test_top_bar_fits_the_smallest_window(qtbot):
    bar = TopBar("Досье", "Найти клиента, телефон, слово…", "Ctrl+K")
    qtbot.addWidget(bar)
    buttons = [bar.add_button(Button(t)) for t in ("Печать дня", "Отсутствие", "Новое досье")]
    bar.resize(1024, bar.HEIGHT)
    bar.show()
    assert bar.minimumSizeHint().width() <= 1024
    assert all(button.width() == button.sizeHint().width() for button in buttons)
    assert bar.search.geometry().right() < buttons[0].x()
