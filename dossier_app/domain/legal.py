"""Russian tax, register and bank numbers: their form and their check digits.

Each check takes what a person typed and returns the bare number, or raises `Refusal`
with the sentence to show. Rules: INN - order of the tax service MMV-7-6/435 (check
digits, 10 for firms, 12 for persons); OGRN and OGRNIP - order of the finance ministry
165n; KPP - 4 digits, 2 digits or capital Latin letters, 3 digits; BIK and account -
Bank of Russia, 9 and 20 digits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import tr

# The weights of the tenth digit; the eleventh and twelfth put their own in front.
_INN_WEIGHTS = (2, 4, 10, 3, 5, 9, 4, 6, 8)


def check_inn(text: str) -> str:
    """A taxpayer's number: 10 digits for a firm, 12 for a person."""
    number = _bare(text)
    if not re.fullmatch(r"[0-9]{10}|[0-9]{12}", number) or not number.strip("0"):
        raise Refusal(tr("An INN has 10 digits for a company or 12 for a person."))
    lengths = (9,) if len(number) == 10 else (10, 11)
    if any(int(number[length]) != _inn_digit(number[:length]) for length in lengths):
        raise Refusal(tr("The INN's check digit does not fit; please look at it again."))
    return number


def check_kpp(text: str) -> str:
    """The code of the reason for registration, 9 characters; it has no check digit."""
    number = _bare(text).upper()
    if not re.fullmatch(r"[0-9]{4}[0-9A-Z]{2}[0-9]{3}", number):
        raise Refusal(tr("A KPP has 9 digits."))
    return number


def check_ogrn(text: str) -> str:
    """The number in the state register: 13 digits for a company, 15 for an entrepreneur."""
    number = _bare(text)
    if not re.fullmatch(r"[0-9]{13}|[0-9]{15}", number) or not number.strip("0"):
        raise Refusal(tr("An OGRN has 13 digits for a company or 15 for an entrepreneur."))
    body, digit = number[:-1], int(number[-1])
    if int(body) % (len(number) - 2) % 10 != digit:
        raise Refusal(tr("The OGRN's check digit does not fit; please look at it again."))
    return number


def check_bik(text: str) -> str:
    """A bank's code, 9 digits."""
    number = _bare(text)
    if not re.fullmatch(r"[0-9]{9}", number):
        raise Refusal(tr("A BIK has 9 digits."))
    return number


def check_account(text: str) -> str:
    """A bank account, 20 digits."""
    number = _bare(text)
    if not re.fullmatch(r"[0-9]{20}", number):
        raise Refusal(tr("A bank account has 20 digits."))
    return number


CHECKS: Mapping[str, Callable[[str], str]] = {
    "inn": check_inn,
    "kpp": check_kpp,
    "ogrn": check_ogrn,
    "bik": check_bik,
    "account": check_account,
}


def _bare(text: str) -> str:
    return re.sub(r"[\s\u2010-\u2015-]", "", text)


def _inn_digit(digits: str) -> int:
    weights: Sequence[int] = {9: (), 10: (7,), 11: (3, 7)}[len(digits)]
    pairs = zip((*weights, *_INN_WEIGHTS), digits, strict=True)
    return sum(weight * int(digit) for weight, digit in pairs) % 11 % 10
