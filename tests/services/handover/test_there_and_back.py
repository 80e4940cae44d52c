"""Work on both sides, and what comes back."""

from __future__ import annotations

from typing import Any

import pytest

from dossier_app.domain.handover.merging import Take
from dossier_app.domain.place import day_place
from dossier_app.domain.records import Dossier
from dossier_app.services.dossiers import create_dossier, set_field
from dossier_app.services.handover import ending, reviewing, taking
from dossier_app.services.showing import export_json
from dossier_app.services.undoing import redo, undo
from dossier_app.storage import contents
from tests.services.handover.desks import LAST, MARK, Desks, killed, refused, work_at


def test_there_and_back(desks: Desks, uids: list[str]) -> None:
    anna, vera, _ = uids
    handover, file = desks.give("Иванов", "Петрова")
    desks.accept("Петрова", file)
    with desks.at("Петрова"):
        work_at(anna, "звонила")
        set_field(anna, "company", "ООО «Новая»")
    with desks.at("Иванов"):
        set_field(anna, "company", "ООО «Старая»")
        set_field(vera, "note", "сам")
        owner_before = export_json()
    update = desks.give_back("Петрова", handover)
    with desks.at("Иванов"):
        looked = reviewing.review(desks.open(update))
        assert export_json() == owner_before  # nothing before it is accepted
    assert [(item.path, item.mine, item.theirs) for _, item in looked.open] == [
        ("company", "ООО «Старая»", "ООО «Новая»")
    ]
    merged = desks.take_back("Иванов", update)
    assert len(merged.open) == 1
    dossier = desks.dossier("Иванов", anna)
    assert dossier.company == "ООО «Старая»"
    assert dossier.place == day_place(LAST)
    assert dossier.people[0].position == "звонила"
    assert dossier.history[0].author == "Петрова"
    assert (dossier.note, len(dossier.people[0].contact_points)) == (MARK, 2)
    with desks.at("Иванов"):
        assert b"".join(contents.read(dossier.documents[-1].sha256)) == "звонила".encode()
        assert undo() is not None
        assert export_json() == owner_before
        assert redo() is not None
    half = desks.state("Иванов")
    assert len(desks.take_back("Иванов", update).open) == 1
    assert desks.state("Иванов") == half
    decided = {(anna, "company"): Take.THEIRS}
    assert desks.take_back("Иванов", update, choices=decided).open == []
    assert desks.dossier("Иванов", anna).company == "ООО «Новая»"

    with desks.at("Петрова"):
        work_at(anna, "ещё раз")
    newer = desks.give_back("Петрова", handover)
    final = desks.give_back("Петрова", handover, final=True)
    desks.take_back("Иванов", final)
    whole = desks.state("Иванов")
    for late in (newer, update, final):
        desks.take_back("Иванов", late)
        assert desks.state("Иванов") == whole
    mine, theirs = desks.dossier("Иванов", anna), desks.dossier("Петрова", anna)
    assert [entry.uid for entry in mine.history] == [entry.uid for entry in theirs.history]
    assert (mine.company, mine.place, mine.step) == (theirs.company, theirs.place, theirs.step)
    assert {item.uid for item in theirs.documents} < {item.uid for item in mine.documents}
    with desks.at("Иванов"):
        assert ending.handover_of(anna) is None  # the last one ended it


def test_only_some_dossiers_are_taken_back(desks: Desks, uids: list[str]) -> None:
    anna, vera, _ = uids
    handover, file = desks.give("Иванов", "Петрова")
    desks.accept("Петрова", file)
    with desks.at("Петрова"):
        work_at(anna, "а")
        work_at(vera, "в")
    update = desks.give_back("Петрова", handover, final=True)
    desks.take_back("Иванов", update, only=[vera])
    assert desks.dossier("Иванов", vera).history[0].text == "в"
    assert desks.dossier("Иванов", anna).history[0].text == "говорили"
    with desks.at("Иванов"):
        assert ending.handover_of(anna) is not None
    desks.take_back("Иванов", update)
    assert desks.dossier("Иванов", anna).history[0].text == "а"
    with desks.at("Иванов"):
        assert ending.handover_of(anna) is None


def test_a_dossier_that_is_gone_is_told(desks: Desks, uids: list[str]) -> None:
    handover, file = desks.give("Иванов", "Петрова")
    desks.accept("Петрова", file)
    update = desks.give_back("Петрова", handover)
    with desks.at("Иванов"):
        for _ in range(20):  # back to before there was anything
            undo()
        create_dossier(Dossier(company="другая"))
    with desks.at("Иванов"):
        refused(lambda: reviewing.take_back(desks.open(update)), "no handover of this binder")


@pytest.mark.parametrize(
    ("module", "step"),
    [
        (taking.dossiers, "insert"),
        (taking.handovers, "insert"),
        (reviewing.dossiers, "save"),
        (reviewing.handovers, "save_seen"),
        (reviewing.handovers, "save"),
    ],
)
def test_what_breaks_off_changes_nothing(
    desks: Desks, uids: list[str], monkeypatch: pytest.MonkeyPatch, module: Any, step: str
) -> None:
    """Taking over and taking back end whole or not at all."""
    handover, file = desks.give("Иванов", "Петрова")
    who = "Петрова" if step == "insert" else "Иванов"
    if who == "Иванов":
        desks.accept("Петрова", file)
        with desks.at("Петрова"):
            work_at(uids[0], "звонила")
        file = desks.give_back("Петрова", handover)
    action = desks.accept if who == "Петрова" else desks.take_back
    before = desks.state(who)
    with monkeypatch.context() as patch:
        patch.setattr(module, step, killed)
        with pytest.raises(KeyboardInterrupt):
            action(who, file)
    assert desks.state(who) == before
    action(who, file)
    assert desks.state(who) != before
