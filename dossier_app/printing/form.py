"""One filled form on paper: what is known, and what is still to be asked."""

from __future__ import annotations

from reportlab.platypus import Flowable

from dossier_app.domain.datewords import full_date
from dossier_app.domain.forms.template import Templates
from dossier_app.domain.language import tr
from dossier_app.domain.records import Dossier, FilledForm, Person
from dossier_app.printing.blocks import Heading, Text
from dossier_app.printing.client import client_name
from dossier_app.printing.dossier import form_blocks
from dossier_app.printing.options import Printed, PrintOptions
from dossier_app.printing.page import Begin, Running, build
from dossier_app.printing.style import APART, LEAD, NAME, NEAR


def print_form(
    dossier: Dossier,
    person: Person | None,
    form: FilledForm,
    options: PrintOptions,
    templates: Templates,
) -> Printed:
    """The sheet ``form`` of ``dossier`` or of its ``person``, in the current language."""
    template = templates.get(form.template)
    title = str(template.title) if template else form.template
    who = client_name(dossier, person or dossier.main_person)
    about = ", ".join(dict.fromkeys(part for part in (who, dossier.company) if part))
    day = full_date(form.filled_on) if form.filled_on else ""
    head = " · ".join(part for part in (title, day) if part)
    story: list[Flowable] = [
        Begin(Running(head, about, private=options.private)),
        Heading(title, NAME),
        Text(" · ".join(part for part in (about, day) if part), LEAD, above=NEAR),
    ]
    blocks = form_blocks(dossier, person, form, options, templates)
    if blocks:
        blocks[0].spaceBefore = APART
    story += blocks or [Text(tr("Nothing is filled in yet."), above=APART)]
    return build(story, options, title=f"{title}: {who}")
