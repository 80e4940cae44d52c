"""The reports on paper: all figures on them, nothing private, one page for a usual day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dossier_app.domain.chart_scale import scale_step
from dossier_app.domain.language import tr, using_language
from dossier_app.domain.past import Client
from dossier_app.domain.place import Month, day_place, month_place
from dossier_app.domain.records import (
    Channel,
    Direction,
    HistoryEntry,
    NextStep,
    Promise,
    Side,
    StepKind,
)
from dossier_app.domain.review import (
    ContactLine,
    DayReview,
    Figures,
    PlanLine,
    PromiseLine,
    SpanReview,
    days_of,
    month_days,
    span_before,
    total,
    week_days,
)
from dossier_app.printing.charts import BarChart, RankChart, Series
from dossier_app.printing.options import PrintOptions
from dossier_app.printing.page import build
from dossier_app.printing.review import print_day_review
from dossier_app.printing.review_span import print_span_review

DAY = date(2026, 11, 25)
ZONE = timezone(timedelta(hours=3))
DISCREET = PrintOptions(DAY)
PRIVATE = PrintOptions(DAY, private=True)
Reader = Callable[[bytes], str]
PETR = Client("u1", "Кузнецов Пётр", "завод «Прогресс»")
VERA = Client("u2", "Липатова Вера")


def contact(hour: int, client: Client = PETR, text: str = "", **more: Any) -> ContactLine:
    at = datetime(2026, 11, 25, hour, 5, tzinfo=ZONE)
    options = {"is_new": False, "planned": True, "next": day_place(date(2026, 12, 1))}
    kept = {name: more.pop(name, value) for name, value in options.items()}
    entry = HistoryEntry(at, Channel.CALL, Direction.OUT, text=text, **more)
    return ContactLine(client, entry, **kept)


def usual_day() -> DayReview:
    promise = Promise(Side.OURS, "чертёж опор", DAY, DAY)
    return DayReview(
        DAY,
        Figures(
            planned=12, done=7, moved=2, left=3, unplanned=1, contacts=2, reached=1,
            new=2, repeat=6, new_target=20, repeat_target=10, calls_in=1, calls_out=4,
            promises_kept=1, promises_broken=1, promises_overdue=2, minutes_planned=260,
            minutes_spent=80, capacity_contacts=30, capacity_minutes=360,
        ),
        plan=(
            PlanLine(VERA, NextStep(text="сделано"), True, None, day_place(DAY)),
            PlanLine(PETR, NextStep(StepKind.VISIT, "показать образцы"), False, day_place(DAY),
                     day_place(DAY)),
            PlanLine(VERA, NextStep(text="смета"), False, day_place(DAY),
                     month_place(Month(2027, 1))),
        ),
        contacts=(
            contact(9, text="Согласовали осмотр.", agreed="взять чертёж"),
            contact(12, VERA, "Ждёт счёт.", is_new=True, planned=False),
        ),
        kept=(PromiseLine(PETR, promise),),
        broken=(PromiseLine(VERA, Promise(Side.OURS, "смета", DAY)),),
        overdue=(PromiseLine(PETR, Promise(Side.THEIRS, "нагрузка", date(2026, 11, 20))),),
    )  # fmt: skip


def test_a_usual_day_is_one_page(pages_text: Reader, outline: Callable[[bytes], list[str]]) -> None:
    printed = print_day_review(usual_day(), DISCREET)
    text = pages_text(printed.data)

    assert printed.pages == 1
    for part in (
        "Day review · Wednesday, 25 November 2026",
        "Planned: 12 of 30 contacts, 4 h 20 min of 6 h",
        "25 Wednesday",
        "PLAN DONE 7/12 moved 2, left 3",
        "CONTACTS 2 reached 1",
        "NEW 2 aim 20",
        "REPEAT 6 aim 10",
        "PROMISES KEPT 1 broken 1, older 2",
        "TIME 1:20 planned 4:20",
        "Calls out 4 · calls in 1 · unplanned 1",
        "09:05 Кузнецов Пётр завод «Прогресс» Call. Согласовали осмотр. взять чертёж. 1 Dec",
        "12:05 Липатова Вера Call, first contact, unplanned. Ждёт счёт.",
        "Кузнецов Пётр, завод «Прогресс» Visit: показать образцы still there",
        "Липатова Вера Call: смета Jan 2027",
        "KEPT Кузнецов Пётр: чертёж опор: kept 25 November",
        "NOT KEPT IN TIME Липатова Вера: смета, by 25 November",
        "THEY PROMISED Кузнецов Пётр: нагрузка, was due 20 November",
        "WHAT WENT WELL",
        "1 of 1",
    ):
        assert part in text, part
    assert "сделано" not in text
    assert outline(printed.data) == ["Day review: 25 November 2026"]


def test_a_dossier_left_on_a_past_day_is_left_behind(pages_text: Reader) -> None:
    options = replace(DISCREET, today=DAY + timedelta(days=1))
    text = pages_text(print_day_review(usual_day(), options).data)
    assert "left behind, 25 Nov" in text


def test_private_texts_are_left_out(everything: Reader) -> None:
    day = usual_day()
    secret = Promise(Side.OURS, "SECRET2", DAY, private=True)
    day = replace(
        day,
        contacts=(contact(9, text="SECRET1", agreed="SECRET3", private=True),),
        broken=(PromiseLine(PETR, secret),),
    )
    discreet = everything(print_day_review(day, DISCREET).data)
    private = everything(print_day_review(day, PRIVATE).data)

    assert not any(f"SECRET{n}" in discreet for n in (1, 2, 3))
    assert "private" not in discreet.lower()
    assert "09:05" in discreet
    assert all(f"SECRET{n}" in private for n in (1, 2, 3))
    assert "Contains private facts: do not leave on the table" in private


def test_authors_are_told_where_there_are_several(pages_text: Reader) -> None:
    day = replace(usual_day(), contacts=(contact(9, author="Иванов"), contact(10, author="Иванов")))
    assert "Иванов" not in pages_text(print_day_review(day, DISCREET).data)
    day = replace(day, contacts=(*day.contacts, contact(11, author="Смирнова")))
    text = pages_text(print_day_review(day, DISCREET).data)
    assert "(Иванов)" in text
    assert "(Смирнова)" in text


def test_a_day_before_the_journal_and_a_day_off(pages_text: Reader) -> None:
    unknown = DayReview(DAY, Figures(contacts=1), contacts=(contact(9),), plan_known=False)
    text = pages_text(print_day_review(unknown, DISCREET).data)
    assert "No plan is kept of this day" in text
    assert "PLAN DONE –" in text
    empty = pages_text(print_day_review(DayReview(DAY, Figures()), DISCREET).data)
    assert "A day off" in empty
    assert "No contacts on this day" in empty


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_a_heavy_day_has_all_contacts_and_lines_to_write(paper: Any, pages_text: Reader) -> None:
    words = "Просила перезвонить после совещания, решают по бюджету. " * 4
    for count, most in ((30, 2), (200, 14)):
        lines = tuple(contact(9, Client(f"u{n}", f"Имя{n:03d}"), words) for n in range(count))
        printed = print_day_review(replace(usual_day(), contacts=lines), PrintOptions(DAY, paper))
        text = pages_text(printed.data)
        assert printed.pages <= most
        assert all(f"Имя{n:03d}" in text for n in range(count))
        assert "WHAT WENT WELL" in text
        assert text.count("TIME WHO WHAT HAPPENED NEXT") >= printed.pages - 1


words = st.text(max_size=200)


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(name=words, company=words, text=words, promise=words)
def test_any_text_is_printed(name: str, company: str, text: str, promise: str) -> None:
    client = Client("u", name, company)
    day = replace(
        usual_day(),
        contacts=(contact(9, client, text, agreed=text),),
        plan=(PlanLine(client, NextStep(text=text), False, None, day_place(DAY)),),
        made=(PromiseLine(client, Promise(Side.OURS, promise)),),
    )
    assert print_day_review(day, PRIVATE).pages == 1


def span(first: date, last: date) -> SpanReview:
    def figures(day: date) -> Figures:
        if day.weekday() > 4:
            return Figures()
        n = day.day % 10
        return Figures(
            planned=20, done=10 + n, moved=5, left=5 - n // 2, contacts=12 + n, new=8,
            repeat=4 + n, calls_out=10 + n, meetings=2, promises_kept=n, promises_broken=1,
            minutes_spent=100, capacity_contacts=30,
        )  # fmt: skip

    days = tuple(DayReview(day, figures(day)) for day in days_of(first, last))
    earlier = span_before(first, last)
    before = total([figures(day) for day in days_of(*earlier)])
    return SpanReview(days, total([day.figures for day in days]), *earlier, before)


def test_a_week_is_one_page_with_its_figures(pages_text: Reader) -> None:
    week = span(*week_days(DAY))
    printed = print_span_review(week, DISCREET)
    text = pages_text(printed.data)

    assert printed.pages == 1
    for part in (
        "Week in review",
        "23–29 November 2026",
        "Compared with 16–22 November 2026",
        "75 of 100, before 80 %",
        "CONTACTS 85 before 90",
        "PLAN AND FACT",
        "NEW AND REPEAT CONTACTS",
        "Mo 23 Tu 24 We 25 Th 26 Fr 27 Sa 28 Su 29",
        "Calls out 75 (80)",
        "Messages 0 (0)",
        "Mo, 23 Nov 20 13 5 4 15 8 7 3 1 1:40",
        "Total 100 75 25 14 85 40 45 25 5 8:20",
        "WHAT WENT WELL",
    ):
        assert part in text, part
    assert "Sa, 28 Nov" not in text  # a day off without work has no line


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_no_title_of_a_column_is_shortened(paper: Any, language: str, pages_text: Reader) -> None:
    with using_language(language):
        text = pages_text(print_span_review(span(*week_days(DAY)), PrintOptions(DAY, paper)).data)
        titles = [tr("planned"), tr("done"), tr("moved"), tr("left"), tr("contacts")]
        titles += [tr("new ones"), tr("repeat"), tr("kept"), tr("broken"), tr("time")]
    assert " ".join(titles) in text


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_a_month_is_two_pages(paper: Any, pages_text: Reader) -> None:
    month = span(*month_days(Month(2026, 10)))
    printed = print_span_review(month, PrintOptions(DAY, paper))
    text = pages_text(printed.data)

    assert printed.pages == 2
    assert text.count("October 2026") > 1
    assert "Fr, 30 Oct 20 10 5 5 12 8 4 – 1 1:40" in text
    assert "Compared with 1–30 September 2026" in text


def test_a_year_is_shown_by_months(pages_text: Reader) -> None:
    year = span(date(2026, 1, 1), date(2026, 12, 31))
    text = pages_text(print_span_review(year, DISCREET).data)
    assert "February 2026" in text
    assert "Days in review" in text


def test_an_empty_week_is_printed(pages_text: Reader) -> None:
    first, last = week_days(DAY)
    days = tuple(DayReview(day, Figures()) for day in days_of(first, last))
    empty = SpanReview(days, Figures(), *span_before(first, last), Figures())
    printed = print_span_review(empty, DISCREET)
    assert printed.pages == 1
    assert "PLAN DONE –" in pages_text(printed.data)


@pytest.mark.parametrize(
    ("highest", "step"), [(0, 1), (4, 1), (5, 2), (8, 2), (9, 5), (20, 5), (21, 10), (401, 200)]
)
def test_the_lines_of_a_chart_are_round_numbers(highest: int, step: int) -> None:
    assert scale_step(highest) == step


def test_bars_are_as_high_as_their_numbers(everything: Reader) -> None:
    chart = BarChart("Bars", ["a", "b"], [Series("one", [4, 2], "solid")])
    tall = _heights(everything(build([chart], DISCREET, title="x").data))
    assert len(tall) == 3  # the mark of the legend, and two bars
    assert tall[1] == pytest.approx(2 * tall[2], abs=0.1)


def _heights(content: str) -> list[float]:
    """Heights of the filled rectangles of a page, in the order of drawing."""
    words = content.split()
    return [
        float(words[n - 1]) for n, word in enumerate(words) if word == "re" and words[n + 1] == "f*"
    ]


def test_ranks_show_the_span_before(pages_text: Reader) -> None:
    chart = RankChart("Ranks", [("calls", 3, 5), ("visits", 0, 0)])
    assert "calls 3 (5) visits 0 (0)" in pages_text(build([chart], DISCREET, title="x").data)
