"""Reading form templates (written by `dossier_app.domain.forms.dumping`).

A template is one TOML file; its name without ``.toml`` is the template's key::

    title.ru = "Карта отношений"
    title.en = "Relationship card"
    scope = "person"

    [groups]
    family = { ru = "Семья", en = "Family" }

    [[field]]
    key = "birth"
    type = "parts"
    group = "family"
    label.ru = "Дата и место рождения"
    label.en = "Date and place of birth"
    parts = [
      { key = "date", type = "partial_date", label = { ru = "Дата", en = "Date" } },
      { key = "place", type = "text", label = { ru = "Место", en = "Place" } },
    ]

Groups and fields show in the order of the file. What a field may hold is the list of
`Field`'s attributes. A default is written as it is stored; a text in it may be given in
both languages, as in the rows of a table::

    [[field.default]]
    step.ru = "Счёт выставлен"
    step.en = "Invoice prepared"
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from dossier_app.domain.errors import Refusal, Unreadable
from dossier_app.domain.forms.binding import BINDS
from dossier_app.domain.forms.template import (
    Field,
    FieldType,
    Option,
    Scope,
    Template,
    Text,
    spoken,
)
from dossier_app.domain.forms.values import check
from dossier_app.domain.language import LANGUAGES, mark, tr
from dossier_app.domain.legal import CHECKS

_KEY = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_CHOICES = (FieldType.CHOICE, FieldType.MULTI_CHOICE)
_NEED_PARTS = (FieldType.PARTS, FieldType.TABLE)
_WITH_PARTS = (*_NEED_PARTS, FieldType.LIST)

# What stands under each key of a table, by the type that a value must have; object: any.
_HEAD = {
    "title": Text,
    "scope": str,
    "version": int,
    "help": Text,
    "repeatable": bool,
    "checkpoints": list,
    "retired": bool,
    "groups": dict,
    "field": list,
}
_FIELD = {
    "key": str,
    "type": str,
    "number": int,
    "group": str,
    "label": Text,
    "help": Text,
    "ask": Text,
    "required": bool,
    "private": bool,
    "retired": bool,
    "bind": str,
    "check": str,
    "worth": int,
    "scale": list,
    "options": list,
    "parts": list,
    "slip": Text,
    "follows": dict,
    "default": object,
}
_TEXT = {"ru": str, "en": str}
_OPTION = {"key": str, **_TEXT, "retired": bool}
_FOLLOWS = {"field": str, "days": int}
_WANTED = {
    str: mark("a text in quotes"),
    int: mark("a whole number"),
    bool: mark("true or false"),
    list: mark("a list in square brackets"),
    dict: mark("a table with keys"),
}

_MOST_FIELDS = 500  # nobody fills more, and no window shows them


def load_template(text: str, key: str) -> Template:
    """The template that the TOML ``text`` describes.

    Raises Unreadable, which names every mistake of the file with its field and what to
    do, one on each line.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Unreadable(
            tr("The form {form} is not a TOML file: {reason}.", form=key, reason=error)
        ) from None
    except RecursionError:
        raise Unreadable(
            tr("The form {form}: its brackets go too deep, so it is not a form.", form=key)
        ) from None
    reader = _Reader()
    template = reader.template(table, key)
    if reader.mistakes:
        heading = tr("The form {form} cannot be used:", form=key)
        raise Unreadable("\n".join([heading, *reader.mistakes]))
    return template


@dataclass(slots=True)
class _Reader:
    """Collects the mistakes of a file on the way through it."""

    mistakes: list[str] = field(default_factory=list)

    def template(self, table: Mapping[str, Any], key: str) -> Template:
        where = tr("Form {form}", form=key)
        known = self.table(table, _HEAD, where)
        groups = {
            name: Text(**self.table(text, _TEXT, tr("Group {group}", group=name)))
            for name, text in known.get("groups", {}).items()
        }
        asked = known.get("field", [])
        if len(asked) > _MOST_FIELDS:
            self.wrong(where, tr("it has more than {n} questions.", n=_MOST_FIELDS))
        fields = tuple(
            self.field(item, number, groups)
            for number, item in enumerate(asked[:_MOST_FIELDS], start=1)
        )
        scope = self.one_of(known.get("scope"), Scope, where, "scope")
        self.bilingual(known.get("title", Text()), where, "title")
        self.unique([item.key for item in fields], "key")
        self.unique([item.number for item in fields if item.number], "number")
        for item in fields:
            self.binding(item, scope)
            self.following(item, fields)
        if not fields:
            self.wrong(where, tr("it asks nothing. Add a [[field]]."))
        return Template(
            key=key,
            title=known.get("title", Text()),
            scope=Scope(scope or Scope.DOSSIER),
            version=known.get("version", 1),
            fields=fields,
            groups=groups,
            help=known.get("help", Text()),
            repeatable=known.get("repeatable", False),
            checkpoints=self.checkpoints(known.get("checkpoints", []), fields, where),
            retired=known.get("retired", False),
        )

    def field(
        self, table: Any, number: int, groups: Collection[str] = (), owner: str = ""
    ) -> Field:
        name = table.get("key") if isinstance(table, dict) else None
        where = (
            tr("{where}, part {part}", where=owner, part=name or number)
            if owner
            else tr("Field {field}", field=name or number)
        )
        mistakes = len(self.mistakes)
        known = self.table(table, _FIELD, where)
        kind = self.one_of(known.pop("type", None), FieldType, where, "type")
        self.key(known.get("key", ""), where)
        self.bilingual(known.setdefault("label", Text()), where, "label")
        for name, names in (("group", groups), ("check", CHECKS), ("bind", BINDS)):
            if known.get(name):
                self.one_of(known[name], names, where, name)
        known["options"] = self.options(known.get("options", []), kind, where)
        known["parts"] = self.parts(known.get("parts", []), kind, where, owner)
        known["scale"] = self.scale(known.get("scale", [1, 5]), where)
        if known.get("check") and kind != FieldType.TEXT:
            self.wrong(where, tr("a check works for the type text only. Take it out."))
        known["default"] = self.default(known.get("default"), where)
        known["follows"] = self.follows(known.get("follows"), where)
        item = Field(**{"key": "", **known, "type": FieldType(kind or FieldType.TEXT)})
        if len(self.mistakes) == mistakes:
            self.of_fields_only(item, where, owner)
        return item

    def default(self, value: Any, where: str) -> Any:
        """``value`` with a Text for each table of the two languages in it."""
        if isinstance(value, list):
            return [self.default(item, where) for item in value]
        if not isinstance(value, dict):
            return value
        if not value or not value.keys() <= _TEXT.keys():
            return {key: self.default(item, where) for key, item in value.items()}
        text = Text(**self.table(value, _TEXT, where))
        self.bilingual(text, where, "default")
        return text

    def of_fields_only(self, item: Field, where: str, owner: str) -> None:
        """Look at the slip and the default of a field that is right otherwise."""
        if item.slip:
            self.bilingual(item.slip, where, "slip")
            if owner or item.type is not FieldType.DATE:
                self.wrong(where, tr("only a field of the type date has a slip. Take it out."))
        if item.default is None:
            return
        if owner or item.bind or any(part.bind for part in item.parts):
            self.wrong(where, tr("a part or a bound field has no default. Take it out."))
            return
        try:
            if any(check(item, spoken(item.default, code)) is None for code in LANGUAGES):
                self.wrong(where, tr("the default says nothing. Take it out."))
        except Refusal as error:
            self.wrong(where, tr("the default cannot be used. {reason}", reason=error))

    def options(self, tables: list[Any], kind: str | None, where: str) -> tuple[Option, ...]:
        options = []
        for number, table in enumerate(tables, start=1):
            here = tr("{where}, option {number}", where=where, number=number)
            known = self.table(table, _OPTION, here)
            label = Text(known.get("ru", ""), known.get("en", ""))
            self.key(known.get("key", ""), here)
            self.bilingual(label, here, "label")
            options.append(Option(known.get("key", ""), label, known.get("retired", False)))
        # Retired ones stay with a field that was a choice once: old answers are read by them.
        offered = any(not option.retired for option in options)
        if kind and (kind in _CHOICES) != offered:
            self.wrong(where, tr("a choice needs options, and other types have none."))
        self.unique([option.key for option in options], "key", where)
        return tuple(options)

    def parts(
        self, tables: list[Any], kind: str | None, where: str, owner: str
    ) -> tuple[Field, ...]:
        if owner and (tables or kind in _WITH_PARTS):
            self.wrong(where, tr("a part cannot have parts of its own."))
            return ()
        if (kind in _NEED_PARTS and not tables) or (kind and tables and kind not in _WITH_PARTS):
            self.wrong(where, tr("parts and table need parts, a list may have them, others none."))
        parts = [self.field(table, n, owner=where) for n, table in enumerate(tables, start=1)]
        self.unique([part.key for part in parts], "key", where)
        if parts and all(part.retired for part in parts):
            self.wrong(where, tr("one of the parts at least has to be asked."))
        return tuple(parts)

    def scale(self, ends: list[Any], where: str) -> tuple[int, int]:
        if len(ends) == 2 and all(type(end) is int for end in ends) and 0 <= ends[0] < ends[1]:
            return ends[0], ends[1]
        self.wrong(where, tr("scale is two whole numbers, the lower first. Write [1, 5]."))
        return 1, 5

    def checkpoints(self, keys: list[Any], fields: Iterable[Field], where: str) -> tuple[str, ...]:
        dates = [item.key for item in fields if item.type is FieldType.DATE]
        right = len(keys) == 2 and keys[0] != keys[1] and all(key in dates for key in keys)
        if keys and not right:
            self.wrong(where, tr("checkpoints are the keys of two date fields, start and end."))
        return tuple(keys)

    def follows(self, table: dict[str, Any] | None, where: str) -> tuple[str, int] | None:
        if table is None:
            return None
        known = self.table(table, _FOLLOWS, f"{where}, follows")
        if known.keys() == _FOLLOWS.keys() and known["days"] >= 0:
            return known["field"], known["days"]
        self.wrong(where, tr("follows names a date field and the days after it."))
        return None

    def following(self, item: Field, fields: Iterable[Field]) -> None:
        dates = {other.key for other in fields if other.type is FieldType.DATE}
        if item.follows and not (item.key in dates and item.follows[0] in dates - {item.key}):
            where = tr("Field {field}", field=item.key)
            self.wrong(where, tr("only a date can follow a date, and another one of this form."))

    def binding(self, item: Field, scope: str | None) -> None:
        bound = [item] if item.type is not FieldType.PARTS else [item, *item.parts]
        for part in (item, *item.parts):
            bind = BINDS.get(part.bind)
            if bind is None:
                continue
            where = tr("Field {field}", field=item.key)
            if part not in bound or part.type not in bind.types or (part.parts and part.bind):
                types = ", ".join(bind.types)
                self.wrong(
                    where, tr("bind {bind} works for: {types}.", bind=part.bind, types=types)
                )
            if part.bind.startswith("person.") and scope == Scope.DOSSIER:
                self.wrong(where, tr("a form about the dossier cannot be bound to a person."))
            if bind.choices and not {option.key for option in part.options} <= set(bind.choices):
                choices = ", ".join(sorted(bind.choices))
                self.wrong(where, tr("the options can only be: {choices}.", choices=choices))

    def table(self, table: Any, shape: Mapping[str, type], where: str) -> dict[str, Any]:
        """The entries of ``table`` that are known and of the right type."""
        if not isinstance(table, dict):
            self.wrong(where, tr("a table with keys is expected."))
            return {}
        known: dict[str, Any] = {}
        for key, value in table.items():
            expected = shape.get(key)
            if expected is None:
                names = ", ".join(shape)
                self.wrong(
                    where, tr("{key} is not known. Known are: {names}.", key=key, names=names)
                )
            elif expected is Text:
                known[key] = Text(**self.table(value, _TEXT, f"{where}, {key}"))
            elif expected is object or type(value) is expected:
                known[key] = value
            else:
                wanted = tr(_WANTED[expected])
                self.wrong(where, tr("{key} has to be {wanted}.", key=key, wanted=wanted))
        return known

    def one_of(self, value: str | None, known: Iterable[str], where: str, name: str) -> str | None:
        """``value`` when it is ``known``."""
        if value is not None and value in set(known):
            return value
        names = ", ".join(known)
        self.wrong(
            where,
            tr("{name} is missing. Known are: {names}.", name=name, names=names)
            if value is None
            else tr(
                "{name} {value} is not known. Known are: {names}.",
                name=name,
                value=value,
                names=names,
            ),
        )
        return None

    def key(self, key: str, where: str) -> None:
        if not _KEY.fullmatch(key):
            self.wrong(where, tr("a key is small Latin letters, digits and _, like home_address."))

    def bilingual(self, text: Text, where: str, name: str) -> None:
        if not (text.ru and text.en):
            self.wrong(where, tr("{name} is needed in both languages, ru and en.", name=name))

    def unique(self, values: list[Any], name: str, where: str = "") -> None:
        for value in sorted({value for value in values if values.count(value) > 1}):
            text = tr("{name} {value} stands more than once.", name=name, value=value)
            self.wrong(where, text)

    def wrong(self, where: str, what: str) -> None:
        self.mistakes.append(f"{where}: {what}" if where else what)
