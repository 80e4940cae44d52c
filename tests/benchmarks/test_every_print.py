"""The entire cross of kinds, languages, papers and amounts; the gate draws a part of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from dossier_app.assets import asset
from dossier_app.domain.language import LANGUAGES, set_catalogues
from dossier_app.printing.options import Paper
from tests.printing.overfull import Amount
from tests.printing.test_every_kind import KINDS, check


@pytest.fixture(autouse=True)
def _catalogues() -> None:
    set_catalogues(asset("resources", "translations"))


@pytest.mark.parametrize("amount", Amount)
@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", KINDS)
def test_it_holds(name: str, language: str, paper: Paper, amount: Amount, tmp_path: Path) -> None:
    check(name, language, paper, amount, tmp_path)
