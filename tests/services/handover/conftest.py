"""What every test of a handover starts from."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.services.handover.desks import Desks, fill


@pytest.fixture
def desks(tmp_path: Path) -> Desks:
    return Desks(tmp_path)


@pytest.fixture
def uids(desks: Desks) -> list[str]:
    """Three dossiers of Иванов: two have something to do in the period."""
    with desks.at("Иванов"):
        return fill()
