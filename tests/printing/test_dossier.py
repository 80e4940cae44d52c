from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from dossier_app.domain.forms.template import FieldType, Templates
from dossier_app.domain.overview import OccasionAhead, Overview
from dossier_app.domain.records import (
    Answer,
    ContactKind,
    ContactPoint,
    Document,
    Dossier,
    FilledForm,
    HistoryEntry,
    Promise,
    Side,
    Slip,
    SlipKind,
)
from dossier_app.printing.dossier import print_dossier
from dossier_app.printing.options import PrintOptions

TODAY = date(2026, 11, 24)
DISCREET = PrintOptions(TODAY)
PRIVATE = PrintOptions(TODAY, private=True)
Reader = Callable[[bytes], str]


def test_everything_is_printed(
    overview: Overview, templates: Templates, pages_text: Reader
) -> None:
    text = pages_text(print_dossier(overview.dossier, overview, DISCREET, templates).data)

    for part in (
        "Dossier · 24 November 2026",
        "Meeting, Wednesday, 25 November 2026, 10:15, 1 h, fixed Осмотр площадки. every 2 weeks",
        "чертёж опор, by 25 November",
        "каталог: kept 28 September",
        "5 December 75 %: сказать клиенту",
        "12 December завод «Прогресс», юбилей, 60 лет",
        "Status постоянный",
        "Седова Ирина финансовый директор",
        "Wanted result Решить по фундаменту. Согласие на монтаж.",
        "Relationship card: Кузнецов Пётр",
        "6 Hobbies; sports played Парусный спорт",
        "Not known yet",
        "18 November Call Согласовали осмотр. Agreed: взять чертёж опор",
        "6 November Mail · noted by Смирнова",
        "Предложение № 12.pdf 179 KB 6 November",
        "Цена 1 250 000 ₽, договор № 17/ё.",
    ):
        assert part in text


def test_history_is_newest_first(
    overview: Overview, templates: Templates, pages_text: Reader
) -> None:
    overview.dossier.history.reverse()
    text = pages_text(print_dossier(overview.dossier, None, DISCREET, templates).data)

    assert text.index("Согласовали осмотр") < text.index("Отправили две схемы")


def test_nothing_private_is_on_a_discreet_dossier(
    overview: Overview, templates: Templates, everything: Reader
) -> None:
    secrets = _plant(overview.dossier, templates)
    occasion = OccasionAhead(date(2026, 12, 1), "SECRET_occasion", "day of birth", private=True)
    view = replace(overview, occasions=[occasion])
    discreet = everything(print_dossier(overview.dossier, view, DISCREET, templates).data)
    private = everything(print_dossier(overview.dossier, view, PRIVATE, templates).data)

    assert "SECRET" not in discreet
    assert "decision maker" not in discreet
    assert "private" not in discreet.lower()
    # Not even that such a field exists.
    hidden = [str(f.label) for f in templates["relationship_card"].fields if f.private]
    assert not [label for label in hidden if label in discreet]
    assert "gone_form" not in discreet

    for secret in (*secrets, "SECRET_occasion", "decision maker"):
        assert secret in private
    assert "Contains private facts" in private


def _plant(dossier: Dossier, templates: Templates) -> list[str]:
    """Put a mark into every private place; returns the marks."""
    person, point = dossier.people[0], ContactKind.PHONE
    person.contact_points.append(ContactPoint(point, "SECRET_1", "SECRET_2", private=True))
    dossier.contact_points.append(ContactPoint(point, "SECRET_3", private=True))
    person.note = "SECRET_4"
    dossier.note, dossier.note_private = "SECRET_5", True
    dossier.promises.append(Promise(Side.OURS, "SECRET_6", private=True))
    at = dossier.history[0].at
    dossier.history.append(
        HistoryEntry(at, text="SECRET_7", agreed="SECRET_8", author="SECRET_9", private=True)
    )
    dossier.documents.append(Document("SECRET_10.pdf", 1, "0" * 64, TODAY, private=True))
    answers = person.forms[0].answers
    fields = [field for field in templates["relationship_card"].fields if field.private]
    marks = []
    for field in fields:
        if field.type in {FieldType.TEXT, FieldType.LONG_TEXT}:
            marks.append(f"SECRET_{field.key}")
            answers[field.key] = Answer(marks[-1])
    assert len(marks) > 5
    answers["no_longer_asked"] = Answer("SECRET_11")
    answers["cuisine"] = Answer("грузинская", source="SECRET_12")
    dossier.forms.append(FilledForm("gone_form", {"x": Answer("SECRET_13")}))
    dossier.slips.append(Slip(SlipKind.BIRTHDAY, TODAY, "SECRET_birthday"))
    return [*marks, *(f"SECRET_{n}" for n in range(1, 14))]


def test_an_overfull_dossier_loses_nothing(
    overfull: Overview,
    templates: Templates,
    pages_text: Reader,
    outline: Callable[[bytes], list[str]],
) -> None:
    printed = print_dossier(overfull.dossier, overfull, PRIVATE, templates)
    text = pages_text(printed.data)

    assert text.count("Слово и дело.") == 1500
    assert text.count("Длинный шаг.") == 300
    assert text.replace(" ", "").count("Ж") >= 3000
    assert all(f"{n}: <b>&amp;" in text for n in range(300))
    assert all(f"Дитя{n}" in text for n in range(40))
    assert all(f"Фамилия{n}" in text for n in range(60))
    assert f"{printed.pages} of {printed.pages}" in text
    assert text.count("NAME SIZE ADDED") > 1, "the head of a table stands on each of its pages"
    assert "History" in outline(printed.data)


def test_an_old_fact_is_marked(
    overview: Overview, templates: Templates, pages_text: Reader
) -> None:
    answers = overview.dossier.people[0].forms[0].answers
    answers["cuisine"] = Answer("грузинская", "секретарь", date(2022, 5, 3))
    answers["proud_of"] = Answer("Новый цех", "сам", date(2026, 5, 3))
    discreet = pages_text(print_dossier(overview.dossier, None, DISCREET, templates).data)
    private = pages_text(print_dossier(overview.dossier, None, PRIVATE, templates).data)

    assert "грузинская last confirmed 3 May 2022" in discreet
    assert "секретарь" not in discreet
    assert "грузинская секретарь, last confirmed 3 May 2022" in private
    assert "Новый цех сам, 3 May" in private


def test_facts_of_the_info_sheet_tell_how_old_they_are(
    overview: Overview, templates: Templates, pages_text: Reader
) -> None:
    known = {"delivery": Answer("самовывоз", "секретарь", date(2022, 5, 3))}
    overview.dossier.forms.append(FilledForm("info_sheet", known))
    discreet = pages_text(print_dossier(overview.dossier, None, DISCREET, templates).data)
    private = pages_text(print_dossier(overview.dossier, None, PRIVATE, templates).data)

    assert "самовывоз last confirmed 3 May 2022" in discreet
    assert "самовывоз секретарь, last confirmed 3 May 2022" in private


def test_a_birthday_noted_by_hand_is_told_once(
    overview: Overview, templates: Templates, pages_text: Reader
) -> None:
    day = overview.occasions[0].on
    overview.dossier.slips += [
        Slip(SlipKind.BIRTHDAY, day, "the same day"),
        Slip(SlipKind.BIRTHDAY, date(2026, 12, 1), "супруга"),
    ]
    private = pages_text(print_dossier(overview.dossier, overview, PRIVATE, templates).data)
    discreet = pages_text(print_dossier(overview.dossier, overview, DISCREET, templates).data)

    assert "1 December супруга" in private
    assert "the same day" not in private
    assert "супруга" not in discreet


def test_an_empty_dossier_prints(templates: Templates, pages_text: Reader) -> None:
    printed = print_dossier(Dossier(), None, DISCREET, templates)

    assert printed.pages == 1
    assert "Not agreed yet" in pages_text(printed.data)


def test_a_closed_dossier_tells_why(templates: Templates, pages_text: Reader) -> None:
    dossier = Dossier("Ромашка", closed_on=date(2026, 3, 1), closed_reason="закрылись")
    text = pages_text(print_dossier(dossier, None, DISCREET, templates).data)

    assert "CLOSED ON 1 MARCH 2026 закрылись" in text
