"""Which documents are printed behind the dossier: a list to tick."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from dossier_app.domain.documents import Versions, with_versions
from dossier_app.domain.language import ntr, tr
from dossier_app.domain.records import Dossier
from dossier_app.services.print_documents import printable
from dossier_app.ui.theme import scale
from dossier_app.ui.widgets import Label, ScrollColumn

_NAME_WIDTH = 184  # px: beside the box
_ROWS = 5  # seen at once


class DossierDocuments(QWidget):
    """The PDF and picture documents of one dossier, the newest first, of which those
    ``ticked`` (keys) are chosen; without a dossier, why there are none.

    Private ones can be ticked only while private facts are printed.
    """

    def __init__(self, dossier: Dossier | None, ticked: set[str]) -> None:
        super().__init__()
        documents = printable(dossier) if dossier else []
        self.boxes = {versions.key: _Box(versions) for versions in documents}
        for key, box in self.boxes.items():
            box.setChecked(key in ticked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scale().grid)
        if self.boxes:
            column.addWidget(self._list())
        note = _note(dossier, len(documents))
        if note:
            column.addWidget(Label(note, "small", role="muted", wrap=True))
        self.worth_showing = bool(self.boxes or note)
        self.allow_private(False)

    def _list(self) -> ScrollColumn:
        made = ScrollColumn(spacing=scale().grid)
        for box in self.boxes.values():
            made.column.addWidget(box)
        rows = min(len(self.boxes), _ROWS)
        row = box.sizeHint().height() + scale().grid
        made.setFixedHeight(rows * row - scale().grid)
        return made

    def changed(self, slot: object) -> None:
        """Call ``slot`` when another choice is made."""
        for box in self.boxes.values():
            box.toggled.connect(slot)

    def allow_private(self, allowed: bool) -> None:
        """Let private documents be ticked or not."""
        for box in self.boxes.values():
            box.setEnabled(allowed or not box.private)

    @property
    def chosen(self) -> set[str]:
        """The keys of those that are ticked."""
        return {key for key, box in self.boxes.items() if box.isChecked()}


class _Box(QCheckBox):
    """A document, its name shortened in the middle: ends tell editions apart."""

    def __init__(self, versions: Versions) -> None:
        name = versions.newest.name
        super().__init__()
        self.private = versions.newest.private
        self.ensurePolished()
        elided = Qt.TextElideMode.ElideMiddle
        short = self.fontMetrics().elidedText(name, elided, _NAME_WIDTH)
        self.setText(short.replace("&", "&&"))  # a single one marks a key
        hint = tr("{name}: private, printed with private facts only", name=name)
        self.setAccessibleName(hint if self.private else name)
        self.setToolTip(hint if self.private else name if short != name else "")


def _note(dossier: Dossier | None, listed: int) -> str:
    if dossier is None:
        return tr("Documents are printed behind a single dossier only.")
    others = len(with_versions(dossier.documents)) - listed
    if not others:
        return ""
    return ntr(
        "{n} document of another kind is printed from its own program.",
        "{n} documents of other kinds are printed from their own programs.",
        others,
    )
