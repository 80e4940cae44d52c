"""Days that are too full, left behind, or off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from dossier_app.domain.binder import LEFT_BEHIND, day_slot
from dossier_app.ui.dialogs.calendar_editor import CalendarDialog, LeaveDialog
from dossier_app.ui.dialogs.other_day import OtherDayDialog
from dossier_app.ui.main_window import MainWindow
from scenes.stage import TODAY, Scene, acting, child


def scenes() -> Iterator[Scene]:
    yield Scene("window-one-day-left", _one_day_left)
    yield Scene("window-overfull", _overfull)
    yield Scene("balance", _balance)
    yield Scene("give-dates", lambda window: window.actions_.give_dates(LEFT_BEHIND))
    yield Scene("catch-up", _first_day_back)
    yield Scene("calendar", acting("calendar", client=False))
    yield Scene("calendar-leave", _leave)
    yield Scene("other-day", _other_day)


def _overfull(window: MainWindow) -> None:
    """Tomorrow with more than fits."""
    desk = window.desk
    desk.save_settings(replace(desk.settings, contacts=[6] * 7))
    window.open_slot(day_slot(TODAY + timedelta(days=1)))


def _balance(window: MainWindow) -> None:
    _overfull(window)
    window.actions_.balance()


def _one_day_left(window: MainWindow) -> None:
    window.open_slot(LEFT_BEHIND)
    window.page.step_day(1)


def _first_day_back(window: MainWindow) -> None:
    window.actions_.catch_up(TODAY - timedelta(days=9))


def _leave(window: MainWindow) -> None:
    window.actions_.calendar()
    child(window, CalendarDialog).leave_button.click()
    dialog = child(window, LeaveDialog)
    dialog.first.set_text("7.12")
    dialog.last.set_text("18.12")


def _other_day(window: MainWindow) -> None:
    OtherDayDialog(window, window.desk, "Лебедев Сергей", TODAY + timedelta(days=2)).open()
