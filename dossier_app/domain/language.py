"""The language of the window, the command line and the paper.

Messages are written in English in the code and translated through one gettext
catalogue (``resources/translations/ru.po``), also where Qt is not allowed.
Sentences are whole and use named placeholders: ``tr("Filed under {day}.", day=...)``.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

LANGUAGES = ("ru", "en")

# One language for the whole program; a print in the other language overrides it
# for its own thread only.
_program = ["ru"]
_here: ContextVar[str | None] = ContextVar("language", default=None)
_catalogues: list[Path] = []


def use_language(code: str) -> None:
    """Switch the whole program to ``code``, one of `LANGUAGES`."""
    _program[0] = _known(code)


@contextmanager
def using_language(code: str) -> Iterator[None]:
    """Speak ``code`` inside the block, in this thread only."""
    token = _here.set(_known(code))
    try:
        yield
    finally:
        _here.reset(token)


def current_language() -> str:
    """Code of the language spoken here and now: ``ru`` or ``en``."""
    return _here.get() or _program[0]


def set_catalogues(folder: Path) -> None:
    """Tell where the compiled ``<language>.mo`` catalogues lie."""
    _catalogues[:] = [folder]
    _translations.cache_clear()


def tr(message: str, /, **values: object) -> str:
    """Return ``message`` in the current language with its named placeholders filled."""
    translated = _translations(current_language()).gettext(message)
    return translated.format(**values) if values else translated


def ntr(singular: str, plural: str, n: int, /, **values: object) -> str:
    """Like `tr` with the plural form that ``n`` asks for; ``{n}`` is filled in."""
    translated = _translations(current_language()).ngettext(singular, plural, n)
    return translated.format(n=n, **values)


def mark(message: str) -> str:
    """Mark ``message`` for the catalogue; it is translated later, where it is shown."""
    return message


def _known(code: str) -> str:
    if code not in LANGUAGES:
        raise ValueError(f"language {code!r} is not one of {LANGUAGES}")
    return code


@cache
def _translations(code: str) -> gettext.NullTranslations:
    for folder in _catalogues:
        path = folder / f"{code}.mo"
        if path.exists():
            with path.open("rb") as file:
                return gettext.GNUTranslations(file)
    return gettext.NullTranslations()
