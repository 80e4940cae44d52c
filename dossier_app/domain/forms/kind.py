"""What every type of field can do with its values."""

from __future__ import annotations

import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dossier_app.domain.errors import Refusal
from dossier_app.domain.forms.template import Field
from dossier_app.domain.language import tr
from dossier_app.domain.records import Person


@dataclass(frozen=True, slots=True)
class Kind(ABC):
    """A field seen by its type. ``people`` are those that a PERSON field can name.

    The callers in `values` have already dealt with empty values.
    """

    field: Field
    people: Sequence[Person] = ()

    @abstractmethod
    def parse(self, text: str) -> Any:
        """The value that ``text`` (cleaned, not empty) means; raises Refusal."""

    @abstractmethod
    def check(self, value: Any) -> Any:
        """``value`` in its one canonical form; raises Refusal for a wrong one."""

    @abstractmethod
    def text(self, value: Any) -> str:
        """A checked value in the current language."""

    def is_empty(self, value: Any) -> bool:
        return is_blank(value)

    def inner(self, step: str) -> Field | None:
        """The field of the value that lies under ``step`` inside a value of this type."""
        del step
        return None


def clean(text: str) -> str:
    """``text`` without what no keyboard types: control characters, lone surrogates."""
    kept = (c for c in text.replace("\r\n", "\n") if c in "\n\t" or not _is_debris(c))
    return "".join(kept).strip()


def one_line(text: str) -> str:
    return " ".join(clean(text).split())


def is_blank(value: Any) -> bool:
    """True for nothing, and for a list or dict that holds nothing."""
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, Mapping):
        return all(is_blank(item) for item in value.values())
    if isinstance(value, list | tuple):
        return all(is_blank(item) for item in value)
    return value is None


def readable(value: Any, words: Mapping[str, str] | None = None) -> str:
    """A value of unknown shape (an old template's, a foreign package's) as words; ``words``
    are those for the texts that stand for others."""
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    if isinstance(value, Mapping):
        return ", ".join(readable(item, words) for item in value.values() if not is_blank(item))
    if isinstance(value, list | tuple):
        return "; ".join(readable(item, words) for item in value if not is_blank(item))
    text = "" if value is None else clean(str(value))
    return (words or {}).get(text, text)


def wrong_shape(field: Field) -> Refusal:
    return Refusal(
        tr("{field}: this value is not of the field's kind and was not taken.", field=field.label)
    )


def text_in(field: Field, value: Any) -> str:
    """``value`` when it is a text, else a Refusal."""
    if not isinstance(value, str):
        raise wrong_shape(field)
    return value


def _is_debris(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs")
