"""Writing form templates as the TOML that `dossier_app.domain.forms.loading` reads."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import MISSING, fields
from typing import Any

from dossier_app.domain.forms.template import Field, Option, Template, Text


def dump_template(template: Template) -> str:
    """TOML text that `load_template` reads as an equal template."""
    head = [
        *_text_lines("title", template.title),
        f"scope = {_inline(template.scope)}",
        f"version = {template.version}",
        *_text_lines("help", template.help),
    ]
    if template.repeatable:
        head.append("repeatable = true")
    if template.retired:
        head.append("retired = true")
    if template.checkpoints:
        head.append(f"checkpoints = {_inline(template.checkpoints)}")
    if template.groups:
        head += ["", "[groups]"]
        head += [f"{key} = {_inline(_text_table(text))}" for key, text in template.groups.items()]
    blocks = ["\n".join(head)]
    blocks += ["\n".join(["[[field]]", *_field_lines(item)]) for item in template.fields]
    return "\n\n".join(blocks) + "\n"


def _option_table(option: Option) -> dict[str, Any]:
    retired = {"retired": True} if option.retired else {}
    return {"key": option.key, **_text_table(option.label), **retired}


def _field_lines(item: Field) -> list[str]:
    lines = []
    for name, value in _entries(item):
        if isinstance(value, Text):
            lines += _text_lines(name, value)
        elif isinstance(value, list):
            lines += [f"{name} = [", *(f"  {_inline(entry)}," for entry in value), "]"]
        else:
            lines.append(f"{name} = {_inline(value)}")
    return lines


def _entries(item: Field) -> Iterable[tuple[str, Any]]:
    """What of ``item`` is worth writing: everything that is not as it is by default."""
    for attribute in fields(Field):
        name, value = attribute.name, getattr(item, attribute.name)
        if attribute.default is not MISSING and value == attribute.default:
            continue
        if name == "options":
            value = list(map(_option_table, value))
        elif name == "parts":
            value = [dict(_entries(part)) for part in value]
        elif name == "follows":
            value = dict(zip(("field", "days"), value, strict=True))
        yield name, value


def _text_lines(name: str, text: Text) -> list[str]:
    return [f"{name}.{code} = {_inline(words)}" for code, words in _text_table(text).items()]


def _text_table(text: Text) -> dict[str, str]:
    return {code: words for code, words in (("ru", text.ru), ("en", text.en)) if words}


def _inline(value: Any) -> str:
    """``value`` as TOML on one line."""
    if isinstance(value, Text):
        value = _text_table(value)
    if isinstance(value, dict):
        filled = {key: item for key, item in value.items() if item is not None}
        return "{ " + ", ".join(f"{key} = {_inline(item)}" for key, item in filled.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_inline, value)) + "]"
    # A JSON text is a TOML string, but for the one character that JSON leaves bare.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
