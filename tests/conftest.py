"""What every test starts from: no screen, English, the computer's own date."""

from __future__ import annotations

import os

# Before anything imports Qt.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from dossier_app.domain import clock
from dossier_app.domain.language import use_language
from dossier_app.services.session import Session, open_session
from dossier_app.storage.folder import DataFolder

TODAY = date(2026, 11, 25)

# How long an example takes says nothing on a machine that does other things too. New
# examples are tried at every run by hand; a gate gives the same answer to the same code.
settings.register_profile(
    "here",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
settings.load_profile("here")


def pytest_configure(config: pytest.Config) -> None:
    # The screenless platform says so of every window that is shown; it means nothing.
    config.addinivalue_line(
        "qt_log_ignore", r"This plugin does not support (propagateSizeHints|raise)\(\)"
    )


@pytest.fixture(autouse=True)
def _known_start() -> Iterator[None]:
    """Whatever a test chose, the next one begins in English on the computer's date."""
    use_language("en")
    clock.set_today(None)
    yield
    use_language("en")
    clock.set_today(None)


@pytest.fixture(scope="session")
def qapp_cls() -> type:
    """The program's own Qt application, for the tests of windows."""
    from dossier_app.ui.program import Program

    return Program


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    """A data folder that is not there yet."""
    return DataFolder(tmp_path / "data")


@pytest.fixture
def binder_open(folder: DataFolder) -> Iterator[Session]:
    """A new, empty binder open for writing on 25 November 2026, a Wednesday."""
    clock.set_today(TODAY)
    session = open_session(folder)
    try:
        yield session
    finally:
        session.close()
