"""A new client, doubles and their merging, erasing."""

from __future__ import annotations

from collections.abc import Iterator

from dossier_app.domain.records import ContactKind, ContactPoint, Dossier, Person
from dossier_app.services.dossiers import create_dossier
from dossier_app.ui.dialogs.erase import EraseDialog
from dossier_app.ui.dialogs.merge_with import MergeWithDialog
from dossier_app.ui.dialogs.new_dossier import NewDossierDialog
from dossier_app.ui.main_window import MainWindow
from scenes.stage import Scene, acting, child, settle, uid_of


def scenes() -> Iterator[Scene]:
    yield Scene("new", acting("new_dossier", client=False))
    yield Scene("new-known", _new_known)
    yield Scene("doubles-none", acting("doubles", client=False))
    yield Scene("doubles", _doubles)
    yield Scene("merge-with", _merge_with)
    yield Scene("merge", _merge)
    yield Scene("erase", _erase)
    yield Scene("erase-typed", _erase_typed)


def _new_known(window: MainWindow) -> None:
    """Somebody who is in the binder already."""
    window.actions_.new_dossier()
    dialog = child(window, NewDossierDialog)
    dialog.name.setText("Иванова Марина")
    dialog.phone.setText("89260004567")
    settle(600)  # doubles are looked for after a pause


def _double() -> str:
    """A second dossier of the same client, with another word on everything."""
    point = ContactPoint(ContactKind.PHONE, "+7 926 000-45-67")
    person = Person("Иванова", "Марина", position="директор", main=True, contact_points=[point])
    dossier = Dossier(company="Ромашка", source="выставка", people=[person])
    create_dossier(dossier)
    return dossier.uid


def _doubles(window: MainWindow) -> None:
    _double()
    window.actions_.doubles()
    settle(400)


def _merge_with(window: MainWindow) -> None:
    window.actions_.merge_with(uid_of("Иванова Марина"))
    child(window, MergeWithDialog)


def _merge(window: MainWindow) -> None:
    uid = uid_of("Иванова Марина")
    window.actions_.merge(uid, _double())


def _erase(window: MainWindow) -> None:
    window.actions_.erase(uid_of("Иванова Марина"))


def _erase_typed(window: MainWindow) -> None:
    _erase(window)
    dialog = child(window, EraseDialog)
    dialog.name.setText("Иванов")
    dialog.primary_button.click()
