"""The people of a dossier and how they are reached, changed in their place."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from dossier_app.domain.forms.template import FieldType, Option, Text
from dossier_app.domain.forms.values import text_of
from dossier_app.domain.language import tr
from dossier_app.domain.records import Dossier, Person, Role
from dossier_app.services import editing
from dossier_app.services.overviews import FormLine
from dossier_app.ui.desk import Desk
from dossier_app.ui.dossier import words
from dossier_app.ui.dossier.committing import commit_all
from dossier_app.ui.dossier.edit_row import EditRow, RowShape, chain
from dossier_app.ui.dossier.editors import own_field
from dossier_app.ui.dossier.inputs import Line
from dossier_app.ui.dossier.page import side_by_side
from dossier_app.ui.dossier.points import PointsView
from dossier_app.ui.widgets import Button, Chip, Look

_SPARE = 4  # blocks that are kept while nobody is shown in them


class NewPerson(Line):
    """A line to add somebody by the name; Enter adds."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(tr("Add a person: surname, name, patronymic"), parent)
        self._desk = desk
        self._uid = ""
        self.setAccessibleName(tr("Add a person"))
        self.returnPressed.connect(self._add)

    def show_dossier(self, uid: str) -> None:
        """Add to that dossier from now on."""
        if uid != self._uid:
            self.clear()
        self._uid = uid

    def commit(self) -> bool:
        """Add whoever is typed; true when nothing is left."""
        if self.text().strip():
            self._add()
        return not self.text().strip()

    def _add(self) -> None:
        action = partial(editing.add_person, self._uid, self.text())
        if self._desk.act(action, initiator=self) is not None:
            self.clear()


class PeopleView(QWidget):
    """Every person of the dossier, and a line to add one."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.blocks: dict[str, PersonBlock] = {}
        self._made: list[PersonBlock] = []
        self._box = QVBoxLayout()
        self._box.setSpacing(12)
        self.new = NewPerson(desk)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._box)
        column.addWidget(self.new)

    def show_people(self, dossier: Dossier) -> None:
        """Show the people, also of another dossier; blocks of those who were shown already
        stay."""
        self.new.show_dossier(dossier.uid)
        if list(self.blocks) != [person.uid for person in dossier.people]:
            for block in self.blocks.values():
                block.commit()
            self._take_blocks([person.uid for person in dossier.people])
        for person in dossier.people:
            self.blocks[person.uid].show_person(dossier, person)

    def _take_blocks(self, uids: list[str]) -> None:
        """A block for each person: those that are there, whoever they showed, then new ones.
        A few that are not needed now are kept, for the next dossier."""
        while len(self._made) < len(uids):
            self._made.append(PersonBlock(self._desk))
            self._box.addWidget(self._made[-1])
        for number, block in enumerate(self._made):
            block.setVisible(number < len(uids))
            if number >= len(uids):
                block.close_editors()
            if number >= max(len(uids), _SPARE):
                self._box.removeWidget(block)
                block.deleteLater()
        del self._made[max(len(uids), _SPARE) :]
        self.blocks = dict(zip(uids, self._made, strict=False))

    def commit(self) -> bool:
        return commit_all([self.new, *self.blocks.values()])


class PersonBlock(QWidget):
    """Name, position, role and note of one person, and how they are reached."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._uid = self._person_uid = ""
        self._is_main = False
        self._name = ""
        self._main = Chip(tr("main contact"))
        self._more = Button("", Look.QUIET, icon="more")
        self._more.clicked.connect(self._open_menu)
        self.rows = {
            key: EditRow(self._save, shape=RowShape.TITLE if key == "name" else RowShape.ASIDE)
            for key in _KEYS
        }
        self.points = PointsView(desk)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        title, *others = self.rows.values()
        head = side_by_side(title, self._main, self._more, gap=6, stretch=0)
        for aside in (self._main, self._more):
            head.setAlignment(aside, Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(head)
        for row in others:
            column.addWidget(row)
        chain(list(self.rows.values()))
        column.addSpacing(2)
        column.addWidget(self.points)

    def show_person(self, dossier: Dossier, person: Person) -> None:
        """Show how the person stands now, or another one."""
        if (self._uid, self._person_uid) != (dossier.uid, person.uid):
            self.close_editors()
        self._uid, self._person_uid = dossier.uid, person.uid
        self._is_main = person is dossier.main_person
        self._name = person.full_name or tr("No name yet")
        self._main.setVisible(self._is_main and len(dossier.people) > 1)
        self._more.setAccessibleName(tr("More for {name}", name=self._name))
        for line in _lines(person):
            self.rows[line.field.key].show_line(line, dossier.people)
        self.points.show_points(dossier.uid, person.uid, person.contact_points)

    def commit(self) -> bool:
        return commit_all([*self.rows.values(), self.points])

    def close_editors(self) -> None:
        """Let go of what is typed."""
        for row in self.rows.values():
            row.close_editor()
        self.points.close_editors()

    def _save(self, key: str, value: Any, _source: str) -> bool:
        action = partial(editing.set_person, self._uid, self._person_uid, key, value)
        return self._desk.act(action, initiator=self) is not None

    def _open_menu(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if not self._is_main:
            menu.addAction(tr("Make the main contact"), self.make_main)
        menu.addAction(tr("Remove from the dossier"), self.remove)
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def make_main(self) -> None:
        """Let the dossier be called by this person."""
        self._desk.act(
            partial(editing.make_main, self._uid, self._person_uid),
            initiator=self,
            said=tr("{name} is the main contact now.", name=self._name),
        )

    def remove(self) -> None:
        """Take the person out; the toast takes it back."""
        self._desk.act(
            partial(editing.remove_person, self._uid, self._person_uid),
            initiator=self,
            said=tr("{name} was taken out of the dossier.", name=self._name),
        )


_KEYS = ("name", "position", "role", "note")


def _lines(person: Person) -> list[FormLine]:
    roles = [
        Option(role, Text(words.role_word(role), words.role_word(role)))
        for role in Role
        if role is not Role.UNKNOWN
    ]
    name = {
        "surname": person.surname,
        "given": person.given,
        "patronymic": person.patronymic,
    }
    fields = [
        (own_field("name", FieldType.NAME, tr("Name")), name if any(name.values()) else None),
        (own_field("position", FieldType.TEXT, tr("Position")), person.position or None),
        (
            own_field("role", FieldType.CHOICE, tr("Part in the decision"), roles),
            None if person.role is Role.UNKNOWN else str(person.role),
        ),
        (own_field("note", FieldType.LONG_TEXT, tr("Note")), person.note or None),
    ]
    return [FormLine(field, value, text_of(field, value)) for field, value in fields]
