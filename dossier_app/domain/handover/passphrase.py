"""Passphrases of packages: made by chance, and told by phone."""

from __future__ import annotations

import re
import secrets
import unicodedata

from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import tr

_GROUPS, _DIGITS = 5, 4  # 66 bits behind scrypt: out of reach for who has only the file
_LEAST = 10  # letters or digits of a passphrase of one's own


def propose_passphrase() -> str:
    """Five groups of four digits, "4821 0937 5516 2204 7730": the same in every language
    and keyboard layout."""
    digits = "".join(secrets.choice("0123456789") for _ in range(_GROUPS * _DIGITS))
    return _grouped(digits)


def check_passphrase(passphrase: str) -> None:
    """Raises Refusal for one that is soon found by trying."""
    if len(re.sub(r"[\W_]", "", passphrase)) < _LEAST:
        raise Refusal(
            tr("A passphrase for a package has at least {n} letters or digits.", n=_LEAST)
        )


def as_agreed(passphrase: str) -> str:
    """The passphrase as both sides use it: one Unicode form, no spaces around, and one that
    was proposed here in groups of four, whether spaces or hyphens were typed or not."""
    plain = unicodedata.normalize("NFC", passphrase).strip()
    digits = re.sub(r"[ \-]", "", plain)
    if re.fullmatch(r"[0-9]+", digits) and len(digits) == _GROUPS * _DIGITS:
        return _grouped(digits)
    return plain


def _grouped(digits: str) -> str:
    return " ".join(digits[at : at + _DIGITS] for at in range(0, len(digits), _DIGITS))
