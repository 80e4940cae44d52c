"""The built-in templates, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from dossier_app.domain.forms.loading import load_template
from dossier_app.domain.forms.template import Template

FORMS = Path(__file__).parents[2] / "forms"


@pytest.fixture(scope="session")
def built_in() -> dict[str, str]:
    """The text of every file in ``forms/`` by template key."""
    return {path.stem: path.read_text("utf-8") for path in sorted(FORMS.glob("*.toml"))}


@pytest.fixture(scope="session")
def card(built_in: dict[str, str]) -> Template:
    return load_template(built_in["relationship_card"], "relationship_card")


@pytest.fixture(scope="session")
def info_sheet(built_in: dict[str, str]) -> Template:
    return load_template(built_in["info_sheet"], "info_sheet")
