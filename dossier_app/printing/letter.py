"""A letter on plain paper: no holes, no head, nothing of the program on it."""

from __future__ import annotations

from reportlab.platypus import Flowable

from dossier_app.domain.datewords import full_date
from dossier_app.domain.letters import Letter
from dossier_app.printing.blocks import Entry, Text
from dossier_app.printing.options import Printed, PrintOptions
from dossier_app.printing.page import Begin, Running, build
from dossier_app.printing.style import APART, FAR, LEAD, MM, TITLE, TextStyle

_LETTER = TextStyle(11, 16)  # a size to read at arm's length
_TOP = 18 * MM


def print_letter(letter: Letter, options: PrintOptions) -> Printed:
    """``letter`` with today's date. An empty line in its text begins a paragraph."""
    story: list[Flowable] = [Begin(Running(bare=True, punched=False))]
    if letter.addressee:
        story.append(Text(letter.addressee, LEAD, above=_TOP))
    story.append(Text(full_date(options.today), LEAD, align="right", above=APART))
    if letter.subject:
        story += [Entry(letter.subject), Text(letter.subject, TITLE, above=FAR, keep=True)]
    for number, paragraph in enumerate(letter.body.strip().split("\n\n")):
        story.append(Text(paragraph.strip("\n"), _LETTER, above=FAR if number == 0 else APART))
    return build(story, options, title=letter.subject or letter.addressee)
