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
    asked = partial(_add_listed, actions=actions, listed=listed)
    asked(menu, "log_current", "move_current", "balance", "review", "new_dossier")
    menu.addSeparator()
    asked(menu, "new_slip", "new_loose_sheet")
    _add(menu, tr("Checkpoints of a job…"), actions.checkpoints_current)
    menu.addSeparator()
    asked(menu.addMenu(tr("Printing")), "print_current", "print_day", "print_more")
    files = menu.addMenu(tr("Files and backups"))
    asked(files, "import_contacts", "export")
    _add(files, tr("Backups…"), actions.backups)
    handover = menu.addMenu(tr("Absence and handover"))
    asked(handover, "plan_absence", "handovers")
    _add(handover, tr("Open a package…"), actions.ask_package)
    menu.addSeparator()
    for name in ("undo", "redo"):
        keys, title = listed[name]
        _add(menu, tr(title), getattr(actions, name), keys)
    menu.addSeparator()
    _add(menu, tr("Look for duplicates…"), actions.doubles)
    _add(menu, tr("Calendar…"), actions.calendar)
    _add(menu, tr("Forms…"), actions.forms)
    menu.addSeparator()
    _add_choices(menu, actions)
    _add(menu, tr("Settings…"), actions.settings)
    _add(menu, tr("Protection…"), actions.protect)
    if not actions.window.unprotected.isVisible():
        _add(menu, tr("Lock"), actions.lock)
    _add(menu, tr("Keys"), actions.help, "F1")
    return menu


def _add_listed(
    menu: QMenu, *names: str, actions: Actions, listed: Mapping[str, tuple[str, str]]
) -> None:
    """Actions that open a dialog: the dots say that nothing is done yet."""
    for name in names:
        keys, title = listed[name]
        _add(menu, f"{tr(title)}…", getattr(actions, name), keys)


def _add_choices(menu: QMenu, actions: Actions) -> None:
    """Language and colours of the window."""
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


def _add(menu: QMenu, title: str, slot: object, keys: str = "") -> QAction:
    # The key is shown; the shortcut of the window does the work.
    shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
    title = title.replace("&", "&&")  # one alone would mark a key
    action = menu.addAction(f"{title}\t{shown}" if shown else title)
    action.triggered.connect(slot)
    return action
