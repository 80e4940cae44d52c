"""Form templates: what a form asks, as read from ``forms/*.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from dossier_app.domain.language import current_language


class FieldType(StrEnum):
    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    PARTIAL_DATE = "partial_date"
    TIME = "time"
    PHONE = "phone"
    PHONES = "phones"
    EMAIL = "email"
    NAME = "name"
    ADDRESS = "address"
    CHOICE = "choice"
    MULTI_CHOICE = "multi_choice"
    SCALE = "scale"
    YES_NO = "yes_no"
    LIST = "list"
    TABLE = "table"
    PERSON = "person"
    PARTS = "parts"  # several named values of one field, e.g. a date and a place


class Scope(StrEnum):
    """Whom a form is about."""

    PERSON = "person"
    DOSSIER = "dossier"


@dataclass(frozen=True, slots=True)
class Text:
    """A text in both languages; ``str()`` speaks the current one."""

    ru: str = ""
    en: str = ""

    def __str__(self) -> str:
        return (self.ru if current_language() == "ru" else self.en) or self.ru or self.en

    def __bool__(self) -> bool:
        return bool(self.ru or self.en)


@dataclass(frozen=True, slots=True)
class Option:
    """One choice; ``key`` is stored, ``label`` is shown. A ``retired`` one is no longer
    offered; where it was chosen it is still shown."""

    key: str
    label: Text
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form.

    ``key`` never changes. ``parts`` are the named values of a PARTS field, the columns
    of a TABLE, or the parts of each item of a LIST (none: a list of texts). ``bind``
    names the dossier's own data that the field shows instead of an answer of its own
    (see `dossier_app.domain.forms.filling`). ``ask`` is the question to put to the
    client; fields of greater ``worth`` are asked first. ``number`` is its place on paper.
    ``check`` names a rule of `dossier_app.domain.legal` that a text must keep. A
    ``retired`` field is no longer asked, its old answers are still shown. ``default`` is
    the answer that a new sheet begins with, a stored value in which a `Text` may stand
    for any text (see `spoken`). ``slip`` is what the slip says that a DATE field puts
    under its date. ``follows`` names another DATE field and a number of days: so long
    after that date this one is proposed (see `dossier_app.services.forms`).
    """

    key: str
    type: FieldType
    label: Text
    help: Text = Text()
    ask: Text = Text()
    required: bool = False
    private: bool = False
    retired: bool = False
    number: int = 0
    group: str = ""
    bind: str = ""
    check: str = ""
    worth: int = 0
    options: tuple[Option, ...] = ()
    parts: tuple[Field, ...] = ()
    scale: tuple[int, int] = (1, 5)
    slip: Text = Text()
    follows: tuple[str, int] | None = None
    default: Any = field(default=None, hash=False)  # of lists and dicts, which have no hash

    def part(self, key: str) -> Field | None:
        return next((part for part in self.parts if part.key == key), None)


@dataclass(frozen=True, slots=True)
class Template:
    """A form, as a whole. ``groups`` maps a group's key to its heading, in order.

    ``checkpoints`` are the keys of the two DATE fields between which the control points
    of `dossier_app.domain.checkpoints` lie; empty for a form without them. A ``retired``
    form is no longer begun, filled ones stay.
    """

    key: str
    title: Text
    scope: Scope
    version: int
    fields: tuple[Field, ...]
    groups: Mapping[str, Text]
    help: Text = Text()
    repeatable: bool = False  # filled anew each time (a call sheet), not once
    checkpoints: tuple[str, ...] = ()
    retired: bool = False

    def field(self, key: str) -> Field | None:
        return next((field for field in self.fields if field.key == key), None)


Templates = Mapping[str, Template]


def spoken(value: Any, language: str = "") -> Any:
    """A default as a stored value: each `Text` in it in ``language``, or the current one."""
    if isinstance(value, Text):
        return getattr(value, language or current_language())
    if isinstance(value, list):
        return [spoken(item, language) for item in value]
    if isinstance(value, Mapping):
        return {key: spoken(item, language) for key, item in value.items()}
    return value
