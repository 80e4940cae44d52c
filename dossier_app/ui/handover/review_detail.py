"""One dossier of an update: where both changed the same, and what the colleague did."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout

from dossier_app.domain.handover.merging import Take
from dossier_app.domain.handover.words import Asked
from dossier_app.domain.language import tr
from dossier_app.ui.dialogs.merge import Option
from dossier_app.ui.handover.done_view import BAR, EDGE, DoneView
from dossier_app.ui.handover.review_list import Reviewed
from dossier_app.ui.theme import SEMIBOLD, scale
from dossier_app.ui.widgets import Button, ElidedLabel, Label, Look

Choices = Mapping[tuple[str, str], Take]


class ReviewDetail(DoneView):
    """Shows a dossier of the review and lets its conflicts be decided, side by side."""

    chosen = Signal(object, str, object)  # Reviewed, path of the field, Take

    def __init__(self, colleague: str) -> None:
        super().__init__()
        self._colleague = colleague
        self.options: list[tuple[Option, Option]] = []  # mine and theirs, by conflict

    def show_dossier(self, item: Reviewed, choices: Choices) -> None:
        """Show another dossier, with what was chosen for it."""
        before = item.one.before
        column = self.begin(item.name, before.company if before else "")
        self.options = []
        if item.asked:
            self.add_heading(tr("Changed by both of you"))
            column.addLayout(self._conflicts(item, choices))
            if len(item.asked) > 1:
                column.addLayout(self._for_all())
        self.add_done(tr("What {name} did", name=self._colleague), item.done)
        if not item.has_news:
            self.add_remark(_why_nothing(item, self._colleague))
        self.end()

    def _conflicts(self, item: Reviewed, choices: Choices) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * scale().grid)
        grid.setVerticalSpacing(scale().grid)
        for column, words in enumerate((tr("Yours"), self._colleague)):
            grid.addWidget(ElidedLabel(words, "small", role="muted"), 0, column)
            grid.setColumnStretch(column, 1)
        told = zip(item.asked, item.one.conflicts, strict=True)
        for number, (asked, conflict) in enumerate(told):
            label = Label(asked.label, weight=SEMIBOLD, wrap=True)
            label.setContentsMargins(0, scale().grid if number else 0, 0, 0)
            grid.addWidget(label, 2 * number + 1, 0, 1, 2)
            taken = choices.get((item.one.uid, conflict.path))
            pair = self._pair(asked, item, conflict.path, taken)
            for column, option in enumerate(pair):
                grid.addWidget(option, 2 * number + 2, column)
            self.options.append(pair)
        return grid

    def _for_all(self) -> QHBoxLayout:
        """One press for all differences of the dossier."""
        row = QHBoxLayout()
        row.setSpacing(2 * scale().grid)
        for side, words in enumerate(
            (tr("All as yours"), tr("All as {name}", name=self._colleague))
        ):
            button = Button(words, Look.QUIET)
            button.clicked.connect(partial(self.take_all, side))
            row.addWidget(button, 1, Qt.AlignmentFlag.AlignLeft)
        return row

    def take_all(self, side: int) -> None:
        """Choose the own values (0) or the colleague's (1) of every difference shown."""
        for pair in self.options:
            pair[side].setChecked(True)

    def _pair(
        self, asked: Asked, item: Reviewed, path: str, taken: Take | None
    ) -> tuple[Option, Option]:
        width = (self.viewport().width() - EDGE - BAR - 2 * scale().grid) // 2
        made: list[Option] = []
        for take, text in ((Take.MINE, asked.mine), (Take.THEIRS, asked.theirs)):
            option = Option(text, asked.label, width)
            option.setChecked(take is taken)
            option.toggled.connect(partial(self._choose, item, path, take))
            option.focused.connect(self.ensureWidgetVisible)
            made.append(option)
        group = QButtonGroup(made[0])  # goes with the page
        for option in made:
            group.addButton(option)
        return made[0], made[1]

    def _choose(self, item: Reviewed, path: str, take: Take, on: bool) -> None:
        if on:
            self.chosen.emit(item, path, take)


def _why_nothing(item: Reviewed, colleague: str) -> str:
    if item.one.missing:
        return tr("It is not in this binder, or not in this handover. Nothing of it is taken.")
    if item.one.stale:
        return tr(
            "You have taken over a newer update from {name}; it has everything.", name=colleague
        )
    return tr("Nothing was done with it that you have not seen.")
