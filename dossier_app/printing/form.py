"""One filled form on paper: what is known, and what is still to be asked."""

from __future__ import annotations

from functools import partial

from reportlab.platypus import Flowable

from dossier_app.domain.datewords import full_date
from dossier_app.domain.forms.template import Templates
from dossier_app.domain.language import tr
from dossier_app.domain.records import Dossier, FilledForm, Person
from dossier_app.printing.blocks import Heading, Text
from dossier_app.printing.client import client_name
from dossier_app.printing.dossier import form_blocks
from dossier_app.printing.fitting import fewest_pages
from dossier_app.printing.options import Printed, PrintOptions
from dossier_app.printing.page import Begin, Running, build
from dossier_app.printing.style import APART, LEAD, NAME, NEAR

_PADS = (2.2, 1.0)  # points above and below a row; the second where it saves a page


def print_form(
    dossier: Dossier,
    person: Person | None,
    form: FilledForm,
    options: PrintOptions,
    templates: Templates,
) -> Printed:
    """The sheet ``form`` of ``dossier`` or of its ``person``, in the current language."""
    return fewest_pages(
        partial(_print, dossier, person, form, options, templates, pad=pad) for pad in _PADS
    )


def _print(
    dossier: Dossier,
    person: Person | None,
    form: FilledForm,
    options: PrintOptions,
    templates: Templates,
    *,
    pad: float,
) -> Printed:
    template = templates.get(form.template)
    title = str(template.title) if template else form.template
    who = client_name(dossier, person or dossier.main_person)
    about = ", ".join(dict.fromkeys(part for part in (who, dossier.company) if part))
    day = full_date(form.filled_on) if form.filled_on else ""
    head = " · ".join(part for part in (title, day) if part)
    story: list[Flowable] = [
        Begin(Running(head, about, private=options.private)),
        Heading(title, NAME),
        Text(" · ".join(part for part in (about, day) if part), LEAD, above=NEAR, limit=3),
    ]
    blocks = form_blocks(dossier, person, form, options, templates)
    if blocks:
        blocks[0].spaceBefore = APART
    for row in blocks:
        row.pad = pad
    story += blocks or [Text(tr("Nothing is filled in yet."), above=APART)]
    return build(story, options, title=f"{title}: {who}")
