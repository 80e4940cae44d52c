"""The column of divider tabs, driven by mouse, keyboard and drops."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from dossier_app.domain.binder import (
    IN_TRAY,
    LEFT_BEHIND,
    BinderRules,
    Layout,
    Slot,
    SlotKind,
    day_slot,
)
from dossier_app.domain.language import using_language
from dossier_app.domain.place import Month
from dossier_app.domain.sheets import Binder, Divider, Load
from dossier_app.ui import theme
from dossier_app.ui.binder.tab_model import UIDS_MIME
from dossier_app.ui.binder.tab_plan import plan_tabs
from dossier_app.ui.binder.tabs import DividerTabs

TODAY = date(2026, 11, 25)
MONTH_END = (date(2027, 1, 31), date(2028, 2, 29), date(2026, 12, 31))


def make_binder(today=TODAY, layout=Layout.DAYS, later=(), contacts=5) -> Binder:
    def working(day: date) -> bool:
        return day.weekday() < 5

    dividers = []
    for slot in BinderRules(today, layout, 2).dividers(working, later=later):
        works = slot.date is not None and working(slot.date)
        load = Load(contacts, 60, 30, 360) if works else Load()
        in_use = works or (slot.date is None and not slot.is_blank)
        dividers.append(Divider(slot, load, works or slot.date is None, contacts * in_use))
    return Binder(today, tuple(dividers))


@pytest.fixture
def tabs(qtbot, qapp):
    theme.apply_theme(qapp, dark=False)
    widget = DividerTabs()
    qtbot.addWidget(widget)
    widget.resize(widget.width(), 736)
    widget.set_binder(make_binder())
    widget.show()
    qtbot.waitExposed(widget)
    return widget


@pytest.fixture
def heard(tabs):
    slots = []
    tabs.chosen.connect(slots.append)
    return slots


def press(qtbot, tabs, slot: Slot) -> None:
    centre = tabs.rect_of(slot).center()
    qtbot.mouseClick(tabs.viewport(), Qt.MouseButton.LeftButton, pos=centre)


def test_opens_at_today_without_a_word(tabs, heard):
    assert tabs.slot == day_slot(TODAY)
    assert heard == []


@pytest.mark.parametrize("today", [TODAY, *MONTH_END])
@pytest.mark.parametrize("later", [(), (Month(2030, 1), Month(2031, 5))])
def test_all_tabs_fit_a_window_of_800_pixels(today, later):
    binder = make_binder(today, later=later)
    assert plan_tabs(binder.dividers, today, 736).height <= 736


@pytest.mark.parametrize("layout", list(Layout))
@pytest.mark.parametrize("today", [TODAY, *MONTH_END])
def test_no_two_tabs_share_a_pixel(today, layout):
    binder = make_binder(today, layout, later=[Month(2030, 1)])
    plan = plan_tabs(binder.dividers, today, 600)
    places = [*plan.rects, *(rect for rect, _ in plan.headings)]
    for n, one in enumerate(places):
        assert one.height() >= 14
        assert not any(one.intersects(other) for other in places[n + 1 :])


def test_every_pixel_of_a_tab_finds_it(tabs):
    plan = plan_tabs(make_binder().dividers, TODAY, 736)
    for index, rect in enumerate(plan.rects):
        assert plan.index_at(rect.left(), rect.top()) == index
        assert plan.index_at(rect.right(), rect.bottom()) == index
    assert plan.index_at(2, 2) == -1


def test_mouse_chooses(qtbot, tabs, heard):
    for slot in (
        day_slot(date(2026, 12, 8)),
        LEFT_BEHIND,
        Slot(SlotKind.MONTH, month=Month(2027, 7)),
    ):
        press(qtbot, tabs, slot)
        assert tabs.slot == slot
        assert heard[-1] == slot


def test_blank_number_cannot_be_chosen(qtbot, tabs, heard):
    press(qtbot, tabs, Slot(SlotKind.DAY, number=31))
    assert heard == []
    assert tabs.slot == day_slot(TODAY)


def test_arrow_keys_flip_over_the_blank_number(qtbot, tabs, heard):
    tabs.select(day_slot(date(2026, 11, 29)))
    qtbot.keyClick(tabs, Qt.Key.Key_Down)
    qtbot.keyClick(tabs, Qt.Key.Key_Down)
    qtbot.keyClick(tabs, Qt.Key.Key_Up)
    assert [slot.date for slot in heard] == [
        date(2026, 11, 30),
        date(2026, 12, 1),
        date(2026, 11, 30),
    ]


def test_keys_reach_both_ends_and_today(qtbot, tabs, heard):
    qtbot.keyClick(tabs, Qt.Key.Key_Home)
    assert heard[-1] == LEFT_BEHIND
    qtbot.keyClick(tabs, Qt.Key.Key_Up)
    assert tabs.slot == LEFT_BEHIND
    qtbot.keyClick(tabs, Qt.Key.Key_End)
    assert heard[-1] == Slot(SlotKind.MONTH, month=Month(2027, 11))
    tabs.setFocus()
    qtbot.keyClick(tabs, Qt.Key.Key_T)
    assert heard[-1] == day_slot(TODAY)


def test_typed_figures_go_to_the_day(qtbot, tabs):
    qtbot.keyClicks(tabs, "14")
    assert tabs.slot == day_slot(date(2026, 12, 14))


def test_select_is_silent(tabs, heard):
    tabs.select(IN_TRAY)
    assert tabs.slot == IN_TRAY
    assert heard == []


def test_choice_stays_over_a_new_binder_and_falls_back_to_today(tabs, heard):
    tabs.select(day_slot(date(2026, 12, 8)))
    tabs.set_binder(make_binder(contacts=9))
    assert tabs.slot == day_slot(date(2026, 12, 8))
    tabs.select(day_slot(TODAY))
    tabs.set_binder(make_binder(today=date(2026, 11, 26)))
    assert tabs.slot == day_slot(date(2026, 11, 26))
    assert heard == []


def test_only_changed_dividers_are_exchanged(qtbot, tabs):
    slot = day_slot(date(2026, 12, 8))
    fuller = Divider(slot, Load(31, 0, 30, 360), True, 31)
    with qtbot.waitSignal(tabs.model().dataChanged) as changed:
        assert tabs.update_dividers([fuller])
    assert changed.args[0].row() == changed.args[1].row()
    assert "31" in changed.args[0].data(Qt.ItemDataRole.ToolTipRole)


def test_unknown_divider_changes_nothing(tabs):
    known = Divider(day_slot(TODAY), Load(1, 0, 30, 0), True, 1)
    unknown = Divider(day_slot(date(2030, 1, 1)), Load())
    before = tabs.grab().toImage()
    assert not tabs.update_dividers([known, unknown])
    assert tabs.grab().toImage() == before


def test_overloaded_day_is_drawn_in_brick(tabs):
    slot = day_slot(date(2026, 12, 8))
    tabs.update_dividers([Divider(slot, Load(31, 0, 30, 0), True, 31)])
    image = tabs.grab(tabs.rect_of(slot)).toImage()
    row = {image.pixelColor(x, image.height() // 2).name() for x in range(image.width())}
    assert theme.tokens().danger.name() in row
    assert theme.tokens().accent.name() not in row


def test_months_of_the_shelf_share_one_tab_and_follow_each_other(qtbot, tabs, heard):
    later = [Month(2028, 1), Month(2029, 6)]
    tabs.set_binder(make_binder(later=later))
    first, second = (Slot(SlotKind.LATER, month=month) for month in later)
    assert tabs.rect_of(first) == tabs.rect_of(second)
    for _ in range(3):
        press(qtbot, tabs, first)
    assert heard == [first, second, first]


def test_small_window_scrolls_to_the_chosen_month(tabs):
    tabs.resize(tabs.width(), 500)
    slot = Slot(SlotKind.MONTH, month=Month(2027, 11))
    assert not tabs.viewport().rect().contains(tabs.rect_of(slot))
    tabs.select(slot)
    assert tabs.viewport().rect().contains(tabs.rect_of(slot))


def test_dated_dividers_are_shown_by_the_same_column(qtbot, tabs, heard):
    tabs.set_binder(make_binder(layout=Layout.DATED))
    tabs.select(day_slot(date(2026, 12, 25)))
    qtbot.keyClick(tabs, Qt.Key.Key_Down)
    assert heard == [day_slot(date(2026, 12, 28))]  # over the weekend


def test_months_change_their_language(tabs):
    with using_language("en"):
        tabs.retranslate()
        assert [text for _, text in tabs._plan.headings] == ["November", "December"]
    with using_language("ru"):
        tabs.retranslate()
        assert [text for _, text in tabs._plan.headings] == ["ноябрь", "декабрь"]


def test_tabs_speak_to_screen_readers(tabs):
    accessible = QAccessible.queryAccessibleInterface(tabs)
    assert accessible.childCount() >= len(make_binder().dividers)
    text = tabs.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert "5 из 30" in text or "5 of 30" in text


def drop(tabs, slot: Slot, uids="a\nb", mime=UIDS_MIME) -> bool:
    """Drag over and drop on a tab; True when it was taken."""
    data = QMimeData()
    data.setData(mime, uids.encode())
    centre: QPoint = tabs.rect_of(slot).center()
    how = (Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0))
    QApplication.sendEvent(tabs.viewport(), QDragEnterEvent(centre, *how))
    move = QDragMoveEvent(centre, *how)
    QApplication.sendEvent(tabs.viewport(), move)
    event = QDropEvent(QPointF(centre), *how)
    QApplication.sendEvent(tabs.viewport(), event)
    assert move.isAccepted() == event.isAccepted()
    return event.isAccepted()


def test_rows_are_dropped_on_days_months_and_the_tray(tabs):
    heard = []
    tabs.dropped.connect(lambda slot, uids: heard.append((slot, uids)))
    targets = [
        day_slot(date(2026, 12, 8)),
        Slot(SlotKind.MONTH, month=Month(2027, 7)),
        IN_TRAY,
    ]
    for slot in targets:
        assert drop(tabs, slot)
    assert heard == [(slot, ["a", "b"]) for slot in targets]


def test_other_places_and_other_things_are_not_taken(tabs):
    heard = []
    tabs.dropped.connect(lambda slot, uids: heard.append((slot, uids)))
    assert not drop(tabs, LEFT_BEHIND)
    assert not drop(tabs, Slot(SlotKind.DAY, number=31))
    assert not drop(tabs, day_slot(date(2026, 12, 8)), mime="text/plain")
    assert heard == []


def test_target_is_shown_while_dragging(tabs):
    slot = day_slot(date(2026, 12, 8))
    calm = tabs.grab().toImage()
    data = QMimeData()
    data.setData(UIDS_MIME, b"a")
    how = (Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0))
    for kind in (QDragEnterEvent, QDragMoveEvent):
        QApplication.sendEvent(tabs.viewport(), kind(tabs.rect_of(slot).center(), *how))
    assert tabs.grab().toImage() != calm
