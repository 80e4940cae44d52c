"""A handover from both sides: taking over, giving back, the marks it leaves in the window."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from PySide6.QtTest import QTest

from dossier_app.domain.handover.records import Handover
from dossier_app.services.handover import ending
from dossier_app.ui.dialogs.handover_print import AbsenceReportDialog, HandoverPackDialog
from dossier_app.ui.handover.give_back import EndTakenDialog, GiveBackDialog
from dossier_app.ui.handover.opening import OpeningDialog
from dossier_app.ui.main_window import MainWindow
from scenes.binders import FIRST, LAST, SPOKEN, package
from scenes.stage import COLLEAGUE, NEWCOMER, OWNER, Act, Scene, child, settle


def scenes() -> Iterator[Scene]:
    late = LAST + timedelta(days=3)
    yield Scene("handover-accept", _drop("locked", SPOKEN), NEWCOMER)
    yield Scene("handover-passphrase", _drop("locked", SPOKEN[:-5]), NEWCOMER)
    yield Scene("handover-accept-again", _drop("there"), COLLEAGUE)
    yield Scene("handover-accept-changed", _drop("forged"), COLLEAGUE)
    yield Scene("handover-review", _drop("update"), OWNER, LAST)
    yield Scene("handover-give-back", _give_back("update"), COLLEAGUE)
    yield Scene("handover-give-back-final", _give_back("final"), COLLEAGUE)
    yield Scene("handover-parting", _part, COLLEAGUE, LAST)
    yield Scene("handover-print-pack", _print_pack, OWNER)
    yield Scene("handover-print-report", _print_report, COLLEAGUE, LAST)
    yield Scene("window-band-given", _open_handed_over, OWNER)
    yield Scene("window-band-taken", _open_handed_over, COLLEAGUE, FIRST)
    yield Scene("window-band-late", _open_handed_over, OWNER, late)
    yield Scene("window-handover-late", lambda _: settle(200), OWNER, late)
    yield Scene("handover-search", _search, OWNER)
    yield Scene("handover-log", _log, OWNER)


def _handover() -> Handover:
    return ending.all_handovers()[0]


def _drop(name: str, passphrase: str = "") -> Act:
    """The package on the window, and its passphrase typed."""

    def act(window: MainWindow) -> None:
        window.actions_.open_package(package(window.desk.session, name))
        settle(1500)
        if passphrase:
            dialog = child(window, OpeningDialog)
            dialog.passphrase.setText(passphrase)
            dialog.primary_button.click()
            settle(4000)

    return act


def _give_back(how: str) -> Act:
    def act(window: MainWindow) -> None:
        window.actions_.handover(_handover().uid)
        dialog = child(window, GiveBackDialog)
        dialog.how.choose(how)
        dialog.how.chosen.emit(how)

    return act


def _part(window: MainWindow) -> None:
    EndTakenDialog(window, window.desk, _handover()).open()


def _print_pack(window: MainWindow) -> None:
    dialog = HandoverPackDialog(window, window.desk, _handover())
    dialog.open()
    settle(2000)
    dialog.preview.pages.verticalScrollBar().setValue(700)


def _print_report(window: MainWindow) -> None:
    AbsenceReportDialog(window, window.desk, _handover()).open()
    settle(2000)


def _open_handed_over(window: MainWindow) -> None:
    window.open_dossier(ending.dossiers_of(_handover())[0])


def _log(window: MainWindow) -> None:
    _open_handed_over(window)
    window.actions_.log_current()


def _search(window: MainWindow) -> None:
    window.actions_.find()
    QTest.keyClicks(window.topbar.search.edit, "926")
    settle(300)
