"""The evening's look back: what it says, and dealing with what is left, by keyboard."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, time, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from dossier_app.domain import clock
from dossier_app.domain.language import use_language
from dossier_app.domain.place import day_place
from dossier_app.domain.records import (
    Channel,
    Direction,
    Dossier,
    HistoryEntry,
    NextStep,
    Person,
    Promise,
    Side,
    StepKind,
)
from dossier_app.domain.when import When
from dossier_app.services import contacts, refiling, reviewing
from dossier_app.services.dossiers import create_dossier, load_dossier
from dossier_app.services.promises import keep_promise
from dossier_app.services.session import Session
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.balance import BalanceDialog
from dossier_app.ui.dialogs.log import LogDialog
from dossier_app.ui.dialogs.refile import RefileDialog
from dossier_app.ui.main_window import MainWindow
from dossier_app.ui.review.charts import BarChart, Part, RankChart, Series
from dossier_app.ui.review.dialog import ReviewDialog, Span
from dossier_app.ui.review.lists import LineList
from dossier_app.ui.review.print_dialog import ReviewPrintDialog
from dossier_app.ui.review.rows import Line
from dossier_app.ui.work import finish_all
from tests.conftest import TODAY

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
FRIDAY = TODAY + timedelta(days=2)
CTRL, NO_KEY = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
AnyDialog = TypeVar("AnyDialog", bound=QDialog)


def new(name: str, day: date | None, *, text: str = "", at: time | None = None) -> None:
    """A dossier whose uid is the client's name."""
    place = day_place(day) if day else day_place(TODAY + timedelta(days=40))
    step = NextStep(StepKind.CALL, text, at, 20, fixed=at is not None)
    history = [HistoryEntry(clock.now() - timedelta(days=60), Channel.CALL, Direction.OUT)]
    person = Person(name, main=True)
    create_dossier(Dossier(uid=name, people=[person], place=place, step=step, history=history))


def log(name: str, day: date | None = None, **more: object) -> None:
    next_ = When(day_place(day or FRIDAY))
    contacts.log_contact(name, contacts.Contact(**{"text": "ok", **more}, next=next_))  # type: ignore[arg-type]


@pytest.fixture
def window(binder_open: Session, qtbot: QtBot) -> Iterator[MainWindow]:
    """Of seven planned for today four were worked (one not reached) and one was moved:
    Fedorov and Gusev are left. One more client called. Yesterday one was left behind."""
    clock.set_today(YESTERDAY)
    for name in ("Anna", "Boris", "Clara", "Dmitri", "Egor"):
        new(name, TODAY)
    new("Fedorov", TODAY, text="Ask for the plan", at=time(15))
    new("Gusev", TODAY, text="Send the catalogue")
    new("Late", YESTERDAY)
    new("Caller", None)
    new("Tomorrow", TOMORROW)
    log("Anna", TODAY, minutes=15, promises=[Promise(Side.OURS, "estimate", TODAY)])
    clock.set_today(TODAY)
    kept = load_dossier("Anna").promises[0]
    keep_promise("Anna", kept.uid)
    log("Anna", minutes=30, text="Sent the estimate")
    log("Boris", channel=Channel.MEETING, minutes=60, text="His secret", private=True)
    log("Clara", reached=False)
    log("Dmitri", promises=[Promise(Side.OURS, "drawing", TODAY)])
    log("Caller", direction=Direction.IN)
    refiling.refile(["Egor"], day_place(TOMORROW))
    desk = Desk(binder_open)
    shown = MainWindow(desk)
    qtbot.addWidget(shown)
    with qtbot.waitActive(shown):
        shown.show()
        shown.activateWindow()
    shown.complete()
    yield shown
    finish_all()
    shown.close()
    desk.close()
    desk.deleteLater()


@pytest.fixture
def review(window: MainWindow, qtbot: QtBot) -> ReviewDialog:
    """Ctrl+E was pressed."""
    QTest.keyClick(window, Qt.Key.Key_E, CTRL)
    return on_top(window, qtbot, ReviewDialog)


def on_top(window: MainWindow, qtbot: QtBot, kind: type[AnyDialog]) -> AnyDialog:
    """The visible dialog of that kind, once it takes keys."""
    qtbot.waitUntil(lambda: any(item.isVisible() for item in window.findChildren(kind)))
    dialog = next(item for item in window.findChildren(kind) if item.isVisible())
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    qtbot.waitUntil(lambda: dialog.isAncestorOf(QApplication.focusWidget()))
    return dialog


def press(key: Qt.Key, control: Qt.KeyboardModifier = NO_KEY) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, control)


def back_to(review: ReviewDialog, qtbot: QtBot, view: QWidget) -> None:
    """After a dialog above it, the review takes keys again."""
    review.activateWindow()
    qtbot.waitUntil(review.isActiveWindow)
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)


def figures(review: ReviewDialog) -> list[str]:
    page = review.day_page if review.span is Span.DAY else review.span_page
    return [cell.accessibleName() for cell in page.strip.cells]


def rows(view: LineList) -> list[str]:
    """Headings, and names with what stands at their right."""
    return [
        f"{row.name} {row.right}".strip() if isinstance(row, Line) else row
        for row in view.lines.rows
    ]


def wait_for(qtbot: QtBot, review: ReviewDialog, span: Span) -> None:
    """Until the days are read and shown."""
    page = review.day_page if span is Span.DAY else review.span_page
    qtbot.waitUntil(lambda: review.print_button.isEnabled() and page.isVisible(), timeout=20_000)


# --- the day


def test_the_day_in_figures(review: ReviewDialog) -> None:
    assert (review.numeral.accessibleName(), review.title.text()) == (
        "25",
        "Wednesday, November 2026",
    )
    assert review.line.text() == "Day review · Planned: 7 of 30 contacts, 2 h 20 min of 6 h"
    assert figures(review) == [
        "Plan done: 4 of 7, left 2",
        "New: 0, aim 20",
        "Repeat: 5, aim 10",
        "Calls: 4, out 3, in 1",
        "Meetings: 1",
        "Letters: 0",
        "Time: 1 h 30 min, of 6 h",
        "Promises kept: 1, still due 1",
    ]


def test_the_lines_of_the_day(review: ReviewDialog) -> None:
    assert rows(review.day_page.contacts) == [
        "Contacts: 5 · not reached: 1 · unplanned: 1",
        "Anna → 27 Nov",
        "Boris → 27 Nov",
        "Clara → 27 Nov",
        "Dmitri → 27 Nov",
        "Caller → 27 Nov",
    ]
    assert rows(review.day_page.rest) == [
        "Not done: 2",
        "Fedorov still there",
        "Gusev still there",
        "Moved to another date: 1",
        "Egor → 26 Nov",
        "Promises still due: 1",
        "Dmitri due today",
        "Promises kept: 1",
        "Anna",
        "Promised on this day: 1",
        "Dmitri by 25 Nov",
    ]
    caller = review.day_page.contacts.lines.rows[5]
    assert isinstance(caller, Line)
    assert "unplanned" in caller.spoken
    assert review.closing.text() == (
        "2 dossiers are left under the day. Tomorrow: 2 contacts, 40 min."
    )


def test_what_is_left_is_re_filed_one_after_the_other_and_back(
    window: MainWindow, review: ReviewDialog, qtbot: QtBot
) -> None:
    rest = review.day_page.rest
    assert rest.hasFocus()
    assert rest.current is not None and rest.current.name == "Fedorov"
    press(Qt.Key.Key_R)
    dialog = on_top(window, qtbot, RefileDialog)
    assert dialog.title.text() == "Re-file: Fedorov"
    QTest.keyClicks(QApplication.focusWidget(), "fri")
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: not dialog.isVisible())

    assert load_dossier("Fedorov").place == day_place(FRIDAY)
    assert rows(rest)[:5] == [
        "Not done: 1",
        "Gusev still there",
        "Moved to another date: 2",
        "Fedorov → 27 Nov",
        "Egor → 26 Nov",
    ]
    assert figures(review)[0] == "Plan done: 4 of 7, left 1"
    assert rest.current.name == "Gusev"  # the next that is not dealt with
    back_to(review, qtbot, rest)
    press(Qt.Key.Key_Z, CTRL)
    assert load_dossier("Fedorov").place == day_place(TODAY)
    assert rows(rest)[:2] == ["Not done: 2", "Fedorov still there"]
    assert figures(review)[0] == "Plan done: 4 of 7, left 2"


def test_enter_re_files_several_and_l_logs(
    window: MainWindow, review: ReviewDialog, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    press(Qt.Key.Key_Return)
    dialog = on_top(window, qtbot, RefileDialog)
    assert dialog.title.text() == "Re-file 2 dossiers"
    press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not dialog.isVisible())
    back_to(review, qtbot, review.day_page.rest)
    # The same key in the Russian layout.
    russian = QKeyEvent(QKeyEvent.Type.KeyPress, 0x414, NO_KEY, "д")
    QApplication.sendEvent(review.day_page.rest, russian)
    logging = on_top(window, qtbot, LogDialog)
    assert logging.title.text() == "Log & re-file: Gusev"
    QTest.keyClicks(logging.text, "Sent it")
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: not logging.isVisible())
    assert figures(review)[0] == "Plan done: 5 of 7, left 1"
    assert rows(review.day_page.contacts)[-1].startswith("Gusev")


def test_enter_on_a_contact_opens_its_dossier(
    window: MainWindow, review: ReviewDialog, qtbot: QtBot
) -> None:
    review.day_page.contacts.setFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not review.isVisible())
    assert window.panel.uid == "Boris"
    assert window.slot.date == FRIDAY


def test_dates_for_all_close_the_day(
    window: MainWindow, review: ReviewDialog, qtbot: QtBot
) -> None:
    """Appointments are agreed anew, the others get the next days; then the day is closed."""
    press(Qt.Key.Key_Return, CTRL)
    dates = on_top(window, qtbot, BalanceDialog)
    assert [(item.item.uid, item.to) for item in dates.ticked] == [("Gusev", TOMORROW)]
    fixed, slip = dates.rows.plan.staying
    assert (fixed.item.uid, slip.item.sheet.todo) == ("Fedorov", "drawing")
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: not dates.isVisible())
    assert load_dossier("Gusev").place == day_place(TOMORROW)
    assert load_dossier("Gusev").carried is None  # the day is not over: nothing was left behind
    assert review.day_page.closed.isHidden()

    for slip in load_dossier("Dmitri").slips:
        assert slip.on == TODAY  # of the promise that is due
    review._desk.act(lambda: contacts.log_contact("Fedorov", contacts.Contact()))
    assert review.day_page.closed.sentence.text() == (
        "No dossier is left under the day; 1 slip still lies there."
    )
    promise = load_dossier("Dmitri").promises[0]
    review._desk.act(lambda: keep_promise("Dmitri", promise.uid))
    closed = review.day_page.closed
    assert closed.sentence.text() == "The day is closed: nothing is left under it."
    assert closed.next_words.text() == "Tomorrow: 3 contacts, 1 h"
    assert review.primary_button.isHidden()
    back_to(review, qtbot, closed.next_day)
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not review.isVisible())
    assert window.slot.date == TOMORROW


def test_turning_to_other_days(review: ReviewDialog) -> None:
    press(Qt.Key.Key_PageDown, CTRL)
    assert review.day == TODAY  # the days to come have no review
    assert not review.after_button.isEnabled()
    press(Qt.Key.Key_PageUp, CTRL)
    assert review.title.text() == "Tuesday, November 2026"
    assert "Late left behind" in rows(review.day_page.rest)
    assert figures(review)[0] == "Plan done: 0 of 1, left 1"
    assert review.primary_button.isVisible()
    press(Qt.Key.Key_PageDown, CTRL)
    assert review.day == TODAY


def test_days_of_which_no_plan_is_known_say_so(review: ReviewDialog) -> None:
    review.look_at(Span.DAY, YESTERDAY - timedelta(days=1))
    assert review.line.text() == "Day review · No plan is kept of this day"
    assert review.day_page.nothing.isVisible()
    assert review.day_page.nothing.isAncestorOf(QApplication.focusWidget())
    assert figures(review)[0] == "Plan done: –"
    review.look_at(Span.DAY, (clock.now() - timedelta(days=61)).date())
    assert review.day_page.contacts.isVisible()
    assert "What was planned is not known" in review.closing.text()


def test_an_empty_day_leads_to_the_week(review: ReviewDialog, qtbot: QtBot) -> None:
    keep_promise("Dmitri", load_dossier("Dmitri").promises[0].uid)
    clock.set_today(date(2026, 12, 20))
    review._desk.look_at_clock()
    assert review.day == TODAY
    press(Qt.Key.Key_T, CTRL)
    assert review.numeral.accessibleName() == "20"
    assert review.day_page.nothing.isVisible()
    press(Qt.Key.Key_Space)  # on its button
    wait_for(qtbot, review, Span.WEEK)
    assert review.numeral.accessibleName() == "14–20"


# --- a week, a month


def test_the_week_and_its_charts(review: ReviewDialog, qtbot: QtBot) -> None:
    press(Qt.Key.Key_2, CTRL)
    wait_for(qtbot, review, Span.WEEK)
    page = review.span_page
    assert (review.numeral.accessibleName(), review.title.text()) == ("23–29", "November 2026")
    assert review.line.text() == "Week in review · not over yet"
    assert page.sentence.text() == (
        "6 contacts so far, 6 more than the week before. 4 of 8 planned contacts are done."
    )
    assert [part.label for part in page.plan.parts][:3] == ["Mo 23", "Tu 24", "We 25"]
    assert [list(series.values) for series in page.plan.series] == [
        [0, 0, 4, 0, 0, 0, 0],
        [0, 1, 3, 0, 0, 0, 0],
    ]
    assert list(page.minutes.series[0].values)[1:3] == [15, 90]
    assert page.minutes.parts[2].mark == 360
    assert page.minutes.parts[5].mark is None  # Saturday
    assert [part.name for part in page.ways.parts][:3] == ["Calls out", "Calls in", "Meetings"]
    assert list(page.ways.series[0].values) == [4, 1, 1, 0, 0, 0]
    assert page.plan.hasFocus()
    for key in (Qt.Key.Key_L, Qt.Key.Key_M, Qt.Key.Key_D):  # about lines, and there are none
        press(key, CTRL)
    assert review.isVisible()
    assert not review.findChildren(QDialog)


def test_a_chart_is_read_by_keyboard(review: ReviewDialog, qtbot: QtBot) -> None:
    press(Qt.Key.Key_2, CTRL)
    wait_for(qtbot, review, Span.WEEK)
    plan = review.span_page.plan
    assert plan.said == "Mo 23 Nov: planned 0, done 0"
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Right)
    assert plan.said == "We 25 Nov: planned 7, done 4"
    assert plan.accessibleName() == "Plan and fact. We 25 Nov: planned 7, done 4"
    assert "Tu 24 Nov: planned 1, done 0" in plan.accessibleDescription()
    press(Qt.Key.Key_Left)
    press(Qt.Key.Key_Return)
    wait_for(qtbot, review, Span.DAY)
    assert review.day == YESTERDAY
    assert review.spans.value == Span.DAY
    assert review.day_page.rest.hasFocus()


def test_the_month_is_the_sum_that_the_service_gives(review: ReviewDialog, qtbot: QtBot) -> None:
    press(Qt.Key.Key_3, CTRL)
    wait_for(qtbot, review, Span.MONTH)
    assert (review.numeral.accessibleName(), review.title.text()) == ("November", "2026")
    found = reviewing.review_span(date(2026, 11, 1), date(2026, 11, 30))
    assert review.found == found
    assert len(review.span_page.plan.parts) == 30
    press(Qt.Key.Key_PageUp, CTRL)
    qtbot.waitUntil(lambda: review.numeral.accessibleName() == "October", timeout=20_000)
    wait_for(qtbot, review, Span.MONTH)
    assert review.after_button.isEnabled()
    assert review.span_page.plan.empty == "no plan is kept of these days"


def test_what_changes_while_a_week_is_seen_is_read_anew(review: ReviewDialog, qtbot: QtBot) -> None:
    review.look_at(Span.WEEK)
    wait_for(qtbot, review, Span.WEEK)
    review._desk.act(lambda: contacts.log_contact("Gusev", contacts.Contact()))
    assert not review.print_button.isEnabled()  # what is seen is not what is there
    wait_for(qtbot, review, Span.WEEK)
    assert review.span_page.sentence.text().startswith("7 contacts so far")


def test_leaving_while_days_are_read(review: ReviewDialog, qtbot: QtBot) -> None:
    review.look_at(Span.MONTH)
    with qtbot.waitSignal(review.destroyed):
        press(Qt.Key.Key_Escape)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_words_fit_at_the_least_size(window: MainWindow, qtbot: QtBot, language: str) -> None:
    use_language(language)
    window.resize(1024, 640)
    dialog = ReviewDialog(window, window.desk, TODAY)
    dialog.open()
    qtbot.waitExposed(dialog)
    dialog.look_at(Span.WEEK)
    wait_for(qtbot, dialog, Span.WEEK)
    assert dialog.width() <= 1024
    assert dialog.minimumSizeHint().width() <= dialog.width()
    assert dialog.height() <= 640
    for chart in dialog.span_page.charts:
        assert chart.height() >= chart.minimumSizeHint().height()
    dialog.done(0)


# --- onto paper and into a file


def test_saved_as_csv_by_keyboard(review: ReviewDialog, qtbot: QtBot, tmp_path: Path) -> None:
    review.look_at(Span.WEEK)
    wait_for(qtbot, review, Span.WEEK)
    press(Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: bool(review.findChildren(QFileDialog)))
    asked = review.findChild(QFileDialog)
    name = asked.findChild(QLineEdit)
    assert name.text() == "2026-11-23 – 2026-11-29.csv"
    name.setText(str(tmp_path / "week"))
    QTest.keyClick(name, Qt.Key.Key_Return)
    file = tmp_path / "week.csv"
    qtbot.waitUntil(file.exists)
    week = reviewing.review_span(date(2026, 11, 23), date(2026, 11, 29))
    assert file.read_bytes() == reviewing.review_table(week)
    assert review._toast.text == "Saved: week.csv"


def test_a_table_that_cannot_be_written_is_told(review: ReviewDialog, tmp_path: Path) -> None:
    review.save(str(tmp_path / "no such folder" / "day.csv"))
    assert "day.csv cannot be written" in review._problem.text()
    review.save(str(tmp_path / "day.csv"))
    assert len((tmp_path / "day.csv").read_text("utf-8-sig").splitlines()) == 2
    assert review._problem.isHidden()


@pytest.mark.parametrize("span", [Span.DAY, Span.MONTH])
def test_printed_as_seen_and_discreet(
    window: MainWindow, review: ReviewDialog, qtbot: QtBot, tmp_path: Path, span: Span
) -> None:
    review.look_at(span)
    wait_for(qtbot, review, span)
    press(Qt.Key.Key_P, CTRL)
    dialog = on_top(window, qtbot, ReviewPrintDialog)
    qtbot.waitUntil(dialog.save_button.isEnabled, timeout=20_000)
    file = tmp_path / "review.pdf"
    with qtbot.waitSignal(dialog.accepted):
        dialog.save(str(file))
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(file.read_bytes())).pages)
    if span is Span.DAY:
        assert "Sent the estimate" in text
        assert "His secret" not in text
    else:
        assert "Plan and fact".upper() in text.upper()
        assert "November 2026" in text


# --- everything by keyboard


def test_everything_is_reached_by_tab_and_has_a_name(review: ReviewDialog) -> None:
    review.today_button.setFocus()
    names = [review.today_button.text()]
    for _ in range(20):
        press(Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        names.append(focused.accessibleName() or focused.property("text"))
        if focused is review.primary_button:
            break
    assert names == [
        "Today", "Before", "Day", "Contacts", "Not done, and promises", "Re-file…", "Log…",
        "To the dossier", "Print…", "Save as CSV…", "Close", "Give dates…",
    ]  # fmt: skip


def test_a_chart_tells_what_the_pointer_is_on(qtbot: QtBot) -> None:
    chart = BarChart("Plan")
    qtbot.addWidget(chart)
    chart.resize(400, 200)
    parts = [Part("1", "first", mark=9), Part("2", "second")]
    chart.show_series(
        parts, [Series("done", [3, 5]), Series("rest", [1, 0], pale=True)], "n{}".format
    )
    chart.show()
    qtbot.waitExposed(chart)
    assert chart.highest == 9
    spot = QPointF(chart.plot.right() - 20, 100)
    none = Qt.MouseButton.NoButton
    moved = QMouseEvent(QMouseEvent.Type.MouseMove, spot, spot, none, none, NO_KEY)
    QApplication.sendEvent(chart, moved)
    assert chart.said == "second: n1"
    with qtbot.waitSignal(chart.opened) as opened:
        QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(chart.plot.left() + 60, 100))
    assert opened.args == [0]


def test_lying_bars_by_keyboard(qtbot: QtBot) -> None:
    chart = RankChart("Ways", mark_name="before")
    qtbot.addWidget(chart)
    chart.resize(300, 160)
    chart.show_series([Part("a", "a", mark=4), Part("b", "b")], [Series("now", [2, 0])], str)
    said: list[str] = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End):
        QTest.keyClick(chart, key)
        said.append(chart.said)
    assert said == ["a: 0", "b: 1", "a: 0", "b: 1"]
    assert chart.part_at(QPoint(20, chart.plot.top() + 2)) == 0
    assert not chart.grab().isNull()
