from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dossier_app.domain.forms.template import Templates
from dossier_app.domain.meeting_code import meeting_code
from dossier_app.domain.overview import OccasionAhead, Overview
from dossier_app.domain.place import Month, month_place
from dossier_app.domain.records import (
    ContactKind,
    ContactPoint,
    Dossier,
    HistoryEntry,
    Promise,
    Side,
)
from dossier_app.printing.brief import print_brief
from dossier_app.printing.options import PrintOptions

TODAY = date(2026, 11, 24)
DISCREET = PrintOptions(TODAY)
PRIVATE = replace(DISCREET, private=True)
Reader = Callable[[bytes], str]
EMPTY = Overview(Dossier(), None, [], [], [], [], [], [], [], [], 0, 31)


def test_all_that_is_needed_at_the_door_is_on_one_page(
    overview: Overview, templates: Templates, pages_text: Reader
) -> None:
    printed = print_brief(overview, DISCREET, templates)
    text = pages_text(printed.data)

    assert printed.pages == 1
    for part in (
        "Meeting · Wednesday, 25 November 2026, 10:15 · Казань, ул. Заводская, 4",
        "Кузнецов Пётр Андреевич главный инженер, завод «Прогресс»",
        "+7 495 222-33-44 · kuznetsov@example.ru",
        "25 Wednesday",
        "GOAL OF THE MEETING Решить по фундаменту. Согласие на монтаж.",
        "PLAN Осмотр площадки. Два варианта фундамента.",
        "WHO ELSE Седова Ирина, финансовый директор",
        "OCCASIONS 12 December: завод «Прогресс», юбилей, 60 лет",
        "18 November Call. Согласовали осмотр. взять чертёж опор",
        "WE PROMISED чертёж опор, by 25 November",
        "THEY PROMISED нагрузка на перекрытие, was due 20 November",
        "Яхта «Заря». Рыбалка на Каме.",
        "Где учился?",
        f"Meeting code {meeting_code(overview.dossier.uid)}",
        "1 of 1",
    ):
        assert part in text


def test_without_a_plan_the_frame_shows_the_step(
    overview: Overview, templates: Templates, pages_text: Reader
) -> None:
    overview.dossier.forms.clear()
    text = pages_text(print_brief(overview, DISCREET, templates).data)

    assert "GOAL OF THE MEETING Осмотр площадки." in text
    assert "PLAN" not in text


def test_discreet_brief_hides_what_is_private_even_in_a_private_overview(
    overview: Overview, templates: Templates, everything: Reader
) -> None:
    view = _with_secrets(overview)
    discreet = everything(print_brief(view, DISCREET, templates).data)
    private = everything(print_brief(view, PRIVATE, templates).data)

    secrets = {f"SECRET{n}" for n in range(1, 6)} | {"influencer"}
    assert not any(secret in discreet for secret in secrets)
    assert "private" not in discreet.lower()
    assert all(secret in private for secret in secrets)
    assert "Contains private facts: do not leave on the table" in private


def _with_secrets(overview: Overview) -> Overview:
    point = ContactPoint(ContactKind.PHONE, "SECRET1", private=True)
    overview.dossier.people[0].contact_points.insert(0, point)
    entry = HistoryEntry(overview.contacts[0].at, text="SECRET2", private=True)
    return replace(
        overview,
        contacts=[entry, *overview.contacts],
        ours=[*overview.ours, Promise(Side.OURS, "SECRET3", private=True)],
        occasions=[OccasionAhead(date(2026, 12, 1), "SECRET4", "day of birth", private=True)],
        avoid=["SECRET5"],
    )


def test_too_much_is_shortened_to_two_pages(
    overfull: Overview, templates: Templates, pages_text: Reader
) -> None:
    for paper in ("a4", "letter"):
        printed = print_brief(overfull, replace(PRIVATE, paper=paper), templates)
        text = pages_text(printed.data)

        assert printed.pages == 2
        assert "1 of 2" in text
        assert "2 of 2" in text
        assert "NOTES" in text
        assert "…" in text
        assert '<b>&amp;" <img src="http://example.com/x.png"> a <b & c' in text


def test_an_empty_dossier_gives_a_page_to_write_on(
    templates: Templates, pages_text: Reader
) -> None:
    printed = print_brief(EMPTY, PrintOptions(TODAY), templates)

    assert printed.pages == 1
    text = pages_text(printed.data)
    assert "No name" in text
    assert "NOTES AGREED NEXT DATE" in text


def test_a_client_without_a_name_is_not_called_by_a_private_number(
    templates: Templates, everything: Reader
) -> None:
    secret = ContactPoint(ContactKind.PHONE, "+7 900 000-00-01", private=True)
    known = ContactPoint(ContactKind.PHONE, "+7 900 000-00-02")
    for points, name in (([secret], "No name"), ([secret, known], "+7 900 000-00-02")):
        view = replace(EMPTY, dossier=Dossier(contact_points=points))
        told = everything(print_brief(view, DISCREET, templates).data)
        assert "000-00-01" not in told
        assert f"Meeting brief: {name}" in told


def test_a_month_without_a_day_has_no_day_number(
    overview: Overview, templates: Templates, pages_text: Reader
) -> None:
    overview.dossier.place = month_place(Month(2026, 12))
    text = pages_text(print_brief(overview, DISCREET, templates).data)

    assert "Meeting · December 2026" in text
    assert "Wednesday" not in text


words = st.text(max_size=300)
texts = st.lists(words, max_size=12)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(names=st.tuples(words, words, words, words), lists=st.tuples(texts, texts, texts, texts))
def test_a_brief_of_any_texts_has_at_most_two_pages(
    usual: Callable[[], Overview],
    templates: Templates,
    names: tuple[str, str, str, str],
    lists: tuple[list[str], list[str], list[str], list[str]],
) -> None:
    view = usual()
    dossier, person = view.dossier, view.dossier.people[0]
    person.surname, person.given, person.position, dossier.company = names
    contacts, promises, talk, questions = lists
    start = view.contacts[0].at
    view = replace(
        view,
        contacts=[HistoryEntry(start, text=text) for text in contacts],
        ours=[Promise(Side.OURS, text) for text in promises],
        talk=talk,
        avoid=talk,
        questions=questions,
    )

    assert 1 <= print_brief(view, PRIVATE, templates).pages <= 2
