"""What the window can do about handovers; a part of its actions."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from dossier_app.domain.changes import Changes
from dossier_app.domain.handover import BEGINNING, ENDING
from dossier_app.domain.handover.records import Direction, Handover
from dossier_app.domain.language import tr

if TYPE_CHECKING:
    from dossier_app.ui.main_window import MainWindow

# Names of the actions that begin, change or end a handover.
_ACTIONS = ("hand_over", "take_over", "take_back", "handover_prolong", "handover_end")


def is_package_file(path: Path) -> bool:
    """By its name, or by how it begins: a mail program may have given it another name."""
    if path.suffix.lower() == ENDING:
        return True
    if not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            return file.read(len(BEGINNING)) == BEGINNING
    except OSError:
        return False


def holds_package(data: QMimeData) -> bool:
    """True for something dragged that has a package in it."""
    return any(
        url.isLocalFile() and is_package_file(Path(url.toLocalFile())) for url in data.urls()
    )


class HandoverActions(QObject):
    """Opens the dialogs of handovers above the window. They are imported when they are
    first opened: start-up time."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window
        window.desk.changed.connect(self._follow)

    def plan_absence(self) -> None:
        """Plan the days in which colleagues do the work, and hand it over."""
        from dossier_app.ui.handover.plan_dialog import PlanAbsenceDialog

        PlanAbsenceDialog(self.window, self.window.desk).open()

    def handovers(self) -> None:
        """Look after what is with colleagues, and what is theirs."""
        self._show_handovers(None)

    def open_package(self, file: Path) -> None:
        """Read a colleague's package and show what is in it."""
        self._open_above(self._above, file)

    def ask_package(self) -> None:
        """Choose the file of a colleague's package."""
        from dossier_app.ui.dialogs.files import ask_file
        from dossier_app.ui.handover.words import package_files

        above = self._above
        chosen = partial(self._open_above, above)
        ask_file(above, tr("Open a package"), package_files(), chosen)

    def handover(self, uid: str) -> None:
        """Open the handover whose band was pressed: give it back, or look after it."""
        from dossier_app.services.handover.ending import find_handover

        desk = self.window.desk
        found = desk.act(partial(find_handover, uid))
        if found is not None and found.direction is Direction.TAKEN:
            from dossier_app.ui.handover.give_back import GiveBackDialog

            GiveBackDialog(self.window, desk, found).open()
        elif found is not None:
            self._show_handovers(found)

    def _follow(self, changes: Changes, _initiator: object) -> None:
        """What is overdue stands among the notices of today, wherever its dossiers lie."""
        if changes.action in _ACTIONS:
            QTimer.singleShot(0, self.window, self.window.show_notices)

    def _open_above(self, above: QWidget, file: str | Path) -> None:
        from dossier_app.ui.handover.opening import open_package_file

        open_package_file(self.window, above, Path(file))

    def _show_handovers(self, handover: Handover | None) -> None:
        from dossier_app.ui.handover.handovers_dialog import HandoversDialog

        dialog = HandoversDialog(self.window, self.window.desk, handover)
        dialog.plan_wanted.connect(self.plan_absence)
        dialog.package_wanted.connect(self.ask_package)
        dialog.open()

    @property
    def _above(self) -> QWidget:
        """Where a dialog opens that nobody in the window asked for."""
        from dossier_app.ui.dialogs.base import PaperDialog

        dialog = QApplication.activeModalWidget()
        return dialog if isinstance(dialog, PaperDialog) else self.window
