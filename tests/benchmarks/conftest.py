"""What `make bench` measures with: large sample binders, and a table of both sides.

Nothing here fails for being slow: a figure above its budget is only marked in the table.
Each budget is a ratio to what the bare library needs for the same thing, taken in turns
on the same machine.
"""

from __future__ import annotations

import hashlib
import shutil
import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

import dossier_app
from dossier_app.assets import asset
from dossier_app.domain import clock
from dossier_app.services.sample import fill_with_sample
from dossier_app.services.session import open_session
from dossier_app.storage.folder import DataFolder

TODAY = date(2026, 11, 25)
CACHE = Path(__file__).parents[2] / "build" / "bench"

Times = Sequence[float]  # seconds


def p95(times: Times) -> float:
    return statistics.quantiles(times, n=20)[-1]


@dataclass(frozen=True)
class Line:
    """One line of the table; ``holds`` is false when the figure is above its budget."""

    what: str
    ours: str
    bare: str
    ratio: str
    budget: str
    holds: bool


@dataclass
class Report:
    """The table of figures. ``kept`` are times to be compared with those of a later test."""

    lines: list[Line] = field(default_factory=list)
    kept: dict[str, Times] = field(default_factory=dict)

    def compare(
        self, what: str, ours: float, bare: float, at_most: float | None, note: str = ""
    ) -> None:
        """Seconds of both sides against a budget for their ratio."""
        ratio = ours / bare
        budget = "" if at_most is None else f"at most {at_most:g} x"
        holds = at_most is None or ratio <= at_most
        words = ", ".join(part for part in (budget, note) if part)
        self.lines.append(Line(what, _ms(ours), _ms(bare), f"{ratio:.2f} x", words, holds))

    def limit(self, what: str, value: float, at_most: float, unit: str) -> None:
        """A figure against a budget of its own."""
        figure = f"{value:.1f} {unit}"
        budget = f"at most {at_most:g} {unit}"
        self.lines.append(Line(what, figure, "", "", budget, value <= at_most))

    def table(self) -> Iterator[str]:
        head = Line("what", "ours", "beside", "ratio", "budget", holds=True)
        rows = [
            (row.what, row.ours, row.bare, row.ratio, row.budget) for row in (head, *self.lines)
        ]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        for row, line in zip(rows, (head, *self.lines), strict=True):
            cells = (f"{cell:{width}}" for cell, width in zip(row, widths, strict=True))
            yield "  ".join(cells).rstrip() + ("" if line.holds else "   OVER BUDGET")


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms" if seconds < 1 else f"{seconds:.2f} s"


_report = Report()


@pytest.fixture
def report() -> Report:
    return _report


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if _report.lines:
        terminalreporter.section("budgets", sep="=")
        for line in _report.table():
            terminalreporter.write_line(line)


InTurns = Callable[..., list[Times]]


@pytest.fixture
def in_turns(benchmark: BenchmarkFixture) -> InTurns:
    """``in_turns(ours, other, ..., rounds=9)``: the times of each, taken one after the other
    in every round."""

    def measure(
        ours: Callable[[], object], *others: Callable[[], object], rounds: int
    ) -> list[Times]:
        beside: list[list[float]] = [[] for _ in others]

        def first_the_others() -> None:
            for other, times in zip(others, beside, strict=True):
                start = perf_counter()
                other()
                times.append(perf_counter() - start)

        benchmark.pedantic(ours, setup=first_the_others, rounds=rounds)
        return [benchmark.stats.stats.data, *beside]

    return measure


@pytest.fixture
def prepared() -> Callable[[int], DataFolder]:
    """``prepared(count)``: a binder with that many dossiers as on `TODAY`, to be read only.

    It is made once and kept in ``build/bench`` until schema, index or sample change.
    """
    return _prepared


@pytest.fixture
def copied() -> Iterator[Callable[[int], DataFolder]]:
    """As `prepared`, a copy to write in. Beside the original: the disk matters."""
    made: list[Path] = []

    def copy(count: int) -> DataFolder:
        made.append(CACHE / f"copy-{count}")
        shutil.rmtree(made[-1], ignore_errors=True)
        shutil.copytree(_prepared(count).path, made[-1])
        return DataFolder(made[-1])

    yield copy
    for path in made:
        shutil.rmtree(path)


def _prepared(count: int) -> DataFolder:
    path = CACHE / f"{count}-{_fingerprint()}"
    if not path.exists():
        for old in CACHE.glob(f"{count}-*"):
            shutil.rmtree(old)
        print(f"\nfilling a binder with {count} dossiers…", flush=True)
        fresh = path.with_name(f"filling-{count}")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.parent.mkdir(parents=True, exist_ok=True)
        clock.set_today(TODAY)
        session = open_session(DataFolder(fresh))
        fill_with_sample(count)
        session.close()
        fresh.rename(path)
    return DataFolder(path)


@cache
def _fingerprint() -> str:
    """Changes with whatever a prepared binder is made from."""
    package = Path(dossier_app.__file__).parent
    sources = [
        *package.glob("storage/migrations/*.sql"),
        package / "storage" / "search.py",
        *package.glob("domain/sample*.py"),
        *asset("resources", "sample").glob("*.toml"),
    ]
    content = b"".join(path.read_bytes() for path in sorted(sources))
    return hashlib.sha256(content).hexdigest()[:12]
