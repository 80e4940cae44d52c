"""Planning an absence, its packages, and what is with colleagues."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from tempfile import TemporaryDirectory

from dossier_app.domain import clock
from dossier_app.domain.handover.records import Direction, Handover, State
from dossier_app.services.dossiers import load_dossier
from dossier_app.services.handover import ending
from dossier_app.services.searching import find
from dossier_app.storage import handovers as store
from dossier_app.storage import journal
from dossier_app.ui.handover.handovers_dialog import HandoversDialog
from dossier_app.ui.handover.keys_dialog import KeysDialog
from dossier_app.ui.handover.plan_dialog import PlanAbsenceDialog
from dossier_app.ui.handover.seal_dialog import SealDialog
from dossier_app.ui.main_window import MainWindow
from scenes.stage import TODAY, Scene, acting, child, settle

_COLLEAGUES = ("Петрова Анна", "Орлов Илья")


def scenes() -> Iterator[Scene]:
    yield Scene("absence-new", acting("plan_absence", client=False))
    yield Scene("absence-nothing", lambda window: _plan(window, date(2027, 8, 2), days=4))
    yield Scene("absence", _shared)
    yield Scene("absence-share", lambda window: _shared(window).look_at(_COLLEAGUES[0]))
    yield Scene("absence-packages", _packages)
    yield Scene("absence-made", _made)
    yield Scene("handovers-empty", acting("handovers", client=False))
    yield Scene("handovers", _handovers)
    yield Scene("handover-prolong", _prolong)
    yield Scene("handover-keys", lambda window: KeysDialog(window, window.desk).open())


def _plan(
    window: MainWindow, first: date = TODAY + timedelta(days=1), days: int = 19
) -> PlanAbsenceDialog:
    desk = window.desk
    desk.save_settings(replace(desk.settings, contacts=[30] * 7))
    window.actions_.plan_absence()
    dialog = child(window, PlanAbsenceDialog)
    dialog.days.show_absence(None)
    dialog.days.first.pick(first)
    dialog.days.last.pick(first + timedelta(days=days))
    dialog.days.reason.setText("отпуск")
    dialog.read()
    return dialog


def _shared(window: MainWindow) -> PlanAbsenceDialog:
    """Two colleagues, and a few lines that nobody has."""
    dialog = _plan(window)
    uids = [entry.uid for entry in dialog.rows.entries.rows]
    for number, uid in enumerate(uids[:-4]):
        dialog._draft.give([uid], _COLLEAGUES[number % 3 == 0])
    dialog._draft.give(uids[-1:], "")
    dialog.read()
    dialog.rows.choose(2)
    return dialog


def _packages(window: MainWindow) -> None:
    _shared(window).press_primary()


def _made(window: MainWindow) -> None:
    _packages(window)
    dialog = child(window, SealDialog)
    with TemporaryDirectory() as folder:
        dialog.lie_in(folder)
        dialog.press_primary()
        settle(6000)  # a passphrase takes a second each


def _handovers(window: MainWindow) -> None:
    """One of each: running, late, taken over, ended."""
    taken = [load_dossier(found.uid) for found in find("Иванова")]
    with journal.action("hand_over", clock.stamp()):
        for direction, name, first, state, merged in (
            (Direction.GIVEN, "Белова Ирина", -160, State.ENDED, 2),
            (Direction.GIVEN, "Седых Константин Львович", -16, State.OPEN, 1),
            (Direction.GIVEN, "Петрова Анна", 1, State.OPEN, 0),
            (Direction.TAKEN, "Громов Илья", -3, State.OPEN, 0),
        ):
            begins = TODAY + timedelta(days=first)
            ends = begins + timedelta(days=13)
            handover = Handover(direction, name, "", begins, ends, merged=merged, state=state)
            store.insert(handover, taken if direction is Direction.TAKEN else [])
    window.actions_.handovers()


def _prolong(window: MainWindow) -> None:
    _handovers(window)
    dialog = child(window, HandoversDialog)
    dialog.choose(next(one.uid for one in ending.all_handovers() if one.merged == 1))
    dialog.prolong()
