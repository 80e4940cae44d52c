"""Beside the plan: the notes of one dossier for the colleague, and what goes along."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from dossier_app.domain.documents import with_versions
from dossier_app.domain.handover.privacy import AFTER, NOTES
from dossier_app.domain.language import tr
from dossier_app.domain.records import Dossier
from dossier_app.services.dossiers import load_dossier
from dossier_app.services.templates import templates
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.labelled import tab_through
from dossier_app.ui.dossier.document_rows import about
from dossier_app.ui.dossier.form_view import FormView
from dossier_app.ui.dossier.page import Page, clear
from dossier_app.ui.dossier.prose import Prose
from dossier_app.ui.handover import words
from dossier_app.ui.theme import SEMIBOLD, scale
from dossier_app.ui.widgets import Button, Label, Look, caps_label

NOTES_KEYS = "F2"


class NotesSide(QWidget):
    """The handover notes, edited in place, and below them the documents with a tick each."""

    documents_chosen = Signal(list, bool)  # uids of the versions, whether they stay

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.uid = ""
        self.name = Prose(weight=SEMIBOLD, most=2)
        self.write_button = Button(tr("Write notes"), Look.QUIET, keys=NOTES_KEYS)
        self.write_button.clicked.connect(self.begin)
        self.hint = Label("", role="muted", wrap=True)
        template = templates().get(NOTES)
        self.form = (
            FormView(
                desk,
                template,
                without=[item.key for item in template.fields if item.group == AFTER],
            )
            if template
            else None
        )
        self.documents: list[QCheckBox] = []
        self._documents = QVBoxLayout()
        self._documents.setSpacing(scale().grid)
        self.page = Page()
        column = self.page.column
        column.setContentsMargins(0, 0, 4, 8)
        if self.form is not None:
            column.addWidget(self.form)
        column.addLayout(self._documents)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(scale().grid)
        head = QHBoxLayout()
        head.setSpacing(scale().grid)
        head.addWidget(self.name, 1, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.write_button)
        outer.addLayout(head)
        outer.addWidget(self.hint)
        outer.addWidget(self.page, 1)
        self._filler = QWidget()
        outer.addWidget(self._filler, 1)
        self.show_nothing("")

    def show_nothing(self, hint: str, name: str = "") -> None:
        """Show a sentence instead of notes."""
        self.leave()
        self.uid = ""
        self.name.setText(name)
        self.name.setVisible(bool(name))
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        self.write_button.hide()
        self.page.hide()
        self._filler.show()

    def show_dossier(self, uid: str, left_out: set[str], *, private: bool) -> None:
        """Show a dossier, or the same one anew; ``left_out`` are the documents that stay."""
        dossier = load_dossier(uid)
        if uid != self.uid:
            self.page.verticalScrollBar().setValue(0)
        self.uid = uid
        self.name.setText(dossier.name)
        self.name.show()
        self.hint.hide()
        self.write_button.setVisible(self.form is not None)
        self._filler.hide()
        if self.form is not None:
            form = next((form for form in dossier.forms if form.template == NOTES), None)
            self.form.show_form(dossier, None, form)
        self._show_documents(dossier, left_out, private=private)
        rows = list(self.form.rows.values()) if self.form is not None else []
        tab_through(self.write_button, *rows, *self.documents)
        self.page.show()

    def begin(self) -> None:
        """Take the keyboard at the first open question."""
        if self.uid and self.form is not None and self.form.rows:
            rows = list(self.form.rows.values())
            next((row for row in rows if not row.line.text), rows[0]).setFocus()

    def commit(self) -> bool:
        return self.form.commit() if self.form is not None else True

    def leave(self) -> None:
        """Store what can be stored of the notes that go."""
        if self.form is not None:
            self.form.leave()

    def _show_documents(self, dossier: Dossier, left_out: set[str], *, private: bool) -> None:
        clear(self._documents)
        self.documents = []
        found = with_versions(dossier.documents)
        if not found:
            return
        self._documents.addSpacing(2 * scale().grid)
        self._documents.addWidget(caps_label(tr("Documents that go along")))
        for versions in found:
            newest = versions.newest
            stays_private = newest.private and not private
            box = QCheckBox(newest.name.replace("&", "&&"))
            stays = any(document.uid in left_out for document in versions.all)
            box.setChecked(not stays and not stays_private)
            box.setEnabled(not stays_private)
            box.setToolTip(words.joined(newest.name, *about(versions, newest, self._desk.today)))
            uids = [document.uid for document in versions.all]
            box.toggled.connect(partial(self._chosen, uids))
            self._documents.addWidget(box)
            box.show()  # Qt shows a new child later; the keyboard may go to it now
            self.documents.append(box)

    def _chosen(self, uids: list[str], goes: bool) -> None:
        self.documents_chosen.emit(uids, not goes)
