"""The dossier panel: the right column of the window."""

from __future__ import annotations

from enum import Enum
from functools import partial
from typing import Protocol

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QStackedLayout, QStackedWidget, QVBoxLayout, QWidget

from dossier_app.domain.changes import Changes
from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import tr
from dossier_app.services.forms import sheets_of
from dossier_app.services.merging import is_merged
from dossier_app.services.overviews import DossierView, dossier_view
from dossier_app.ui.desk import Desk
from dossier_app.ui.dossier.card import CardTab
from dossier_app.ui.dossier.committing import commit_all
from dossier_app.ui.dossier.document_rows import DropVeil
from dossier_app.ui.dossier.documents import DocumentsTab, sources_in
from dossier_app.ui.dossier.forms import KEYS as NEW_FORM_KEYS
from dossier_app.ui.dossier.forms import FormsTab
from dossier_app.ui.dossier.head import Head, MoreButton, NoDossier, StepCard
from dossier_app.ui.dossier.history import HistoryTab
from dossier_app.ui.dossier.overview import OverviewTab
from dossier_app.ui.dossier.page import EDGE, Page, side_by_side
from dossier_app.ui.dossier.sheet import SheetTab
from dossier_app.ui.dossier.tab_bar import PanelTabs, TabText
from dossier_app.ui.handover.actions import holds_package
from dossier_app.ui.widgets import Hairline

_LEAST_PAGE = 120  # px


class Part(Enum):
    """A tab of the panel."""

    OVERVIEW = "overview"
    CARD = "card"
    HISTORY = "history"
    SHEET = "sheet"
    FORMS = "forms"
    DOCUMENTS = "documents"


class _Tab(Protocol):
    def show_view(self, view: DossierView) -> None: ...


class DossierPanel(QWidget):
    """Shows one dossier and lets all of it be changed in its place.

    It follows every change of its dossier, wherever it was made. Only the tab in front
    is filled; the others are when they are turned to. The signals carry the uid of the
    dossier. Files that are let go above it become documents of the dossier.
    """

    log_wanted = Signal(str)
    not_reached_wanted = Signal(str)
    refile_wanted = Signal(str)
    slip_wanted = Signal(str)
    checkpoints_wanted = Signal(str)
    print_wanted = Signal(str)
    merge_wanted = Signal(str)
    take_apart_wanted = Signal(str)
    erase_wanted = Signal(str)
    handover_wanted = Signal(str)  # uid of the handover that the dossier is in

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._view: DossierView | None = None
        self._fresh: set[Part] = set()  # tabs that show the dossier as it stands
        self.setAccessibleName(tr("Dossier"))
        self._stack = QStackedLayout(self)
        self._fill()
        desk.changed.connect(self._follow)
        desk.day_turned.connect(self.refresh)
        desk.settings_changed.connect(self.refresh)
        copy = QShortcut(QKeySequence("Ctrl+Shift+C"), self, self.copy_phone)
        copy.setContext(Qt.ShortcutContext.WindowShortcut)
        form = QShortcut(QKeySequence(NEW_FORM_KEYS), self, self.new_form)
        form.setContext(Qt.ShortcutContext.WindowShortcut)

    def _fill(self) -> None:
        self.head, self.step = Head(), StepCard()
        self.tabs, self.more = PanelTabs(), MoreButton()
        self.overview = OverviewTab(self._desk)
        self.card = CardTab(self._desk)
        self.history = HistoryTab(self._desk)
        self.sheet = SheetTab(self._desk)
        self.forms = FormsTab(self._desk)
        self.documents = DocumentsTab(self._desk)
        self._parts: dict[Part, QWidget] = {
            Part.OVERVIEW: self.overview,
            Part.CARD: self.card,
            Part.HISTORY: self.history,
            Part.SHEET: self.sheet,
            Part.FORMS: self.forms,
            Part.DOCUMENTS: self.documents,
        }
        self._pages = QStackedWidget()
        # The tab that asks for most must not squeeze the head in a low window.
        self._pages.setMinimumHeight(_LEAST_PAGE)
        for page in self._parts.values():
            self._pages.addWidget(page)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        step = side_by_side(self.step, stretch=0)
        step.setContentsMargins(EDGE, 0, EDGE, 4)
        column.addLayout(step)
        tabs = side_by_side(self.tabs, self.more, stretch=0)
        tabs.setContentsMargins(EDGE, 0, EDGE - 8, 0)
        column.addLayout(tabs)
        column.addWidget(Hairline())
        column.addWidget(self._pages, 1)
        self._stack.addWidget(NoDossier())
        self._stack.addWidget(whole)
        self._veil = DropVeil(self)
        self._connect()

    def _connect(self) -> None:
        for signal, wanted in (
            (self.step.log_wanted, self.log_wanted),
            (self.step.not_reached_wanted, self.not_reached_wanted),
            (self.step.refile_wanted, self.refile_wanted),
            (self.more.refile_wanted, self.refile_wanted),
            (self.more.slip_wanted, self.slip_wanted),
            (self.more.checkpoints_wanted, self.checkpoints_wanted),
            (self.more.print_wanted, self.print_wanted),
            (self.more.merge_wanted, self.merge_wanted),
            (self.more.take_apart_wanted, self.take_apart_wanted),
            (self.more.erase_wanted, self.erase_wanted),
        ):
            signal.connect(partial(self._want, wanted))
        self.overview.answer_wanted.connect(self.answer)
        self.overview.everybody_wanted.connect(partial(self.turn_to, Part.SHEET))
        self.documents.told.connect(self.head.flash)
        self.head.handover_wanted.connect(self.handover_wanted)
        self.tabs.currentChanged.connect(self._turned)

    # --- what the window tells and asks

    @property
    def uid(self) -> str:
        """The dossier that is shown; empty when there is none."""
        return self._view.dossier.uid if self._view else ""

    @property
    def part(self) -> Part:
        """The tab in front."""
        return list(Part)[max(0, self.tabs.currentIndex())]

    def show_dossier(self, uid: str | None) -> None:
        """Show a dossier from its beginning, or none. What is typed in the one that goes
        is stored first."""
        if uid == self.uid:
            return
        self.commit()
        self._load(uid or "")
        for page in self._parts.values():
            if isinstance(page, Page):
                page.verticalScrollBar().setValue(0)

    def turn_to(self, part: Part) -> None:
        """Bring a tab to the front."""
        self.tabs.setCurrentIndex(list(Part).index(part))

    def commit(self) -> bool:
        """Store what is typed in open editors; false when something was refused."""
        return commit_all([self.overview, self.card, self.history, self.sheet, self.forms])

    def answer(self, key: str) -> None:
        """Open a field of the main contact's card to be filled."""
        if self._view is not None:
            self.turn_to(Part.CARD)
            self.card.open_field(key)

    def new_form(self) -> None:
        """Offer the forms that can be begun."""
        if self._view is not None:
            self.turn_to(Part.FORMS)
            self.forms.open_new_menu()

    def refresh(self) -> None:
        """Read the dossier again; tab, scroll positions and open editors stay."""
        self._load(self.uid)

    def copy_phone(self) -> None:
        """Put the main phone on the clipboard."""
        phone = self._view.main_phone() if self._view else ""
        if phone:
            QGuiApplication.clipboard().setText(phone)
            self.head.flash(tr("Copied: {text}", text=phone))
        elif self._view:
            self.head.flash(tr("No phone is known yet"))

    def retranslate(self) -> None:
        """Say everything again after the language, or what a form asks, has changed."""
        part, uid = self.part, self.uid
        card, sheet, history, forms = self.card, self.sheet, self.history, self.forms
        self.commit()
        gone = self.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        self._view = None
        self._fill()
        self.card.form.adopt(card.form)
        self.sheet.form.adopt(sheet.form)
        self.history.adopt(history)
        self.forms.adopt(forms)
        for widget in gone:
            self._stack.removeWidget(widget)
            widget.deleteLater()
        self._load(uid)
        self.turn_to(part)

    # --- inside

    def _follow(self, changes: Changes, _initiator: object) -> None:
        if changes.templates:
            self.retranslate()
        elif self.uid in changes.uids:
            self.refresh()

    def _load(self, uid: str) -> None:
        try:
            self._view = dossier_view(uid, self._desk.today, self._desk.settings) if uid else None
        except Refusal:
            self._view = None  # it was taken back while it was shown
        self._stack.setCurrentIndex(1 if self._view else 0)
        self.setAcceptDrops(self._view is not None)  # else the window takes them: an import
        self._fresh.clear()
        if self._view is None:
            return
        today = self._desk.today
        self.head.show_dossier(self._view.dossier, self._desk.reader.handover_of(uid), today)
        self.more.is_merged = is_merged(uid)
        self.step.show_dossier(self._view.dossier, self._desk.reader.rules)
        self._show_tabs(self._view)
        self._show_part()

    def _show_tabs(self, view: DossierView) -> None:
        known = view.overview
        texts = [
            TabText(tr("Overview")),
            TabText(tr("Card"), f"{known.known}/{known.total}", long=True),
            TabText(tr("History"), str(len(view.history) or "")),
            TabText(tr("Sheet")),
            TabText(tr("Forms"), str(len(sheets_of(view.dossier)) or "")),
            TabText(tr("Documents"), str(len(view.documents) or ""), icon="paperclip"),
        ]
        self.tabs.show_texts(texts)

    def _turned(self) -> None:
        self.commit()
        self._show_part()

    def _show_part(self) -> None:
        part = self.part
        page = self._parts[part]
        if self._view is not None and part not in self._fresh:
            self._fresh.add(part)
            place = page.verticalScrollBar().value() if isinstance(page, Page) else 0
            tab: _Tab = page  # type: ignore[assignment]
            tab.show_view(self._view)
            if place and isinstance(page, Page):
                page.settle()
                page.verticalScrollBar().setValue(place)
        self._pages.setCurrentWidget(page)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if holds_package(event.mimeData()):
            return  # for the window
        if sources_in(event.mimeData()) or event.mimeData().hasImage():
            # A copy always: what is dragged stays where it was.
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._veil.cover()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self._veil.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self._veil.hide()
        if self.documents.take(self.uid, event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.turn_to(Part.DOCUMENTS)

    def _want(self, wanted: SignalInstance) -> None:
        if self._view is not None:
            wanted.emit(self.uid)
