"""Types whose values a template composes of named parts: parts, lists and tables.

In words a set of parts is separated by commas: "8 марта 1976, Тула". A date or another
value that can be told by its look is found wherever it stands; texts follow in the
order of the parts; "rank: sergeant" names its part. Rows of a table stand on lines of
their own, cells between them are separated by ``|`` or tabs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from dossier_app.domain.errors import Refusal
from dossier_app.domain.forms.amounts import MoneyKind, NumberKind
from dossier_app.domain.forms.kind import (
    Kind,
    is_blank,
    one_line,
    readable,
    text_in,
    wrong_shape,
)
from dossier_app.domain.forms.several import NameKind, PhonesKind, ScaleKind
from dossier_app.domain.forms.simple import (
    ChoiceKind,
    DateKind,
    EmailKind,
    LongTextKind,
    MultiChoiceKind,
    PartialDateKind,
    PersonKind,
    PhoneKind,
    TextKind,
    TimeKind,
    YesNoKind,
)
from dossier_app.domain.forms.template import Field, FieldType
from dossier_app.domain.language import tr
from dossier_app.domain.names import fold
from dossier_app.domain.records import Person

# What a part may be: everything but another set of parts.
PLAIN: Mapping[FieldType, type[Kind]] = {
    FieldType.TEXT: TextKind,
    FieldType.LONG_TEXT: LongTextKind,
    FieldType.NUMBER: NumberKind,
    FieldType.MONEY: MoneyKind,
    FieldType.DATE: DateKind,
    FieldType.PARTIAL_DATE: PartialDateKind,
    FieldType.TIME: TimeKind,
    FieldType.PHONE: PhoneKind,
    FieldType.PHONES: PhonesKind,
    FieldType.EMAIL: EmailKind,
    FieldType.NAME: NameKind,
    FieldType.ADDRESS: LongTextKind,
    FieldType.CHOICE: ChoiceKind,
    FieldType.MULTI_CHOICE: MultiChoiceKind,
    FieldType.SCALE: ScaleKind,
    FieldType.YES_NO: YesNoKind,
    FieldType.PERSON: PersonKind,
}
# Types that can read any text, so that only their order tells them apart.
_TEXTUAL = {
    FieldType.TEXT,
    FieldType.LONG_TEXT,
    FieldType.ADDRESS,
    FieldType.NAME,
    FieldType.SCALE,
}
# A comma between two digits belongs to a number.
_COMMA = re.compile(r"(?<!\d),|,(?!\d)")
_DATE_IN_DIGITS = re.compile(r"\d{1,4}([./-])\d{1,2}(\1\d{1,4})?")


class PartsKind(Kind):
    def parse(self, text: str) -> dict[str, Any]:
        pieces = [piece.strip() for piece in _COMMA.split(text) if piece.strip()]
        found: dict[str, Any] = {}
        pieces = [piece for piece in pieces if not self._take_named(piece, found)]
        for part in self.field.parts:
            if part.type not in _TEXTUAL and part.key not in found:
                self._take_readable(part, pieces, found)
        free = [part for part in self.field.parts if self._is_free(part, found)]
        if pieces and not free:
            raise Refusal(
                tr(
                    "{field}: {text} fits none of: {parts}.",
                    field=self.field.label,
                    text=", ".join(pieces),
                    parts=", ".join(str(part.label) for part in self.field.parts),
                )
            )
        for part in free[: len(pieces)]:
            piece = ", ".join(pieces) if part is free[-1] else pieces.pop(0)
            found[part.key] = self.of(part).parse(piece)
        return self.check(found)

    def check(self, value: Any) -> dict[str, Any]:
        """Only filled parts, in the template's order; a part that left the template keeps
        its value as long as it is a plain one."""
        if not isinstance(value, Mapping):
            raise wrong_shape(self.field)
        checked = {}
        for part in self.field.parts:
            kind, item = self.of(part), value.get(part.key)
            item = None if kind.is_empty(item) else kind.check(item)
            if not kind.is_empty(item):
                checked[part.key] = item
        for key, item in self.others(value):
            if not isinstance(item, str | int | float):
                raise wrong_shape(self.field)
            checked[key] = item
        return checked

    def text(self, value: Any) -> str:
        shown = []
        skipped = False
        for part in self.field.parts:
            if part.key not in value:
                skipped = skipped or part.type in _TEXTUAL
                continue
            text = self.of(part).text(value[part.key])
            named = part.type is FieldType.YES_NO or (skipped and part.type in _TEXTUAL)
            shown.append(f"{part.label}: {text}" if named else text)
        return ", ".join([*shown, *(readable(item) for _, item in self.others(value))])

    def inner(self, step: str) -> Field | None:
        return self.field.part(step)

    def of(self, part: Field) -> Kind:
        return PLAIN[part.type](part, self.people)

    def others(self, value: Mapping[str, Any]) -> list[tuple[str, Any]]:
        """What ``value`` holds under keys that the template has no longer."""
        return [
            (key, item)
            for key, item in value.items()
            if self.field.part(key) is None and not is_blank(item)
        ]

    def _is_free(self, part: Field, found: Mapping[str, Any]) -> bool:
        return part.type in _TEXTUAL and part.key not in found

    def _take_named(self, piece: str, found: dict[str, Any]) -> bool:
        """Put "rank: sergeant" under its part; False when ``piece`` names none."""
        name, _, text = piece.partition(":")
        for part in self.field.parts if text.strip() else ():
            names = (part.key, part.label.ru, part.label.en)
            if part.key not in found and fold(name.strip()) in map(fold, filter(None, names)):
                found[part.key] = self.of(part).parse(text.strip())
                return True
        return False

    def _take_readable(self, part: Field, pieces: list[str], found: dict[str, Any]) -> None:
        """Put the first piece that ``part`` can read under it. "March 8, 1976" is one, and
        "Anna 12.05.2011" are two. What looks like a date but is none is refused: as a
        text it would go unnoticed."""
        is_date = part.type in (FieldType.DATE, FieldType.PARTIAL_DATE)
        if is_date:
            pieces[:] = [word for piece in pieces for word in _apart(piece)]
        spans = [(i, i + 2) for i, text in enumerate(pieces[1:]) if re.fullmatch(r"\d{4}", text)]
        spans += [(i, i + 1) for i in range(len(pieces))]
        for start, end in spans:
            piece = ", ".join(pieces[start:end])
            try:
                value = self.of(part).parse(piece)
            except Refusal:
                if is_date and _DATE_IN_DIGITS.fullmatch(piece):
                    raise
                continue
            found[part.key] = value
            del pieces[start:end]
            return


class ListKind(Kind):
    """Texts, or sets of parts; one on each line, or separated by semicolons."""

    def parse(self, text: str) -> list[Any]:
        lines = text.split("\n") if "\n" in text else text.split(";")
        items = [line.strip() for line in lines if line.strip()]
        return self.check([self.row.parse(item) for item in items] if self.field.parts else items)

    def check(self, value: Any) -> list[Any]:
        if not isinstance(value, list):
            raise wrong_shape(self.field)
        items = [item for item in value if not is_blank(item)]
        if self.field.parts:
            return [item for item in map(self.row.check, items) if item]
        return [one_line(text_in(self.field, item)) for item in items]

    def text(self, value: Any) -> str:
        items = [self.row.text(item) for item in value] if self.field.parts else value
        return ("\n" if any(";" in item for item in items) else "; ").join(items)

    def inner(self, step: str) -> Field | None:
        if not step.isdecimal():
            return None
        kind = FieldType.PARTS if self.field.parts else FieldType.TEXT
        return Field(step, kind, self.field.label, parts=self.field.parts)

    @property
    def row(self) -> PartsKind:
        return PartsKind(self.field, self.people)


class TableKind(ListKind):
    def check(self, value: Any) -> list[Any]:
        if not self.field.parts:
            raise wrong_shape(self.field)
        return super().check(value)

    def parse(self, text: str) -> list[Any]:
        return self.check([self._parse_row(line) for line in text.split("\n") if line.strip()])

    def text(self, value: Any) -> str:
        return "\n".join(map(self._row_text, value))

    def _parse_row(self, line: str) -> dict[str, Any]:
        if "|" not in line and "\t" not in line:
            return self.row.parse(line)
        cells = [cell.strip() for cell in re.split(r"[|\t]", line)]
        if len(cells) > len(self.field.parts):
            raise Refusal(
                tr(
                    "{field}: the row {text} has too many cells.",
                    field=self.field.label,
                    text=line.strip(),
                )
            )
        columns = zip(self.field.parts, cells, strict=False)
        return {part.key: self.row.of(part).parse(cell) for part, cell in columns if cell}

    def _row_text(self, row: Mapping[str, Any]) -> str:
        cells = [
            self.row.of(part).text(row[part.key]).replace("\n", " ") if part.key in row else ""
            for part in self.field.parts
        ]
        cells += [readable(item) for _, item in self.row.others(row)]
        # Two cells at least: a lone one would be read as words with commas.
        while len(cells) > 2 and not cells[-1]:
            cells.pop()
        return " | ".join(cells)


KINDS: Mapping[FieldType, type[Kind]] = {
    **PLAIN,
    FieldType.PARTS: PartsKind,
    FieldType.LIST: ListKind,
    FieldType.TABLE: TableKind,
}


def kind_of(field: Field, people: Sequence[Person] = ()) -> Kind:
    """``field`` as what its type can do."""
    return KINDS[field.type](field, people)


def _apart(piece: str) -> list[str]:
    """``piece`` as the words before a date in digits, and the date."""
    words, _, last = piece.rpartition(" ")
    return [words.strip(), last] if words and _DATE_IN_DIGITS.fullmatch(last) else [piece]
