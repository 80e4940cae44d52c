"""The binder itself: pages, trays, search, the menu."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from dossier_app.domain.binder import (
    IN_TRAY,
    LEFT_BEHIND,
    TO_SPREAD,
    Slot,
    SlotKind,
    day_slot,
)
from dossier_app.domain.place import Month, day_place
from dossier_app.services import undoing
from dossier_app.ui.dossier.head import MoreButton
from dossier_app.ui.main_window import MainWindow
from scenes.stage import TODAY, Act, Scene, child, open_client, settle


def scenes() -> Iterator[Scene]:
    yield Scene("window", open_client)
    yield Scene("window-start", lambda _: settle())
    yield Scene("window-toast", _toast)
    yield Scene("window-tomorrow", _at(day_slot(TODAY + timedelta(days=1))))
    yield Scene("window-left-behind", _at(LEFT_BEHIND))
    yield Scene("window-to-spread", _at(TO_SPREAD))
    yield Scene("window-tray", _at(IN_TRAY))
    yield Scene("window-empty-day", _at(day_slot(TODAY + timedelta(days=3))))
    yield Scene("window-month", _at(Slot(SlotKind.MONTH, month=Month(2027, 1))))
    yield Scene("window-nothing", lambda _: settle(), who="empty")
    yield Scene("search", _search("926"))
    yield Scene("search-nothing", _search("несуществующий"))
    yield Scene("menu", _menu)
    yield Scene("panel-menu", _panel_menu)


def _at(slot: Slot) -> Act:
    return lambda window: window.open_slot(slot)


def _toast(window: MainWindow) -> None:
    uid = window.page.sheet.uid
    window.refile([uid], day_place(TODAY + timedelta(days=13)))
    settle()
    undoing.undo()


def _search(text: str) -> Act:
    def act(window: MainWindow) -> None:
        window.actions_.find()
        window.topbar.search.edit.setText(text[:-1])
        window.topbar.search.edit.insert(text[-1])
        settle(300)

    return act


def _menu(window: MainWindow) -> None:
    window.actions_.menu().popup(window.mapToGlobal(window.rect().topRight()))


def _panel_menu(window: MainWindow) -> None:
    open_client(window)
    child(window.panel, MoreButton).click()
