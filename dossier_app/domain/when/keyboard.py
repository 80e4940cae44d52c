"""Text that was typed with the other keyboard layout switched on: "pfdnhf" for "завтра"."""

from __future__ import annotations

import re

_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_RUSSIAN = "йцукенгшщзхъфывапролджэячсмитьбюё"
# The colon of the Russian layout is typed with Shift and 6.
_TO_RUSSIAN = str.maketrans(_LATIN + "^", _RUSSIAN + ":")
_TO_LATIN = str.maketrans(_RUSSIAN, _LATIN)
_HAS_LATIN = re.compile(r"[a-z]")
_IS_SWITCHED = re.compile(r"[^\W\d_]|\^")


def other_layout(text: str) -> str:
    """``text`` as the same keys write it in the other layout, in small letters.

    Figures with their dots and colons stay as they are.
    """
    text = text.lower()
    table = _TO_RUSSIAN if _HAS_LATIN.search(text) else _TO_LATIN
    return " ".join(
        chunk.translate(table) if _IS_SWITCHED.search(chunk) else chunk for chunk in text.split()
    )
