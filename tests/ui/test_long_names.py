"""A dossier whose name is a page long: what opens over the window keeps its shape."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from dossier_app.domain.place import day_place
from dossier_app.domain.records import Dossier, NextStep, Person, StepKind
from dossier_app.services.dossiers import create_dossier
from dossier_app.ui.dialogs.base import PaperDialog
from dossier_app.ui.main_window import MainWindow
from tests.conftest import TODAY

LONG = "long"
SHORT_ENOUGH = 120  # letters of a title: two lines at most
NAMES = ("Ы" * 5_000, "слово " * 900, "<b>&\"' " * 700)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "act",
    ["log", "log_not_reached", "move", "slip", "checkpoints", "print_dossier", "merge_with",
     "erase"],
)  # fmt: skip
def test_titles_are_cut(
    main: MainWindow, opened: Callable[[], QDialog], qtbot: QtBot, act: str, name: str
) -> None:
    step = NextStep(StepKind.CALL, name)
    person = Person(name, main=True)
    create_dossier(Dossier(uid=LONG, people=[person], place=day_place(TODAY), step=step))
    main.refresh()
    main.open_dossier(LONG)
    getattr(main.actions_, act)(LONG)
    dialog = opened()
    assert isinstance(dialog, PaperDialog)
    assert len(dialog.title.text()) <= SHORT_ENOUGH
    assert dialog.width() <= main.width()
    assert dialog.height() <= main.height()
    dialog.reject()
