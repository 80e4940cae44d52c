"""What the types of fields are called."""

from __future__ import annotations

from dossier_app.domain.forms.template import FieldType
from dossier_app.domain.language import mark, tr

_NAMES = {
    FieldType.TEXT: mark("Text, one line"),
    FieldType.LONG_TEXT: mark("Long text"),
    FieldType.NUMBER: mark("Number"),
    FieldType.MONEY: mark("Sum of money"),
    FieldType.DATE: mark("Date"),
    FieldType.PARTIAL_DATE: mark("Date, also without a year"),
    FieldType.TIME: mark("Time"),
    FieldType.YES_NO: mark("Yes or no"),
    FieldType.CHOICE: mark("One of several"),
    FieldType.MULTI_CHOICE: mark("Any of several"),
    FieldType.SCALE: mark("Mark with a remark"),
    FieldType.LIST: mark("List"),
    FieldType.TABLE: mark("Table"),
    FieldType.PARTS: mark("Several parts"),
    FieldType.PERSON: mark("Person of the dossier"),
    FieldType.NAME: mark("Somebody's name"),
    FieldType.PHONE: mark("Phone"),
    FieldType.PHONES: mark("Several phones"),
    FieldType.EMAIL: mark("E-mail"),
    FieldType.ADDRESS: mark("Address"),
}
# What a column of a table, or a part, can be without more said about it.
SIMPLE = (
    FieldType.TEXT,
    FieldType.LONG_TEXT,
    FieldType.NUMBER,
    FieldType.MONEY,
    FieldType.DATE,
    FieldType.PARTIAL_DATE,
    FieldType.TIME,
    FieldType.YES_NO,
    FieldType.SCALE,
    FieldType.PERSON,
    FieldType.NAME,
    FieldType.PHONE,
    FieldType.EMAIL,
    FieldType.ADDRESS,
)


def type_word(kind: FieldType) -> str:
    """ "Long text"."""
    return tr(_NAMES[kind])


def type_choices() -> list[tuple[FieldType, str]]:
    """Every type with its name, in the order in which they are offered."""
    return [(kind, type_word(kind)) for kind in _NAMES]
