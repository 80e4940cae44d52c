"""A colleague who means ill."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import msgspec

from dossier_app.domain.errors import Refusal
from dossier_app.domain.records import Slip, SlipKind
from dossier_app.exchange.package import format as layout
from dossier_app.services.handover import reviewing, taking
from dossier_app.services.slips import add_slip, move_slips
from dossier_app.services.undoing import undo
from tests.exchange.package_mutants import disturb
from tests.services.handover.desks import FIRST, LAST, Desks, held, work_at


def test_odd_packages_are_refused_or_fit(desks: Desks, uids: list[str]) -> None:
    rng = random.Random(5)
    loose = Slip(SlipKind.REMINDER, FIRST, "заказать пропуск")
    with desks.at("Иванов"):
        add_slip(loose)
    handover, file = desks.give("Иванов", "Петрова", uids[0], loose=[loose.uid])

    def try_all(action: Any, package: Any) -> int:
        """How many of the disturbed packages were taken; each can be undone."""
        before, taken = held(), 0
        plain = msgspec.json.encode(package.records)
        for _ in range(120):
            data = msgspec.json.decode(plain)
            disturb(data, rng)
            try:
                records = layout.read_records(msgspec.json.encode(data))
                changes, _ = action(replace(package, records=records))
            except Refusal:
                assert held() == before
                continue
            taken += 1
            if changes.entry:
                held()
                undo()
            assert held() == before
        return taken

    with desks.at("Петрова"):
        assert 0 < try_all(taking.accept, desks.open(file)) < 120
    desks.accept("Петрова", file)
    with desks.at("Петрова"):
        work_at(uids[0], "звонила")
        move_slips([loose.uid], LAST)
    update = desks.give_back("Петрова", handover)
    with desks.at("Иванов"):
        assert 0 < try_all(reviewing.take_back, desks.open(update)) < 120
