"""All forms of the binder: to change, copy, take in from a file, give away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from dossier_app.domain.changes import Changes
from dossier_app.domain.errors import Refusal
from dossier_app.domain.forms.changing import copied, new_template
from dossier_app.domain.forms.template import Template, Text
from dossier_app.domain.language import ntr, tr
from dossier_app.services import templates as service
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.base import MARGIN, PaperDialog
from dossier_app.ui.dialogs.files import ask_file, ask_where, write_whole
from dossier_app.ui.forms_editor.editor import TemplateEditor
from dossier_app.ui.forms_editor.lists import LineList, ListLine
from dossier_app.ui.theme import scale
from dossier_app.ui.widgets import Button, Look

_SIZE = (640, 560)
_COPY = Text("(копия)", "(copy)")


class TemplatesDialog(PaperDialog):
    """The list of forms. What is changed here is known to the open binder at once, and
    each change is one undo."""

    def __init__(self, window: QWidget, desk: Desk) -> None:
        super().__init__(window, tr("Forms"), width=_SIZE[0])
        self.setFixedHeight(min(_SIZE[1], self.ground.height() - MARGIN))
        self._desk = desk
        self.list = LineList(tr("Forms"))
        self.list.chosen.connect(self._follow)
        self.list.itemActivated.connect(self.change)
        self.list.remove_wanted.connect(self.remove)
        side = QVBoxLayout()
        side.setSpacing(scale().grid)
        self.buttons: dict[str, Button] = {}
        for name, text, keys, action in self._actions():
            button = Button(text, Look.SECONDARY if keys else Look.QUIET, keys=keys)
            button.clicked.connect(action)
            if keys:
                QShortcut(QKeySequence(keys), self, action)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            side.addWidget(button)
            self.buttons[name] = button
        side.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(4 * scale().grid)
        row.addWidget(self.list, 1)
        row.addLayout(side)
        self.body.addLayout(row, 1)
        self.add_buttons(tr("Change…"), cancel=tr("Close"))
        self._desk.changed.connect(self._changed)
        self._show()
        self.list.setFocus()

    def _actions(self) -> list[tuple[str, str, str, Callable[[], None]]]:
        return [
            ("new", tr("New form…"), "Ctrl+N", self.make),
            ("copy", tr("Copy…"), "Ctrl+D", self.copy),
            ("import", tr("From a file…"), "Ctrl+O", self.ask_file),
            ("export", tr("Into a file…"), "Ctrl+S", self.ask_where),
            ("print", tr("Print a blank one…"), "Ctrl+P", self.print_blank),
            ("away", tr("Put away"), "", self.put_away),
            ("remove", tr("Remove"), "", self.remove),
        ]

    @property
    def template(self) -> Template | None:
        """The chosen form."""
        return service.templates().get(self.list.key)

    # --- what is done

    def submit(self) -> bool:
        self.change()
        return False

    def change(self) -> None:
        """Open the chosen form to be changed."""
        template = self.template
        if template is not None:
            TemplateEditor(self, self._desk, template).open()

    def make(self) -> None:
        """Make a form from nothing."""
        TemplateEditor(self, self._desk, new_template("", Text())).open()

    def copy(self) -> None:
        """Make a form like the chosen one."""
        template = self.template
        if template is not None:
            TemplateEditor(self, self._desk, copied(template, _COPY)).open()

    def ask_file(self) -> None:
        """Ask for a form file."""
        ask_file(self, tr("Take in a form"), tr("Forms (*.toml)"), self.take_in)

    def take_in(self, path: str) -> None:
        """Take in a form file; one with the same key takes the other's place, and keeps
        what old answers are read by."""
        self.show_problem("")
        try:
            template = service.checked(service.read_template(Path(path)))
        except Refusal as refusal:
            self.show_problem(str(refusal))
            return
        self._do(
            partial(service.save_template, template),
            tr("Taken in: {form}", form=template.title),
        )
        self.list.choose(template.key)

    def ask_where(self) -> None:
        """Ask where the chosen form shall be written."""
        if self.list.key:
            name, data = service.template_file(self.list.key)
            kinds = tr("Forms (*.toml)")
            ask_where(self, tr("Write the form"), kinds, name, partial(self.write, data))

    def write(self, data: bytes, path: str) -> None:
        """Write a form file."""
        self.show_problem(write_whole(path, data))

    def print_blank(self) -> None:
        """Print the chosen form, to be filled in by hand."""
        from dossier_app.ui.dialogs.form_print import print_empty

        template = self.template
        if template is not None:
            print_empty(self, self._desk, template).open()

    def put_away(self) -> None:
        """No longer offer the chosen form, or offer it again."""
        template = self.template
        if template is not None and template.key not in service.ALWAYS:
            changed = replace(template, retired=not template.retired)
            if changed.retired:
                said = tr("Put away: {form}", form=template.title)
            else:
                said = tr("Offered again: {form}", form=template.title)
            self._do(partial(service.save_template, changed), said)

    def remove(self) -> None:
        """Remove a form of the rep's own; one of the program's is as it came again."""
        template = self.template
        if template is None or not service.is_own(template.key):
            return
        if service.is_built_in(template.key):
            said = tr("As it came with the program: {form}", form=template.title)
            self._do(partial(service.put_back, template.key), said)
        else:
            try:
                service.check_removal(template.key)
            except Refusal as refusal:
                self.show_problem(str(refusal))
                return
            said = tr("Removed: {form}", form=template.title)
            self._do(partial(service.remove_template, template.key), said)

    def _do(self, action: Callable[[], Changes], said: str) -> None:
        self.show_problem("")
        self._desk.act(action, initiator=self, said=said)

    # --- what is shown

    def _changed(self, changes: Changes, _initiator: object) -> None:
        if changes.templates:
            self._show()

    def _show(self) -> None:
        known = sorted(service.templates().values(), key=lambda form: str(form.title).casefold())
        away = [form for form in known if form.retired]
        lines = [_line(form) for form in known if not form.retired]
        if away:
            lines += [ListLine("", tr("Put away"), heading=True), *(_line(form) for form in away)]
        self.list.show_lines(lines)
        self._follow(self.list.key)

    def _follow(self, key: str) -> None:
        template = service.templates().get(key)
        own, built_in = service.is_own(key), service.is_built_in(key)
        retired = template is not None and template.retired
        away, remove = self.buttons["away"], self.buttons["remove"]
        away.setText(tr("Offer again") if retired else tr("Put away"))
        away.setVisible(key not in service.ALWAYS)
        remove.setText(tr("As it came") if built_in else tr("Remove"))
        remove.setVisible(own)
        for button in (away, remove):
            button.updateGeometry()


def _line(form: Template) -> ListLine:
    asked = sum(not item.retired for item in form.fields)
    remarks = [ntr("{n} question", "{n} questions", asked)]
    if service.is_own(form.key):
        remarks.insert(0, tr("changed") if service.is_built_in(form.key) else tr("own"))
    return ListLine(form.key, str(form.title), " · ".join(remarks), form.retired)
