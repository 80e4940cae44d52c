"""The forms that the binder knows: those of the program, and the rep's own above them.

A form that is changed keeps all that old answers are read by (`domain.forms.changing`).
Each change is one undo.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from dossier_app.assets import asset
from dossier_app.domain import clock
from dossier_app.domain.changes import Changes
from dossier_app.domain.errors import Refusal
from dossier_app.domain.forms.changing import completed, keeping, key_for
from dossier_app.domain.forms.dumping import dump_template
from dossier_app.domain.forms.loading import load_template
from dossier_app.domain.forms.template import Template, Templates, Text
from dossier_app.domain.forms.values import text_of
from dossier_app.domain.language import LANGUAGES, current_language, ntr, tr, using_language
from dossier_app.domain.reasons import reason_words
from dossier_app.storage import journal
from dossier_app.storage import templates as store

CARD = "relationship_card"
INFO_SHEET = "info_sheet"
ALWAYS = (CARD, INFO_SHEET)  # forms with tabs of their own
_LARGEST_FILE = 1_000_000  # bytes; a form of the program has 12,000
_MANY = 64  # templates that are kept read


class _Shelf(Mapping[str, Template]):
    """Texts of templates, each read when it is first asked for: one takes 2 ms."""

    def __init__(self, own: dict[str, str]) -> None:
        self._own = own

    def __getitem__(self, key: str) -> Template:
        if key in self._own:
            return _read(self._own[key], key)
        return _built_in(key)

    def __iter__(self) -> Iterator[str]:
        yield from _paths()
        yield from (key for key in self._own if key not in _paths())

    def __len__(self) -> int:
        return len(_paths().keys() | self._own.keys())


def templates() -> Templates:
    """Every template by its key, as it stands now; the rep's own come last, or in the place
    of the program's that they change."""
    return _Shelf(store.read_all())


def card() -> Template:
    """The relationship card."""
    return templates()[CARD]


def is_own(key: str) -> bool:
    """True for a form that the rep has made or changed."""
    return key in store.read_all()


def is_built_in(key: str) -> bool:
    """True for a form of the program, also where the rep has changed it."""
    return key in _paths()


def checked(template: Template) -> Template:
    """The form as it would be stored: what it says in one language only it says so in both,
    and nothing that old answers are read by is gone: what is missing comes back retired.

    Raises Unreadable, with every mistake on a line of its own, when it is no form.
    """
    known = templates().get(template.key)
    whole = completed(keeping(template, known) if known else template)
    whole = replace(whole, version=(known.version if known else 0) + 1)
    load_template(dump_template(whole), str(whole.title))
    return whole


def save_template(template: Template) -> Changes:
    """Store a new or changed form, `checked` before."""
    known, whole = templates().get(template.key), checked(template)
    with journal.action("template", clock.stamp()) as changes:
        if known is None or replace(whole, version=known.version) != known:
            store.write(whole.key, dump_template(whole))
    return changes


def put_back(key: str) -> Changes:
    """Let a form of the program ask again what the program made it ask. What the rep had
    added stays readable where it was answered."""
    built_in = _built_in(key)
    with journal.action("template", clock.stamp()) as changes:
        whole = keeping(built_in, templates()[key])
        if whole == built_in:
            store.delete(key)
        else:
            store.write(key, dump_template(whole))
    return changes


def check_removal(key: str) -> None:
    """Raises Refusal when a form of the rep's own is filled somewhere."""
    if n := len(store.filled(key)):
        raise Refusal(
            ntr(
                "This form is filled in {n} dossier. Put it away instead: then it is not "
                "offered any more, and what was filled can be read.",
                "This form is filled in {n} dossiers. Put it away instead: then it is not "
                "offered any more, and what was filled can be read.",
                n,
            )
        )


def remove_template(key: str) -> Changes:
    """Take a form of the rep's own away. Raises Refusal as `check_removal` does."""
    check_removal(key)
    with journal.action("template", clock.stamp()) as changes:
        store.delete(key)
    return changes


def free_key(title: Text) -> str:
    """A key for a new form of that title."""
    return key_for(title, templates().keys(), "form")


def read_template(path: Path) -> Template:
    """The form that a file describes. Raises Refusal, with every mistake on a line of its
    own."""
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise Refusal(tr("{file} is too large for a form.", file=path.name))
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise Refusal(
            tr("{file} is not a text in UTF-8, so it is not a form.", file=path.name)
        ) from None
    except OSError as error:
        reason = reason_words(error)
        raise Refusal(
            tr("{file} cannot be read: {reason}.", file=path.name, reason=reason)
        ) from error
    template = load_template(text, path.stem)
    key = path.stem if path.stem in templates() else key_for(Text(en=path.stem), (), "")
    return replace(template, key=key or free_key(template.title))


def template_file(key: str) -> tuple[str, bytes]:
    """Name and content of a file that `read_template` reads as this form."""
    return f"{key}.toml", dump_template(templates()[key]).encode()


def answer_text(known: Templates, template: str, field: str, value: Any) -> list[str]:
    """How an answer reads, in the current language and in the other one: what the search
    finds it by."""
    form = known.get(template)
    described = form.field(field) if form else None
    if described is None:
        return [_leaves(value)]
    texts = []
    for language in sorted(LANGUAGES, key=lambda code: code != current_language()):
        with using_language(language):
            texts.append(text_of(described, value))
    return list(dict.fromkeys(texts))


def read_otherwise(changes: Changes) -> set[int]:
    """Dossiers (row ids) whose answers read otherwise since their forms were changed."""
    found: set[int] = set()
    for key, (before, after) in changes.templates.items():
        if _words(key, before) != _words(key, after):
            found.update(store.filled(key))
    return found


def _words(key: str, text: str) -> Any:
    """All that decides how answers to a form read."""
    if not text and not is_built_in(key):
        return None
    template = _read(text, key) if text else _built_in(key)
    return {item.key: (item.type, item.options, item.parts, item.scale) for item in template.fields}


def _leaves(value: Any) -> str:
    """All texts in a JSON value of a template that is not here any more."""
    if isinstance(value, dict):
        return " ".join(_leaves(part) for part in value.values())
    if isinstance(value, list):
        return " ".join(_leaves(part) for part in value)
    return "" if value is None else str(value)


@cache
def _paths() -> dict[str, Path]:
    return {path.stem: path for path in sorted(asset("forms").glob("*.toml"))}


@cache
def _built_in(key: str) -> Template:
    return load_template(_paths()[key].read_text(encoding="utf-8"), key)


@lru_cache(_MANY)
def _read(text: str, key: str) -> Template:
    return load_template(text, key)
