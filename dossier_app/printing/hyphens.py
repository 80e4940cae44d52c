"""Where a word may be parted, in Russian and in English, by the dictionaries of pyphen."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

# A word with the signs around it; nothing with a digit or a sign inside, such as an address.
_WORD = re.compile("\\W*([^\\W\\d_]{6,})\\W*").fullmatch
_LANGUAGES = (
    (re.compile("[\u0400-\u04ff]+").fullmatch, "ru_RU"),
    (re.compile("[A-Za-z\u00c0-\u024f]+").fullmatch, "en_US"),
)
_LEAST_BEFORE, _LEAST_AFTER = 2, 3  # letters


def parting_places(text: str, start: int, stop: int) -> list[int]:
    """The places in ``text`` before which a hyphen may part the word that stands from
    ``start`` to ``stop``, from left to right. Words in capitals, short ones, and those of
    another language stay whole."""
    found = _WORD(text, start, stop)
    if found is None or found[1].isupper():
        return []
    word = found[1]
    language = next((code for is_written, code in _LANGUAGES if is_written(word)), "")
    places = _dictionary(language).positions(word) if language else []
    last = len(word) - _LEAST_AFTER
    return [found.start(1) + place for place in places if _LEAST_BEFORE <= place <= last]


@cache
def _dictionary(language: str) -> Any:
    import pyphen  # type: ignore[import-untyped]

    return pyphen.Pyphen(lang=language)
