"""What is done with a document: open, save, rename, mark as private, remove."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMenu, QWidget

from dossier_app.domain.documents import Versions
from dossier_app.domain.errors import Refusal
from dossier_app.domain.filenames import disk_name, stem_of
from dossier_app.domain.language import tr
from dossier_app.domain.records import Document
from dossier_app.services import documents as service
from dossier_app.services.documents import new_name
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.base import PaperDialog
from dossier_app.ui.dialogs.files import ask_files, ask_where
from dossier_app.ui.dialogs.labelled import labelled
from dossier_app.ui.dossier.document_traffic import DocumentTraffic, Source
from dossier_app.ui.dossier.inputs import Line


class DocumentActions(QObject):
    """The actions of the documents of the dossier ``uid``, asked for from ``view``."""

    def __init__(self, desk: Desk, traffic: DocumentTraffic, view: QWidget) -> None:
        super().__init__(view)
        self.uid = ""
        self._desk, self._traffic, self._view = desk, traffic, view
        traffic.copied.connect(self._show_copy)

    def bring_in(self, uid: str, sources: Sequence[Source]) -> None:
        """Keep files in the dossier ``uid``. Mails, and folders of them, go into its history,
        after a look at what will happen."""
        mails = [item for item in sources if isinstance(item, Path) and service.holds_mail(item)]
        self._traffic.bring_in(uid, [item for item in sources if item not in mails])
        if mails:
            from dossier_app.ui.dialogs.import_dialog import ImportDialog

            ImportDialog(self._view.window(), self._desk, mails, into=uid).open()

    def drop_menu(self, versions: Versions, document: Document, where: QPoint) -> None:
        """Drop down what can be done with a document."""
        menu = self.menu(versions, document)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(where)

    def menu(self, versions: Versions, document: Document) -> QMenu:
        """What can be done with ``document``, one of ``versions``."""
        menu = QMenu(self._view)
        menu.addAction(tr("Open"), partial(self.open, document))
        menu.addAction(tr("Save as…"), partial(self.save, document))
        menu.addSeparator()
        menu.addAction(tr("Rename…"), partial(self.rename, document))
        private = menu.addAction(tr("Private: not on discreet pages"))
        private.setCheckable(True)
        private.setChecked(document.private)
        private.triggered.connect(partial(self._set_private, document, not document.private))
        menu.addSeparator()
        if len(versions.all) > 1:
            menu.addAction(
                tr("Remove version {n}", n=versions.number(document)),
                partial(self.remove_version, versions, document),
            )
            menu.addAction(tr("Remove all versions"), partial(self.remove, document))
        else:
            menu.addAction(tr("Remove"), partial(self.remove, document))
        return menu

    def open(self, document: Document) -> None:
        """Open a private copy, which is removed later, with the system's program."""
        self._traffic.open_copy(document)

    def save(self, document: Document) -> None:
        """Ask where a document is to be written."""
        ask_where(
            self._view,
            tr("Save the document as"),
            tr("All files (*)"),
            disk_name(document.name),
            partial(self._save_to, document),
        )

    def add(self) -> None:
        """Ask for files to keep."""
        chosen = partial(self._add_files, self.uid)
        ask_files(self._view, tr("Add files to the dossier"), "", chosen)

    def rename(self, document: Document) -> None:
        """Ask for another name."""
        RenameDialog(self._view, self._desk, self.uid, document).open()

    def remove(self, document: Document) -> None:
        """Take a document out with all its versions; undo brings it back."""
        self._desk.act(
            partial(service.remove, self.uid, document.uid),
            initiator=self._view,
            said=tr("Removed: {name}", name=document.name),
        )

    def remove_version(self, versions: Versions, document: Document) -> None:
        """Take one version out; undo brings it back."""
        number = versions.number(document)
        self._desk.act(
            partial(service.remove_version, self.uid, document.uid),
            initiator=self._view,
            said=tr("Removed: {name}, version {n}", name=document.name, n=number),
        )

    def _set_private(self, document: Document, private: bool) -> None:
        action = partial(service.set_private, self.uid, document.uid, private)
        self._desk.act(action, initiator=self._view)

    def _save_to(self, document: Document, path: str) -> None:
        self._traffic.save(document, Path(path))

    def _add_files(self, uid: str, paths: list[str]) -> None:
        self._traffic.bring_in(uid, [Path(path) for path in paths])

    def _show_copy(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._desk.refused.emit(
                tr("No program was found that opens {name}. Save it to see it elsewhere.",
                   name=path.name)
            )  # fmt: skip


class RenameDialog(PaperDialog):
    """Another name for a document and its versions."""

    def __init__(self, window: QWidget, desk: Desk, uid: str, document: Document) -> None:
        super().__init__(window, tr("Rename the document"), width=480)
        self._desk, self._uid, self._document = desk, uid, document
        self.name = Line()
        self.name.setText(document.name)
        self.name.setSelection(0, len(stem_of(document.name)))
        self.name.returnPressed.connect(self.press_primary)
        self.body.addLayout(labelled(tr("Name"), self.name))
        self.add_buttons(tr("Rename"))

    def submit(self) -> bool:
        wish = self.name.text()
        try:
            new_name(self._uid, self._document.uid, wish)
        except Refusal as refusal:
            self.show_problem(str(refusal))
            return False
        action = partial(service.rename, self._uid, self._document.uid, wish)
        return self._desk.act(action, initiator=self) is not None
