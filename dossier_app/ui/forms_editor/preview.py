"""How a form will look, to be tried out; nothing of it is stored."""

from __future__ import annotations

from typing import Any

from dossier_app.domain.errors import Refusal
from dossier_app.domain.forms.filling import begin, put
from dossier_app.domain.forms.template import Scope, Template
from dossier_app.domain.records import Dossier, Person
from dossier_app.ui.desk import Desk
from dossier_app.ui.dossier.form_view import FormView


class TriedForm(FormView):
    """A form with its defaults, filled in memory only."""

    def __init__(self, desk: Desk, template: Template) -> None:
        super().__init__(desk, template, script=True)
        self._person = Person()
        self._dossier = Dossier(people=[self._person])
        self._form = begin(template)
        holder = self._person if template.scope is Scope.PERSON else self._dossier
        holder.forms.append(self._form)
        self._show()

    def _show(self) -> None:
        self.show_form(self._dossier, self._person, self._form)

    def _save(self, key: str, value: Any, source: str) -> bool:
        try:
            put(self.template, self._dossier, self._person, key, value,
                source=source, confirmed=self._desk.today, form=self._form)  # fmt: skip
        except Refusal as refusal:
            self._desk.refused.emit(str(refusal))
            return False
        self._show()
        return True
