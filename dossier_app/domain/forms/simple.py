"""Types of one value: texts, dates, times, addresses of all kinds, choices, a person."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Any
from uuid import UUID

from dossier_app.domain import datewords
from dossier_app.domain.errors import Refusal
from dossier_app.domain.forms.kind import (
    Kind,
    clean,
    is_blank,
    one_line,
    text_in,
    wrong_shape,
)
from dossier_app.domain.forms.template import Field
from dossier_app.domain.language import tr
from dossier_app.domain.legal import CHECKS
from dossier_app.domain.names import fold
from dossier_app.domain.partial_date import PartialDate

_YES = {"да", "д", "yes", "y", "true", "+", "1"}
_NO = {"нет", "н", "no", "n", "false", "-", "0"}


class TextKind(Kind):
    """One line; a field with a `Field.check` keeps its rule."""

    def parse(self, text: str) -> str:
        return self.check(text)

    def check(self, value: Any) -> str:
        text = one_line(text_in(self.field, value))
        return CHECKS[self.field.check](text) if self.field.check else text

    def text(self, value: Any) -> str:
        return str(value)


class LongTextKind(TextKind):
    def check(self, value: Any) -> str:
        return clean(text_in(self.field, value))


class PhoneKind(TextKind):
    """A number as it was written; only something without digits is refused."""

    def check(self, value: Any) -> str:
        text = super().check(value)
        if not re.search(r"\d", text):
            raise Refusal(
                tr("{field}: {text} is not a phone number.", field=self.field.label, text=text)
            )
        return text


class EmailKind(TextKind):
    def check(self, value: Any) -> str:
        text = super().check(value)
        if not re.fullmatch(r"[^\s@]+@[^\s@]+", text):
            raise Refusal(
                tr("{field}: {text} is not an e-mail address.", field=self.field.label, text=text)
            )
        return text


class PartialDateKind(Kind):
    def parse(self, text: str) -> str:
        return str(_read_date(self.field, text))

    def check(self, value: Any) -> str:
        try:
            return str(PartialDate.parse(text_in(self.field, value)))
        except ValueError:
            raise wrong_shape(self.field) from None

    def text(self, value: Any) -> str:
        return datewords.partial(PartialDate.parse(value))


class DateKind(Kind):
    def parse(self, text: str) -> str:
        found = _read_date(self.field, text)
        if not (found.year and found.is_yearly):
            raise Refusal(
                tr("{field}: write day, month and year, like 25.11.2026.", field=self.field.label)
            )
        return str(found)

    def check(self, value: Any) -> str:
        try:
            return date.fromisoformat(text_in(self.field, value)).isoformat()
        except ValueError:
            raise wrong_shape(self.field) from None

    def text(self, value: Any) -> str:
        return datewords.full_date(date.fromisoformat(value))


class TimeKind(Kind):
    def parse(self, text: str) -> str:
        found = re.fullmatch(r"(\d{1,2})(?:[:.\-](\d\d))?", text)
        try:
            assert found
            return f"{time(int(found[1]), int(found[2] or 0)):%H:%M}"
        except (AssertionError, ValueError):
            raise Refusal(
                tr(
                    "{field}: {text} is not a time. Write it like 14:30.",
                    field=self.field.label,
                    text=text,
                )
            ) from None

    def check(self, value: Any) -> str:
        if not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", text_in(self.field, value)):
            raise wrong_shape(self.field)
        return str(value)

    def text(self, value: Any) -> str:
        return str(value)


class ChoiceKind(Kind):
    def parse(self, text: str) -> str:
        key = option_key(self.field, text)
        if key is None:
            raise no_such_choice(self.field, text)
        return key

    def check(self, value: Any) -> str:
        key = text_in(self.field, value)
        if key not in {option.key for option in self.field.options}:
            raise no_such_choice(self.field, key)
        return key

    def text(self, value: Any) -> str:
        return next(str(option.label) for option in self.field.options if option.key == value)


class MultiChoiceKind(Kind):
    def parse(self, text: str) -> list[str]:
        keys = []
        for piece in re.split(r"[;\n]", text):
            whole = option_key(self.field, piece)
            # A label may hold a comma of its own.
            parts = [whole] if whole else piece.split(",")
            keys += [self._one.parse(part) for part in parts if not is_blank(part)]
        return self.check(keys)

    def check(self, value: Any) -> list[str]:
        if not isinstance(value, list):
            raise wrong_shape(self.field)
        chosen = {self._one.check(key) for key in value}
        return [option.key for option in self.field.options if option.key in chosen]

    def text(self, value: Any) -> str:
        return "; ".join(map(self._one.text, value))

    @property
    def _one(self) -> ChoiceKind:
        return ChoiceKind(self.field)


class YesNoKind(Kind):
    def parse(self, text: str) -> bool:
        word = text.casefold()
        if word in _YES or word == tr("yes"):
            return True
        if word in _NO or word == tr("no"):
            return False
        raise Refusal(tr("{field}: write yes or no.", field=self.field.label))

    def check(self, value: Any) -> bool:
        if not isinstance(value, bool):
            raise wrong_shape(self.field)
        return value

    def text(self, value: Any) -> str:
        return tr("yes") if value else tr("no")


class PersonKind(Kind):
    """Somebody of the dossier, kept as uid; typed as a full or short name."""

    def parse(self, text: str) -> str:
        wanted = fold(one_line(text))
        found = [
            person.uid
            for person in self.people
            if wanted in (person.uid, fold(person.full_name), fold(person.short_name))
        ]
        if len(found) == 1:
            return found[0]
        raise Refusal(
            tr("{field}: {text} fits more than one person here.", field=self.field.label, text=text)
            if found
            else tr("{field}: nobody here is called {text}.", field=self.field.label, text=text)
        )

    def check(self, value: Any) -> str:
        try:
            return str(UUID(text_in(self.field, value)))
        except ValueError:
            raise wrong_shape(self.field) from None

    def text(self, value: Any) -> str:
        found = (person.full_name for person in self.people if person.uid == value)
        return next(found, tr("somebody who is no longer in the dossier"))


def option_key(field: Field, text: str) -> str | None:
    """The key of the option whose key or label, in either language, is ``text``."""
    wanted = fold(one_line(text))
    for option in field.options:
        names = (option.key, option.label.ru, option.label.en)
        if wanted in map(fold, filter(None, names)):
            return option.key
    return None


def no_such_choice(field: Field, text: str) -> Refusal:
    choices = "; ".join(str(option.label) for option in field.options)
    return Refusal(
        tr(
            "{field}: there is no choice {text}. The choices are: {choices}.",
            field=field.label,
            text=text.strip(),
            choices=choices,
        )
    )


def _read_date(field: Field, text: str) -> PartialDate:
    from dossier_app.domain.when import read_partial_date

    try:
        return read_partial_date(text)
    except Refusal as error:
        raise Refusal(f"{field.label}: {error}") from None
