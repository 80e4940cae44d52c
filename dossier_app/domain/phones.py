"""Phone numbers: one key for comparing, one pretty writing for showing.

Numbers are mostly Russian and mostly typed the local way: ``8 (926) 123-45-67``.
"""

from __future__ import annotations

import re
import unicodedata

_EXTENSION = re.compile(
    r"[\s,;(]*(?:доб(?:авочный)?|вн(?:утр(?:енний)?)?|extension|ext|x|#)[\s.:=]*(\d{1,8})\)?\s*$"
    r"|,\s*(\d{1,6})\s*$",
    re.IGNORECASE,
)
_ONLY_A_NUMBER = re.compile(r"\+?[\d\s().\-–—/]+")
_PLAIN = re.compile(r"[+0-9() .-]+")
_NOT_DIGIT = re.compile(r"[^0-9]+")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")


def phone_digits(text: str) -> str:
    """The digits by which numbers are compared; "" when ``text`` has none.

    ``8…`` and ``+7…`` of eleven digits are the same Russian number, ten digits that begin
    like a Russian code (3, 4, 8 or 9) are one typed without its prefix, ``00`` and the
    Russian ``810`` lead abroad. An extension is left out: it is the same line.
    """
    main, _ = _split(text)
    digits = _NOT_DIGIT.sub("", main)
    if main.startswith("+"):
        # "+8 926 …" is a slip of the pen, met far more often than a call to Vietnam.
        return "7" + digits[1:] if len(digits) == 11 and digits[0] == "8" else digits
    if digits.startswith("810") and len(digits) > 12:
        return digits[3:]
    if digits.startswith("00") and len(digits) > 10:
        return digits[2:]
    if len(digits) == 11 and digits[0] in "78":
        return "7" + digits[1:]
    if len(digits) == 10 and digits[0] in "3489":
        return "7" + digits
    return digits


def extension(text: str) -> str:
    """The digits of the number inside a company, "" when ``text`` has none."""
    return _split(text)[1]


def format_phone(text: str) -> str:
    """``text`` in its usual writing: ``+7 926 123-45-67``, ``+49 611 123456 ext. 12``.

    Unchanged when it is not one valid number: words beside it, several numbers, a local
    number without its code. Formatting twice changes nothing.
    """
    main, extension = _split(text)
    digits = phone_digits(text)
    is_russian = len(digits) == 11 and digits[0] == "7"
    is_abroad = main.startswith(("+", "00", "8"))
    if not _ONLY_A_NUMBER.fullmatch(main) or not (is_russian or is_abroad) or len(digits) < 8:
        return text
    import phonenumbers

    try:
        number = phonenumbers.parse(f"+{digits}")
    except phonenumbers.NumberParseException:
        return text
    if not phonenumbers.is_valid_number(number):
        return text
    pretty = str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL))
    if phone_digits(pretty) != digits:
        return text
    if not extension:
        return pretty
    word = "доб." if _CYRILLIC.search(text) or (is_russian and "ext" not in text) else "ext."
    return f"{pretty} {word} {extension}"


def _split(text: str) -> tuple[str, str]:
    """The number as typed, and its extension."""
    if _PLAIN.fullmatch(text):  # most are, and the rest of this is ten times as long
        return text.strip(), ""
    text = unicodedata.normalize("NFKC", text).strip().removeprefix("tel:")
    found = _EXTENSION.search(text)
    # Only behind something that can be a whole number: "тел. 12, 34" has no extension.
    if found is None or len(_NOT_DIGIT.sub("", text[: found.start()])) < 5:
        return text, ""
    return text[: found.start()].strip(), found[1] or found[2]
