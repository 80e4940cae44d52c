"""One filled form in the panel: its head, its control points, and its questions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from dossier_app.domain.datewords import short_day
from dossier_app.domain.forms.template import FieldType, Template
from dossier_app.domain.forms.values import text_of
from dossier_app.domain.language import tr
from dossier_app.services import forms
from dossier_app.services.forms import Checkpoints, FormSheet
from dossier_app.services.overviews import DossierView, FormLine
from dossier_app.ui.desk import Desk
from dossier_app.ui.dossier.card import Completeness
from dossier_app.ui.dossier.committing import commit_all
from dossier_app.ui.dossier.edit_row import EditRow, RowShape
from dossier_app.ui.dossier.editors import own_field
from dossier_app.ui.dossier.form_view import FormView
from dossier_app.ui.dossier.page import Page, side_by_side
from dossier_app.ui.dossier.prose import Prose
from dossier_app.ui.theme import SEMIBOLD
from dossier_app.ui.widgets import Button, Look


class FormSheetPage(Page):
    """A form that is filled and read while talking. Texts that could not be stored when
    another sheet came wait for their own."""

    left = Signal()
    print_wanted = Signal()
    print_blank_wanted = Signal()
    remove_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._uid = self._form_uid = ""
        self._views: dict[str, FormView] = {}  # by template
        self.form: FormView | None = None
        self.back = _icon_button("chevron-left", tr("All forms"))
        self.title = Prose(size="title", weight=SEMIBOLD, most=2)
        self.print = _icon_button("print", tr("Print…"))
        self.more = _icon_button("more", tr("More for this form"))
        self.back.clicked.connect(self.left)
        self.print.clicked.connect(self.print_wanted)
        self.more.clicked.connect(self._open_menu)
        head = side_by_side(self.back, self.title, self.print, self.more, gap=4, stretch=1)
        for part in (self.back, self.title, self.print, self.more):
            head.setAlignment(part, Qt.AlignmentFlag.AlignVCenter)
        self.day = EditRow(self._save_day, shape=RowShape.ASIDE)
        self.share = Completeness()
        self._help = Prose(role="muted")
        self.points = CheckpointBox()
        self.points.wanted.connect(self._make_points)
        self._box = QVBoxLayout()
        self.column.addLayout(head)
        for below in (self.day, self.share, self._help, self.points):
            self.column.addWidget(below)
        self.column.addSpacing(8)
        self.column.addLayout(self._box)
        self.column.addStretch(1)

    def show_sheet(self, view: DossierView, sheet: FormSheet) -> None:
        """Show a sheet, or the same one anew."""
        dossier = view.dossier
        if sheet.form.uid != self._form_uid:
            self.leave()
        self._uid, self._form_uid = dossier.uid, sheet.form.uid
        self.title.setText(sheet.title)
        self.day.show_line(_day_line(sheet.form.filled_on), dossier.people)
        self.share.show_share(sheet.known, sheet.total)
        self.share.setVisible(sheet.total > 0)
        self._help.setText(str(sheet.template.help))
        self._help.setVisible(bool(sheet.template.help))
        self.points.show_points(forms.checkpoints_of(dossier, sheet), view.today)
        shown = self._view_of(sheet.template)
        if self.form is not None and self.form is not shown:
            self.form.hide()
        self.form = shown
        shown.show_form(dossier, sheet.person, sheet.form)
        shown.show()

    def begin(self) -> None:
        """Take the keyboard at the first open question."""
        rows = list(self.form.rows.values()) if self.form else []
        wanted = next((row for row in rows if not row.line.text), rows[0] if rows else self.back)
        wanted.setFocus()

    def leave(self) -> None:
        """Store what can be stored of the sheet that goes, keep the rest."""
        self.day.commit()
        self.day.close_editor()
        if self.form is not None:
            self.form.leave()

    def commit(self) -> bool:
        return commit_all([self.day, *([self.form] if self.form else [])])

    def adopt(self, older: FormSheetPage) -> None:
        """Take over the texts that wait in a page that goes."""
        for view in older._views.values():
            self._view_of(view.template).adopt(view)
            self._view_of(view.template).hide()

    def _view_of(self, template: Template) -> FormView:
        view = self._views.get(template.key)
        if view is None or view.template != template:
            fresh = self._views[template.key] = FormView(self._desk, template, script=True)
            self._box.addWidget(fresh)
            if view is not None:
                fresh.adopt(view)  # the form asks something else now
                view.hide()
                view.deleteLater()
            return fresh
        return view

    def _save_day(self, _key: str, value: Any, _source: str) -> bool:
        if value is None:
            return True  # a sheet keeps its day
        action = partial(forms.date_form, self._uid, self._form_uid, date.fromisoformat(value))
        return self._desk.act(action, initiator=self) is not None

    def _make_points(self) -> None:
        self.commit()
        self._desk.act(
            partial(forms.make_checkpoints, self._uid, self._form_uid),
            initiator=self,
            said=tr("The five checkpoints lie under their days."),
        )

    def _open_menu(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Print a blank one…"), self.print_blank_wanted.emit)
        menu.addAction(tr("Take this form away"), self.remove_wanted.emit)
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))


class CheckpointBox(QWidget):
    """What the control points of a job are, and a button that puts them into the binder."""

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = Prose(size="small", role="muted")
        self.button = Button("", Look.SECONDARY, icon="flag")
        self.button.clicked.connect(self.wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(6)
        column.addLayout(side_by_side(self.button))
        column.addWidget(self._said)

    def show_points(self, points: Checkpoints | None, today: date) -> None:
        """Show how it stands with them; nothing for a form without them."""
        self.setVisible(points is not None)
        if points is None:
            return
        self.button.setText(
            tr("Move the five checkpoints") if points.days else tr("Make the five checkpoints")
        )
        self.button.updateGeometry()
        self.button.setEnabled(points.ready)
        if points.days:
            self._said.setText(tr("Slips lie under: {days}.", days=_days(points.days, today)))
        elif points.ready:
            self._said.setText(tr("A slip goes under 0, 25, 75, 95 and 99 % of the time."))
        else:
            self._said.setText(tr("First the start and the end; then slips remind of five looks."))


def _days(days: Sequence[date], today: date) -> str:
    return ", ".join(short_day(day, today) for day in days)


def _day_line(day: date | None) -> FormLine:
    field = own_field("filled_on", FieldType.DATE, tr("Date"))
    value = day.isoformat() if day else None
    return FormLine(field, value, text_of(field, value))


def _icon_button(icon: str, name: str) -> Button:
    button = Button("", Look.QUIET, icon=icon)
    button.setAccessibleName(name)
    button.setToolTip(name)
    return button
