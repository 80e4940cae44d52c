"""Layers and sizes: what the plan of the code says, checked."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import dossier_app

PACKAGE = Path(dossier_app.__file__).parent
LIMIT = 600
# Opening a window or running a command must not wait for these.
HEAVY = ("reportlab", "phonenumbers", "holidays", "dateutil", "rapidfuzz", "vobject", "pypdf")


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def test_no_file_is_too_long() -> None:
    long = {
        str(path.relative_to(PACKAGE)): lines
        for path in modules()
        if (lines := path.read_text("utf-8").count("\n")) > LIMIT
    }
    assert long == {}


def test_imports_point_one_way() -> None:
    linter = shutil.which("lint-imports", path=str(Path(sys.executable).parent))
    if linter is None:
        pytest.skip("import-linter is not installed")
    run = subprocess.run(
        [linter, "--no-cache"], capture_output=True, text=True, check=False, cwd=PACKAGE.parent
    )
    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize(
    "start", ["dossier_app.start", "dossier_app.cli", "dossier_app.services.session"]
)
def test_a_start_imports_nothing_heavy(start: str) -> None:
    script = f"import sys, {start}; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in run.stdout.split()}
    assert loaded.isdisjoint({*HEAVY, "PySide6"})
