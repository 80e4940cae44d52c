"""The look back on a day, a week, a month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from dossier_app.domain.place import day_place
from dossier_app.domain.records import Channel, Direction
from dossier_app.domain.when import When
from dossier_app.services import printing, refiling
from dossier_app.services.contacts import Contact, log_contact
from dossier_app.ui.main_window import MainWindow
from dossier_app.ui.review.dialog import ReviewDialog, Span
from scenes.stage import TODAY, Act, Scene, child, settle


def scenes() -> Iterator[Scene]:
    yield Scene("review", _evening)
    yield Scene("review-week", _look("week"))
    yield Scene("review-month", _look("month"))
    yield Scene("review-unknown-day", _look(day=TODAY - timedelta(days=1)))
    yield Scene("review-empty-day", _look(day=date(2026, 3, 8)))
    yield Scene("review-print", _print)
    yield Scene("review-closed", _closed)


def _look(span: str = "day", day: date = TODAY) -> Act:
    def act(window: MainWindow) -> None:
        window.actions_.review()
        child(window, ReviewDialog).look_at(Span(span), day)
        settle(1000)  # the days are read one after the other

    return act


def _worked(window: MainWindow) -> None:
    """Today's work as it is in the evening: most of it is done."""
    soon = When(day_place(TODAY + timedelta(days=2)))
    contacts = (
        Contact(text="Смету получила, сравнила с прежним поставщиком", minutes=14),
        Contact(reached=False),
        Contact(Channel.MEETING, text="Осмотрели площадку, фундамент годится", minutes=65),
        Contact(Channel.EMAIL, text="Отправлено предложение"),
        Contact(text="Перезвонить в пятницу", minutes=7),
        Contact(direction=Direction.IN, text="Спросил о сроке поставки", minutes=9),
    )
    uids = printing.dossiers_of_day(TODAY)
    for uid, contact in zip(uids, contacts, strict=False):
        contact.next = soon
        log_contact(uid, contact)
    refiling.refile(uids[6:8], day_place(TODAY + timedelta(days=1)))
    window.refresh()


def _evening(window: MainWindow) -> None:
    _worked(window)
    _look()(window)


def _closed(window: MainWindow) -> None:
    refiling.refile(printing.dossiers_of_day(TODAY), day_place(TODAY + timedelta(days=1)))
    _look()(window)


def _print(window: MainWindow) -> None:
    _look("week")(window)
    child(window, ReviewDialog).print_review()
    settle(2000)
