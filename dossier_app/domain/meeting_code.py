"""The short code on a printed brief: typed in after the meeting it finds the dossier.

The code follows from the dossier's uid alone and is stored nowhere. So it still finds the
dossier when its date was moved, in a restored backup, and in a colleague's binder; the
meeting it stands for is the dossier's next step. 9,000 codes are not enough to be unique:
whoever looks one up may find several dossiers.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable

from dossier_app.domain.keyboard import other_layout

# Letters that look the same in Latin and Cyrillic. E, H and O are left out: O is taken for
# a zero, and the keys of Cyrillic Е, Н, Р and У would each stand for two letters, one by
# its looks and one by its place on the keyboard.
LETTERS = "ABCKMPTXY"
_LOOK_ALIKES = dict(zip("АВСКМРТХУ", LETTERS, strict=True))
_NUMBERS = 1000
_TYPED = re.compile(r"\s*(\S)\s*(\d)\s*[-\u2010-\u2015\u2212]?\s*(\d\d)\s*", re.ASCII)


def meeting_code(uid: str) -> str:
    """The code of the dossier ``uid``: "K7-42"."""
    number = _number(uid)
    digits = f"{number % _NUMBERS:03d}"
    return f"{LETTERS[number // _NUMBERS]}{digits[0]}-{digits[1:]}"


def uids_with_code(code: str, uids: Iterable[str]) -> list[str]:
    """Those of ``uids`` whose code is ``code``, written as `meeting_code` writes it."""
    number = LETTERS.index(code[0]) * _NUMBERS + int(code[1] + code[3:])
    return [uid for uid in uids if _number(uid) == number]


def read_meeting_code(text: str) -> str:
    """The code that was typed, in either alphabet or keyboard layout, with or without the
    dash; empty when ``text`` is no code."""
    found = _TYPED.fullmatch(text)
    letter = _letter(found[1]) if found else ""
    return f"{letter}{found[2]}-{found[3]}" if found and letter else ""


def _number(uid: str) -> int:
    return zlib.crc32(uid.encode("utf-8", "surrogatepass")) % (len(LETTERS) * _NUMBERS)


def _letter(typed: str) -> str:
    for key in (typed.upper(), other_layout(typed).upper()):
        if key in LETTERS:
            return key
        if key in _LOOK_ALIKES:
            return _LOOK_ALIKES[key]
    return ""
