"""The filled forms of a dossier as lines, and the menu that begins a new one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QMenu, QWidget

from dossier_app.domain.datewords import short_day
from dossier_app.domain.forms.template import Scope, Template
from dossier_app.domain.language import tr
from dossier_app.domain.records import Person
from dossier_app.services.forms import FormSheet
from dossier_app.ui.dossier.rows import PageButton
from dossier_app.ui.icons import draw_icon
from dossier_app.ui.theme import font, tokens
from dossier_app.ui.widgets import paint

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_HEIGHT = 32
_MARK = 14  # px


class FormRow(PageButton):
    """A filled form: what it is, of which day, how complete. A click or Enter opens it,
    Delete takes it away."""

    remove_wanted = Signal()

    def __init__(self, sheet: FormSheet, today: date) -> None:
        super().__init__(sheet.title)
        self._whole = sheet.known == sheet.total
        day = sheet.form.filled_on
        self._aside = " · ".join(
            filter(None, [short_day(day, today) if day else "", f"{sheet.known}/{sheet.total}"])
        )
        share = tr("{known} of {total} known", known=sheet.known, total=sheet.total)
        said = [sheet.title, short_day(day, today) if day else "", share, tr("Open")]
        self.setAccessibleName(". ".join(filter(None, said)))
        self.setToolTip(sheet.title)

    def heightForWidth(self, _width: int) -> int:
        return _HEIGHT

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.click()
        elif event.key() == Qt.Key.Key_Delete:
            self.remove_wanted.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Open"), self.click)
        menu.addAction(tr("Take away"), self.remove_wanted.emit)
        menu.popup(event.globalPos())

    def paintEvent(self, _event: QPaintEvent) -> None:
        t, painter = tokens(), self._begin()
        middle = (_HEIGHT - _MARK) // 2
        mark, ink = ("check", t.accent) if self._whole else ("form", t.muted)
        draw_icon(painter, mark, 0, middle, ink, _MARK)
        of = font("small", tabular=True)
        room = QRect(24, 0, self.width() - 24 - paint.text_width(self._aside, of) - 12, _HEIGHT)
        paint.write(painter, room, self.text(), font(), t.ink)
        paint.write(
            painter, self.rect().adjusted(0, 0, -4, 0), self._aside, of, t.muted, paint.RIGHT
        )


def new_menu(
    parent: QWidget,
    forms: Sequence[Template],
    people: Sequence[Person],
    begin: Callable[[str, str], object],
) -> QMenu:
    """The forms that can be begun: those about the client, then those about a person.
    ``begin`` takes the key of the form and the uid of the person."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for form in forms:
        if form.scope is Scope.DOSSIER:
            menu.addAction(_plain(str(form.title)), partial(begin, form.key, ""))
    about_people = [form for form in forms if form.scope is Scope.PERSON]
    if about_people and people:
        menu.addSeparator()
    for form in about_people if people else ():
        if len(people) == 1:
            menu.addAction(_plain(str(form.title)), partial(begin, form.key, people[0].uid))
            continue
        inner = menu.addMenu(_plain(str(form.title)))
        for person in people:
            name = person.full_name or tr("No name yet")
            inner.addAction(_plain(name), partial(begin, form.key, person.uid))
    return menu


def _plain(text: str) -> str:
    # An ampersand in a menu would mark a key.
    return text.replace("&", "&&")
