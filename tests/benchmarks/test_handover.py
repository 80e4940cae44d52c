"""A large handover, step by step, and what becomes of 20,000 changed packages."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import pyrage
import pytest

from dossier_app.exchange.package.sealing import new_identity
from dossier_app.storage.folder import DataFolder
from tests.benchmarks.conftest import Line, Report
from tests.exchange.package_mutants import Mutants

DOSSIERS = 500  # with 200 MB of documents
MUTANTS = 20_000
STEPS = {
    "fill": "",
    "seal_by_passphrase": "create, by a passphrase",
    "open_by_passphrase": "open, by a passphrase",
    "create": "create",
    "open": "open",
    "accept": "accept",
    "give_back": "return",
    "review": "review",
    "merge": "merge",
}
_ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux")
def test_a_large_handover(copied: Callable[[int], DataFolder], report: Report) -> None:
    folder = copied(DOSSIERS).path
    (folder / "inside").mkdir()
    for path in list(folder.iterdir()):
        if path.name != "inside":
            path.rename(folder / "inside" / path.name)
    (folder / "inside").rename(folder / "Иванов")
    sizes = {}
    for step, called in STEPS.items():
        figures = _run(step, folder)
        if figures["size"]:
            sizes[step] = figures["size"]
        if called:
            report.lines.append(_line(called, figures))
        if step == "create":
            report.limit("  memory that making takes", figures["above"], 50, "MB")
        if step == "open":
            times = figures["above"] / sizes["create"]
            report.limit("  memory that opening takes, of the size", times, 2.2, "x")
    _beside_the_library(int(sizes["create"]), report)


def test_changed_packages(report: Report) -> None:
    mutants, became = Mutants(new_identity(), seed=1), Counter[tuple[str, str]]()
    begun = perf_counter()
    for mutant in mutants.make(MUTANTS):
        became[mutant.kind, mutants.outcome(mutant)] += 1
    print(f"\n{MUTANTS} changed packages, {perf_counter() - begun:.0f} s:")
    for (kind, what), count in sorted(became.items()):
        print(f"{count:6}  {kind}: {what}")
    assert became.total() == MUTANTS
    report.lines.append(
        Line("changed packages without a crash", str(MUTANTS), "", "", "20000", holds=True)
    )


def _run(step: str, folder: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.benchmarks.handover_steps", step, str(folder)]
    ran = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=True)
    figures: dict[str, float] = json.loads(ran.stdout)
    return figures


def _line(called: str, figures: dict[str, float]) -> Line:
    what = f"handover of {DOSSIERS} dossiers, 200 MB: {called}"
    peak = f"{figures['peak']:.0f} MB at most"
    return Line(what, f"{figures['seconds']:.2f} s", "", "", peak, holds=True)


def _beside_the_library(size: int, report: Report) -> None:
    """What pyrage needs for as many bytes, which it holds twice."""
    data, identity = bytes(size << 20), pyrage.x25519.Identity.generate()
    begun = perf_counter()
    sealed = pyrage.encrypt(data, [identity.to_public()])
    middle = perf_counter()
    pyrage.decrypt(sealed, [identity])
    for what, seconds in (("encrypts", middle - begun), ("decrypts", perf_counter() - middle)):
        report.lines.append(
            Line(f"  pyrage alone {what} that many bytes", "", f"{seconds:.2f} s", "", "", True)
        )
