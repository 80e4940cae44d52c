"""Importing: nothing twice, nothing lost, every record accounted for, one undo."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier_app.domain.importing import FileContent, Imported, Problem
from dossier_app.domain.place import TRAY
from dossier_app.domain.records import ContactKind, ContactPoint, Dossier, Person
from dossier_app.services.dossiers import NewDossier, add_dossier, load_dossier
from dossier_app.services.import_planning import OpenedFile
from dossier_app.services.import_report import FileReport, ImportReport
from dossier_app.services.importing import (
    files_below,
    import_files,
    read_file,
)
from dossier_app.services.session import Session
from dossier_app.services.showing import export_json
from dossier_app.services.undoing import journal_lines, undo
from dossier_app.storage import dossiers

CARDS = """BEGIN:VCARD
VERSION:3.0
UID:one
N:Ромашкина;Анна;Сергеевна;;
ORG:ООО «Ромашка»
TEL;TYPE=WORK:8 (495) 000-00-01
NOTE:Обед в час
END:VCARD
BEGIN:VCARD
VERSION:3.0
N:Липатов;Олег;;;
EMAIL:oleg@example.ru
END:VCARD
"""


def record(name: str, *values: str, **more: str) -> Dossier:
    """A client as a file tells of it; values with @ are e-mails."""
    surname, _, given = name.partition(" ")
    points = [
        ContactPoint(ContactKind.EMAIL if "@" in value else ContactKind.PHONE, value)
        for value in values
    ]
    person = Person(surname, given, main=True, contact_points=points)
    return Dossier(people=[person], **more)  # type: ignore[arg-type]


def opened(*records: Dossier, ids: tuple[str, ...] = (), refused: int = 0) -> OpenedFile:
    imported = [
        Imported(number, dossier, ids[number - 1] if ids else "")
        for number, dossier in enumerate(records, 1)
    ]
    problems = [Problem(len(records) + n, "not a card") for n in range(1, refused + 1)]
    content = FileContent("vcard", len(records) + refused, imported, problems)
    return OpenedFile("cards.vcf", content)


def bring(*files: OpenedFile) -> ImportReport:
    return import_files(files)[0]


def numbers(line: FileReport) -> tuple[int, int, int, int]:
    assert line.records == line.added + line.joined + line.skipped
    return line.records, line.added, line.joined, line.skipped


def names() -> list[str]:
    return [load_dossier(uid).name for uid in dossiers.all_uids()]


@pytest.fixture
def cards(tmp_path: Path) -> Path:
    path = tmp_path / "cards.vcf"
    path.write_text(CARDS, "utf-8")
    return path


def test_a_file_of_cards(binder_open: Session, cards: Path) -> None:
    report, changes = import_files([read_file(cards)])
    assert numbers(report.files[0]) == (2, 2, 0, 0)
    assert report.complete
    assert changes.uids == set(report.dossiers) == set(dossiers.all_uids())
    anna = load_dossier(report.dossiers[0])
    assert (anna.name, anna.company) == ("Ромашкина Анна Сергеевна", "ООО «Ромашка»")
    assert anna.note == "Обед в час"
    assert anna.place == TRAY
    assert str(anna.created_on) == "2026-11-25"
    undo()
    assert dossiers.count() == 0


def test_the_same_file_again_adds_nothing(binder_open: Session, cards: Path) -> None:
    bring(read_file(cards))
    before, lines = export_json()[0], journal_lines()
    again = bring(read_file(cards), read_file(cards))
    assert [numbers(line) for line in again.files] == [(2, 0, 0, 2)] * 2
    assert {problem.reason for problem in again.files[0].problems} == {"Imported before."}
    assert again.dossiers == []
    assert (export_json()[0], journal_lines()) == (before, lines)


def test_after_undo_it_can_be_imported_again(binder_open: Session, cards: Path) -> None:
    bring(read_file(cards))
    undo()
    assert numbers(bring(read_file(cards)).files[0]) == (2, 2, 0, 0)


def test_a_trial_changes_nothing_and_tells_the_same(binder_open: Session) -> None:
    add_dossier(NewDossier(name="Ромашкина Анна", phones=["+7 495 000-00-01"]))
    file = opened(
        record("Ромашкина Анна", "8 495 000-00-01", note="Обед в час"),
        record("Липатов Олег", "oleg@example.ru"),
        record("Липатов Олег", "oleg@example.ru", "+7 495 000-00-02"),
        record("Липатов Олег", "oleg@example.ru"),
        refused=2,
    )
    before, lines = export_json()[0], journal_lines()
    trial, changes = import_files([file], dry_run=True)
    assert not changes
    assert (export_json()[0], journal_lines()) == (before, lines)
    assert import_files([file], dry_run=True)[0] == trial
    assert bring(file) == trial
    assert numbers(trial.files[0]) == (6, 1, 2, 3)
    assert names() == ["Ромашкина Анна", "Липатов Олег"]


def test_a_bad_record_does_not_cost_the_good(binder_open: Session, tmp_path: Path) -> None:
    path = tmp_path / "cards.vcf"
    broken = "BEGIN:VCARD\nVERSION:3.0\nN:;;;;\nEND:VCARD\n"
    path.write_text(broken + CARDS + "BEGIN:VCARD\nTEL:5", "utf-8")
    line = bring(read_file(path)).files[0]
    assert numbers(line)[1] >= 2
    assert {"Ромашкина Анна Сергеевна", "Липатов Олег"} <= set(names())
    assert line.problems


def test_a_file_that_cannot_be_read_does_not_cost_the_others(
    binder_open: Session, cards: Path, tmp_path: Path
) -> None:
    picture = tmp_path / "photo.jpg"
    picture.write_bytes(b"\xff\xd8\xff\xe0" + bytes(range(256)) * 9)
    report = bring(read_file(picture), read_file(tmp_path / "gone.vcf"), read_file(cards))
    assert [numbers(line) for line in report.files] == [(0, 0, 0, 0)] * 2 + [(2, 2, 0, 0)]
    assert not report.complete
    for line in report.files[:2]:
        assert [problem.record for problem in line.problems] == [None]


def test_namesakes_are_both_kept_and_told(binder_open: Session) -> None:
    line = bring(
        opened(record("Иванов Иван", "+7 495 000-00-01"), record("Иванов Иван", "+7 495 000-00-02"))
    ).files[0]
    assert numbers(line) == (2, 2, 0, 0)
    assert [(p.record, p.reason) for p in line.problems] == [
        (2, "Added; there is a namesake: Иванов Иван.")
    ]
    later = bring(opened(record("ИВАНОВ ИВАН", "+7 495 000-00-03"))).files[0]
    assert numbers(later) == (1, 1, 0, 0)
    assert "namesake" in later.problems[0].reason


def test_one_phone_of_two_people_is_told_and_not_joined(binder_open: Session) -> None:
    line = bring(
        opened(record("Иванов Иван", "8 495 000-00-01"), record("Липатов Олег", "+74950000001"))
    ).files[0]
    assert numbers(line) == (2, 2, 0, 0)
    assert "in common with Иванов Иван" in line.problems[0].reason


def test_one_phone_and_a_name_that_agrees_is_joined(binder_open: Session) -> None:
    bring(opened(record("Ромашкина Анна", "8 (495) 000-00-01", note="Обед в час")))
    more = record("Анна Ромашкина", "+7 495 000 00 01", "anna@example.ru", note="Любит чай")
    more.company = "ООО «Ромашка»"
    report = bring(opened(more))
    assert numbers(report.files[0]) == (1, 0, 1, 0)
    (uid,) = report.dossiers
    anna = load_dossier(uid)
    assert (anna.company, anna.note) == ("ООО «Ромашка»", "Обед в час\nЛюбит чай")
    points = [point.value for point in anna.people[0].contact_points]
    assert points == ["8 (495) 000-00-01", "anna@example.ru"]
    undo()
    assert load_dossier(uid).note == "Обед в час"


def test_three_records_of_one_client_in_a_chain(binder_open: Session) -> None:
    """What the second brings is known when the third comes."""
    line = bring(
        opened(
            record("Ромашкина Анна", "8 495 000-00-01"),
            record("Ромашкина Анна", "8 495 000-00-01", "anna@example.ru"),
            record("Ромашкина Анна", "anna@example.ru", note="Любит чай"),
        )
    ).files[0]
    assert numbers(line) == (3, 1, 2, 0)
    assert names() == ["Ромашкина Анна"]


def test_a_changed_card_is_known_by_its_own_lasting_name(binder_open: Session) -> None:
    bring(opened(record("Ромашкина Анна", "8 495 000-00-01"), ids=("id-1",)))
    line = bring(opened(record("Ромашкина Анна", "8 495 000-00-09"), ids=("id-1",))).files[0]
    assert numbers(line) == (1, 0, 1, 0)
    (uid,) = dossiers.all_uids()
    assert len(load_dossier(uid).people[0].contact_points) == 2


def test_one_lasting_name_for_two_people_of_a_file_joins_nobody(binder_open: Session) -> None:
    """Some programs give every card the same."""
    line = bring(
        opened(record("Ромашкина Анна"), record("Липатов Олег"), ids=("id-1", "id-1"))
    ).files[0]
    assert numbers(line) == (2, 2, 0, 0)
    assert names() == ["Ромашкина Анна", "Липатов Олег"]


def test_folders_are_read_in_order(tmp_path: Path) -> None:
    for name in ("b.vcf", "a.vcf", "deep/c.vcf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(CARDS)
    found = files_below([tmp_path, tmp_path / "a.vcf"])
    assert [path.name for path in found] == ["a.vcf", "b.vcf", "c.vcf", "a.vcf"]


NAMES = st.sampled_from(["Ромашкина Анна", "Анна Ромашкина", "Липатов Олег", "Иванов", ""])
VALUES = st.lists(
    st.sampled_from(["8 495 000-00-01", "+7 495 000-00-01", "8 495 000-00-02", "a@example.ru"]),
    max_size=3,
)
RECORDS = st.lists(
    st.tuples(NAMES, VALUES, st.sampled_from(["", "Обед в час", "Любит чай"])), max_size=6
)


@settings(max_examples=40)
@given(
    RECORDS, st.lists(st.sampled_from(["id-1", "id-2", ""]), min_size=6, max_size=6), st.booleans()
)
def test_the_figures_add_up_and_no_value_is_lost(
    binder_open: Session, rows: list[tuple[str, list[str], str]], ids: list[str], twice: bool
) -> None:
    made = [record(name, *values, note=note) for name, values, note in rows]
    files = [opened(*made, ids=tuple(ids))]
    if twice:
        files.append(opened(*copy.deepcopy(made), ids=tuple(ids)))
    trial, _ = import_files(files, dry_run=True)
    report = bring(*files)
    assert report == trial
    for line in report.files:
        numbers(line)
    whole = export_json()[0].decode()
    for name, values, note in rows:
        assert all(word.casefold() in whole.casefold() for word in name.split())
        assert note in whole
        for value in values:
            assert value in whole or "000-00-01" in whole
    assert not bring(*files).dossiers
    if report.dossiers:
        undo()
    assert dossiers.count() == 0


def test_many_records_join_many_dossiers_as_one_action(binder_open: Session) -> None:
    phones = [f"+7 495 000-{number:04}" for number in range(45)]
    bring(opened(*(record("Ромашкина Анна", phone) for phone in phones)))
    before = export_json()[0]
    report = bring(opened(*(record("Ромашкина Анна", phone, f"a{phone[-4:]}@example.ru")
                            for phone in phones)))  # fmt: skip
    assert numbers(report.files[0]) == (45, 0, 45, 0)
    for uid, phone in zip(dossiers.all_uids(), phones, strict=True):
        values = [point.value for point in load_dossier(uid).people[0].contact_points]
        assert values == [phone, f"a{phone[-4:]}@example.ru"]
    undo()
    assert export_json()[0] == before


def test_half_a_character_makes_no_difference_to_what_is_known(binder_open: Session) -> None:
    """Such a text cannot be stored, but it must not stop the look at a file either."""
    same = [opened(record("Ромашкина Анна", note="\ud83d")).marks[0].content for _ in range(2)]
    other = opened(record("Ромашкина Анна", note="\ud83e")).marks[0].content
    assert same[0] == same[1] != other
