"""The tab of the forms: those that are filled, and one of them to work on."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from dossier_app.domain.language import tr
from dossier_app.services import forms
from dossier_app.services.forms import FormSheet, sheets_of
from dossier_app.services.overviews import DossierView
from dossier_app.ui.desk import Desk
from dossier_app.ui.dossier.form_rows import FormRow, new_menu
from dossier_app.ui.dossier.form_sheet import FormSheetPage
from dossier_app.ui.dossier.page import Page, side_by_side
from dossier_app.ui.dossier.prose import Prose
from dossier_app.ui.widgets import Button, Look

KEYS = "Ctrl+Shift+N"


class FormsTab(QWidget):
    """A list; a form that is chosen takes its place. Esc leads back."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._view: DossierView | None = None
        self._sheets: list[FormSheet] = []
        self._open_uid = ""  # of the form that is worked on
        self.rows: list[FormRow] = []
        self.list, self.sheet = Page(), FormSheetPage(desk)
        self.list.column.setSpacing(0)
        self.new = Button(tr("New form…"), Look.SECONDARY, icon="plus", keys=KEYS)
        self.new.clicked.connect(self.open_new_menu)
        self._empty = Prose(
            tr("Call sheets, a deal, minutes, a complaint: a form asks what must not be "
               "forgotten, and what is written there is found again."),
            role="muted",
        )  # fmt: skip
        self._rows_at = 3
        column = self.list.column
        column.addLayout(side_by_side(self.new))
        column.addSpacing(8)
        column.addWidget(self._empty)
        column.addStretch(1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.sheet)
        self.sheet.left.connect(self.show_list)
        self.sheet.print_wanted.connect(self._print)
        self.sheet.print_blank_wanted.connect(self._print_blank)
        self.sheet.remove_wanted.connect(self._remove_open)

    def show_view(self, view: DossierView) -> None:
        """Show another dossier, or the same one anew."""
        if self._view is None or self._view.dossier.uid != view.dossier.uid:
            self._open_uid = ""
            self.sheet.leave()
        self._view = view
        self._sheets = sheets_of(view.dossier)
        focused = next((n for n, row in enumerate(self.rows) if row.hasFocus()), None)
        self._fill(view)
        if focused is not None:
            # The keyboard stays where the next form stands now.
            here = [*self.rows, self.new]
            here[min(focused, len(here) - 1)].setFocus()
        sheet = self._sheet(self._open_uid)
        if sheet is None:
            self._open_uid = ""
            self._stack.setCurrentWidget(self.list)
        else:
            self.sheet.show_sheet(view, sheet)
            self._stack.setCurrentWidget(self.sheet)

    def open_form(self, form_uid: str) -> None:
        """Show a form in place of the list."""
        sheet = self._sheet(form_uid)
        if sheet is None or self._view is None:
            return
        self._open_uid = form_uid
        self.sheet.show_sheet(self._view, sheet)
        self.sheet.verticalScrollBar().setValue(0)
        self._stack.setCurrentWidget(self.sheet)
        self.sheet.begin()

    def show_list(self) -> None:
        """Go back to the list, to the form that was open."""
        if not self.sheet.commit():
            return
        place = next((n for n, one in enumerate(self._sheets) if self._is_open(one)), -1)
        self._open_uid = ""
        self._stack.setCurrentWidget(self.list)
        (self.rows[place] if place >= 0 else self.new).setFocus()

    def begin(self, key: str, person_uid: str) -> None:
        """Begin a form and show it."""
        if self._view is None or not self.sheet.commit():
            return
        action = partial(forms.begin_form, self._view.dossier.uid, key, person_uid)
        begun = self._desk.act(action, initiator=self)
        if begun is not None:
            self.open_form(begun[1])

    def open_new_menu(self) -> None:
        """Offer the forms that can be begun, and the way to change them."""
        if self._view is None:
            return
        menu = new_menu(self, forms.offered(), self._view.dossier.people, self.begin)
        menu.addSeparator()
        menu.addAction(tr("Make and change forms…"), self._edit_forms)
        self._stack.setCurrentWidget(self.list if not self._open_uid else self.sheet)
        at = self.new if self.new.isVisible() else self.sheet.back
        menu.popup(at.mapToGlobal(QPoint(0, at.height())))

    def commit(self) -> bool:
        return self.sheet.commit()

    def adopt(self, older: FormsTab) -> None:
        """Take over what is open, and the texts that wait, in a tab that goes."""
        self.sheet.adopt(older.sheet)
        self._view, self._open_uid = older._view, older._open_uid

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._open_uid:
            self.show_list()
        else:
            super().keyPressEvent(event)

    # --- inside

    def _fill(self, view: DossierView) -> None:
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = []
        for number, sheet in enumerate(self._sheets):
            row = FormRow(sheet, view.today)
            row.clicked.connect(partial(self.open_form, sheet.form.uid))
            row.remove_wanted.connect(partial(self._remove, sheet))
            self.list.column.insertWidget(self._rows_at + number, row)
            row.show()  # Qt shows a new child later; the keyboard may go to it now
            self.rows.append(row)
        self._empty.setVisible(not self.rows)

    def _sheet(self, form_uid: str) -> FormSheet | None:
        return next((sheet for sheet in self._sheets if sheet.form.uid == form_uid), None)

    def _is_open(self, sheet: FormSheet) -> bool:
        return sheet.form.uid == self._open_uid

    def _remove_open(self) -> None:
        sheet = self._sheet(self._open_uid)
        if sheet is not None:
            self._remove(sheet)
            self.new.setFocus()

    def _remove(self, sheet: FormSheet) -> None:
        if self._view is not None:
            self._desk.act(
                partial(forms.remove_form, self._view.dossier.uid, sheet.form.uid),
                initiator=self,
                said=tr("Taken away: {form}", form=sheet.title),
            )

    def _print(self) -> None:
        from dossier_app.ui.dialogs.form_print import print_sheet

        sheet = self._sheet(self._open_uid)
        if sheet is not None and self._view is not None and self.commit():
            print_sheet(self.window(), self._desk, self._view.dossier.uid, sheet).open()

    def _print_blank(self) -> None:
        from dossier_app.ui.dialogs.form_print import print_empty

        sheet = self._sheet(self._open_uid)
        if sheet is not None:
            print_empty(self.window(), self._desk, sheet.template).open()

    def _edit_forms(self) -> None:
        from dossier_app.ui.forms_editor.templates_dialog import TemplatesDialog

        if self.commit():
            # Of the window: this tab is made anew when a form has changed.
            TemplatesDialog(self.window(), self._desk).open()
