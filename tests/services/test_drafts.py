"""What was typed and not saved waits for the next start, encrypted, and goes with its client."""

from __future__ import annotations

from datetime import date

from dossier_app.domain import clock
from dossier_app.domain.drafts import Drafts, LogDraft
from dossier_app.domain.letters import Letter
from dossier_app.domain.records import (
    Channel,
    Direction,
    Dossier,
    HistoryEntry,
    Promise,
    Side,
    StepKind,
)
from dossier_app.services import drafts as service
from dossier_app.services import erasing
from dossier_app.services.dossiers import create_dossier
from dossier_app.services.session import Session
from dossier_app.services.templates import card
from dossier_app.storage import settings
from dossier_app.storage.forgetting import DRAFTS


def log_draft(text: str) -> LogDraft:
    promise = Promise(Side.OURS, "смета", date(2026, 12, 1), private=True)
    return LogDraft(
        Channel.CALL, Direction.OUT, False, "", text, "", "я: ", "", StepKind.CALL, 10, "пт",
        None, True, [promise],
    )  # fmt: skip


def filled(dossier: Dossier, entry: HistoryEntry) -> Drafts:
    return Drafts(
        log={dossier.uid: log_draft("Ёлка <b>&"), "gone": log_draft("давно")},
        contacts={entry.uid: entry, "gone": entry},
        forms={"relationship_card": card()},
        letters={entry.uid: {"ru": Letter("", "Анне", "Смета", "Добрый день!")}},
        new=["Липатов Олег", "", "8 495 000-00-01"],
        slips={"": ["купить бумагу"], dossier.uid: ["узнать"], "gone": ["нет"]},
    )


def test_every_kind_of_draft_is_kept(binder_open: Session) -> None:
    entry = HistoryEntry(clock.now(), text="звонок")
    dossier = Dossier(company="Ромашка", history=[entry])
    create_dossier(dossier)
    drafts = filled(dossier, entry)
    service.save(drafts)
    for kept in (drafts.log, drafts.contacts, drafts.slips):
        del kept["gone"]  # type: ignore[attr-defined]
    assert service.load() == drafts
    service.save(Drafts())
    assert settings.read(DRAFTS) is None and service.load() == Drafts()


def test_no_draft_outlives_an_erasure(binder_open: Session) -> None:
    entry = HistoryEntry(clock.now(), text="звонок")
    dossier = Dossier(company="Ромашка", history=[entry])
    create_dossier(dossier)
    drafts = filled(dossier, entry)
    service.save(drafts)
    erasing.erase(dossier.uid, "Ромашка", binder_open.folder)
    assert settings.read(DRAFTS) is None
    service.save(drafts)  # an open window keeps what it has in memory when it closes
    assert service.load() == Drafts(
        forms=drafts.forms, new=drafts.new, slips={"": ["купить бумагу"]}
    )


def test_what_nobody_can_read_is_passed_over(binder_open: Session) -> None:
    settings.write(DRAFTS, {"log": {"a": {"channel": "telepathy"}}, "forms": {"x": "no form"}})
    assert service.load() == Drafts()
