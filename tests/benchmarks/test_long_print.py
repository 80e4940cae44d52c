"""The whole binder on paper: how long the window stands still at most meanwhile."""

from __future__ import annotations

from itertools import pairwise
from time import perf_counter

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from dossier_app.domain import clock
from dossier_app.services.session import open_session
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.print_more import MorePrint, PrintMoreDialog
from dossier_app.ui.theme import apply_theme
from dossier_app.ui.work import finish_all

from .conftest import TODAY

BEAT = 5  # milliseconds
AT_MOST = 100  # milliseconds
PATIENCE = 300_000  # milliseconds


@pytest.mark.parametrize("count", [500, 5_000])
def test_whole_binder(qtbot, prepared, report, count: int) -> None:
    """From the choice until its pages can be printed."""
    apply_theme(QApplication.instance(), dark=False)
    clock.set_today(TODAY)
    session = open_session(prepared(count), writing=False)
    desk = Desk(session)
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    dialog = PrintMoreDialog(window, desk)
    dialog.open()
    qtbot.waitUntil(dialog.primary_button.isEnabled, timeout=PATIENCE)  # the occasions are drawn
    qtbot.wait(500)
    beats = [perf_counter()]
    heart = QTimer()
    heart.setTimerType(Qt.TimerType.PreciseTimer)
    heart.timeout.connect(lambda: beats.append(perf_counter()))
    heart.start(BEAT)
    dialog.kinds[MorePrint.BINDER].click()
    with qtbot.waitSignal(dialog.work.done, timeout=PATIENCE):
        pass
    qtbot.wait(500)
    heart.stop()
    longest = max(after - before for before, after in pairwise(beats))
    pages = dialog.preview.pages.count
    what = f"longest standstill, {count:,} dossiers onto {pages:,} pages"
    report.limit(what, longest * 1000, AT_MOST, "ms")
    dialog.reject()
    finish_all()
    desk.close()
    session.close()
