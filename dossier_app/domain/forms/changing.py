"""Changing templates so that no answer is lost: keys stay, what goes is retired."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from dossier_app.domain.errors import Refusal
from dossier_app.domain.forms.template import (
    Field,
    FieldType,
    Scope,
    Template,
    Text,
    spoken,
)
from dossier_app.domain.forms.values import check
from dossier_app.domain.language import tr

CHOICES = (FieldType.CHOICE, FieldType.MULTI_CHOICE)
WITH_PARTS = (FieldType.PARTS, FieldType.TABLE, FieldType.LIST)
_NEED_PARTS = (FieldType.PARTS, FieldType.TABLE)


def key_for(label: Text, taken: Collection[str], stem: str) -> str:
    """A key that nobody has: the English label in small letters, or ``stem``, with a number
    where it is taken."""
    words = re.findall(r"[a-z][a-z0-9]*", label.en.casefold().replace("'", ""))
    base = "_".join(words)[:40].strip("_") or stem
    number, key = 1, base
    while key in taken:
        number += 1
        key = f"{base}_{number}"
    return key


def new_template(key: str, title: Text, scope: Scope = Scope.DOSSIER) -> Template:
    """A form that asks nothing yet."""
    return Template(key, title, scope, version=0, fields=(), groups={}, repeatable=True)


def in_order(template: Template) -> list[Field]:
    """The fields as they show: those of no group first, then group by group; the retired
    ones last."""
    groups = ["", *template.groups]
    return sorted(template.fields, key=lambda item: (item.retired, groups.index(item.group)))


def with_field(template: Template, item: Field, after: str = "") -> Template:
    """``template`` with one field more, behind the field ``after`` and in its group; at the
    end when there is none."""
    before = template.field(after)
    if before is None or before.retired:
        asked = [known for known in in_order(template) if not known.retired]
        before = asked[-1] if asked else None
    fields = list(template.fields)
    place = fields.index(before) + 1 if before else 0
    fields.insert(place, replace(item, group=before.group if before else ""))
    return numbered(replace(template, fields=tuple(fields)))


def with_field_under(template: Template, item: Field, group: str) -> Template:
    """``template`` with one field more, the last one of a group."""
    fields = (*template.fields, replace(item, group=group))
    return _as_shown(replace(template, fields=fields))


def with_changed(template: Template, item: Field) -> Template:
    """``template`` with ``item`` in the place of the field with its key; in another group it
    is the last one."""
    known = template.field(item.key)
    if known is not None and known.group != item.group:
        return with_field_under(without_field(template, item.key), item, item.group)
    fields = [item if known.key == item.key else known for known in template.fields]
    return numbered(replace(template, fields=tuple(fields)))


def with_group(template: Template, after: str = "") -> tuple[Template, str]:
    """``template`` with one group more, behind the group ``after`` or as the last one, and
    its key. It has no words yet."""
    keys = list(template.groups)
    key = key_for(Text(), keys, "group")
    keys.insert(keys.index(after) + 1 if after in keys else len(keys), key)
    groups = {known: template.groups.get(known, Text()) for known in keys}
    return replace(template, groups=groups), key


def with_heading(template: Template, group: str, text: Text) -> Template:
    """``template`` with other words above a group."""
    return replace(template, groups={**template.groups, group: text})


def moved_group(template: Template, group: str, step: int) -> Template:
    """A group with its fields one place up (-1) or down (1) among the groups."""
    keys = list(template.groups)
    place = keys.index(group)
    if not 0 <= place + step < len(keys):
        return template
    keys.insert(place + step, keys.pop(place))
    return _as_shown(replace(template, groups={key: template.groups[key] for key in keys}))


def without_group(template: Template, group: str) -> Template:
    """``template`` without a heading; what stood below it goes to the group above."""
    keys = list(template.groups)
    above = ["", *keys][keys.index(group)]
    # In the order they show, so that those of the group above come first.
    fields = (
        replace(item, group=above) if item.group == group else item for item in in_order(template)
    )
    groups = {key: text for key, text in template.groups.items() if key != group}
    return _as_shown(replace(template, fields=tuple(fields), groups=groups))


def _as_shown(template: Template) -> Template:
    """``template`` with its fields, and so their numbers, in the order in which they show."""
    return numbered(replace(template, fields=tuple(in_order(template))))


def without_field(template: Template, key: str) -> Template:
    """``template`` without a field that nobody can have answered yet."""
    fields = [known for known in template.fields if known.key != key]
    return numbered(replace(template, fields=tuple(fields)))


def moved(template: Template, key: str, step: int) -> Template:
    """The field one place up (-1) or down (1) among those that are asked. Over the edge of
    its group it goes into the next one."""
    order = [item for item in in_order(template) if not item.retired]
    place = next((n for n, item in enumerate(order) if item.key == key), -1)
    if place < 0:
        return template
    item = order.pop(place)
    # Where it stood is now the place of the one below it.
    beside = order[place - 1 : place] if step < 0 else order[place : place + 1]
    if beside and beside[0].group == item.group:
        order.insert(place + step, item)
    else:
        loose = any(not known.group for known in template.fields)
        groups = [*([""] if loose else []), *template.groups]
        at = groups.index(item.group) + step
        if not 0 <= at < len(groups):
            return template
        order.insert(place, replace(item, group=groups[at]))
    return numbered(replace(template, fields=(*order, *_retired(template.fields))))


def numbered(template: Template) -> Template:
    """The numbers on paper follow the order of the file, where the form has numbers."""
    if not any(item.number for item in template.fields):
        return template
    asked = (item.key for item in template.fields if not item.retired)
    numbers = {key: number for number, key in enumerate(asked, start=1)}
    fields = tuple(replace(item, number=numbers.get(item.key, 0)) for item in template.fields)
    return replace(template, fields=fields)


def retyped(item: Field, kind: FieldType) -> Field:
    """``item`` with another type, and without what the new one cannot have. The options of
    a former choice stay, retired: its old answers are read by them."""
    options = item.options
    if kind not in CHOICES:
        options = tuple(replace(option, retired=True) for option in options)
    is_date = kind is FieldType.DATE
    changed = replace(
        item,
        type=kind,
        options=options,
        parts=item.parts if kind in WITH_PARTS else (),
        check=item.check if kind is FieldType.TEXT else "",
        slip=item.slip if is_date else Text(),
        follows=item.follows if is_date else None,
    )
    return changed if _default_fits(changed) else replace(changed, default=None)


def keeping(new: Template, old: Template) -> Template:
    """``new`` with all that answers to ``old`` are read by: fields, columns and options that
    it lacks come back as retired ones."""
    here = {item.key: item for item in new.fields}
    fields = [_keeping(item, old.field(item.key)) for item in new.fields]
    gone = [item for item in old.fields if item.key not in here and not item.bind]
    fields += [replace(item, retired=True, group="", number=0) for item in gone]
    return replace(new, fields=tuple(fields))


def completed(template: Template) -> Template:
    """What is said in one language only is said so in both."""
    return replace(
        template,
        title=_both(template.title),
        groups={key: _both(text) for key, text in template.groups.items()},
        fields=tuple(map(_completed, template.fields)),
    )


def with_good_keys(template: Template, new: Collection[str]) -> Template:
    """``template`` whose ``new`` fields are called after what they ask, now that it is known."""
    taken = {item.key for item in template.fields} - set(new)
    fields = []
    for item in template.fields:
        key = key_for(item.label, taken, "question") if item.key in new else item.key
        taken.add(key)
        fields.append(replace(item, key=key))
    return replace(template, fields=tuple(fields))


def copied(template: Template, mark: Text) -> Template:
    """A form of its own, with ``mark`` behind its title; it has no key yet."""
    title = Text(f"{template.title.ru} {mark.ru}", f"{template.title.en} {mark.en}")
    return replace(template, key="", title=title, version=0, retired=False)


def obstacle(template: Template) -> tuple[str, str]:
    """Why a form cannot be used yet, in one sentence, and the field or group that is meant
    (empty: the form itself); two empty texts when nothing is in the way."""
    if not template.title:
        return tr("The form has no title yet."), ""
    if not any(not item.retired for item in template.fields):
        return tr("The form asks nothing yet. Add a question."), ""
    for key, text in template.groups.items():
        if not text:
            return tr("A heading has no words yet."), key
    for item in template.fields:
        if not item.label:
            return tr("A question has no words yet."), item.key
        if item.type in CHOICES and not _asked(item.options):
            return tr("{field}: give the choices.", field=item.label), item.key
        if item.type in _NEED_PARTS and not _asked(item.parts):
            return tr("{field}: give the columns or parts.", field=item.label), item.key
    return "", ""


def _asked(things: Iterable[Any]) -> bool:
    return any(not thing.retired for thing in things)


def _completed(item: Field) -> Field:
    return replace(
        item,
        label=_both(item.label),
        slip=_both(item.slip),
        options=tuple(replace(option, label=_both(option.label)) for option in item.options),
        parts=tuple(map(_completed, item.parts)),
    )


def _both(text: Text) -> Text:
    ru, en = text.ru.strip(), text.en.strip()
    return Text(ru or en, en or ru)


def _keeping(item: Field, old: Field | None) -> Field:
    if old is None:
        return item
    options = _with_gone(item.options, old.options)
    parts: Iterable[Any] = item.parts
    if item.parts and old.parts:
        parts = _with_gone(item.parts, old.parts)
    return replace(item, options=tuple(options), parts=tuple(parts))


def _with_gone(new: Iterable[Any], old: Iterable[Any]) -> list[Any]:
    """Options or columns, and those of ``old`` that are not among them, retired."""
    here = list(new)
    keys = {thing.key for thing in here}
    return here + [replace(thing, retired=True) for thing in old if thing.key not in keys]


def _default_fits(item: Field) -> bool:
    try:
        return item.default is None or check(item, spoken(item.default)) is not None
    except Refusal:
        return False


def _retired(fields: Iterable[Field]) -> list[Field]:
    return [item for item in fields if item.retired]
