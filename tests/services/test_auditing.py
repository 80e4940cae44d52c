"""The month-end audit: who was not seen, what has no date; and on paper."""

from __future__ import annotations

import io
from datetime import date, timedelta

from pypdf import PdfReader

from dossier_app.domain import clock
from dossier_app.domain.audit import AuditLine
from dossier_app.domain.language import using_language
from dossier_app.domain.place import CLOSED, TRAY, Month, day_place, month_place
from dossier_app.domain.records import (
    Carried,
    Channel,
    ContactKind,
    ContactPoint,
    Dossier,
    HistoryEntry,
    NextStep,
    Person,
)
from dossier_app.printing.options import PrintOptions
from dossier_app.services import auditing
from dossier_app.services.session import Session
from dossier_app.storage import dossiers, journal

TODAY = date(2026, 11, 30)
NEXT_WEEK = day_place(date(2026, 12, 7))


def entry(day: date, channel: Channel = Channel.CALL, *, reached: bool = True) -> HistoryEntry:
    at = clock.now() - timedelta(days=(clock.today() - day).days)
    return HistoryEntry(at, channel, reached=reached, text="разговор")


def fill() -> None:
    clock.set_today(TODAY)
    november, october = date(2026, 11, 3), date(2026, 10, 31)
    made = [
        Dossier("Виделись", place=NEXT_WEEK, history=[entry(november), entry(october)]),
        Dossier("Давно", place=NEXT_WEEK, history=[entry(october)]),
        Dossier("Очень давно", place=NEXT_WEEK, history=[entry(date(2026, 2, 1))]),
        Dossier("Не дозвонились", place=NEXT_WEEK, history=[entry(november, reached=False)]),
        Dossier("Только заметка", place=NEXT_WEEK, history=[entry(november, Channel.NOTE)]),
        Dossier("В лотке", place=TRAY, history=[entry(november)]),
        Dossier("Закрыто", place=CLOSED),
        Dossier(
            "Осталось",
            place=day_place(date(2026, 11, 20)),
            step=NextStep(text="узнать решение"),
            carried=Carried(date(2026, 11, 10), 2),
            history=[entry(november)],
        ),
        Dossier("Ноябрь", place=month_place(Month(2026, 11)), history=[entry(november)]),
        Dossier("Сентябрь", place=month_place(Month(2026, 9)), history=[entry(november)]),
        Dossier("Декабрь", place=month_place(Month(2026, 12)), history=[entry(november)]),
    ]
    with journal.action("new", clock.stamp()):
        dossiers.insert(made)


def names(lines: list[AuditLine]) -> list[str]:
    return [line.sheet.title for line in lines]


def test_each_list_holds_what_it_should(binder_open: Session) -> None:
    fill()
    found = auditing.audit()
    assert found.month == Month(2026, 11)
    assert names(found.not_seen)[2:] == ["Очень давно", "Давно"]
    assert set(names(found.not_seen)[:2]) == {"Не дозвонились", "Только заметка"}
    assert names(found.without_date) == ["В лотке"]
    assert names(found.left_behind) == ["Осталось"]
    assert names(found.to_spread) == ["Сентябрь", "Ноябрь"]
    assert found.not_seen[3].reached_on == date(2026, 10, 31)


def test_a_month_before_is_seen_from_its_end(binder_open: Session) -> None:
    fill()
    later = Dossier("Новый", place=TRAY, created_on=date(2026, 11, 2))
    with journal.action("new", clock.stamp()):
        dossiers.insert([later])
    missing = set(names(auditing.audit(Month(2026, 10)).not_seen))
    assert "Давно" not in missing
    assert "Виделись" not in missing  # reached on 31 October as well
    assert "Очень давно" in missing
    assert "Новый" not in missing  # there was nothing to miss yet
    assert "Новый" in names(auditing.audit().not_seen)


def test_it_prints(binder_open: Session) -> None:
    fill()
    hidden = Person("Тайнов", "Олег")
    hidden.contact_points = [ContactPoint(ContactKind.PHONE, "+7 900 111-22-33", private=True)]
    with journal.action("new", clock.stamp()):
        dossiers.insert([Dossier("Завод", people=[hidden], place=TRAY)])
    printed = auditing.print_audit(auditing.audit(), PrintOptions(TODAY))
    text = text_of(printed.data)
    for part in (
        "Month-end audit",
        "November 2026",
        "1 dossier",
        "carried 2 times",
        "last reached 31 October",
        "never reached",
        "узнать решение",
        "September 2026",
        "Тайнов Олег",
    ):
        assert part in text
    assert "111-22-33" not in text
    assert "Закрыто" not in text
    outline = [
        item.title
        for item in PdfReader(io.BytesIO(printed.data)).outline
        if not isinstance(item, list)
    ]  # type: ignore[union-attr]
    assert outline == ["Month-end audit"]


def test_an_empty_one_and_a_long_one_print(binder_open: Session) -> None:
    clock.set_today(TODAY)
    empty = auditing.print_audit(auditing.audit(), PrintOptions(TODAY))
    assert empty.pages == 1
    assert text_of(empty.data).count("None.") == 4
    made = [Dossier(f"Клиент {n}", people=[Person("Длинных", "Имён" * 20)]) for n in range(200)]
    with journal.action("new", clock.stamp()):
        dossiers.insert(made)
    with using_language("ru"):
        long = auditing.print_audit(auditing.audit(), PrintOptions(TODAY, "letter"))
    assert long.pages > 5
    assert "Клиент 199" in text_of(long.data)


def text_of(data: bytes) -> str:
    pages = PdfReader(io.BytesIO(data)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())
