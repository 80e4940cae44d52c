"""From the start of the process to the first picture, and what the process then takes.

Both programs are run as they are. Qt itself tells, in its debug log, when it hands the
first picture of a window to the screen.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from dossier_app.storage.folder import DataFolder

from .conftest import TODAY

ROUNDS = 11
SETTLED = 3  # seconds after which everything that follows the first picture is done
EMPTY = """
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([])
window = QWidget()
window.resize(1280, 800)
window.show()
app.exec()
"""


@contextmanager
def painted(*arguments: str) -> Iterator[int]:
    """Runs Python with the given arguments until its window is painted; gives its number."""
    # What an editor or a container may forbid an installed program has: compiled modules.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    environment["QT_LOGGING_RULES"] = "qt.widgets.painting.debug=true"
    process = subprocess.Popen(
        [sys.executable, *arguments], env=environment, stderr=subprocess.PIPE
    )
    try:
        assert process.stderr is not None
        assert any(b"Flushing" in line for line in process.stderr), "nothing was painted"
        yield process.pid
    finally:
        process.kill()
        process.communicate()


def _program(folder: DataFolder) -> AbstractContextManager[int]:
    return painted(
        "-m", "dossier_app", "--data-dir", str(folder.path), "--today", TODAY.isoformat()
    )


def test_start_with_10_000_dossiers(prepared, in_turns, report) -> None:
    folder = prepared(10_000)

    def program() -> None:
        with _program(folder):
            pass

    def empty_window() -> None:
        with painted("-c", EMPTY):
            pass

    program()  # compiles, and fills the caches of the disk
    ours, bare = map(statistics.median, in_turns(program, empty_window, rounds=ROUNDS))
    report.compare("start to painted binder, 10,000 / empty window", ours, bare, 2)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux")
def test_memory_with_100_000_dossiers(prepared, report) -> None:
    with _program(prepared(100_000)) as process:
        time.sleep(SETTLED)
        status = Path(f"/proc/{process}/status").read_text()
    peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    report.limit("memory at its highest, 100,000 open", int(peak.split()[1]) / 1024, 250, "MB")
