"""What the prints of one amount are drawn from, beside the dossier itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from dossier_app.domain.audit import Audit, AuditLine
from dossier_app.domain.binder import day_slot
from dossier_app.domain.erasing import Erasure
from dossier_app.domain.handover import records as handover
from dossier_app.domain.handover.records import Handover
from dossier_app.domain.handover.report import DossierReport, HandoverReport
from dossier_app.domain.letters import Letter
from dossier_app.domain.occasions import OccasionAhead, OccasionLine
from dossier_app.domain.overview import OpenDivider, Overview
from dossier_app.domain.past import Client
from dossier_app.domain.place import Month, day_place, month_place
from dossier_app.domain.records import (
    Channel,
    HistoryEntry,
    NextStep,
    Promise,
    Side,
    SlipKind,
)
from dossier_app.domain.review import (
    ContactLine,
    DayReview,
    Figures,
    PlanLine,
    PromiseLine,
    SpanReview,
    days_of,
    span_before,
    total,
)
from dossier_app.domain.sheets import Divider, Load, Sheet, SheetType

from .overfull import TODAY, ZONE, Amount, Words, all_templates, client, known_of

HANDOVER = Handover(
    handover.Direction.GIVEN, "Петрова", "Седова", TODAY, date(2026, 12, 8), private=True
)


@dataclass
class Material:
    """What all prints of one amount are drawn from; no print changes it."""

    amount: Amount

    def __post_init__(self) -> None:
        self.templates = all_templates(self.amount)
        self.dossier = client(self.amount, self.templates)
        self.others = [
            client(Amount.USUAL, self.templates, f"Гусева{number:02d}")
            for number in range(self.many(0, 2, 4))
        ]

    def many(self, sparse: int, usual: int, overfull: int) -> int:
        return {Amount.SPARSE: sparse, Amount.USUAL: usual, Amount.OVERFULL: overfull}[self.amount]

    @property
    def known(self) -> Overview:
        return known_of(self.dossier, self.templates)

    @property
    def clients(self) -> list[Overview]:
        return [known_of(one, self.templates) for one in (self.dossier, *self.others)]

    @property
    def dividers(self) -> list[OpenDivider]:
        """Today with all clients and the slips, and Friday with a usual client."""
        words = Words(self.amount)
        load = Load(self.many(0, 3, 400), self.many(0, 130, 9000), 30, 360)
        slips = [
            Sheet(SheetType.SLIP, "s", words.endless("Громов"), slip_kind=SlipKind.REMINDER,
                  company=words.short("АО"), todo=words.endless("отправить"))
            for _ in range(self.many(0, 2, 4))
        ]  # fmt: skip
        friday = Divider(day_slot(date(2026, 11, 27)), load)
        return [
            OpenDivider(Divider(day_slot(TODAY), load), self.clients, slips),
            OpenDivider(friday, self.clients[1:2], slips[:1]),
        ]


def letter(material: Material) -> Letter:
    words = Words(material.amount)
    body = "\n\n".join(words.endless("Абзац") for _ in range(material.many(1, 5, 60)))
    return Letter("", words.endless("Кому"), words.endless("О чём"), body)


def occasions(material: Material) -> list[OccasionLine]:
    first, words = date(2026, 12, 1), Words(material.amount)
    return [
        OccasionLine(
            OccasionAhead(first + timedelta(days=number // 9), f"Дитя{number:03d}", "7 лет"),
            words.short("завод"), "+7 900 000-00-00",
        )
        for number in range(material.many(1, 8, 250))
    ]  # fmt: skip


def audit(material: Material) -> Audit:
    words = Words(material.amount)
    lines = [
        AuditLine(
            Sheet(SheetType.DOSSIER, "u", words.endless("Гусев"), carried=2,
                  company=words.endless("завод"), todo=words.short("смета")),
            day_place(date(2026, 11, 2)) if number % 2 else month_place(Month(2026, 11)),
            None if number % 3 else date(2026, 9, 9),
        )
        for number in range(material.many(0, 4, 30))
    ]  # fmt: skip
    return Audit(TODAY, Month(2026, 11), lines, lines, lines[:1], [])


def day_review(material: Material) -> DayReview:
    words, number = Words(material.amount), material.many(0, 3, 60)
    who = [Client(f"u{n}", f"Имя{n:02d} {words.endless('')}", words.short("завод"))
           for n in range(number)]  # fmt: skip
    at = datetime.combine(TODAY, time(9, 5), ZONE)
    entry = HistoryEntry(at, Channel.CALL, text=words.endless("Спросил"), agreed="смета")
    contacts = tuple(
        ContactLine(one, replace(entry), n == 0, n != 1, day_place(TODAY))
        for n, one in enumerate(who)
    )
    step = NextStep(text=words.endless("показать"), time=time(9))
    plan = tuple(PlanLine(one, step, False, day_place(TODAY), day_place(TODAY)) for one in who)
    promised = tuple(
        PromiseLine(one, Promise(side, words.endless("чертёж"), TODAY))
        for one in who for side in Side
    )  # fmt: skip
    counted = replace(figures(number), contacts=number, reached=number)
    return DayReview(TODAY, counted, plan, contacts, promised, promised, promised, promised)


def figures(number: int) -> Figures:
    return Figures(
        planned=3 * number, done=2 * number, moved=number, calls_out=number, new=number,
        repeat=number, promises_kept=number, promises_broken=number, minutes_spent=97 * number,
        capacity_contacts=30, contacts=2 * number,
    )  # fmt: skip


def span_review(first: date, last: date) -> Callable[[Material], SpanReview]:
    def span(material: Material) -> SpanReview:
        most = material.many(0, 9, 1200)
        days = tuple(DayReview(day, figures(day.day * most // 31)) for day in days_of(first, last))
        sum_ = total([day.figures for day in days])
        return SpanReview(days, sum_, *span_before(first, last), figures(most))

    return span


def absence_report(material: Material) -> HandoverReport:
    words, dossier = Words(material.amount), material.dossier
    one = DossierReport(
        "u", words.endless("Гусев"), words.short("завод"), day_place(TODAY), dossier.place,
        dossier.step, refiled=True, contacts=dossier.history, made=dossier.promises,
        open=dossier.promises, ticked=dossier.slips, documents=dossier.documents, changed=3,
    )  # fmt: skip
    return HandoverReport(HANDOVER, [one] * material.many(1, 3, 2))


def erasure(material: Material) -> Erasure:
    words = Words(material.amount)
    at = datetime.combine(TODAY, time(12), ZONE)
    return Erasure(
        words.endless("Кузнецов"), words.endless("завод"), at, words.short("Седова"),
        3, 10, 4, 300, 80, 30, 2, 5_000_000, date(2026, 12, 26),
    )  # fmt: skip
