"""Text typed with the wrong keyboard layout on."""

from __future__ import annotations

_LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.~QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>"
_RUSSIAN = "ёйцукенгшщзхъфывапролджэячсмитьбюЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ"
_TO_RUSSIAN = str.maketrans(_LATIN, _RUSSIAN)
_TO_LATIN = str.maketrans(_RUSSIAN, _LATIN)


def other_layout(text: str) -> str:
    """``text`` as the same keys give it in the other of the two layouts, Russian
    (ЙЦУКЕН) and English (QWERTY): ``bdfyjd`` is ``иванов``."""
    has_cyrillic = any("а" <= letter.lower() <= "я" or letter in "ёЁ" for letter in text)
    return text.translate(_TO_LATIN if has_cyrillic else _TO_RUSSIAN)
