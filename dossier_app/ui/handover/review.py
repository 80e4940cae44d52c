"""The owner looks at what a colleague did, decides what both changed, and takes it over."""

from __future__ import annotations

from collections.abc import Generator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from dossier_app.domain.changes import Changes
from dossier_app.domain.handover.merging import Take
from dossier_app.domain.handover.words import Sort
from dossier_app.domain.language import ntr, tr
from dossier_app.exchange.package import Package
from dossier_app.services.handover import keys, reviewing
from dossier_app.services.handover.reviewing import Review
from dossier_app.ui.desk import Desk
from dossier_app.ui.handover.package_dialog import PackageDialog
from dossier_app.ui.handover.review_detail import ReviewDetail
from dossier_app.ui.handover.review_list import Reviewed, ReviewList
from dossier_app.ui.theme import scale
from dossier_app.ui.widgets import Hairline, Label

_SIZE = (980, 720)
_LIST = 300  # px


class ReviewDialog(PackageDialog):
    """Per dossier what was done and where both differ. Every dossier is ticked; no conflict
    is decided, and one that is left open keeps the own value and is asked again.

    Raises Refusal for a package that cannot be merged.
    """

    def __init__(self, window: QWidget, desk: Desk, package: Package) -> None:
        found = reviewing.review(package)
        self._choices: dict[tuple[str, str], Take] = {}
        self._reviewed = [Reviewed.of(one, found.handover.uid) for one in found.dossiers]
        colleague = found.handover.colleague
        title = (
            tr("{name} gives the dossiers back", name=colleague)
            if package.manifest.final
            else tr("{name} tells what was done", name=colleague)
        )
        trust = keys.trust(package.manifest.sender)
        super().__init__(window, desk, package, trust, title, _SIZE)
        self.from_whom.setVisible(trust is not keys.Trust.KNOWN)
        self.remark = Label(_remark(found, self._reviewed), role="muted", wrap=True)
        self.remark.setVisible(bool(self.remark.text()))
        self.dossiers = ReviewList()
        self.dossiers.setFixedWidth(_LIST)
        self.detail = ReviewDetail(colleague)
        both = QHBoxLayout()
        both.setSpacing(2 * scale().grid)
        both.addWidget(self.dossiers)
        both.addWidget(Hairline(vertical=True))
        both.addWidget(self.detail, 1)
        self.body.addWidget(self.remark)
        self.body.addLayout(both, 1)
        self.add_buttons(tr("Take over what is ticked"))
        self.dossiers.selectionModel().currentChanged.connect(self._show_current)
        self.dossiers.ticked.connect(self._follow)
        self.detail.chosen.connect(self.decide)
        self.dossiers.show_dossiers(self._reviewed)
        self._follow()
        self.dossiers.setFocus(Qt.FocusReason.TabFocusReason)

    @property
    def chosen(self) -> list[Reviewed]:
        """The dossiers that are taken over."""
        return [item for item in self._reviewed if item.has_news and item.ticked]

    def decide(self, item: Reviewed, path: str, take: Take) -> None:
        """Choose whose value holds for one conflict."""
        self._choices[item.one.uid, path] = take
        item.decided = sum((item.one.uid, one.path) in self._choices for one in item.one.conflicts)
        self.dossiers.repaint_rows()
        self._follow()

    def steps(self, *, new_key: bool) -> Generator[int, None, object]:
        return reviewing.storing(
            self._package, choices=self._choices, only=self._only, new_key=new_key
        )

    def take(self, *, new_key: bool) -> tuple[Changes, Review]:
        return reviewing.take_back(
            self._package, choices=self._choices, only=self._only, new_key=new_key
        )

    def said(self) -> str:
        n = len(self.chosen)
        return ntr("{n} dossier taken over", "{n} dossiers taken over", n)

    # --- inside

    @property
    def _only(self) -> list[str] | None:
        """None when nothing is left out: then the last update ends the handover."""
        if all(item.ticked for item in self._reviewed):
            return None
        return [item.one.uid for item in self.chosen]

    def _show_current(self, *_: object) -> None:
        item = self.dossiers.current
        if item is not None:
            self.detail.show_dossier(item, self._choices)

    def _follow(self) -> None:
        chosen = self.chosen
        ends = self._package.manifest.final and self._only is None
        self.primary_button.setEnabled(bool(chosen) or ends)
        self.closing.say(self._what_happens(chosen))

    def _what_happens(self, chosen: list[Reviewed]) -> str:
        """How much is taken over, what stays open, and whether the handover ends."""
        words = []
        if chosen:
            contacts = sum(done.sort is Sort.CONTACT for item in chosen for done in item.done)
            words.append(
                ntr("{n} dossier is taken over, with {contacts}.",
                    "{n} dossiers are taken over, with {contacts}.", len(chosen),
                    contacts=ntr("{n} contact", "{n} contacts", contacts))
            )  # fmt: skip
        left = sum(item.left_open for item in chosen)
        if left:
            words.append(
                ntr("{n} difference is open: yours stays, and the next package asks again.",
                    "{n} differences are open: yours stay, and the next package asks again.",
                    left)
            )  # fmt: skip
        if self._package.manifest.final:
            ends = self._only is None and not left and not self._has_stale
            words.append(
                tr("The handover is over then.") if ends else tr("The handover stays open.")
            )
        return " ".join(words)

    @property
    def _has_stale(self) -> bool:
        return any(item.one.stale for item in self._reviewed)


def _remark(found: Review, reviewed: list[Reviewed]) -> str:
    """Why there is nothing to take over, when there is nothing."""
    if any(item.has_news for item in reviewed):
        return ""
    name, number = found.handover.colleague, found.package.manifest.number
    if any(item.one.stale for item in reviewed):
        return tr("You have taken over a newer update from {name}; it has everything.", name=name)
    if number == found.handover.merged:
        return tr("This package was taken over before; nothing changes.")
    return tr("Nothing was done that you have not seen.")
