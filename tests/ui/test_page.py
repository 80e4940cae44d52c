"""The page of a divider, its rows, the open binder and the toast."""

from __future__ import annotations

from datetime import date, time

import pytest
from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from dossier_app.domain.binder import (
    IN_TRAY,
    LEFT_BEHIND,
    TO_SPREAD,
    Slot,
    SlotKind,
    day_slot,
)
from dossier_app.domain.language import using_language
from dossier_app.domain.place import Month
from dossier_app.domain.place_words import slot_name
from dossier_app.domain.records import Role, SlipKind, StepKind
from dossier_app.domain.sheets import Divider, Load, Sheet, SheetType
from dossier_app.ui import theme
from dossier_app.ui.binder import row_words
from dossier_app.ui.binder.empty import empty_text
from dossier_app.ui.binder.header import RowFilter
from dossier_app.ui.binder.page import BinderPage, SlipChip
from dossier_app.ui.binder.rows import SHEET_ROLE, SheetModel
from dossier_app.ui.binder.spread import BinderSpread
from dossier_app.ui.binder.tab_model import SLIPS_MIME, UIDS_MIME
from dossier_app.ui.binder.tabs import DividerTabs
from dossier_app.ui.binder.words import load_words, spoken
from dossier_app.ui.toast import Toast
from dossier_app.ui.widgets import Chip

TODAY = date(2026, 11, 25)
DAY = Divider(day_slot(TODAY), Load(12, 260, 30, 360), True, 12)
JULY = Divider(Slot(SlotKind.MONTH, month=Month(2027, 7)), Load(), True, 2)
IVANOVA = Sheet(
    SheetType.DOSSIER,
    "ivanova",
    "Иванова Марина",
    dossier_uid="ivanova",
    company="ООО «Ромашка»",
    position="закупки",
    time=time(9, 30),
    todo="Обсудить новую смету",
    last="просила пересчитать",
    last_on=date(2026, 11, 11),
    phone="+7 900 111-22-33",
)
LEBEDEV = Sheet(SheetType.DOSSIER, "lebedev", "Лебедев Сергей", todo="Первый звонок", is_new=True)
GROMOV = Sheet(SheetType.DOSSIER, "gromov", "Громов Илья", kind=StepKind.VISIT, time=time(8, 15))
LOOSE = Sheet(SheetType.LOOSE, "loose", "", todo="Заказать визитки")
BIRTHDAY = Sheet(
    SheetType.SLIP,
    "slip",
    "Летов Олег",
    dossier_uid="letov",
    todo="50 лет",
    slip_kind=SlipKind.BIRTHDAY,
)
SHEETS = [IVANOVA, LEBEDEV, GROMOV, LOOSE, BIRTHDAY]


@pytest.fixture(autouse=True)
def english():
    with using_language("en"):
        yield


@pytest.fixture
def page(qtbot, qapp):
    theme.apply_theme(qapp, dark=False)
    widget = BinderPage()
    qtbot.addWidget(widget)
    widget.resize(700, 736)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def texts(widget: QWidget) -> str:
    """All words that can be read on the page's labels and buttons."""
    words = [
        child.text()
        for child in widget.findChildren(QWidget)
        if hasattr(child, "text") and callable(child.text) and child.isVisible()
    ]
    return "\n".join(words)


def shown(page: BinderPage) -> list[str]:
    return [sheet.uid for sheet in page.rows.sheets.sheets]


def test_head_names_the_day_and_its_load(page):
    page.show_page(DAY, SHEETS, TODAY)
    assert "Wednesday, November 2026" in texts(page)
    assert "12 of 30 contacts · 4 h 20 min of 6 h" in texts(page)


def test_first_row_is_opened_or_the_one_asked_for(qtbot, page):
    with qtbot.waitSignal(page.opened) as opened:
        page.show_page(DAY, SHEETS, TODAY)
    assert opened.args == ["ivanova"]
    page.show_page(DAY, SHEETS, TODAY, current="gromov")
    assert page.sheet == GROMOV
    page.show_page(DAY, SHEETS, TODAY, current="letov")
    assert page.sheet == BIRTHDAY
    page.show_page(JULY, SHEETS, TODAY, current="gone")
    assert page.sheet == IVANOVA


def test_row_that_goes_hands_the_choice_to_the_next(page):
    page.show_page(DAY, SHEETS, TODAY, current="lebedev")
    page.show_page(DAY, [IVANOVA, GROMOV, LOOSE], TODAY)
    assert page.sheet == GROMOV
    page.show_page(DAY, [IVANOVA, GROMOV], TODAY, current="loose")
    assert page.sheet == GROMOV
    page.show_page(DAY, [IVANOVA], TODAY)
    assert page.sheet == IVANOVA
    page.show_page(JULY, [LEBEDEV, IVANOVA], TODAY)
    assert page.sheet == LEBEDEV


def test_page_knows_what_lies_on_it_also_behind_the_filter(qtbot, page):
    page.show_page(DAY, SHEETS, TODAY)
    qtbot.mouseClick(page.header.filter.findChildren(QAbstractButton)[2], Qt.MouseButton.LeftButton)
    assert page.has("gromov")
    assert page.has("letov")
    assert not page.has("nobody")


def test_arrow_opens_and_enter_activates(qtbot, page):
    page.show_page(DAY, SHEETS, TODAY)
    with qtbot.waitSignal(page.opened) as opened:
        qtbot.keyClick(page.rows, Qt.Key.Key_Down)
    assert opened.args == ["lebedev"]
    with qtbot.waitSignal(page.activated) as activated:
        qtbot.keyClick(page.rows, Qt.Key.Key_Return)
    assert activated.args == ["lebedev"]


def test_double_click_activates(qtbot, page):
    page.show_page(DAY, SHEETS, TODAY)
    centre = page.rows.visualRect(page.rows.sheets.index(2)).center()
    with qtbot.waitSignal(page.activated) as activated:
        qtbot.mouseClick(page.rows.viewport(), Qt.MouseButton.LeftButton, pos=centre)
        qtbot.mouseDClick(page.rows.viewport(), Qt.MouseButton.LeftButton, pos=centre)
    assert activated.args == ["gromov"]


def test_filter_shows_timed_in_order_and_new(qtbot, page):
    page.show_page(DAY, SHEETS, TODAY)
    everyone, timed, new = page.header.filter.findChildren(QAbstractButton)
    qtbot.mouseClick(timed, Qt.MouseButton.LeftButton)
    assert shown(page) == ["gromov", "ivanova"]
    qtbot.mouseClick(new, Qt.MouseButton.LeftButton)
    assert shown(page) == ["lebedev"]
    qtbot.mouseClick(everyone, Qt.MouseButton.LeftButton)
    assert shown(page) == [sheet.uid for sheet in SHEETS]


def test_filter_is_set_back_on_another_divider_only(qtbot, page):
    page.show_page(DAY, SHEETS, TODAY)
    qtbot.mouseClick(page.header.filter.findChildren(QAbstractButton)[2], Qt.MouseButton.LeftButton)
    page.show_page(DAY, SHEETS, TODAY)
    assert page.header.filter.value is RowFilter.NEW
    page.show_page(JULY, SHEETS, TODAY)
    assert page.header.filter.value is RowFilter.ALL


def test_filter_without_a_match_offers_all(qtbot, page):
    page.show_page(DAY, [IVANOVA], TODAY)
    qtbot.mouseClick(page.header.filter.findChildren(QAbstractButton)[2], Qt.MouseButton.LeftButton)
    assert shown(page) == []
    button = next(b for b in page.findChildren(QAbstractButton) if b.text() == "Show all")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert shown(page) == ["ivanova"]


@pytest.mark.parametrize(
    ("slot", "action"),
    [
        (day_slot(TODAY), "new"),
        (day_slot(date(2026, 12, 8)), "new"),
        (LEFT_BEHIND, "today"),
        (TO_SPREAD, "today"),
        (IN_TRAY, "import"),
        (JULY.slot, "new"),
    ],
)
def test_empty_divider_teaches_and_has_one_button(qtbot, page, slot, action):
    page.show_page(Divider(slot, Load()), [], TODAY)
    words = empty_text(slot, TODAY)
    assert words.title in texts(page)
    assert words.hint in texts(page)
    button = next(b for b in page.findChildren(QAbstractButton) if b.text() == words.button)
    with qtbot.waitSignal(page.empty_action) as pressed:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert pressed.args == [action]


def test_every_kind_of_empty_divider_says_something_else():
    slots = [
        day_slot(TODAY),
        day_slot(date(2026, 12, 8)),
        LEFT_BEHIND,
        TO_SPREAD,
        IN_TRAY,
        JULY.slot,
    ]
    assert len({empty_text(slot, TODAY).title for slot in slots}) == len(slots)


def test_empty_page_opens_nothing(qtbot, page):
    page.show_page(DAY, SHEETS, TODAY)
    with qtbot.waitSignal(page.opened) as opened:
        page.show_page(DAY, [], TODAY)
    assert opened.args == [""]
    assert page.sheet is None


def test_slips_stand_above_the_rows_and_can_be_pressed(qtbot, page):
    slips = [SlipChip("b", "Birthday: Letov", SlipKind.BIRTHDAY), SlipChip("p", "Estimate due")]
    page.show_page(DAY, SHEETS, TODAY, slips=slips)
    QApplication.processEvents()
    chips = [chip for chip in page.findChildren(Chip) if chip.isVisible()]
    assert [chip.text() for chip in chips] == ["Birthday: Letov", "Estimate due"]
    with qtbot.waitSignal(page.slip_opened) as opened:
        qtbot.mouseClick(chips[1], Qt.MouseButton.LeftButton)
    assert opened.args == ["p"]
    page.show_page(DAY, SHEETS, TODAY)
    assert not [chip for chip in page.findChildren(Chip) if chip.isVisible()]


def test_foot_counts_what_is_below_and_done(qtbot, page):
    many = [Sheet(SheetType.DOSSIER, str(n), f"Client {n}") for n in range(20)]
    page.show_page(DAY, many, TODAY, done=(3, 20))
    height = page.rows.viewport().height()
    below = 20 - round(height / 72)
    qtbot.waitUntil(lambda: f"{below} sheets below · done 3 of 20" in texts(page))
    page.rows.scrollToBottom()
    assert "below" not in texts(page)
    assert "done 3 of 20" in texts(page)


def test_head_folds_on_a_narrow_page(qtbot, page):
    page.show_page(DAY, SHEETS, TODAY)
    wide = page.header.height()
    page.resize(430, 560)
    QApplication.processEvents()
    assert page.header.height() > wide
    for child in (page.header.filter, page.rows):
        assert page.rect().contains(
            child.geometry().translated(child.parent().mapTo(page, child.rect().topLeft()))
        )


def test_model_gives_sheets_and_words(qapp):
    model = SheetModel()
    model.set_sheets(SHEETS, TODAY)
    assert [model.index(row).data(SHEET_ROLE) for row in range(model.rowCount())] == SHEETS
    spoken_row = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    for word in ("09:30", "Иванова Марина", "Ромашка", "смету", "11 Nov", "+7 900 111-22-33"):
        assert word in spoken_row


def test_all_but_occasions_are_dragged_in_their_order(qapp):
    model = SheetModel()
    model.set_sheets(SHEETS, TODAY)
    draggable = [
        row
        for row in range(len(SHEETS))
        if model.flags(model.index(row)) & Qt.ItemFlag.ItemIsDragEnabled
    ]
    assert [SHEETS[row].uid for row in draggable] == ["ivanova", "lebedev", "gromov", "loose"]
    data = model.mimeData([model.index(2), model.index(3), model.index(0)])
    assert bytes(data.data(UIDS_MIME).data()) == b"ivanova\ngromov"
    assert bytes(data.data(SLIPS_MIME).data()) == b"loose"


def test_several_rows_are_chosen_with_shift(qtbot, page):
    page.show_page(DAY, SHEETS, TODAY)
    qtbot.keyClick(page.rows, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(page.rows, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert page.selected == [IVANOVA, LEBEDEV, GROMOV]


def test_words_of_a_row():
    carried = Sheet(
        SheetType.DOSSIER,
        "x",
        "X",
        role=Role.DECISION_MAKER,
        tries=2,
        carried=3,
        carried_from=date(2026, 11, 18),
    )
    assert row_words.chips(carried) == ["decides", "2 tries", "carried over 3 times, from 18 Nov"]
    assert row_words.chips(LEBEDEV) == ["new"]
    assert row_words.stood(LEBEDEV, TODAY) == "no entries yet"
    assert row_words.stood(IVANOVA, date(2027, 1, 5)) == "11 Nov 2026: просила пересчитать"
    assert row_words.who(LOOSE) == "Заказать визитки"
    assert row_words.beside(BIRTHDAY) == "Летов Олег"


def test_month_tells_the_day_and_day_tells_the_time():
    sheet = Sheet(SheetType.DOSSIER, "x", "X", on=date(2027, 7, 5), time=time(10, 0))
    assert row_words.when(sheet, dated=True) == "5 Jul"
    assert row_words.when(sheet, dated=False) == "10:00"
    assert row_words.when(LEBEDEV, dated=True) == ""


def test_words_of_dividers():
    assert slot_name(LEFT_BEHIND) == "Left behind"
    assert slot_name(JULY.slot) == "July 2027"
    assert load_words(Load(3, 0, 0, 0)) == "3 contacts"
    full = Divider(day_slot(TODAY), Load(31, 0, 30, 0), True, 31)
    assert "too full" in spoken(full)
    holiday = Divider(day_slot(date(2027, 1, 1)), Load(), False, 0, "New Year")
    assert "New Year" in spoken(holiday)
    assert "day off" not in spoken(holiday)


def test_row_that_is_not_on_the_page_is_not_chosen(page):
    page.show_page(DAY, SHEETS, TODAY)
    assert page.select("gromov")
    assert not page.select("nobody")
    assert page.sheet == GROMOV


def test_sixty_rows_are_painted_within_a_few_frames(page):
    """The budget is one frame of 16 ms; here only what no machine may miss."""
    long = Sheet(
        SheetType.DOSSIER,
        "x",
        "Константинопольский-Преображенский",
        company="Государственное предприятие",
        position="директор",
        role=Role.DECISION_MAKER,
        tries=2,
        todo="Обсудить смету",
        last="просил перезвонить",
        last_on=TODAY,
        phone="+7 900 111-22-33",
    )
    page.resize(700, 60 * 72 + 170)
    page.show_page(DAY, [long] * 60, TODAY)
    QApplication.processEvents()
    viewport = page.rows.viewport()
    image = QImage(viewport.size(), QImage.Format.Format_ARGB32_Premultiplied)
    times = []
    for _ in range(5):
        clock = QElapsedTimer()
        clock.start()
        viewport.render(image)
        times.append(clock.nsecsElapsed() / 1e6)
    assert min(times) < 100


def test_open_binder_fits_the_smallest_window(qtbot, qapp):
    theme.apply_theme(qapp, dark=False)
    tabs, page, side = DividerTabs(), BinderPage(), QWidget()
    spread = BinderSpread(tabs, page, side)
    qtbot.addWidget(spread)
    spread.resize(1024, 592)
    spread.show()
    page.show_page(DAY, SHEETS, TODAY)
    QApplication.processEvents()
    assert page.width() >= 420
    assert side.width() == 340
    assert tabs.geometry().right() > page.mapTo(spread, page.rect().topLeft()).x()
    spread.resize(1920, 1032)
    QApplication.processEvents()
    assert side.width() == 480


@pytest.fixture
def toast(qtbot):
    window = QWidget()
    window.resize(800, 600)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    return Toast(window)


def test_toast_offers_an_action_by_keyboard(qtbot, toast):
    toast.say("Kuznetsova → 8 December", "Undo")
    assert toast.isVisible()
    assert toast.text == "Kuznetsova → 8 December"
    button = toast.findChild(QAbstractButton)
    assert button.accessibleName() == "Undo: Kuznetsova → 8 December"
    button.setFocus()
    with qtbot.waitSignal(toast.acted):
        qtbot.keyClick(button, Qt.Key.Key_Space)
    assert not toast.isVisible()


def test_toast_stands_in_the_middle_at_the_foot_and_follows(toast):
    toast.say("Saved")
    for size in ((800, 600), (1280, 800), (120, 300)):
        toast.parentWidget().resize(*size)
        QApplication.processEvents()
        assert abs(toast.geometry().center().x() - size[0] / 2) <= 1
        assert toast.geometry().bottom() < size[1]
        assert toast.width() <= size[0]


def test_toast_goes_by_itself(qtbot, toast):
    toast._timer.setInterval(1)
    toast._fade.setDuration(1)
    toast.say("Saved")
    assert not toast.findChild(QAbstractButton).isVisible()
    qtbot.waitUntil(toast.isHidden)


def test_escape_puts_the_toast_away(qtbot, toast):
    toast.say("Saved", "Undo")
    qtbot.keyClick(toast.findChild(QAbstractButton), Qt.Key.Key_Escape)
    assert toast.isHidden()
