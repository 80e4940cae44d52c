"""Running text: every width holds all of it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from dossier_app.ui.dossier.prose import wrapped
from dossier_app.ui.theme import REGULAR


@given(text=st.text(max_size=200), width=st.integers(20, 400))
def test_no_character_is_lost(qapp: QApplication, text: str, width: int) -> None:
    lines = wrapped(text, "body", REGULAR, width)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_long_words_are_broken_and_lines_are_limited(qapp: QApplication) -> None:
    text = "😀" * 200 + " слово " * 50 + "x" * 300
    lines = wrapped(text, "body", REGULAR, 200)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert len(wrapped(text, "body", REGULAR, 200, 3)) == 3
    assert wrapped("", "body", REGULAR, 200) == ()
