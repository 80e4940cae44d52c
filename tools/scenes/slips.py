"""Slips, loose sheets, checkpoints; reminders in the corner."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from functools import partial

from PySide6.QtCore import QPoint

from dossier_app.domain.binder import day_slot
from dossier_app.domain.records import Slip, SlipKind
from dossier_app.domain.sheets import SheetType
from dossier_app.services import slips
from dossier_app.ui.dialogs.checkpoints import CheckpointsDialog
from dossier_app.ui.dialogs.slip import SlipDialog
from dossier_app.ui.main_window import MainWindow
from dossier_app.ui.reminders import ReminderWatch
from scenes.stage import TODAY, Scene, acting, child, uid_of


def scenes() -> Iterator[Scene]:
    yield Scene("window-slips", _busy)
    yield Scene("window-reminder", _reminders)
    yield Scene("row-menu", _row_menu)
    yield Scene("slip", _slip_again)
    yield Scene("loose-sheet", acting("new_loose_sheet", client=False))
    yield Scene("checkpoints", _checkpoints)


def _busy(window: MainWindow) -> None:
    """Today with a loose sheet and a slip that comes again, at their times."""
    sheet = Slip(SlipKind.REMINDER, TODAY, "Сдать авансовый отчёт за командировку", time(0, 5))
    again = Slip(
        SlipKind.REMINDER, TODAY, "Сверить остатки по счёту", time(0, 10), repeat="FREQ=WEEKLY"
    )
    window.desk.act(partial(slips.add_slip, sheet))
    window.desk.act(partial(slips.add_slip, again, uid_of("Иванова Марина")))
    window.open_slot(day_slot(TODAY))
    window.page.select(sheet.uid)


def _row_menu(window: MainWindow) -> None:
    _busy(window)
    row = next(item for item in window.page.rows.sheets.sheets if item.type is SheetType.SLIP)
    window.page.select(row.uid)
    window.rows_.menu().popup(window.page.rows.mapToGlobal(QPoint(120, 120)))


def _reminders(window: MainWindow) -> None:
    _busy(window)
    watch = ReminderWatch(window.desk)
    window.show_reminders(watch)
    watch.look()
    window.corner.more.click()


def _slip_again(window: MainWindow) -> None:
    acting("new_slip")(window)
    dialog = child(window, SlipDialog)
    dialog.text.setText("Спросить, как идёт монтаж на «Прогрессе»")
    dialog.repeat.edit.setText("каждый второй вторник")
    dialog.when.edit.setText("вт 15:30")


def _checkpoints(window: MainWindow) -> None:
    acting("checkpoints_current")(window)
    dialog = child(window, CheckpointsDialog)
    dialog.job.setText("Электрика нового цеха")
    dialog.end.edit.setText("15.02")
