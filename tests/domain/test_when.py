"""Dates in words. Every expected date below was taken from a calendar by hand:
25 Nov 2026 is a Wednesday, 31 Dec 2026 a Thursday, 31 Jan 2027 a Sunday, 29 Feb 2028 a
Tuesday."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier_app.domain.datewords import full_date, long_day
from dossier_app.domain.errors import Unreadable
from dossier_app.domain.language import using_language
from dossier_app.domain.partial_date import PartialDate
from dossier_app.domain.place import CLOSED, TRAY, Month, day_place, month_place
from dossier_app.domain.when import When, describe, read_partial_date, read_when

WEDNESDAY = date(2026, 11, 25)
NEW_YEARS_EVE = date(2026, 12, 31)
END_OF_JANUARY = date(2027, 1, 31)
LEAP_DAY = date(2028, 2, 29)
NOON = time(12, 0)


def when(expected: str) -> When:
    """ "2026-12-08 10:00", "2026-12-08" or "2026-12"."""
    day, _, clock = expected.partition(" ")
    if len(day) == len("2026-12"):
        return When(month_place(Month.parse(day)))
    moment = time.fromisoformat(clock) if clock else None
    return When(day_place(date.fromisoformat(day)), moment)


ORDINARY_DAY = {
    # near days
    "сегодня": "2026-11-25",
    "today": "2026-11-25",
    "завтра": "2026-11-26",
    "Завтра.": "2026-11-26",
    "  ЗАВТРА  ": "2026-11-26",
    "завт\u00adра": "2026-11-26",
    "tomorrow": "2026-11-26",
    "послезавтра": "2026-11-27",
    "day after tomorrow": "2026-11-27",
    "the day after tomorrow at 10": "2026-11-27 10:00",
    # weekdays
    "пн": "2026-11-30",
    "вт": "2026-12-01",
    "ср": "2026-12-02",
    "чт": "2026-11-26",
    "пт": "2026-11-27",
    "сб": "2026-11-28",
    "вс": "2026-11-29",
    "в понедельник": "2026-11-30",
    "во вторник": "2026-12-01",
    "в среду": "2026-12-02",
    "четверг": "2026-11-26",
    "к пятнице": "2026-11-27",
    "в субботу": "2026-11-28",
    "в воскресенье": "2026-11-29",
    "в ближайшую пятницу": "2026-11-27",
    "tue": "2026-12-01",
    "on Friday": "2026-11-27",
    "wednesday": "2026-12-02",
    "в пятницу в 10": "2026-11-27 10:00",
    "пт, 10:30": "2026-11-27 10:30",
    "fri 2pm": "2026-11-27 14:00",
    "fri 2:30 p.m.": "2026-11-27 14:30",
    "next tue 10:00": "2026-12-01 10:00",
    "next tue": "2026-12-01",
    "next fri": "2026-12-04",
    "следующий понедельник": "2026-11-30",
    "в следующую пятницу": "2026-12-04",
    "в эту пятницу": "2026-11-27",
    "this sunday": "2026-11-29",
    "вт через неделю в 10": "2026-12-08 10:00",
    "пн через 2 недели": "2026-12-14",
    "через неделю в пятницу": "2026-12-04",
    "tue next week": "2026-12-01",
    "на следующей неделе в четверг в 15:00": "2026-12-03 15:00",
    # so much later
    "через 3 дня": "2026-11-28",
    "через три дня": "2026-11-28",
    "через 1 день": "2026-11-26",
    "через неделю": "2026-12-02",
    "через недельку": "2026-12-02",
    "через 2 недели": "2026-12-09",
    "через 2\u00a0недели": "2026-12-09",
    "через пару недель": "2026-12-09",
    "через месяц": "2026-12-25",
    "через полгода": "2027-05-25",
    "через год": "2027-11-25",
    "через 2 недели в 10": "2026-12-09 10:00",
    "in 2 weeks": "2026-12-09",
    "in a week": "2026-12-02",
    "in two months": "2027-01-25",
    "in a couple of weeks": "2026-12-09",
    "in half a year": "2027-05-25",
    "+3": "2026-11-28",
    "+ 3": "2026-11-28",
    "+3 9:00": "2026-11-28 09:00",
    "+10д": "2026-12-05",
    "+2w": "2026-12-09",
    "+2н": "2026-12-09",
    "+2 нед": "2026-12-09",
    "+1m": "2026-12-25",
    "+1м": "2026-12-25",
    "+1г": "2027-11-25",
    # day and month
    "5 июля": "2027-07-05",
    "5июля": "2027-07-05",
    "5 июля в 14:30": "2027-07-05 14:30",
    "в 14:30 5 июля": "2027-07-05 14:30",
    "5 июля 2027": "2027-07-05",
    "5 июля 2028 года": "2028-07-05",
    "на 8 декабря": "2026-12-08",
    "25 ноября": "2026-11-25",
    "24 ноября": "2027-11-24",
    "5-го июля": "2027-07-05",
    "July 5": "2027-07-05",
    "July 5th": "2027-07-05",
    "July 27": "2027-07-27",
    "5 of July": "2027-07-05",
    "the 5th of July 2028, 9:15": "2028-07-05 09:15",
    "5 jul": "2027-07-05",
    "29 февраля": "2028-02-29",
    "вторник, 8 декабря, 10:00": "2026-12-08 10:00",
    "Tuesday, 8 December": "2026-12-08",
    # figures
    "5.07": "2027-07-05",
    "5.7": "2027-07-05",
    "05.07.27": "2027-07-05",
    "5.7.2027": "2027-07-05",
    "8.12 в 10": "2026-12-08 10:00",
    "8.12.": "2026-12-08",
    "13/5": "2027-05-13",
    "5/13": "2027-05-13",
    "5/5": "2027-05-05",
    "12/31/2026": "2026-12-31",
    "2026-12-08": "2026-12-08",
    "2026-12-08 10:00": "2026-12-08 10:00",
    "2026/12/08": "2026-12-08",
    "2026-11-01": "2026-11-01",
    "2026-12": "2026-12",
    "2026-11": "2026-11",
    "12.2026": "2026-12",
    # dividers
    "15": "2026-12-15",
    "25": "2026-11-25",
    "31": "2026-12-31",
    "15-го": "2026-12-15",
    "15го": "2026-12-15",
    "15 числа": "2026-12-15",
    "15-го числа в 10": "2026-12-15 10:00",
    "the 15th": "2026-12-15",
    "на 15": "2026-12-15",
    "15 числа следующего месяца": "2026-12-15",
    "пт 27-го": "2026-11-27",
    # months
    "июль": "2027-07",
    "в июле": "2027-07",
    "july": "2027-07",
    "in july": "2027-07",
    "июль 2027": "2027-07",
    "июль 2028 г.": "2028-07",
    "декабрь": "2026-12",
    "октябрь": "2027-10",
    "ноябрь 2027": "2027-11",
    "next month": "2026-12",
    "в следующем месяце": "2026-12",
    "в июле следующего года": "2027-07",
    # parts
    "конец месяца": "2026-11-30",
    "в конце месяца": "2026-11-30",
    "end of month": "2026-11-30",
    "end of the month": "2026-11-30",
    "середина месяца": "2026-12-15",
    "в начале месяца": "2026-12-01",
    "конец недели": "2026-11-27",
    "в начале недели": "2026-11-30",
    "в середине недели": "2026-11-25",
    "в конце следующей недели": "2026-12-04",
    "конец следующего месяца": "2026-12-31",
    "начало декабря": "2026-12-01",
    "начало ноября": "2027-11-01",
    "конец ноября": "2026-11-30",
    "конец июля": "2027-07-31",
    "end of july": "2027-07-31",
    "mid july 2028": "2028-07-15",
    "конец года": "2026-12-31",
    "в начале года": "2027-01-01",
    "на следующей неделе": "2026-11-30",
    "next week": "2026-11-30",
    "на будущей неделе": "2026-11-30",
    # times
    "завтра в 9": "2026-11-26 09:00",
    "завтра 9:30": "2026-11-26 09:30",
    "завтра в 9.30": "2026-11-26 09:30",
    "завтра в 8.12": "2026-11-26 08:12",
    "в 9.30": "2026-11-26 09:30",
    "в 9.30 завтра": "2026-11-26 09:30",
    "к 25.12": "2026-12-25",
    "завтра в 9 утра": "2026-11-26 09:00",
    "завтра в 3 дня": "2026-11-26 15:00",
    "завтра в 2 часа дня": "2026-11-26 14:00",
    "завтра в 10 часов": "2026-11-26 10:00",
    "в 7 вечера завтра": "2026-11-26 19:00",
    "tomorrow at noon": "2026-11-26 12:00",
    "tomorrow 12 am": "2026-11-26 00:00",
    "завтра в полдень": "2026-11-26 12:00",
    "15:00": "2026-11-25 15:00",
    "в 15:00": "2026-11-25 15:00",
    "12:00": "2026-11-26 12:00",
    "9:00": "2026-11-26 09:00",
    "в 9": "2026-11-26 09:00",
    "через час": "2026-11-25 13:00",
    "через полчаса": "2026-11-25 12:30",
    "через полтора часа": "2026-11-25 13:30",
    "через 10 минут": "2026-11-25 12:10",
    "in 20 minutes": "2026-11-25 12:20",
    "+30 мин": "2026-11-25 12:30",
    "через 13 часов": "2026-11-26 01:00",
    # the other keyboard layout
    "pfdnhf": "2026-11-26",
    "Pfdnhf d 10:00": "2026-11-26 10:00",
    "gy": "2026-11-30",
    "c,": "2026-11-28",
    "5 b.kz": "2027-07-05",
    "xthtp 2 ytltkb": "2026-12-09",
    "ещьщккщц": "2026-11-26",
    "+10l": "2026-12-05",
}

OTHER_DAYS = [
    (END_OF_JANUARY, "через месяц", "2027-02-28"),
    (END_OF_JANUARY, "+2m", "2027-03-31"),
    (END_OF_JANUARY, "+3m", "2027-04-30"),
    (END_OF_JANUARY, "через год", "2028-01-31"),
    (END_OF_JANUARY, "31", "2027-01-31"),
    (END_OF_JANUARY, "30", "2027-03-30"),
    (END_OF_JANUARY, "29", "2027-03-29"),
    (END_OF_JANUARY, "1", "2027-02-01"),
    (END_OF_JANUARY, "вс", "2027-02-07"),
    (END_OF_JANUARY, "пн", "2027-02-01"),
    (END_OF_JANUARY, "в следующий понедельник", "2027-02-01"),
    (END_OF_JANUARY, "конец недели", "2027-02-05"),
    (END_OF_JANUARY, "конец месяца", "2027-01-31"),
    (END_OF_JANUARY, "середина месяца", "2027-02-15"),
    (END_OF_JANUARY, "29 февраля", "2028-02-29"),
    (END_OF_JANUARY, "next month", "2027-02"),
    (END_OF_JANUARY, "завтра", "2027-02-01"),
    (LEAP_DAY, "29 февраля", "2028-02-29"),
    (LEAP_DAY, "29", "2028-02-29"),
    (LEAP_DAY, "30", "2028-03-30"),
    (LEAP_DAY, "28 февраля", "2029-02-28"),
    (LEAP_DAY, "через год", "2029-02-28"),
    (LEAP_DAY, "через месяц", "2028-03-29"),
    (LEAP_DAY, "завтра", "2028-03-01"),
    (LEAP_DAY, "вт", "2028-03-07"),
    (LEAP_DAY, "ср через неделю", "2028-03-08"),
    (LEAP_DAY, "конец месяца", "2028-02-29"),
    (LEAP_DAY, "конец февраля 2029", "2029-02-28"),
    (date(2028, 3, 1), "29 февраля", "2032-02-29"),
    (NEW_YEARS_EVE, "завтра", "2027-01-01"),
    (NEW_YEARS_EVE, "31 декабря", "2026-12-31"),
    (NEW_YEARS_EVE, "30 декабря", "2027-12-30"),
    (NEW_YEARS_EVE, "январь", "2027-01"),
    (NEW_YEARS_EVE, "next month", "2027-01"),
    (NEW_YEARS_EVE, "через 2 месяца", "2027-02-28"),
    (NEW_YEARS_EVE, "чт", "2027-01-07"),
    (NEW_YEARS_EVE, "пт", "2027-01-01"),
    (NEW_YEARS_EVE, "на следующей неделе", "2027-01-04"),
    (NEW_YEARS_EVE, "конец года", "2026-12-31"),
    (NEW_YEARS_EVE, "1.01 10:00", "2027-01-01 10:00"),
    (NEW_YEARS_EVE, "в июле следующего года", "2027-07"),
]

# What must be refused, and what the sentence must quote.
REFUSED = {
    "": "tomorrow",
    "   ": "tomorrow",
    ".": "tomorrow",
    "как-нибудь": "как",
    "завтра утром": "“утром”",
    "через несколько дней": "“несколько”",
    "через": "“через”",
    "завтра в": "“в”",
    "неделя": "“неделя”",
    "end of": "“of”",
    "через день": "“day after tomorrow”",
    "31 ноября": "“31 ноября”",
    "30.02": "“30.02”",
    "29.02.2027": "“29.02.2027”",
    "13/13": "“13/13”",
    "32": "“32”",
    "0": "“0”",
    "12.13": "“12.13”",
    "1.7.027": "“1.7.027”",
    "25:00": "“25:00”",
    "завтра 9:5": "“9:5”",
    "завтра в 25": "“в 25”",
    "завтра в 15 утра": "“в 15 утра”",
    "вчера": "“вчера”",
    "yesterday": "“yesterday”",
    "3 дня назад": "“3 дня назад”",
    "last friday": "“last friday”",
    "1.11.2026": "“1.11.2026”",
    "24 ноября 2026": "“24 ноября 2026”",
    "в этот вторник": "“в этот вторник”",
    "октябрь 2026": "“октябрь 2026”",
    "ноябрь": "30 November",
    "november": "30 November",
    "в этом месяце": "30 November",
    "на этой неделе": "Wednesday, 25 November",
    "5/7": "“7 May”",
    "5/7/2027": "“5 July”",
    "5-07": "“5-07”",
    "5-7 декабря": "“5-7”",
    "июль 27": "“July 2027”",
    "завтра в 3": "“15:00”",
    "at 5": "“17:00”",
    "через неделю во вторник": "“Tuesday, 8 December”",
    "ср через неделю": "“Wednesday, 9 December”",
    "пт 4": "“пт 4”",
    "завтра 10": "“завтра 10”",
    "в 8.12": "“8 December”",
    "конец июля 2026": "“конец июля 2026”",
    "завтра в 9.70": "“в 9.70”",
    "завтра в 9.30-10": "“в 9.30-10”",
    "завтра в 10-12": "“в 10-12”",
    "5.07.27 2028": "“5.07.27 2028”",
    "через 1,5 часа": "“через”",
    "8,12": "“8,12”",
    "5 июля 10": "“5 июля 10”",
    "понедельник, 8 декабря": "“Tuesday, 8 December”",
    "завтра послезавтра": "“завтра послезавтра”",
    "завтра завтра": "“завтра завтра”",
    "вт пт": "“вт пт”",
    "завтра через час": "“завтра через час”",
    "через час в 15:00": "“через час в 15:00”",
    "июль 10:00": "“июль 10:00”",
    "без даты 10:00": "“без даты 10:00”",
    "2027": "“2027”",
    "в следующем году": "“в следующем году”",
    "через 999999999 лет": "“через 999999999 лет”",
    "через 999999999 часов": "“через 999999999 часов”",
    "через 99999999999999999999 дней": "“99999999999999999999”",
    "-3": "“-3”",
    "пн-пт": "“пн-пт”",
    "10:00-11:00": "“10:00-11:00”",
    "2 недели": "“2 недели”",
    "+2,5": "“+2,5”",
    "5²": "“²”",
    "٣ июля": "“٣”",
    "dxthf": "“dxthf”",
}


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Sentences are compared in the language of the code."""
    with using_language("en"):
        yield


@pytest.mark.parametrize(("text", "expected"), ORDINARY_DAY.items())
def test_reads_on_an_ordinary_day(text: str, expected: str) -> None:
    assert read_when(text, WEDNESDAY, NOON) == when(expected)


@pytest.mark.parametrize(("today", "text", "expected"), OTHER_DAYS)
def test_reads_at_the_edges_of_months(today: date, text: str, expected: str) -> None:
    assert read_when(text, today, NOON) == when(expected)


@pytest.mark.parametrize("text", ["tray", "Без даты", "no date", "in tray.", ",tp lfns"])
def test_reads_the_tray(text: str) -> None:
    assert read_when(text, WEDNESDAY) == When(TRAY)


@pytest.mark.parametrize("text", ["close", "Закрыть", "закрыто", "pfrhsnm"])
def test_reads_closing(text: str) -> None:
    assert read_when(text, WEDNESDAY) == When(CLOSED)


@pytest.mark.parametrize(("text", "quote"), REFUSED.items())
def test_refuses_with_a_sentence_that_quotes(text: str, quote: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_when(text, WEDNESDAY, NOON)
    sentence = str(refused.value)
    assert quote in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence


def test_says_from_which_day_on_a_date_may_be() -> None:
    with pytest.raises(Unreadable, match="from 25 November on"):
        read_when("вчера", WEDNESDAY)


@pytest.mark.parametrize(
    "example",
    [
        *("tomorrow", "Fri 10:00", "5 July", "in 2 weeks", "14:30", "July 2027", "5 July 10:00"),
        *("tomorrow at 10:00", "on the 10th", "day after tomorrow"),
    ],
)
def test_examples_that_sentences_give_can_be_typed(example: str) -> None:
    read_when(example, WEDNESDAY)


def test_a_long_text_is_cut_in_the_sentence() -> None:
    with pytest.raises(Unreadable) as refused:
        read_when("абракадабра " * 50, WEDNESDAY)
    assert len(str(refused.value)) < 150


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_interface_language_does_not_matter(language: str) -> None:
    with using_language(language):
        assert read_when("в пятницу 10:00", WEDNESDAY) == when("2026-11-27 10:00")
        assert read_when("Friday 10:00", WEDNESDAY) == when("2026-11-27 10:00")


def test_without_a_clock() -> None:
    assert read_when("9:00", WEDNESDAY) == when("2026-11-25 09:00")
    with pytest.raises(Unreadable, match="через час"):
        read_when("через час", WEDNESDAY)


def test_minutes_later_cross_midnight_and_drop_seconds() -> None:
    assert read_when("через 10 минут", NEW_YEARS_EVE, time(23, 55, 40)) == when("2027-01-01 00:05")


@pytest.mark.parametrize(
    ("text", "today", "russian", "english"),
    [
        ("8.12 10:00", WEDNESDAY, "вторник, 8 декабря, 10:00", "Tuesday, 8 December, 10:00"),
        ("пн", NEW_YEARS_EVE, "понедельник, 4 января 2027", "Monday, 4 January 2027"),
        ("июль", WEDNESDAY, "июль 2027", "July 2027"),
    ],
)
def test_describes(text: str, today: date, russian: str, english: str) -> None:
    found = read_when(text, today)
    assert describe(found, today) == english
    with using_language("ru"):
        assert describe(found, today) == russian


days = st.dates(date(2020, 1, 1), date(2110, 12, 31))
clocks = st.times().map(lambda moment: moment.replace(second=0, microsecond=0))
languages = st.sampled_from(["ru", "en"])
# Words of the grammar in any order, so that the rules meet each other.
words = st.sampled_from(
    sorted({word for phrase in [*ORDINARY_DAY, *REFUSED] for word in phrase.split()})
)
phrases = st.lists(words, min_size=1, max_size=4).map(" ".join)


@given(text=st.one_of(st.text(), phrases), today=days, now=st.none() | clocks)
def test_any_text_is_read_for_today_or_later_or_refused(
    text: str, today: date, now: time | None
) -> None:
    try:
        found = read_when(text, today, now)
    except Unreadable:
        return
    written_out = re.search(r"[0-9]{4}[-./][0-9]", text)
    if found.place.date and not written_out:
        assert found.place.date >= today
    if found.place.month and not written_out:
        assert found.place.month > Month.of(today)


@given(text=phrases, today=days, now=clocks, language=languages)
def test_what_was_understood_reads_back(text: str, today: date, now: time, language: str) -> None:
    try:
        found = read_when(text, today, now)
    except Unreadable:
        return
    is_past = found.place.date is not None and found.place.date < today
    has_come = found.place.month is not None and found.place.month <= Month.of(today)
    if not is_past and not has_come:
        with using_language(language):
            assert read_when(describe(found, today), today, now) == found


@given(today=days, ahead=st.integers(0, 2000), clock=st.none() | clocks, language=languages)
def test_long_dates_read_back(today: date, ahead: int, clock: time | None, language: str) -> None:
    filed = When(day_place(today + timedelta(days=ahead)), clock)
    with using_language(language):
        assert read_when(describe(filed, today), today) == filed
        assert filed.place.date is not None
        assert read_when(full_date(filed.place.date), today).place == filed.place
        assert read_when(long_day(filed.place.date, today).upper(), today).place == filed.place


@given(day=st.dates(), today=days)
def test_iso_dates_are_taken_as_written(day: date, today: date) -> None:
    assert read_when(day.isoformat(), today).place == day_place(day)
    assert read_when(str(Month.of(day)), today).place == month_place(Month.of(day))


PARTIAL = {
    "8 марта 1976": "1976-03-08",
    "8 марта 1976 г.": "1976-03-08",
    "8 Марта 1976 года": "1976-03-08",
    "8 Mar 1976": "1976-03-08",
    "March 8, 1976": "1976-03-08",
    "08.03.1976": "1976-03-08",
    "8.3.1976": "1976-03-08",
    "25/03/1976": "1976-03-25",
    "1976-03-08": "1976-03-08",
    "1976-3-8": "1976-03-08",
    "8 марта": "03-08",
    "March 8": "03-08",
    "the 8th of March": "03-08",
    "8.3": "03-08",
    "08.03.": "03-08",
    "03-08": "03-08",
    "--03-08": "03-08",
    "29 февраля": "02-29",
    "8 vfhnf": "03-08",
    "март 1976": "1976-03",
    "в марте 1976": "1976-03",
    "March 1976": "1976-03",
    "03.1976": "1976-03",
    "1976-03": "1976-03",
    "1976": "1976",
    "1976 г.р.": "1976",
}


@pytest.mark.parametrize(("text", "stored"), PARTIAL.items())
def test_reads_partial_dates(text: str, stored: str) -> None:
    assert str(read_partial_date(text)) == stored


@pytest.mark.parametrize(
    "text",
    [
        *("", "март", "8", "8-го", "завтра", "весной 1976", "8 марта 10:00", "5/7", "5/7/1976"),
        *("8 марта 76", "08.03.76", "март 76", "30 февраля", "29.02.1975", "32.01.1976"),
        *("0803", "1976-13", "13-08", "00.00.0000", "пн 8 марта", "через год", "1976 1977"),
    ],
)
def test_refuses_partial_dates(text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_partial_date(text)
    assert not text or text.split(maxsplit=1)[0] in str(refused.value)


def test_a_year_of_two_digits_is_asked_for() -> None:
    with pytest.raises(Unreadable, match="four digits"):
        read_partial_date("8 марта 76")


@given(text=st.one_of(st.text(), phrases))
def test_any_partial_date_is_read_or_refused(text: str) -> None:
    try:
        found = read_partial_date(text)
    except Unreadable:
        return
    assert found.year is None or f"{found.year:04d}" in text
    assert read_partial_date(str(found)) == found


@given(day=st.dates(date(1000, 1, 1)), language=languages)
def test_full_dates_are_partial_dates(day: date, language: str) -> None:
    with using_language(language):
        assert read_partial_date(full_date(day)) == PartialDate.of(day)
