"""The menu of the window."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from dossier_app.domain.language import current_language, tr

if TYPE_CHECKING:
    from dossier_app.ui.actions import Actions


def make_menu(actions: Actions, listed: Mapping[str, tuple[str, str]]) -> QMenu:
    """All that is not on the window itself. ``listed`` has keys and title of the actions
    that have a key, by the name of their method."""
    menu = QMenu(actions.window)
    for group in (
        ("log_current", "move_current", "balance", "review", "new_dossier"),
        ("new_slip", "new_loose_sheet"),
        ("print_current", "print_day", "print_more", "import_contacts", "export"),
        ("undo", "redo"),
    ):
        for name in group:
            keys, title = listed[name]
            _add(menu, tr(title), getattr(actions, name), keys)
        if "new_slip" in group:
            _add(menu, tr("Checkpoints of a job…"), actions.checkpoints_current)
        menu.addSeparator()
    handover = menu.addMenu(tr("Absence and handover"))
    for name in ("plan_absence", "handovers"):
        keys, title = listed[name]
        _add(handover, tr(title), getattr(actions, name), keys)
    _add(handover, tr("Open a package…"), actions.ask_package)
    language = menu.addMenu(tr("Language"))
    for code, title in (("ru", "Русский"), ("en", "English")):
        action = _add(language, title, partial(actions.window.language_wanted.emit, code))
        action.setCheckable(True)
        action.setChecked(code == current_language())
    theme = menu.addMenu(tr("Colours"))
    for name, title in (
        ("system", tr("As the system")),
        ("light", tr("Light")),
        ("dark", tr("Dark")),
    ):
        _add(theme, title, partial(actions.window.theme_wanted.emit, name))
    _add(menu, tr("Look for duplicates…"), actions.doubles)
    _add(menu, tr("Calendar…"), actions.calendar)
    _add(menu, tr("Forms…"), actions.forms)
    _add(menu, tr("Settings…"), actions.settings)
    _add(menu, tr("Protection…"), actions.protect)
    _add(menu, tr("Backups…"), actions.backups)
    if not actions.window.unprotected.isVisible():
        _add(menu, tr("Lock"), actions.lock)
    menu.addSeparator()
    _add(menu, tr("Keys"), actions.help, "F1")
    return menu


def _add(menu: QMenu, title: str, slot: object, keys: str = "") -> QAction:
    # The key is shown; the shortcut of the window does the work.
    shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
    action = menu.addAction(f"{title}\t{shown}" if shown else title)
    action.triggered.connect(slot)
    return action
