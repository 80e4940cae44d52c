"""One step of a large handover in a process of its own: how long it takes, how much memory.

    python -m tests.benchmarks.handover_steps STEP FOLDER

prints JSON: ``seconds``, ``peak`` and ``above`` (MB: the most that the process had, and how
much of it the step took), and ``size`` of the package (MB).
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import perf_counter

from dossier_app.domain import clock
from dossier_app.services import settings
from dossier_app.services.contacts import Contact, log_contact
from dossier_app.services.documents import attach, pasted, store
from dossier_app.services.handover import (
    ending,
    giving,
    keys,
    packages,
    returning,
    reviewing,
    taking,
)
from dossier_app.services.session import open_session
from dossier_app.services.steps import finish
from dossier_app.storage.connection import database
from dossier_app.storage.folder import DataFolder

TODAY, LAST = date(2026, 11, 25), date(2026, 12, 9)
OWNER, COLLEAGUE, PASSPHRASE = "Иванов", "Петрова", "семь кошек и йод"
DOCUMENT = 400 * 1024  # bytes in each dossier


class Steps:
    """The steps by name, each with its package in ``folder``. Every one returns what is to
    be measured; what has to be there before is done at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def at(self, who: str) -> Iterator[None]:
        clock.set_today(TODAY)
        session = open_session(DataFolder(self.folder / who))
        settings.save(replace(settings.load(), author=who))
        try:
            yield
        finally:
            session.close()

    def fill(self) -> dict[str, float]:
        with self.at(OWNER):
            return measured(lambda: add_documents(all_uids(), seed=1))

    def create(self) -> dict[str, float]:
        with self.at(COLLEAGUE):
            recipient = keys.identity().age_key
        with self.at(OWNER):
            wish = giving.Wish(COLLEAGUE, TODAY, LAST, all_uids(), recipient=recipient)
            return measured(lambda: giving.create(wish, self.folder / "create"))

    def seal_by_passphrase(self) -> dict[str, float]:
        with self.at(OWNER):
            made = giving.prepare(giving.Wish(COLLEAGUE, TODAY, LAST, all_uids()))
            path = self.folder / "seal_by_passphrase"
            return measured(lambda: packages.seal(made.package, path, PASSPHRASE).put())

    def open(self) -> dict[str, float]:
        with self.at(COLLEAGUE):
            own = keys.identity()
            return measured(lambda: packages.open_package(self.folder / "create", own))

    def open_by_passphrase(self) -> dict[str, float]:
        return measured(
            lambda: packages.open_package(self.folder / "seal_by_passphrase", None, PASSPHRASE)
        )

    def accept(self) -> dict[str, float]:
        with self.at(COLLEAGUE):
            package = packages.open_package(self.folder / "create", keys.identity())
            taking.inspect(package)
            return measured(lambda: taking.accept(package))

    def give_back(self) -> dict[str, float]:
        with self.at(COLLEAGUE):
            (handover,) = ending.all_handovers()
            uids = ending.dossiers_of(handover)
            for uid in uids:
                log_contact(uid, Contact(text="говорили"))
            add_documents(uids, seed=2)
            path = self.folder / "give_back"
            return measured(lambda: returning.give_back(handover, path))

    def review(self) -> dict[str, float]:
        with self.at(OWNER):
            package = packages.open_package(self.folder / "give_back", keys.identity())
            return measured(lambda: reviewing.review(package))

    def merge(self) -> dict[str, float]:
        with self.at(OWNER):
            package = packages.open_package(self.folder / "give_back", keys.identity())
            return measured(lambda: reviewing.take_back(package))


def measured(action: Callable[[], object]) -> dict[str, float]:
    before, begun = _peak(), perf_counter()
    action()
    seconds = perf_counter() - begun
    return {"seconds": seconds, "peak": _peak(), "above": _peak() - before}


def all_uids() -> list[str]:
    rows = database.execute_sql("SELECT uid FROM dossier ORDER BY uid").fetchall()
    return [uid for (uid,) in rows]


def add_documents(uids: list[str], seed: int) -> None:
    """What a drawing is to a packer: bytes of no order."""
    rng = random.Random(seed)
    for number, uid in enumerate(uids):
        data = rng.randbytes(DOCUMENT)
        attach(uid, [finish(store(pasted(f"{seed}-{number}.pdf", data)))])


def _peak() -> float:
    """MB that the process had at most so far; what `resource` tells counts its parent in."""
    status = Path("/proc/self/status").read_text()
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    step, folder = sys.argv[1], Path(sys.argv[2])
    figures = getattr(Steps(folder), step)()
    package = folder / step
    figures["size"] = package.stat().st_size / (1 << 20) if package.exists() else 0
    print(json.dumps(figures))
