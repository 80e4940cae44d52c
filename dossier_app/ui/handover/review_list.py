"""The dossiers of an update: which are taken over, and how much was done with each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter

from dossier_app.domain.handover.words import Asked, Done, summary_words
from dossier_app.domain.language import ntr, tr
from dossier_app.services.dossiers import load_dossier
from dossier_app.services.handover.reviewing import DossierReview
from dossier_app.services.handover.telling import asked_in, done_in
from dossier_app.ui.theme import SEMIBOLD, font, tokens
from dossier_app.ui.widgets import paint
from dossier_app.ui.widgets.painted_list import PaintedList, RowDelegate
from dossier_app.ui.widgets.row_model import ROW_ROLE, RowModel

_PAD, _TEXT = 10, 36  # px: at the sides, where the text begins


@dataclass(slots=True)
class Reviewed:
    """A dossier in the review, or the loose sheets. ``decided`` counts the conflicts that
    have been chosen."""

    one: DossierReview
    loose: bool = False
    done: list[Done] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    ticked: bool = True
    decided: int = 0

    @classmethod
    def of(cls, one: DossierReview, handover: str) -> Reviewed:
        """``handover`` is the uid of the one that is reviewed."""
        return cls(one, one.uid == handover, done_in(one), asked_in(one))

    @property
    def has_news(self) -> bool:
        """Whether there is something to be taken over."""
        return bool(self.done or self.asked)

    @property
    def left_open(self) -> int:
        return len(self.asked) - self.decided

    @property
    def name(self) -> str:
        if self.loose:
            return tr("Loose sheets")
        if self.one.missing:
            return tr("A dossier that is no longer here")
        dossier = self.one.before or load_dossier(self.one.uid)
        return dossier.name or tr("No name yet")

    @property
    def below(self) -> str:
        """How much was done, or why nothing can be taken over."""
        if self.one.missing:
            return tr("was not handed over, or was taken out since")
        if self.one.stale:
            return tr("a newer update was taken over")
        return summary_words(self.done) or (tr("both changed it") if self.asked else "")


class ReviewList(PaintedList):
    """Space ticks the current row; what holds nothing new stands below a heading."""

    ticked = Signal()

    def __init__(self) -> None:
        self.rows = _Rows()
        super().__init__(self.rows, _Delegate(), tr("Dossiers to take over"))

    def show_dossiers(self, found: Sequence[Reviewed]) -> None:
        """Show them, those with conflicts first."""
        news = [item for item in found if item.has_news]
        rest = [item for item in found if not item.has_news]
        news.sort(key=lambda item: not item.asked)
        rows: list[Reviewed | str] = [*news]
        if rest:
            rows += [ntr("{n} without news", "{n} without news", len(rest)), *rest]
        self.rows.set_rows(rows)
        self.choose(0)

    def tick(self, item: Reviewed) -> None:
        """Take that dossier over, or not."""
        if item.has_news:
            item.ticked = not item.ticked
            self.repaint_rows()
            self.ticked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.current is not None:
            self.tick(self.current)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        row = self.indexAt(event.position().toPoint()).data(ROW_ROLE)
        if isinstance(row, Reviewed) and event.position().x() < _TEXT:
            self.tick(row)


class _Rows(RowModel):
    def spoken(self, row: Reviewed) -> str:
        return ", ".join(filter(None, (row.name, row.below, _open_words(row))))

    def other(self, row: Reviewed, role: int) -> object:
        if role == Qt.ItemDataRole.CheckStateRole and row.has_news:
            return Qt.CheckState.Checked if row.ticked else Qt.CheckState.Unchecked
        return row.below if role == Qt.ItemDataRole.ToolTipRole else None


class _Delegate(RowDelegate):
    """Paints a tick, the name and how much was done; conflicts that are open in a chip."""

    def paint_row(self, painter: QPainter, rect: QRect, row: Reviewed, _view: ReviewList) -> None:
        t = tokens()
        if row.has_news:
            box = paint.tick_box(rect.left() + _PAD, rect.center().y())
            paint.draw_tick_box(painter, box, t, ticked=row.ticked)
        ink = t.ink if row.has_news and row.ticked else t.muted
        top = rect.top() + (4 if row.below else (rect.height() - 18) // 2)
        first = QRect(rect.left() + _TEXT, top, rect.width() - _TEXT - _PAD, 18)
        second = first.translated(0, 18)
        words = _open_words(row) if row.ticked else ""
        if words:
            width = paint.chip_width(words)
            chip = QRect(first.right() + 1 - width, first.top(), width, paint.CHIP_SMALL)
            paint.draw_chip(painter, chip, words, paint.Tone.OCCASION.colours(t))
            first.setRight(chip.left() - 8)
        paint.write(painter, first, row.name, font("body", SEMIBOLD), ink)
        wrong = row.one.missing or row.one.stale
        paint.write(painter, second, row.below, font("small"), t.danger if wrong else t.muted)


def _open_words(row: Reviewed) -> str:
    return ntr("{n} open", "{n} open", row.left_open) if row.left_open else ""
