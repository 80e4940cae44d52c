"""Nothing private goes out in a file for another program, unless it is asked for."""

from __future__ import annotations

import io
import zipfile

import pytest

from dossier_app.domain.errors import Refusal
from dossier_app.services.dossiers import create_dossier
from dossier_app.services.exporting import ExportKind, export
from dossier_app.services.session import Session

from .private_marks import Marks, marked_client, save_own_form

COMPLETE = {ExportKind.JSON, ExportKind.PERSON}  # for the rep, and for whom the data are about
OTHERS = sorted(set(ExportKind) - COMPLETE)
# What each of them is made of, as the places of the marks begin.
HAS = {
    ExportKind.VCARD: ["note", "person's note", "ContactPoint.value"],
    ExportKind.CSV: ["note", "person's note", "ContactPoint.value"],
    ExportKind.XLSX: ["note", "person's note", "ContactPoint.value"],
    ExportKind.ICS: ["birthday slip", "Promise.text"],
}


@pytest.fixture
def marks(binder_open: Session) -> Marks:
    """A binder with one dossier that holds a mark in every private place."""
    made = Marks()
    save_own_form()
    create_dossier(marked_client(made))
    return made


def text_of(kind: ExportKind, *, private: bool) -> str:
    data = export(kind, private=private).data
    if kind is ExportKind.XLSX:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            data = b"".join(map(book.read, book.namelist()))
    return data.decode().replace("\r\n ", "")  # long lines are folded


@pytest.mark.parametrize("kind", OTHERS)
def test_nothing_private_goes_out(kind: ExportKind, marks: Marks) -> None:
    text = text_of(kind, private=False)
    assert "Openperson0" in text
    assert {place for mark, place in marks.places.items() if mark in text} == set()


@pytest.mark.parametrize("kind", OTHERS)
def test_what_is_private_goes_out_when_it_is_asked_for(kind: ExportKind, marks: Marks) -> None:
    text = text_of(kind, private=True)
    wanted = {mark: place for mark, place in marks.places.items() if place in HAS[kind]}
    assert set(wanted.values()) == set(HAS[kind])
    assert {place for mark, place in wanted.items() if mark not in text} == set()


def test_the_data_of_a_person_are_asked_for_one_by_one(marks: Marks) -> None:
    with pytest.raises(Refusal, match="Name the one dossier"):
        export(ExportKind.PERSON)
