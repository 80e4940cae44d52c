"""The protocol of an erasure on one page, to be given to the client."""

from __future__ import annotations

from reportlab.platypus import Flowable

from dossier_app.domain.datewords import clock, full_date
from dossier_app.domain.erasing import Erasure
from dossier_app.domain.language import tr
from dossier_app.domain.words import size_words
from dossier_app.printing.blocks import Block, Heading, Row, Text
from dossier_app.printing.options import Printed, PrintOptions
from dossier_app.printing.page import Begin, Running, build
from dossier_app.printing.style import BODY, FAR, LEAD, MM, MUTED, NAME, NEAR
from dossier_app.printing.writing import TEXT_ABOVE_LINE, Space, WritingLines

_NUMBER_WIDTH = 40 * MM
_LABEL_WIDTH = 40 * MM


def print_erasure(erasure: Erasure, options: PrintOptions) -> Printed:
    """What was removed, when and by whom, in the current language."""
    title = tr("Protocol of an erasure")
    who = ", ".join(dict.fromkeys(filter(None, (erasure.name, erasure.company))))
    who = who or tr("No name")
    day, time = full_date(erasure.at.date()), clock(erasure.at.time())
    said = tr(
        "On {day} at {time} all that was kept about {who} was removed from the binder, so that "
        "the program cannot bring it back.",
        day=day,
        time=time,
        who=who,
    )
    story: list[Flowable] = [
        Begin(Running(title, who)),
        Heading(title, NAME),
        Text(who, LEAD, above=NEAR),
        Text(said, above=FAR),
    ]
    for place, (label, number) in enumerate(_lines(erasure)):
        story.append(
            Row(
                [[Text(label)], [Text(number, align="right")]],
                [0, _NUMBER_WIDTH],
                above=FAR if place == 0 else 0,
                pad=2.6,
                ruled=True,
            )
        )
    story.append(Text(_about_backups(erasure), BODY(grey=MUTED), above=FAR))
    by = Text(erasure.author) if erasure.author.strip() else WritingLines(1)
    story.append(Row([[Text(tr("Removed by"))], [by]], [_LABEL_WIDTH, 0], above=FAR))
    signed: list[Block] = [Space(TEXT_ABOVE_LINE), Text(tr("Signature"))]
    story.append(Row([signed, [WritingLines(1)]], [_LABEL_WIDTH, 0], above=NEAR))
    return build(story, options, title=title)


def _lines(erasure: Erasure) -> list[tuple[str, str]]:
    documents = tr("Documents")
    if erasure.documents:
        documents = f"{documents} ({size_words(erasure.bytes_of_documents)})"
    return [
        (tr("People"), str(erasure.people)),
        (tr("Phones, e-mails, addresses"), str(erasure.contact_points)),
        (tr("Filled forms"), str(erasure.forms)),
        (tr("Entries of the history"), str(erasure.history)),
        (tr("Promises"), str(erasure.promises)),
        (tr("Slips"), str(erasure.slips)),
        (documents, str(erasure.documents)),
    ]


def _about_backups(erasure: Erasure) -> str:
    if erasure.backup_until is None:
        return tr("There are no backups made by the program. Copies made by hand are not counted.")
    return tr(
        "Encrypted backups made by the program may have it until {day} at the latest; then they "
        "are gone too. Copies made by hand are not counted.",
        day=full_date(erasure.backup_until),
    )
