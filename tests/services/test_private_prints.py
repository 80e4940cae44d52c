"""Nothing private is on any discreet print, wherever it was noted; with private facts
all of it is.

A mark is put into every private place there is, found from the records and the templates
themselves, and every function that prepares a print is called.
"""

from __future__ import annotations

import importlib
import io
import pkgutil
import tempfile
import typing
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from pathlib import Path
from types import FunctionType
from typing import Any

import pypdfium2
import pytest
from pypdf import PdfReader

import dossier_app.services
from dossier_app.domain.place import Month
from dossier_app.domain.records import (
    ContactPoint,
    Document,
    Dossier,
    HistoryEntry,
    Promise,
)
from dossier_app.services import (
    auditing,
    erasing,
    handover_prints,
    letters,
    print_documents,
    print_lists,
    printing,
    reviewing,
)
from dossier_app.services.dossiers import create_dossier
from dossier_app.services.handover import giving
from dossier_app.services.print_reading import Reading
from dossier_app.services.printing import Prepared, Printed, PrintKind, PrintOptions
from dossier_app.services.session import Session
from dossier_app.services.templates import templates
from dossier_app.storage import dossiers
from dossier_app.storage.folder import DataFolder

from .private_marks import ROLES, TODAY, WITH_TEXT, Marks, marked_client, save_own_form

NOTES = "handover_notes"  # written for the colleague: they stand on the colleague's pack


@pytest.fixture
def marks(binder_open: Session) -> Marks:
    """A binder with one dossier, under today, that holds a mark in every private place."""
    made = Marks()
    save_own_form()
    create_dossier(marked_client(made))
    return made


def records_with_private(of: type) -> set[type]:
    """The records inside ``of`` that can be private."""
    found = set()
    for hint in typing.get_type_hints(of).values():
        for inner in (hint, *typing.get_args(hint)):
            if is_dataclass(inner) and isinstance(inner, type) and inner is not of:
                found |= records_with_private(inner)
                if any(field.name == "private" for field in fields(inner)):
                    found.add(inner)
    return found


def _hidden_labels() -> list[str]:
    """Labels of private fields that no open field has, long enough to be told apart."""
    known = templates().values()
    fields_ = [field for template in known for field in template.fields]
    headings = [heading for template in known for heading in template.groups.values()]
    open_ = " ".join(map(str, [*headings, *(one.label for one in fields_ if not one.private)]))
    private = {str(field.label) for field in fields_ if field.private}
    return [label for label in private if len(label.split()) > 1 and label not in open_]


# One print or several for each function of the services that prepares one.
Prints = Callable[[PrintOptions], Iterator[Prepared]]


def _of_kinds(chosen: PrintOptions) -> Iterator[Prepared]:
    for kind in (PrintKind.BRIEF, PrintKind.DOSSIER):
        yield printing.prepare(kind, [_uid()], chosen)
        yield printing.prepare(kind, [_uid(), _uid()], chosen)


def _packs(chosen: PrintOptions) -> Iterator[Prepared]:
    yield printing.prepare_pack(TODAY, 7, chosen)
    yield printing.prepare_pack(TODAY, 7, chosen, whole=True)


def _forms(chosen: PrintOptions) -> Iterator[Prepared]:
    dossier = dossiers.load(_uid())
    for form in (*dossier.forms, *dossier.people[0].forms):
        yield printing.prepare_form(dossier.uid, form.uid, chosen)


def _reviews(chosen: PrintOptions) -> Iterator[Prepared]:
    yield reviewing.prepare_review(reviewing.review(TODAY), chosen)
    week = reviewing.review_span(date(2026, 11, 23), date(2026, 11, 29))
    yield reviewing.prepare_review(week, chosen)


def _handover_packs(chosen: PrintOptions) -> Iterator[Prepared]:
    last = TODAY + timedelta(days=14)
    wish = giving.Wish("Colleague", TODAY, last, [_uid()], private=chosen.private)
    yield handover_prints.prepare_handover_pack(wish, chosen)


def _absence_reports(chosen: PrintOptions) -> Iterator[Prepared]:
    last = TODAY + timedelta(days=14)
    wish = giving.Wish("Colleague", TODAY, last, [_uid()], private=chosen.private)
    if not giving.away():
        giving.create(wish, Path(tempfile.mkdtemp()) / "away.dossier", "a long passphrase")
    (given,) = giving.away().values()
    yield handover_prints.prepare_absence_report(given, chosen)


def _with_documents(chosen: PrintOptions) -> Iterator[Prepared]:
    keys = [document.uid for document in dossiers.load(_uid()).documents]
    yield print_documents.read_dossier(_uid(), keys, chosen).at_once()


def _letter(chosen: PrintOptions) -> Iterator[Prepared]:
    entry = next(entry for entry in dossiers.load(_uid()).history if not entry.private)
    letter = letters.letter_about(_uid(), entry.uid)
    yield Prepared(chosen, "en", letter.subject, lambda: letters.print_letter(letter, "en"))


def _protocol(chosen: PrintOptions) -> Iterator[Prepared]:
    dossier = dossiers.load(_uid())
    _, told = erasing.erase(dossier.uid, dossier.name, DataFolder(Path(tempfile.mkdtemp())))
    yield Prepared(chosen, "en", "Protocol", lambda: erasing.protocol(told, chosen))


def _uid() -> str:
    return dossiers.all_uids()[0]


PRINTS: dict[Callable[..., Any], Prints] = {
    printing.prepare: _of_kinds,
    printing.prepare_pack: _packs,
    printing.prepare_binder: lambda chosen: iter([printing.prepare_binder(chosen)]),
    printing.prepare_kit: lambda chosen: iter([printing.prepare_kit(chosen)]),
    printing.prepare_blank: lambda chosen: (
        printing.prepare_blank(key, chosen) for key in templates()
    ),
    printing.prepare_form: _forms,
    print_lists.prepare_occasions: lambda chosen: iter(
        [print_lists.prepare_occasions(Month(2026, 12), chosen)]
    ),
    print_lists.prepare_audit: lambda chosen: iter(
        [print_lists.prepare_audit(Month(2026, 11), chosen)]
    ),
    reviewing.prepare_review: _reviews,
    handover_prints.prepare_handover_pack: _handover_packs,
    handover_prints.prepare_handover_pack: _handover_packs,
    handover_prints.prepare_absence_report: _absence_reports,
    print_documents.read_dossier: _with_documents,
    letters.print_letter: _letter,
    erasing.protocol: _protocol,
}
# Draw what another function has prepared.
DRAWING = {printing.draw, reviewing.print_review, auditing.print_audit}
# Tell all that is known of a client.
WHOLE = (
    printing.prepare,
    printing.prepare_pack,
    printing.prepare_binder,
    print_documents.read_dossier,
)


def print_functions() -> set[Callable[..., Any]]:
    """Every public function of the services that makes a print. One that prepares in steps
    counts with its sibling that does it at once."""
    found = {}
    for module in pkgutil.walk_packages(dossier_app.services.__path__, "dossier_app.services."):
        for name, what in vars(importlib.import_module(module.name)).items():
            is_own = isinstance(what, FunctionType) and what.__module__ == module.name
            if is_own and not name.startswith("_"):
                made = typing.get_type_hints(what).get("return")
                if made in (Prepared, Printed, Reading[Prepared]):
                    found[f"{module.name}.{name}"] = what
    siblings = {name.replace(".prepare", ".read") for name in found if ".prepare" in name}
    return {what for name, what in found.items() if name not in siblings}


def told(printed: Printed) -> str:
    """All that a file tells: texts of its pages, properties, outline."""
    document = pypdfium2.PdfDocument(printed.data)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    reader = PdfReader(io.BytesIO(printed.data))
    assert not reader.attachments
    assert not any("/Annots" in page for page in reader.pages)
    entries = [item.get_title() for item in document.get_toc()]
    return " ".join([*pages, *entries, str(reader.metadata), str(reader.xmp_metadata)])


def test_no_print_is_forgotten() -> None:
    assert print_functions() == PRINTS.keys() | DRAWING


def test_no_private_place_is_forgotten(marks: Marks) -> None:
    places = set(marks.places.values())
    assert records_with_private(Dossier) == {ContactPoint, HistoryEntry, Promise, Document}
    for record in records_with_private(Dossier):
        assert any(place.startswith(f"{record.__name__}.") for place in places)
    for template in templates().values():
        for field in template.fields:
            if field.private and field.type in WITH_TEXT and not field.bind:
                assert any(place.startswith(f"{template.key}.{field.key}") for place in places)


@pytest.mark.parametrize("function", PRINTS, ids=lambda function: function.__name__)
def test_nothing_private_is_on_a_discreet_print(function: Callable[..., Any], marks: Marks) -> None:
    for prepared in PRINTS[function](printing.options()):
        text = f"{told(printing.draw(prepared))} {printing.file_name(prepared)}"
        shown = {mark: place for mark, place in marks.places.items() if mark in text}
        if function is handover_prints.prepare_handover_pack:
            shown = {mark: place for mark, place in shown.items() if not place.startswith(NOTES)}
        assert not shown
        assert not [role for role in ROLES if role in text.lower()]
        if function is not handover_prints.prepare_handover_pack:
            assert not [label for label in _hidden_labels() if label in text]


@pytest.mark.parametrize("function", WHOLE, ids=lambda function: function.__name__)
def test_everything_private_is_there_when_asked_for(
    function: Callable[..., Any], marks: Marks
) -> None:
    *_, prepared = PRINTS[function](printing.options(private=True))
    text = told(printing.draw(prepared))
    assert {mark: place for mark, place in marks.places.items() if mark not in text} == {}
    assert not [role for role in ROLES if role not in text.lower()]
