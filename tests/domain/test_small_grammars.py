"""Cadences and promises as they are typed, the other keyboard layout, dates in words."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier_app.assets import asset
from dossier_app.domain import clock, datewords
from dossier_app.domain.cadence import describe_cadence, read_cadence
from dossier_app.domain.errors import Unreadable
from dossier_app.domain.keyboard import other_layout
from dossier_app.domain.language import LANGUAGES, set_catalogues, using_language
from dossier_app.domain.partial_date import PartialDate
from dossier_app.domain.place import Month
from dossier_app.domain.promising import read_promise
from dossier_app.domain.records import Cadence, Side

TODAY = date(2026, 11, 25)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "cadence"),
    [
        ("every 2 weeks", Cadence(2, "week")),
        ("2 weeks", Cadence(2, "week")),
        ("each", None),
        ("каждые 2 недели", Cadence(2, "week")),
        ("Каждый месяц", Cadence(1, "month")),
        ("каждую неделю", Cadence(1, "week")),
        ("раз в 10 дней", Cadence(10, "day")),
        ("3 мес.", Cadence(3, "month")),
        ("10d", Cadence(10, "day")),
        ("0 days", None),
        ("1001 days", None),
        ("-2 weeks", None),
        ("2", None),
        ("иногда", None),
    ],
)
def test_cadences(text: str, cadence: Cadence | None) -> None:
    if cadence is None:
        with pytest.raises(Unreadable, match="how often"):
            read_cadence(text)
    else:
        assert read_cadence(text) == cadence


def test_no_cadence() -> None:
    assert read_cadence("") is read_cadence("  ") is None


@given(st.integers(1, 1000), st.sampled_from(["day", "week", "month"]), st.sampled_from(LANGUAGES))
def test_a_described_cadence_is_read_back(every: int, unit: str, language: str) -> None:
    set_catalogues(asset("resources", "translations"))
    with using_language(language):
        assert read_cadence(describe_cadence(Cadence(every, unit))) == Cadence(every, unit)


@pytest.mark.parametrize(
    ("text", "side", "due", "what"),
    [
        ("прислать смету", Side.OURS, None, "прислать смету"),
        ("до пт: прислать смету", Side.OURS, date(2026, 11, 27), "прислать смету"),
        ("я, до пт: прислать смету", Side.OURS, date(2026, 11, 27), "прислать смету"),
        ("клиент, до 1 декабря: оплатить", Side.THEIRS, date(2026, 12, 1), "оплатить"),
        ("client, by tomorrow: pay", Side.THEIRS, date(2026, 11, 26), "pay"),
        ("client: pay", Side.THEIRS, None, "pay"),
        ("фото: три штуки", Side.OURS, None, "фото: три штуки"),
        ("we;2026-12-03;смета; и каталог", Side.OURS, date(2026, 12, 3), "смета; и каталог"),
        ("они;;подумать", Side.THEIRS, None, "подумать"),
    ],
)
def test_promises(text: str, side: Side, due: date | None, what: str) -> None:
    made = read_promise(text, TODAY)
    assert made is not None
    assert (made.side, made.due, made.text) == (side, due, what)


@pytest.mark.parametrize(
    "text", ["king;;x", "we;x;y", "we;;", "до когда-нибудь: x", "я, до июля: x", "king, до пт: x"]
)
def test_promises_that_are_not_understood(text: str) -> None:
    with pytest.raises(Unreadable):
        read_promise(text, TODAY)


def test_no_promise() -> None:
    assert read_promise("  ", TODAY) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("bdfyjd", "иванов"), ("fhn`vjdf", "артёмова"), ("Ghbdtn", "Привет"), ("руддщ", "hello")],
)
def test_the_other_layout(typed: str, meant: str) -> None:
    assert other_layout(typed) == meant


@given(st.text("абвгдеёжзийклмнопрстуфхцчшщъыьэюя ", min_size=1).filter(str.strip))
def test_the_layouts_are_each_other_reversed(text: str) -> None:
    assert other_layout(other_layout(text)) == text


RUSSIAN = [
    "пятница", "пт", "1 мая", "1 мая", "1 мая 2026", "пятница, 1 мая", "1 мая 2026",
    "май 2026", "май", "май", "4 ч 20 мин", "0 мин", "2 ч",
]  # fmt: skip
ENGLISH = [
    "Friday", "Fr", "1 May", "1 May", "1 May 2026", "Friday, 1 May", "1 May 2026",
    "May 2026", "May", "May", "4 h 20 min", "0 min", "2 h",
]  # fmt: skip


@pytest.mark.parametrize(("language", "words"), [("ru", RUSSIAN), ("en", ENGLISH)])
def test_dates_in_words(language: str, words: list[str]) -> None:
    day = date(2026, 5, 1)
    with using_language(language):
        assert words == [
            datewords.weekday(day),
            datewords.short_weekday(day),
            datewords.day_month(day),
            datewords.short_day(day),
            datewords.short_day(day, date(2027, 1, 1)),
            datewords.long_day(day, day),
            datewords.full_date(day),
            datewords.month_name(Month(2026, 5)),
            datewords.bare_month_name(5),
            datewords.short_month(5),
            datewords.duration(260),
            datewords.duration(0),
            datewords.duration(120),
        ]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("1976-03-08", "8 March 1976"),
        ("03-08", "8 March"),
        ("02-29", "29 February"),
        ("1976-03", "March 1976"),
        ("1976", "1976"),
    ],
)
def test_partial_dates_in_words(value: str, words: str) -> None:
    assert datewords.partial(PartialDate.parse(value)) == words
    assert datewords.clock(time(9, 5)) == "09:05"


def test_the_clock_can_be_set_and_follows_the_computer_again() -> None:
    clock.set_today(date(2030, 7, 1))
    assert clock.today() == clock.now().date() == date(2030, 7, 1)
    assert clock.now().utcoffset() is not None
    assert datetime.fromisoformat(clock.stamp()).date() == date(2030, 7, 1)
    clock.set_today(None)
    assert abs(clock.today() - datetime.now().date()) <= timedelta(days=1)
