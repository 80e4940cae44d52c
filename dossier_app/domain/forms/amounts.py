"""Numbers and money as people write them: "1 234,5", "4 млн ₽", "$100"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from dossier_app.domain.errors import Refusal
from dossier_app.domain.forms.kind import Kind, is_blank, wrong_shape
from dossier_app.domain.forms.template import Field
from dossier_app.domain.language import current_language, tr

# Above this a float no longer tells neighbouring whole numbers apart.
_LIMIT = 10**15
_CENT = Decimal("0.01")
_NBSP = "\u00a0"

_NUMBER = re.compile(
    r"[+-]?(?P<whole>\d+|\d{1,3}(?P<mark>[ '.,])\d{3}(?:(?P=mark)\d{3})*)"
    r"(?:(?!(?P=mark))[.,](?P<part>\d+))?"
)
_ENGLISH_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}")
_CORE = re.compile(r"[+-]?\d(?:[\d '.,]*\d)?")
_WORD = re.compile(r"[^\W\d_]+|[₽$€£¥₸]")

_TIMES = {
    1_000: "тыс тысяча тысячи тысяч k thousand",
    1_000_000: "млн миллион миллиона миллионов m mln million",
    1_000_000_000: "млрд миллиард миллиарда миллиардов bn billion",
}
_MULTIPLIERS = {word: factor for factor, words in _TIMES.items() for word in words.split()}
_SIGNS = {"RUB": "₽", "USD": "$", "EUR": "€", "GBP": "£", "CNY": "¥", "KZT": "₸"}
_NAMES = {
    "RUB": "₽ р руб рубль рубля рублей rub roubles rubles",
    "USD": "$ долл доллар доллара долларов usd dollars dollar",
    "EUR": "€ евро eur euro euros",
    "GBP": "£ фунт фунта фунтов gbp pounds pound",
    "CNY": "¥ юань юаня юаней cny yuan",
    "KZT": "₸ тенге kzt tenge",
}
_CURRENCIES = {word: code for code, words in _NAMES.items() for word in words.split()}


class NumberKind(Kind):
    def parse(self, text: str) -> int | float:
        amount, words = _read(text)
        if amount is None or words:
            raise Refusal(tr("{field}: {text} is not a number.", field=self.field.label, text=text))
        return self.check(float(amount) if amount % 1 else int(amount))

    def check(self, value: Any) -> int | float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise wrong_shape(self.field)
        if not abs(value) < _LIMIT:  # also true for NaN
            raise _too_large(self.field)
        return int(value) if value == int(value) else value

    def text(self, value: Any) -> str:
        amount = Decimal(str(value))
        return _grouped(amount) if abs(amount) >= 10_000 else _ungrouped(amount)


class MoneyKind(Kind):
    def parse(self, text: str) -> dict[str, str]:
        amount, words = _read(text)
        codes = {_CURRENCIES.get(word) or _code(word) for word in words} or {"RUB"}
        if amount is None or None in codes or len(codes) > 1:
            raise Refusal(
                tr(
                    "{field}: {text} is not an amount of money. Write it like 4 000 ₽ or 100 EUR.",
                    field=self.field.label,
                    text=text,
                )
            )
        return self.check({"amount": str(amount), "currency": codes.pop()})

    def check(self, value: Any) -> dict[str, str]:
        if not isinstance(value, Mapping) or not isinstance(value.get("amount"), str):
            raise wrong_shape(self.field)
        try:
            amount = Decimal(value["amount"])
        except InvalidOperation:
            raise wrong_shape(self.field) from None
        if not amount.is_finite() or abs(amount) >= _LIMIT:
            raise _too_large(self.field)
        if amount != amount.quantize(_CENT):
            raise Refusal(
                tr("{field}: money has two digits after the point.", field=self.field.label)
            )
        currency = value.get("currency", "RUB")
        if not isinstance(currency, str) or not re.fullmatch("[A-Z]{3}", currency):
            raise wrong_shape(self.field)
        return {"amount": str(amount.quantize(_CENT) + 0), "currency": currency}

    def text(self, value: Any) -> str:
        amount = _grouped(Decimal(value["amount"]))
        sign = _SIGNS.get(value["currency"])
        if sign and sign != "₽" and current_language() == "en":
            return f"{sign}{amount}"
        return f"{amount}{_NBSP}{sign or value['currency']}"

    def is_empty(self, value: Any) -> bool:
        """A currency alone says nothing."""
        is_money = isinstance(value, Mapping) and value.keys() <= {"amount", "currency"}
        return is_blank(value.get("amount") if is_money else value)


def _read(text: str) -> tuple[Decimal | None, list[str]]:
    """The number in ``text``, multiplied out, and the other words around it."""
    text = re.sub(r"[\s\u00a0\u202f\u2009]+", " ", text.replace("\u2212", "-"))
    core = _CORE.search(text)
    around = f"{text[: core.start()]} {text[core.end() :]}" if core else text
    if not core or re.sub(r"[ .]", "", _WORD.sub("", around)):
        return None, []
    number = _decimal(core[0])
    words = []
    for word in _WORD.findall(around.casefold()):
        if number is not None and word in _MULTIPLIERS:
            number *= _MULTIPLIERS[word]
        else:
            words.append(word)
    return number, words


def _decimal(text: str) -> Decimal | None:
    if current_language() == "en" and _ENGLISH_THOUSANDS.fullmatch(text):
        return Decimal(text.replace(",", ""))
    found = _NUMBER.fullmatch(text)
    if not found:
        return None
    whole = re.sub(r"\D", "", found["whole"])
    sign = "-" if text.startswith("-") else ""
    return Decimal(f"{sign}{whole}.{found['part'] or 0}")


def _code(word: str) -> str | None:
    """A currency's code of three Latin letters; None for any other word."""
    return word.upper() if re.fullmatch("[a-z]{3}", word) else None


def _grouped(amount: Decimal) -> str:
    """Digits in threes, cents only where there are any."""
    places = ",f" if amount % 1 else ",.0f"
    text = format(amount, places)
    if current_language() == "ru":
        return text.replace(",", _NBSP).replace(".", ",")
    return text


def _ungrouped(amount: Decimal) -> str:
    text = format(amount, "f")
    return text.replace(".", ",") if current_language() == "ru" else text


def _too_large(field: Field) -> Refusal:
    return Refusal(tr("{field}: the number is too large.", field=field.label))
