"""The form templates that the binder knows."""

from __future__ import annotations

from functools import cache
from typing import Any

from dossier_app.assets import asset
from dossier_app.domain.forms.loading import load_template
from dossier_app.domain.forms.template import Template, Templates
from dossier_app.domain.forms.values import text_of
from dossier_app.domain.language import LANGUAGES, current_language, using_language

CARD = "relationship_card"
INFO_SHEET = "info_sheet"


@cache
def templates() -> Templates:
    """Every template by its key."""
    return {
        path.stem: load_template(path.read_text(encoding="utf-8"), path.stem)
        for path in sorted(asset("forms").glob("*.toml"))
    }


def card() -> Template:
    """The relationship card."""
    return templates()[CARD]


def forget() -> None:
    """Read the templates anew when they are asked for next."""
    templates.cache_clear()


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
