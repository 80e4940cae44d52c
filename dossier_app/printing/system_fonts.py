"""Fonts of the operating system, asked only for a character that our own fonts lack.

Only fonts with TrueType outlines are used: reportlab can embed no others, and bitmap or
colour glyphs would come out empty on paper.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

# Faces that would stand out in running text come last.
_UNLIKELY = (
    "bold",
    "italic",
    "oblique",
    "mono",
    "light",
    "thin",
    "black",
    "condensed",
    "math",
    "serif",
)
_NO_REAL_GLYPHS = ("lastresort", "blank", "notdef")
_COLOUR_OR_BITMAP = {"sbix", "CBDT", "SVG "}


@dataclass(frozen=True)
class SystemFont:
    """A font file and the characters (code points) it has; of a collection the first
    face, since all of them have nearly the same."""

    path: Path
    characters: frozenset[int]


def font_with(code: int, refused: frozenset[SystemFont] = frozenset()) -> SystemFont | None:
    """The most suitable installed font that has character ``code``."""
    return next(
        (font for font in _installed() if code in font.characters and font not in refused), None
    )


@cache
def _installed() -> tuple[SystemFont, ...]:
    files = {path.name.lower(): path for folder in _folders() for path in _font_files(folder)}
    ordered = sorted(files, key=lambda name: (sum(word in name for word in _UNLIKELY), name))
    return tuple(font for name in ordered if (font := _read(files[name])))


def _folders() -> list[Path]:
    if sys.platform == "win32":
        windows = Path(os.environ.get("WINDIR", r"C:\Windows"))
        local = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
        return [windows / "Fonts", local / "Microsoft" / "Windows" / "Fonts"]
    if sys.platform == "darwin":
        shared = [Path("/System/Library/Fonts"), Path("/Library/Fonts")]
        return [*shared, Path.home() / "Library" / "Fonts"]
    shared = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts")]
    return [*shared, Path.home() / ".local" / "share" / "fonts", Path.home() / ".fonts"]


def _font_files(folder: Path) -> Iterator[Path]:
    for where, _, names in os.walk(folder):
        for name in names:
            if name.lower().endswith((".ttf", ".ttc")) and not any(
                word in name.lower() for word in _NO_REAL_GLYPHS
            ):
                yield Path(where, name)


def _read(path: Path) -> SystemFont | None:
    import uharfbuzz

    try:
        blob = uharfbuzz.Blob.from_file_path(path)
    except uharfbuzz.HarfBuzzError:
        return None
    face: Any = uharfbuzz.Face(blob)
    tables = set(face.table_tags)
    if "glyf" not in tables or tables & _COLOUR_OR_BITMAP:
        return None
    return SystemFont(path, frozenset(face.unicodes))
