"""What the tests of readers and writers look at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dossier_app.domain.records import Dossier

Points = Callable[[Dossier, str], list[tuple[str, str]]]
CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus" / "vcard"


@pytest.fixture(scope="session")
def points() -> Points:
    """Value and label of all contact points of a kind, of people first."""

    def of(dossier: Dossier, kind: str) -> list[tuple[str, str]]:
        own = [point for person in dossier.people for point in person.contact_points]
        return [(p.value, p.label) for p in [*own, *dossier.contact_points] if p.kind == kind]

    return of


@pytest.fixture(scope="session")
def birth() -> Callable[[Dossier], str]:
    """The stored date of birth of the main person; "" when unknown."""

    def of(dossier: Dossier) -> str:
        person = dossier.main_person
        assert person is not None
        for form in person.forms:
            if form.template == "relationship_card":
                return str(form.answers["birth"].value["date"])
        return ""

    return of


@pytest.fixture(scope="session")
def corpus() -> dict[str, Path]:
    """Real cards of other projects by file name; skips where the folder is absent."""
    files = {path.name: path for path in sorted(CORPUS.glob("*/*.vcf"))}
    if not files:
        pytest.skip("the folder of real vCards beside the project is absent")
    return files
