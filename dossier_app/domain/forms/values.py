"""The values of form fields: their JSON shape, reading, checking and showing.

====================  =====================================================================
type                  value
====================  =====================================================================
text, phone, email    text of one line; phone and e-mail as they were written
long_text, address    text, may have several lines
number                whole or decimal number, below 10**15
money                 ``{"amount": "1234.50", "currency": "RUB"}``, always two decimals
date                  ``"2026-11-25"``
partial_date          ``"1976-03-08"``, ``"1976-03"``, ``"1976"`` or ``"03-08"`` (no year)
time                  ``"14:30"``, local
phones                list of ``{"value": "+7 ...", "label": "work"}``
name                  ``{"surname": "", "given": "", "patronymic": ""}``
choice                key of the option
multi_choice          list of keys, in the order of the options
scale                 ``{"score": 4, "text": ""}``; score may be null
yes_no                true or false
list                  list of texts; with parts, list of ``{part key: value}``
table                 list of rows ``{column key: value}``
parts                 ``{part key: value}``
person                uid of a person of the same dossier
====================  =====================================================================

Empty is None everywhere. Sets of parts, items and rows hold their filled parts only,
and may hold a text or number under the key of a part that has left the template.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dossier_app.domain.errors import Refusal
from dossier_app.domain.forms.compound import kind_of
from dossier_app.domain.forms.kind import clean, readable
from dossier_app.domain.forms.template import Field, FieldType
from dossier_app.domain.language import tr
from dossier_app.domain.records import Person


def parse(field: Field, text: str, people: Sequence[Person] = ()) -> Any:
    """The value that a typed ``text`` means; None for an empty one.

    ``people`` are those a PERSON field can name. Raises Refusal with a sentence.
    """
    text = clean(text)
    value = kind_of(field, people).parse(text) if text else None
    return None if is_empty(field, value) else value


def check(field: Field, value: Any) -> Any:
    """``value`` (from a widget, a package) in its canonical shape; None for an empty one.

    Raises Refusal when it is not of the field's shape or breaks a rule of the field.
    """
    if is_empty(field, value):
        return None
    checked = kind_of(field).check(value)
    return None if is_empty(field, checked) else checked


def text_of(field: Field, value: Any, people: Sequence[Person] = ()) -> str:
    """``value`` in words of the current language, for screen, paper, search and export.

    A value that no longer fits its field is shown as it is, never refused; what was chosen
    while the field was a choice, by its label.
    """
    if is_empty(field, value):
        return ""
    words = {option.key: str(option.label) for option in field.options}
    kind = kind_of(field, people)
    try:
        checked = kind.check(value)
    except Refusal:
        return readable(value, words)
    return readable(checked, words) if _is_chosen(checked, words) else kind.text(checked)


def _is_chosen(value: Any, words: Mapping[str, str]) -> bool:
    """True for keys of options, alone or several."""
    keys = value if isinstance(value, list) else [value]
    return bool(keys) and all(isinstance(key, str) and key in words for key in keys)


def fits(field: Field, value: Any) -> bool:
    """False for an answer to what the field was before it was changed."""
    try:
        check(field, value)
    except Refusal:
        return False
    return True


def cells_of(
    field: Field, value: Any, people: Sequence[Person] = ()
) -> list[list[tuple[str, str]]]:
    """The rows of a table or of a list with parts, to be read one below the other: of each
    the filled cells with the heading of their column. Empty for any other value."""
    if field.type not in (FieldType.TABLE, FieldType.LIST) or not field.parts:
        return []
    if is_empty(field, value) or not fits(field, value):
        return []
    rows = []
    for row in value:
        known = {part.key: part for part in field.parts}
        cells = [
            (str(part.label), text_of(part, row[key], people))
            for key, part in known.items()
            if not is_empty(part, row.get(key))
        ]
        cells += [("", readable(item)) for key, item in row.items() if key not in known]
        rows.append([cell for cell in cells if cell[1]])
    return rows


def is_empty(field: Field, value: Any) -> bool:
    """True when ``value`` says nothing; False and 0 say something."""
    return kind_of(field).is_empty(value)


def inner_field(field: Field, path: str) -> Field:
    """The field of the value under ``path`` inside ``field``: ``place`` of a birth,
    ``0.birth`` of children, ``given`` of a name; ``field`` itself for an empty path.

    Raises Refusal for a path that leads nowhere.
    """
    for step in filter(None, path.split(".")):
        found = kind_of(field).inner(step)
        if found is None:
            raise Refusal(tr("{field} has no part {part}.", field=field.label, part=step))
        field = found
    return field


def parse_path(field: Field, path: str, text: str, people: Sequence[Person] = ()) -> Any:
    """The value of the part under ``path`` (see `inner_field`) that ``text`` means."""
    return parse(inner_field(field, path), text, people)


def with_inner(field: Field, old: Any, path: str, value: Any) -> Any:
    """``old``, checked, with ``value`` set under ``path``; a list grows by one at most.

    An ``old`` of a wrong shape is not thrown away: the change is refused.
    """
    step, _, rest = path.partition(".")
    if not step:
        return check(field, value)
    part = inner_field(field, step)
    if step.isdecimal():
        items = list(check(field, old) or [])
        index = int(step)
        if index > len(items):
            raise Refusal(tr("{field} has no part {part}.", field=field.label, part=step))
        before = items[index] if index < len(items) else None
        items[index : index + 1] = [with_inner(part, before, rest, value)]
        return check(field, items)
    whole = dict(check(field, old) or {})
    whole[step] = with_inner(part, whole.get(step), rest, value)
    return check(field, whole)


def without_private(field: Field, value: Any) -> Any:
    """``value`` without its parts that the template calls private."""
    hidden = {part.key for part in field.parts if part.private}
    if not hidden:
        return value
    if isinstance(value, list):
        return [without_private(field, item) for item in value]
    if isinstance(value, Mapping):
        return {key: item for key, item in value.items() if key not in hidden}
    return value
