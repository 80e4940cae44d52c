from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfbase import pdfmetrics

from dossier_app.printing import system_fonts
from dossier_app.printing.fonts import Face, Family, family
from dossier_app.printing.style import BODY, LABEL
from dossier_app.printing.text import Setter

REGULAR = family(Face.REGULAR)


def drawn(text: str, *, base_rtl: bool = False) -> str:
    return "".join(run.text for run in REGULAR.runs(REGULAR.printable(text), base_rtl=base_rtl))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40), st.sampled_from(Face), st.booleans())
def test_every_glyph_drawn_is_in_its_font(text: str, face: Face, kerned: bool) -> None:
    fonts = family(face)
    for run in fonts.runs(fonts.printable(text), kerned=kerned):
        glyphs = pdfmetrics.getFont(run.font).face.charToGlyph
        assert all(glyphs.get(ord(char)) for char in run.text), (text, run)


@pytest.mark.parametrize("face", Face)
def test_the_main_font_has_all_that_is_usual(face: Face) -> None:
    usual = "АЯаяЁё AZaz 09 ₽ № « » “ ” „ — – … · × ° ² € $ £ § © ® ™ → ← ≈ ≤ ≥ ± αΩ אש ابج"
    assert family(face).main.characters.issuperset(usual)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("a\x00b\x1b", "a[U+0000]b[U+001B]"),
        ("a\tb", "a   b"),
        ("\ud800", "[U+D800]"),
        ("\ue000", "[U+E000]"),
        ("\u202egpj.exe\u202c", "gpj.exe"),
        ("и\u0306", "й"),
        ("co\u00adop\u200b", "coop"),
        ("A\u200dB", "AB"),
    ],
)
def test_what_cannot_be_drawn_is_named(typed: str, printed: str) -> None:
    assert REGULAR.printable(typed) == printed


def test_without_a_font_an_emoji_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_fonts, "_installed", lambda: ())
    bare = Family(Face.REGULAR)

    assert bare.printable("ok 😀 中") == "ok [grinning face] [U+4E2D]"
    assert bare.printable("\U0001fae8") == "[U+1FAE8]"  # newer than the table of names


def test_right_to_left_text_stands_in_reading_order() -> None:
    assert drawn("שלום", base_rtl=True) == "םולש"
    assert drawn("a (b) שם (ג)") == "a (b) (ג) םש"
    assert drawn("דוד (בן)", base_rtl=True) == "(ןב) דוד"
    assert drawn("ב (abc) ג", base_rtl=True) == "ג (abc) ב"


def test_arabic_letters_join() -> None:
    joined, apart = REGULAR.width("سلام"), sum(REGULAR.width(char) for char in "سلام")

    assert joined < apart * 0.95


def test_lines_are_never_wider_than_their_column() -> None:
    setter = Setter(BODY)
    for text in ("x" * 3000, "слово " * 200, "中文日本語" * 50, "שלום עולם " * 40, "a " + "W" * 90):
        lines = setter.lines(text, 120)
        assert all(line.width <= 120 for line in lines)
        joined = "".join(line.text for line in lines).replace(" ", "")
        # What no font of the machine has stands as a mark: `printable` says how.
        shown = setter.family.printable(unicodedata.normalize("NFC", text))
        assert joined == shown.replace(" ", "")


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200), st.integers(1, 4), st.floats(30, 400))
def test_a_limit_on_lines_is_kept(text: str, limit: int, width: float) -> None:
    for style in (BODY, LABEL):
        assert 1 <= len(Setter(style).lines(text, width, limit)) <= limit


def test_a_shortened_text_says_so() -> None:
    lines = Setter(BODY).lines("один два три четыре пять", 60, 1)

    assert [line.text for line in lines] == ["один два…"]
