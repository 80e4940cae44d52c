"""What was exported, imported again where it came from, tells nothing new."""

from __future__ import annotations

from pathlib import Path

import pytest

from dossier_app.assets import asset
from dossier_app.domain.language import LANGUAGES, set_catalogues, using_language
from dossier_app.domain.records import ContactKind, ContactPoint, Dossier, Person
from dossier_app.services.dossiers import create_dossier, load_dossier
from dossier_app.services.exporting import ExportKind, export
from dossier_app.services.import_report import Fate
from dossier_app.services.importing import import_files, read_file
from dossier_app.services.sample import fill_with_sample
from dossier_app.services.session import Session
from dossier_app.services.showing import export_json

ENDINGS = {ExportKind.VCARD: ".vcf", ExportKind.CSV: ".csv", ExportKind.XLSX: ".xlsx"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("private", [False, True])
@pytest.mark.parametrize("kind", ENDINGS)
def test_an_own_export_adds_nothing(
    binder_open: Session, tmp_path: Path, kind: ExportKind, private: bool, language: str
) -> None:
    set_catalogues(asset("resources", "translations"))
    with using_language(language):
        fill_with_sample()
        before = export_json()[0]
        file = tmp_path / f"clients{ENDINGS[kind]}"
        file.write_bytes(export(kind, private=private).data)
        report, _ = import_files([read_file(file)])
        line = report.files[0]
        assert [item for item in line.details if item.fate is not Fate.SKIPPED] == []
        assert line.records >= 60
        assert export_json()[0] == before


@pytest.mark.parametrize("kind", ENDINGS)
def test_what_was_changed_in_the_file_comes_in(
    binder_open: Session, tmp_path: Path, kind: ExportKind
) -> None:
    """A number that was added in the table of a colleague without any is joined to the one
    dossier of her company, and becomes no second client."""
    people = [Person("Орлова", "Вера", main=True), Person("Белова", "Ия")]
    people[0].contact_points = [ContactPoint(ContactKind.PHONE, "+7 495 000-00-01")]
    made = Dossier(company="ООО «Волна»", people=people)
    create_dossier(made)
    data = export(kind).data
    file = tmp_path / f"clients{ENDINGS[kind]}"
    file.write_bytes(data)
    read = read_file(file)
    assert read.content is not None
    beside = next(r for r in read.content.imported if "Белова" in r.dossier.name).dossier
    beside.note = "Отвечает за склад"
    import_files([read])
    assert load_dossier(made.uid).note == "Отвечает за склад"
    assert load_dossier(made.uid).people[1].full_name == "Белова Ия"
