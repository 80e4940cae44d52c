"""Changing a form: its questions at the left, one of them in the middle, the form itself,
to be tried out, at the right."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from dossier_app.domain.errors import Refusal
from dossier_app.domain.forms import changing
from dossier_app.domain.forms.template import Field, FieldType, Template, Text
from dossier_app.domain.language import tr
from dossier_app.services import templates as service
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.base import MARGIN, PaperDialog
from dossier_app.ui.dialogs.drafts import drafts_of
from dossier_app.ui.dialogs.labelled import Closing
from dossier_app.ui.dossier.page import Page
from dossier_app.ui.forms_editor.lists import LineList, ListLine
from dossier_app.ui.forms_editor.panels import FieldPanel, FormPanel, GroupPanel
from dossier_app.ui.forms_editor.preview import TriedForm
from dossier_app.ui.forms_editor.words import type_word
from dossier_app.ui.theme import scale
from dossier_app.ui.widgets import Button, Hairline, Look, caps_label, paint

_SIZE = (1080, 720)
_LIST = 240  # px
_TRIED = 340  # px
_PAUSE = 200  # milliseconds after the last change before the form is drawn anew
_FORM = "*"  # key of the line for the form itself; no field is called so
_HEADING = "#"  # before the key of a line for a heading
_ADD_KEYS, _ADD_HEADING_KEYS = "Ctrl+N", "Ctrl+Shift+N"


class TemplateEditor(PaperDialog):
    """Saves a form as one action. What is left unsaved waits while the binder is open.

    ``template`` without a key is a new one.
    """

    def __init__(self, window: QWidget, desk: Desk, template: Template) -> None:
        stored = bool(template.key)
        title = tr("Form: {title}", title=template.title) if stored else tr("New form")
        super().__init__(window, title, width=_SIZE[0])
        self.setFixedHeight(min(_SIZE[1], self.ground.height() - MARGIN))
        self._desk = desk
        self._stored = template
        draft = drafts_of(desk).forms.pop(template.key, None)
        self.template = draft or template
        self._new = {item.key for item in self.template.fields if not template.field(item.key)}
        self.list = LineList(tr("Questions"))
        self.form_panel, self.group_panel, self.field_panel = (
            FormPanel(), GroupPanel(), FieldPanel(),
        )  # fmt: skip
        self._panels = QStackedWidget()
        for panel in (self.form_panel, self.group_panel, self.field_panel):
            self._panels.addWidget(panel)
        self.tried = Page()
        self.tried.column.setContentsMargins(12, 0, 4, 8)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._try)
        self._lay_out()
        self._connect()
        self._show_list()
        self.list.choose(_FORM)
        self._try()
        self._say(draft is not None)
        self.list.setFocus()
        if not stored:
            self.form_panel.title.first.setFocus()

    @property
    def group(self) -> str:
        """Key of the group whose heading is chosen; empty when it is something else."""
        key = self.list.key
        return key.removeprefix(_HEADING) if key.startswith(_HEADING) else ""

    # --- what is done

    def add(self) -> None:
        """Add a question behind the chosen one, or under the chosen heading, and go to its
        words."""
        taken = {item.key for item in self.template.fields}
        key = changing.key_for(Text(), taken, "question")
        self._new.add(key)
        item = Field(key, FieldType.TEXT, Text())
        if self.group:
            self._take(changing.with_field_under(self.template, item, self.group))
        else:
            self._take(changing.with_field(self.template, item, self.list.key))
        self.list.choose(key)
        self.field_panel.label.first.setFocus()

    def add_heading(self) -> None:
        """Add a heading behind the chosen one, or that of the chosen question, and go to its
        words."""
        item = self.template.field(self.list.key)
        after = item.group if item else self.group
        template, key = changing.with_group(self.template, after)
        self._take(template)
        self.list.choose(_HEADING + key)
        self.group_panel.heading_text.first.setFocus()

    def shift(self, step: int) -> None:
        """Move the chosen question, or the chosen heading with its questions, up or down."""
        if self.group:
            self._take(changing.moved_group(self.template, self.group, step))
        else:
            self._take(changing.moved(self.template, self.list.key, step))

    def remove(self) -> None:
        """Take the chosen heading away, or retire the chosen question."""
        if self.group:
            self._take(changing.without_group(self.template, self.group))
        else:
            self.retire()

    def retire(self) -> None:
        """No longer ask the chosen question, or ask it again; a new one goes."""
        item = self.template.field(self.list.key)
        if item is None:
            return
        if item.key in self._new:
            self._take(changing.without_field(self.template, item.key))
        else:
            changed = replace(item, retired=not item.retired)
            self._take(changing.with_changed(self.template, changed))
        self._chosen(self.list.key)

    def start_again(self) -> None:
        """Forget what was changed."""
        self.template, self._new = self._stored, set()
        self._show_list()
        self._chosen(self.list.key)
        self._try()
        self._say(waited=False)

    def submit(self) -> bool:
        sentence, key = changing.obstacle(self.template)
        if sentence:
            if key in self.template.groups:
                key = _HEADING + key
            self.list.choose(key or _FORM)
            self.show_problem(sentence)
            return False
        template = changing.with_good_keys(changing.completed(self.template), self._new)
        if not template.key:
            template = replace(template, key=service.free_key(template.title))
        try:
            service.checked(template)
        except Refusal as refusal:
            self.show_problem(str(refusal))
            return False
        action = partial(service.save_template, template)
        said = tr("Saved: {form}", form=template.title)
        return self._desk.act(action, initiator=self, said=said) is not None

    def reject(self) -> None:
        if self.template != self._stored:
            drafts_of(self._desk).forms[self._stored.key] = self.template
        super().reject()

    # --- what follows

    def _take(self, template: Template) -> None:
        """Go on with a changed form."""
        self.template = template
        self.show_problem("")
        self._show_list()
        self._pause.start()
        self._say(waited=False)

    def _form_edited(self, template: Template) -> None:
        fields = self.template.fields
        self._take(replace(template, fields=fields, groups=self.template.groups))

    def _heading_edited(self, text: Text) -> None:
        self._take(changing.with_heading(self.template, self.group, text))

    def _field_edited(self, item: Field) -> None:
        self._take(changing.with_changed(self.template, item))

    def _chosen(self, key: str) -> None:
        item = self.template.field(key)
        if self.group:
            self.group_panel.show_heading(self.template.groups[self.group])
            self._panels.setCurrentWidget(self.group_panel)
        elif item is None:
            new = not self._stored.key
            self.form_panel.show_template(self.template, new=new)
            self._panels.setCurrentWidget(self.form_panel)
        else:
            self.field_panel.show_field(item, self.template.groups, new=key in self._new)
            self.field_panel.verticalScrollBar().setValue(0)
            self._panels.setCurrentWidget(self.field_panel)

    def _show_list(self) -> None:
        lines = [ListLine(_FORM, str(self.template.title) or tr("No title yet"), tr("the form"))]
        fields = changing.in_order(self.template)
        lines += [_question(item) for item in fields if not item.group and not item.retired]
        for key, text in self.template.groups.items():
            words = str(text) or tr("A new heading")
            lines.append(ListLine(_HEADING + key, words, heading=True))
            lines += [_question(item) for item in fields if item.group == key and not item.retired]
        retired = [_question(item) for item in fields if item.retired]
        if retired:
            lines += [ListLine("", tr("No longer asked"), heading=True), *retired]
        self.list.show_lines(lines)

    def _try(self) -> None:
        self.tried.clear()
        self.tried.column.addWidget(caps_label(tr("Try it")))
        self.tried.column.addSpacing(2 * scale().grid)
        asked = tuple(item for item in self.template.fields if item.label)
        form = TriedForm(self._desk, replace(self.template, fields=asked))
        self.tried.column.addWidget(form)
        self.tried.column.addStretch(1)

    def _say(self, waited: bool) -> None:
        changed = self.template != self._stored
        self.again_button.setVisible(changed and bool(self._stored.key))
        if waited:
            self.closing.say(tr("This was changed before and not saved."))
        elif changed and self._stored.key:
            self.closing.say(tr("Answers given before stay, also to what is no longer asked."))
        else:
            self.closing.say(tr("Alt with an arrow moves a question, Delete retires it."))

    # --- putting it together

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(scale().grid)
        self.add_button = Button(tr("Add a question"), Look.SECONDARY, icon="plus", keys=_ADD_KEYS)
        self.heading_button = Button(tr("Add a heading"), Look.QUIET, icon="plus")
        self.heading_button.setToolTip(paint.keys_text(_ADD_HEADING_KEYS))
        left.addWidget(self.list, 1)
        left.addSpacing(scale().grid)
        left.addWidget(self.add_button)
        left.addWidget(self.heading_button)
        holder = QWidget()
        left.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(left)
        holder.setFixedWidth(_LIST)
        self.tried.setFixedWidth(_TRIED)
        row = QHBoxLayout()
        row.setSpacing(3 * scale().grid)
        row.addWidget(holder)
        row.addWidget(Hairline(vertical=True))
        row.addWidget(self._panels, 1)
        row.addWidget(Hairline(vertical=True))
        row.addWidget(self.tried)
        self.body.addLayout(row, 1)
        self.closing = Closing(1)
        self.again_button = Button(tr("Start again"), Look.QUIET, icon="undo")
        self.footer.addWidget(self.closing, 100)
        self.footer.addWidget(self.again_button)
        self.add_buttons(tr("Save the form"))

    def _connect(self) -> None:
        self.list.chosen.connect(self._chosen)
        self.list.move_wanted.connect(self.shift)
        self.list.remove_wanted.connect(self.remove)
        self.list.itemActivated.connect(self._go_in)
        self.form_panel.edited.connect(self._form_edited)
        self.group_panel.edited.connect(self._heading_edited)
        self.group_panel.remove_wanted.connect(self.remove)
        self.field_panel.edited.connect(self._field_edited)
        self.field_panel.retire_wanted.connect(self.retire)
        self.add_button.clicked.connect(self.add)
        self.again_button.clicked.connect(self.start_again)
        self.heading_button.clicked.connect(self.add_heading)
        QShortcut(QKeySequence(_ADD_KEYS), self, self.add)
        QShortcut(QKeySequence(_ADD_HEADING_KEYS), self, self.add_heading)
        for keys, step in (("Alt+Up", -1), ("Alt+Down", 1)):
            QShortcut(QKeySequence(keys), self.field_panel.label, partial(self.shift, step))

    def _go_in(self) -> None:
        """Enter on a line leads to its words."""
        if self.group:
            first = self.group_panel.heading_text.first
        elif self.template.field(self.list.key):
            first = self.field_panel.label.first
        else:
            first = self.form_panel.title.first
        first.setFocus()
        if isinstance(first, QLineEdit):
            first.selectAll()


def _question(item: Field) -> ListLine:
    words = str(item.label) or tr("A new question")
    number = f"{item.number}. " if item.number else ""
    return ListLine(item.key, f"{number}{words}", _short(item), item.retired)


def _short(item: Field) -> str:
    """The kind of answer in few words; nothing where it is the usual one."""
    return "" if item.type is FieldType.TEXT else type_word(item.type).split(",")[0].lower()
