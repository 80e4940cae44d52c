"""An empty form to fill in by hand: a place to write, tick or cross for each question.

Discreet like every print: it may lie on the client's table, and a question tells what is
collected. Private questions are printed only when the rep asks for them; numbers then run
without a gap, so a discreet form that lacks some of its questions has none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from reportlab.platypus import Flowable

from dossier_app.domain.forms.template import Field, FieldType, Scope, Template
from dossier_app.domain.language import tr
from dossier_app.printing.blocks import Block, Heading, Row, Text, WholeRow
from dossier_app.printing.fitting import fewest_pages
from dossier_app.printing.options import Printed, PrintOptions
from dossier_app.printing.page import Begin, Running, build
from dossier_app.printing.style import (
    APART,
    BODY,
    FAR,
    LEAD,
    MM,
    MUTED,
    NAME,
    NEAR,
    SHEETS,
    SMALL,
    TITLE,
)
from dossier_app.printing.writing import (
    TEXT_ABOVE_LINE,
    Choices,
    DigitBoxes,
    Notes,
    Question,
    RuledTable,
    Scale,
    Space,
    WritingLines,
)

_LABEL_WIDTH = 62 * MM
_NUMBER_WIDTH = 15.0
_CAPTION_WIDTH = 24 * MM
_DATE_WIDTH = 46 * MM
_GAP = 8.0
_LEAST_NOTES = 4  # lines
_COLUMN_WIDTHS = {
    FieldType.DATE: 26 * MM,
    FieldType.PARTIAL_DATE: 26 * MM,
    FieldType.TIME: 18 * MM,
    FieldType.NUMBER: 20 * MM,
    FieldType.MONEY: 26 * MM,
    FieldType.SCALE: 18 * MM,
    FieldType.YES_NO: 18 * MM,
}


@dataclass(frozen=True, slots=True)
class _Lines:
    """How many lines there are for what takes more than one; ``items`` are rows for a list
    of things that have parts."""

    long_text: int
    address: int
    list_: int
    table: int
    items: int


# The second one is taken where it saves a page.
_LINES = (
    _Lines(long_text=4, address=2, list_=2, table=5, items=3),
    _Lines(long_text=3, address=1, list_=1, table=4, items=2),
)


def print_blank(template: Template, options: PrintOptions) -> Printed:
    """The form ``template`` without answers, in the current language."""
    return fewest_pages(partial(_print, template, options, lines) for lines in _LINES)


def _print(template: Template, options: PrintOptions, lines: _Lines) -> Printed:
    form = str(template.title)
    sheet = SHEETS[options.paper]
    fields = [_asked_parts(field) for field in template.fields if not field.retired]
    shown = [field for field in fields if options.private or not field.private]
    numbered = len(shown) == len(fields)
    head: list[Block] = [Heading(form, NAME)]
    if template.help:
        head.append(Text(str(template.help), LEAD, above=NEAR, limit=4))
    running = Running(form, private=options.private and any(field.private for field in shown))
    story: list[Flowable] = [Begin(running), *head, *_about(template.scope)]
    for title, asked in _groups(template, shown):
        rows = [_asked(field, sheet.text_width, lines, numbered=numbered) for field in asked]
        if title:
            rows[0] = Row([[Heading(title, TITLE, level=1), rows[0]]], [0])
        rows[0].spaceBefore = APART
        story += rows
    story.append(Notes(tr("Notes"), least=_LEAST_NOTES))
    return build(story, options, title=tr("Blank form: {form}", form=form))


def _about(scope: Scope) -> list[Block]:
    """Lines for whom the form is about, and when it was filled in."""
    client, day = Question(tr("Client")), Question(tr("Date"))
    rows = [Row([[client], [day]], [0, _DATE_WIDTH], above=FAR)]
    if scope is Scope.PERSON:
        rows.append(Row([[Question(tr("Person"))]], [0]))
    return list(rows)


def _groups(template: Template, fields: Sequence[Field]) -> Iterator[tuple[str, list[Field]]]:
    """The questions under their headings, those without one first."""
    for key in ("", *template.groups):
        group = [field for field in fields if field.group == key]
        if group:
            yield str(template.groups.get(key, "")), group


def _asked_parts(field: Field) -> Field:
    """``field`` without the parts that are no longer asked."""
    return replace(field, parts=tuple(part for part in field.parts if not part.retired))


def _asked(field: Field, width: float, lines: _Lines, *, numbered: bool) -> Row:
    """A question and the room for its answer."""
    number = [Text(str(field.number or ""), BODY(grey=MUTED))] if numbered else []
    label = Text(str(field.label), BODY)
    if field.type is FieldType.TABLE or (field.type is FieldType.LIST and field.parts):
        return _asked_in_table(field, number, label, width, lines)
    lower = Space(TEXT_ABOVE_LINE)
    question: list[Block] = [lower, label]
    cells: list[list[Block]] = [question, _answer(field, lines)]
    widths = [_LABEL_WIDTH, 0.0]
    if number:
        cells.insert(0, [lower, *number])
        widths = [_NUMBER_WIDTH, _LABEL_WIDTH - _NUMBER_WIDTH - _GAP, 0.0]
    row = WholeRow(cells, widths, gap=_GAP)
    help_text = Text(str(field.help), SMALL)
    # A help stands where the answer needs more room than the question anyway.
    without, question_width = row.height_in(width), widths[-2]
    taken = lower.height_in(width) + label.height_in(question_width)
    if field.help and taken + help_text.height_in(question_width) <= without:
        question.append(help_text)
    return row


def _asked_in_table(
    field: Field, number: Sequence[Block], label: Text, width: float, lines: _Lines
) -> Row:
    widths = [_COLUMN_WIDTHS.get(part.type, 0.0) for part in field.parts]
    if sum(widths) > width / 2 or 0.0 not in widths:
        widths = [0.0] * len(widths)
    rows = lines.table if field.type is FieldType.TABLE else lines.items
    table = RuledTable([str(part.label) for part in field.parts], widths, rows, above=NEAR)
    question: list[Block] = [label]
    if field.help:
        question.append(Text(str(field.help), SMALL, limit=2))
    top = Row([number, question], [_NUMBER_WIDTH, 0], gap=_GAP) if number else Row([question], [0])
    top.keepWithNext = True
    return Row([[Space(TEXT_ABOVE_LINE), top, table]], [0])


def _answer(field: Field, lines: _Lines) -> list[Block]:
    """The room for the answer, by the type of the field."""
    if field.type is FieldType.PARTS:
        return [_captioned(str(part.label), _answer(part, lines)) for part in field.parts]
    if make := _BY_TYPE.get(field.type):
        return make(field)
    count = {
        FieldType.LONG_TEXT: lines.long_text,
        FieldType.ADDRESS: lines.address,
        FieldType.LIST: lines.list_,
    }.get(field.type, 1)
    return [WritingLines(count)]


def _captioned(caption: str, answer: list[Block]) -> Row:
    text = Text(caption, SMALL, limit=2)
    lower = TEXT_ABOVE_LINE + (BODY.leading - SMALL.leading)
    return Row([[Space(lower), text], answer], [_CAPTION_WIDTH, 0], gap=_GAP)


def _digits(pattern: str) -> Callable[[Field], list[Block]]:
    return lambda _field: [DigitBoxes(pattern)]


def _number(_field: Field) -> list[Block]:
    return [Row([[WritingLines(1)], []], [40 * MM, 0])]


def _choice(field: Field) -> list[Block]:
    return [Choices([str(option.label) for option in field.options if not option.retired])]


def _yes_no(_field: Field) -> list[Block]:
    return [Choices([tr("yes"), tr("no")])]


def _scale(field: Field) -> list[Block]:
    circles = Scale(*field.scale)
    return [Row([[circles], [WritingLines(1)]], [circles.natural_width, 0], gap=_GAP)]


def _phones(_field: Field) -> list[Block]:
    labels = (tr("mobile"), tr("work"), tr("home"))
    return [_captioned(label, [WritingLines(1)]) for label in labels]


_BY_TYPE: Mapping[FieldType, Callable[[Field], list[Block]]] = {
    FieldType.NUMBER: _number,
    FieldType.MONEY: _number,
    FieldType.DATE: _digits("00.00.0000"),
    FieldType.PARTIAL_DATE: _digits("00.00.0000"),
    FieldType.TIME: _digits("00:00"),
    FieldType.CHOICE: _choice,
    FieldType.MULTI_CHOICE: _choice,
    FieldType.YES_NO: _yes_no,
    FieldType.SCALE: _scale,
    FieldType.PHONES: _phones,
}
