"""Slips that come again: rules as RFC 5545 writes them ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU").

What a rep says is read by `read_repeat`, in Russian and English at once, and said again
by `describe_repeat`. The 29th, 30th or 31st of a month is the last day of shorter months
and that day again after: the rule then names all days it may fall on and takes the last.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time

from dossier_app.domain.cadence import describe_cadence
from dossier_app.domain.datewords import weekday
from dossier_app.domain.errors import Unreadable
from dossier_app.domain.language import current_language, ntr, tr
from dossier_app.domain.names import fold
from dossier_app.domain.records import Cadence
from dossier_app.domain.when.words import VOCABULARY, Kind, Part, Unit

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WORKDAYS = ",".join(DAYS[:5])
_SHORTEST_MONTH = 28
_MOST = 1000

_FREQS = {"d": "DAILY", "w": "WEEKLY", "m": "MONTHLY", "y": "YEARLY"}
_CADENCE_UNITS = {"DAILY": "day", "WEEKLY": "week", "MONTHLY": "month"}


def next_date(rule: str, on: date, after: date) -> date | None:
    """The first date later than ``after`` on which a slip that lies under ``on`` comes
    again; None when the rule has ended. Raises Unreadable for what is no rule of days."""
    from dateutil.rrule import rrulestr

    try:
        usual = date.fromisoformat(rule[8:16]) if is_moved(rule) else on
        # Rules by the hour would be counted through for years.
        if _parts(rule).get("FREQ") not in _FREQS.values():
            raise ValueError(rule)
        dates = rrulestr(plain(rule), dtstart=datetime.combine(usual, time()))
        found = dates.after(datetime.combine(max(usual, after), time()))
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise Unreadable(
            tr("How often this comes again is not understood: {rule}.", rule=rule)
        ) from error
    return found.date() if found else None


def moved(rule: str, usual: date) -> str:
    """``rule`` for a slip that was moved from its ``usual`` date this once: the next date
    is counted from there. Written as RFC 5545 writes a start before a rule."""
    return rule if is_moved(rule) else f"DTSTART:{usual:%Y%m%d}\nRRULE:{rule}"


def is_moved(rule: str) -> bool:
    return rule.startswith("DTSTART:")


def plain(rule: str) -> str:
    """The rule itself, whether its slip was moved or not."""
    return rule.rpartition("RRULE:")[2]


def anchored(rule: str, on: date) -> str:
    """``rule`` with the day that it leaves open taken from ``on``, the first date."""
    parts = _parts(rule)
    if is_moved(rule) or any(name.startswith("BY") for name in parts):
        return rule
    if parts["FREQ"] == "WEEKLY":
        parts["BYDAY"] = DAYS[on.weekday()]
    elif parts["FREQ"] == "MONTHLY":
        parts |= _month_day(on.day)
    elif parts["FREQ"] == "YEARLY":
        parts |= {"BYMONTH": str(on.month)} | _month_day(on.day)
    return _rule(parts)


def read_repeat(text: str) -> str:
    """Read "каждый второй вторник", "последний день месяца", "every 2 weeks" as a rule;
    "" for an empty text. Raises Unreadable with one sentence."""
    if not text.strip():
        return ""
    signs = [sign for word in _WORD.findall(fold(text)) for sign in _signs(word)]
    phrase = "".join(sign for sign, _ in signs)
    values: dict[str, list[int]] = {}
    for sign, value in signs:
        values.setdefault(sign, []).append(value)
    for pattern, make in _PHRASES:
        if pattern.fullmatch(phrase):
            parts = make(values)
            if parts and 1 <= int(parts.get("INTERVAL", 1)) <= _MOST:
                return _rule(parts)
    raise Unreadable(
        tr("“{text}” is not understood as how often; try “every second Tuesday”.", text=text)
    )


def describe_repeat(rule: str) -> str:
    """ "every 2 weeks: Tuesday", in the current language; `read_repeat` reads it back. Of a
    rule that nobody can type here it tells only how often."""
    parts = _parts(rule)
    freq, every = parts.get("FREQ", ""), int(parts.get("INTERVAL", "1"))
    if freq not in _FREQS.values():
        return tr("comes again")
    if freq == "WEEKLY" and every == 1 and parts.get("BYDAY") == _WORKDAYS:
        return tr("on weekdays")
    days = _week_words(parts) if freq == "WEEKLY" else _month_words(parts)
    if freq == "MONTHLY" and every == 1 and days:
        return days
    often = _often(freq, every)
    return tr("{often}: {days}", often=often, days=days) if days else often


# --- saying


def _often(freq: str, every: int) -> str:
    if freq != "YEARLY":
        return describe_cadence(Cadence(every, _CADENCE_UNITS[freq]))
    return tr("every year") if every == 1 else ntr("every {n} year", "every {n} years", every)


def _week_words(parts: Mapping[str, str]) -> str:
    days = [day for day in parts.get("BYDAY", "").split(",") if day in DAYS]
    return ", ".join(_weekday(DAYS.index(day)) for day in days)


def _month_words(parts: Mapping[str, str]) -> str:
    if parts["FREQ"] != "MONTHLY":
        return ""
    if month_days := parts.get("BYMONTHDAY"):
        number = int(month_days.split(",")[-1])
        if number == -1:
            return tr("last day of the month")
        return tr("on day {n} of the month", n=number)
    place = int(parts.get("BYSETPOS", "0"))
    if parts.get("BYDAY") == _WORKDAYS and place in (1, -1):
        return (
            tr("last working day of the month") if place < 0
            else tr("first working day of the month")
        )  # fmt: skip
    found = re.fullmatch(r"(-1|[1-4])(\w\w)", parts.get("BYDAY", ""))
    if found is None:
        return ""
    day = _ordinal_weekday(int(found[1]), DAYS.index(found[2]))
    return tr("{day} of the month", day=day)


_RU_ORDINALS = {
    1: ("первый", "первая", "первое"),
    2: ("второй", "вторая", "второе"),
    3: ("третий", "третья", "третье"),
    4: ("четвёртый", "четвёртая", "четвёртое"),
    -1: ("последний", "последняя", "последнее"),
}
_RU_GENDERS = (0, 0, 1, 0, 1, 1, 2)  # of Monday to Sunday
_EN_ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}


def _ordinal_weekday(number: int, day: int) -> str:
    """ "второй вторник", "last Friday"; ``day`` is 0 for Monday."""
    if current_language() == "ru":
        return f"{_RU_ORDINALS[number][_RU_GENDERS[day]]} {_weekday(day)}"
    return f"{_EN_ORDINALS[number]} {_weekday(day)}"


def _weekday(day: int) -> str:
    return weekday(date(2024, 1, 1 + day))  # that 1 January is a Monday


# --- reading: each word is a sign with a value, and a phrase a pattern of signs
#
#   e every   n number   o ordinal, -1 for "last"   t "th" or "числа" behind a number
#   d w m y   units      a a weekday                b a working day

_WORD = re.compile(r"\d+(?:st|nd|rd|th)?|[^\W\d_]+")
_EVERY = set(
    "каждый каждая каждое каждую каждые каждого каждой каждом по раз every each once on".split()
)
_SILENT = set("в во на и а the of and a in".split())
_BEHIND_NUMBERS = set("го е ое ого число числа числу".split())
_WORKING = set(
    "будни будням будний будние буднии рабочий рабочая рабочее рабочие рабочим рабочего"
    " weekday weekdays workday workdays working business".split()
)
_ORDINALS = {
    word: number
    for number, words in {
        1: "первый первая первое первую первого first",
        2: "второй вторая второе вторую второго second other",
        3: "третий третья третье третью третьего third",
        4: "четвертый четвертая четвертое четвертую четвертого fourth",
        -1: "последний последняя последнее последнюю последнего last",
    }.items()
    for word in words.split()
}
_ADVERBS = {
    word: signs
    for words, signs in {
        "ежедневно daily": [("e", 0), ("d", 0)],
        "еженедельно weekly": [("e", 0), ("w", 0)],
        "ежемесячно monthly": [("e", 0), ("m", 0)],
        "ежеквартально quarterly": [("e", 0), ("n", 3), ("m", 0)],
        "квартал quarter": [("n", 3), ("m", 0)],
        "ежегодно yearly annually": [("e", 0), ("y", 0)],
        "дням": [("d", 0)],
    }.items()
    for word in words.split()
}
_UNITS = {Unit.DAY: "d", Unit.WEEK: "w", Unit.MONTH: "m", Unit.YEAR: "y"}

_Sign = tuple[str, int]


def _signs(word: str) -> list[_Sign]:
    """What a folded word means; [("?", 0)] for one that has no place here."""
    if word[0].isdecimal():
        number = re.match(r"\d+", word)
        assert number is not None
        behind = [("t", 0)] if number[0] != word else []
        return [("n", int(number[0][:6])), *behind]
    if word in _SILENT:
        return []
    for sign, known in (("e", _EVERY), ("t", _BEHIND_NUMBERS), ("b", _WORKING)):
        if word in known:
            return [(sign, 0)]
    if word in _ORDINALS:
        return [("o", _ORDINALS[word])]
    return _ADVERBS.get(word) or _from_vocabulary(word)


def _from_vocabulary(word: str) -> list[_Sign]:
    """The same for the words that dates are written with as well."""
    for form in _forms(word):
        meanings = VOCABULARY.get(form, {})
        if Kind.WEEKDAY in meanings:
            return [("a", meanings[Kind.WEEKDAY])]
        if meanings.get(Kind.UNIT) in _UNITS:
            return [(_UNITS[meanings[Kind.UNIT]], 0)]
        if Kind.SPAN in meanings and meanings[Kind.SPAN][1] in _UNITS:
            number, unit = meanings[Kind.SPAN]
            return [("n", number), (_UNITS[unit], 0)]
        if Kind.COUNT in meanings:
            return [("n", meanings[Kind.COUNT])]
        if meanings.get(Kind.PART) is Part.END:
            return [("o", -1), ("d", 0)]
    return [("?", 0)]


def _forms(word: str) -> Iterator[str]:
    """The word, and for "вторникам", "средам", "Mondays" what it is the plural of."""
    yield word
    if word.endswith(("ам", "ям")):
        yield from (word[:-2], f"{word[:-2]}а", f"{word[:-2]}я")
    elif word.endswith("s"):
        yield word[:-1]


_Values = Mapping[str, list[int]]
_Parts = dict[str, str]


def _every_unit(values: _Values) -> _Parts | None:
    unit = next(sign for sign in _FREQS if sign in values)
    every = values.get("n") or values.get("o") or [1]
    return {"FREQ": _FREQS[unit], "INTERVAL": str(every[0])}


def _on_weekdays(values: _Values) -> _Parts | None:
    every = values.get("n") or values.get("o") or [1]
    days = [DAYS[day] for day in sorted(set(values["a"]))]
    return {"FREQ": "WEEKLY", "INTERVAL": str(every[0]), "BYDAY": ",".join(days)}


def _on_working_days(_values: _Values) -> _Parts | None:
    return {"FREQ": "WEEKLY", "BYDAY": _WORKDAYS}


def _weekday_of_month(values: _Values) -> _Parts | None:
    return _months(values) | {"BYDAY": f"{values['o'][0]}{DAYS[values['a'][0]]}"}


def _working_day_of_month(values: _Values) -> _Parts | None:
    return _months(values) | {"BYDAY": _WORKDAYS, "BYSETPOS": str(values["o"][0])}


def _day_of_month(values: _Values) -> _Parts | None:
    number = values["o"][0]
    return _months(values) | {"BYMONTHDAY": str(number)}


def _number_of_month(values: _Values) -> _Parts | None:
    # "Every 2 months: on day 31": the day of the month is said last.
    *every, number = values["n"]
    if not 1 <= number <= 31:
        return None
    return _months({"n": every}) | _month_day(number)


def _months(values: _Values) -> _Parts:
    return {"FREQ": "MONTHLY", "INTERVAL": str((values.get("n") or [1])[0])}


def _month_day(number: int) -> _Parts:
    if number == 31:
        return {"BYMONTHDAY": "-1"}
    if number <= _SHORTEST_MONTH:
        return {"BYMONTHDAY": str(number)}
    days = ",".join(str(day) for day in range(_SHORTEST_MONTH, number + 1))
    return {"BYMONTHDAY": days, "BYSETPOS": "-1"}


_PHRASES: tuple[tuple[re.Pattern[str], Callable[[_Values], _Parts | None]], ...] = tuple(
    (re.compile(pattern), make)
    for pattern, make in (
        (r"e*[no]?[dwmy]", _every_unit),
        (r"(e*n?w)?e*a+|e*oa+", _on_weekdays),
        (r"e*bd?", _on_working_days),
        (r"e*oae*m|e*n?moa(e*m)?", _weekday_of_month),
        (r"e*obd?e*m|e*n?mobd?(e*m)?", _working_day_of_month),
        (r"e*ode*m|e*n?mod(e*m)?", _day_of_month),
        (r"(e*n?m)?e*nt+(e*m)?|(e*n?m)?e*dne*m", _number_of_month),
    )
)


def _parts(rule: str) -> dict[str, str]:
    """The parts of a rule by name: {"FREQ": "WEEKLY", "BYDAY": "TU"}."""
    return dict(part.split("=", 1) for part in plain(rule).upper().split(";") if "=" in part)


def _rule(parts: Mapping[str, str]) -> str:
    return ";".join(
        f"{name}={value}" for name, value in parts.items() if (name, value) != ("INTERVAL", "1")
    )
