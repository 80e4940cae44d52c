"""Words that several prints and lists share."""

from __future__ import annotations

import pytest

from dossier_app.domain.language import using_language
from dossier_app.domain.words import size_words


@pytest.mark.parametrize(
    ("size", "russian", "english"),
    [
        (0, "1 КБ", "1 KB"),
        (183_000, "179 КБ", "179 KB"),
        (5_000_000, "4,8 МБ", "4.8 MB"),
        (64 * 1024 * 1024, "64,0 МБ", "64.0 MB"),
    ],
)
def test_sizes(size: int, russian: str, english: str) -> None:
    with using_language("ru"):
        assert size_words(size) == russian.replace(" ", "\u00a0")
    with using_language("en"):
        assert size_words(size) == english
