"""The form templates that the binder knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from dossier_app.assets import asset
from dossier_app.domain.forms.loading import load_template
from dossier_app.domain.forms.template import Template, Templates
from dossier_app.domain.forms.values import text_of
from dossier_app.domain.language import LANGUAGES, current_language, using_language

CARD = "relationship_card"
INFO_SHEET = "info_sheet"


class _Shelf(Mapping[str, Template]):
    """The template files, each read when it is first asked for: one takes 2 ms."""

    def __init__(self) -> None:
        self._paths = {path.stem: path for path in sorted(asset("forms").glob("*.toml"))}
        self._read: dict[str, Template] = {}

    def __getitem__(self, key: str) -> Template:
        if key not in self._read:
            self._read[key] = load_template(self._paths[key].read_text(encoding="utf-8"), key)
        return self._read[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


@cache
def templates() -> Templates:
    """Every template by its key."""
    return _Shelf()


def card() -> Template:
    """The relationship card."""
    return templates()[CARD]


def answer_text(template: str, field: str, value: Any) -> list[str]:
    """How an answer reads, in the current language and in the other one: what the search
    finds it by."""
    known = templates().get(template)
    described = known.field(field) if known else None
    if described is None:
        return [_leaves(value)]
    texts = []
    for language in sorted(LANGUAGES, key=lambda code: code != current_language()):
        with using_language(language):
            texts.append(text_of(described, value))
    return list(dict.fromkeys(texts))


def _leaves(value: Any) -> str:
    """All texts in a JSON value of a template that is not here any more."""
    if isinstance(value, dict):
        return " ".join(_leaves(part) for part in value.values())
    if isinstance(value, list):
        return " ".join(_leaves(part) for part in value)
    return "" if value is None else str(value)
