"""A long print: the window lives while it is read and drawn, tells how far it is, and stops."""

from __future__ import annotations

import io
from itertools import pairwise
from time import perf_counter

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QThreadPool, QTimer

from dossier_app.services.sample import fill_with_sample
from dossier_app.storage import dossiers
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.print_more import MorePrint, PrintMoreDialog
from dossier_app.ui.work import SHOWN_AFTER, finish_all

CLIENTS = 150
STANDSTILL = 0.5  # seconds; the bench holds it to a fifth, on a machine with nothing else to do


@pytest.fixture
def full_desk(qapp, binder_open):
    fill_with_sample(CLIENTS)
    made = Desk(binder_open)
    yield made
    made.close()


@pytest.fixture
def dialog(qtbot, window, full_desk, show):
    made = show(PrintMoreDialog(window, full_desk))
    qtbot.waitUntil(made.primary_button.isEnabled, timeout=20_000)  # the occasions are drawn
    yield made
    finish_all()
    assert QThreadPool.globalInstance().activeThreadCount() == 0


def test_the_window_lives_and_tells_how_far_it_is(qtbot, dialog):
    beats, said, drawn = [], [], []
    heart = QTimer()
    heart.timeout.connect(lambda: beats.append(perf_counter()))
    dialog.reading.advanced.connect(lambda *_: said.append(dialog.work_bar.text.text()))
    dialog.work.advanced.connect(lambda done, total: drawn.append((done, total)))
    heart.start(5)
    dialog.kinds[MorePrint.BINDER].click()
    assert not dialog.primary_button.isEnabled()
    with qtbot.waitSignal(dialog.work.done, timeout=60_000):
        pass
    heart.stop()
    assert max(b - a for a, b in pairwise(beats)) < STANDSTILL
    assert said[0].startswith("Read: ")
    assert {total for _, total in drawn} != {0}
    assert [done for done, _ in drawn] == sorted(done for done, _ in drawn)
    assert dialog.primary_button.isEnabled()
    assert dialog.work_bar.bar.accessibleName().startswith("Drawn: ")
    pages = PdfReader(io.BytesIO(dialog._printed.data)).pages
    assert dialog.preview.pages.count == len(pages) > CLIENTS


def test_leaving_stops_the_reading(qtbot, dialog, monkeypatch):
    read = []
    load = dossiers.load
    monkeypatch.setattr(dossiers, "load", lambda uid: read.append(uid) or load(uid))
    dialog.kinds[MorePrint.BINDER].click()
    qtbot.waitUntil(lambda: len(read) > 5, timeout=10_000)
    dialog.reject()
    count = len(read)
    qtbot.wait(100)
    assert len(read) == count < CLIENTS


def test_another_choice_stops_the_drawing(qtbot, dialog):
    dialog.kinds[MorePrint.BINDER].click()
    with qtbot.waitSignal(dialog.work.advanced, timeout=30_000):
        pass
    dialog.kinds[MorePrint.KIT].click()
    with qtbot.waitSignal(dialog.work.done, timeout=60_000):
        pass
    assert "Binder kit" in dialog._prepared.title
    qtbot.wait(SHOWN_AFTER)
    assert not dialog.work_bar.isVisible()
    assert dialog.primary_button.isEnabled()
