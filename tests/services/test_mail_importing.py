"""Mails in histories: the right dossier, direction and documents, nothing twice, one undo."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from dossier_app.domain.mail import conversations
from dossier_app.domain.records import (
    Channel,
    ContactKind,
    ContactPoint,
    Direction,
    Dossier,
    Person,
)
from dossier_app.services import documents
from dossier_app.services.dossiers import create_dossier, load_dossier, save_dossier
from dossier_app.services.import_report import FileReport, ImportReport
from dossier_app.services.importing import files_below, import_files, read_file
from dossier_app.services.mail_importing import MOST_TEXT, shortened
from dossier_app.services.session import Session
from dossier_app.services.showing import export_json
from dossier_app.services.steps import finish
from dossier_app.services.undoing import journal_lines, redo, undo
from dossier_app.storage import contents, dossiers

ANNA, OLEG, REP = "anna@example.ru", "oleg@example.com", "rep@example.org"
CARD = "BEGIN:VCARD\nVERSION:3.0\nN:Новикова;Вера;;;\nEMAIL:vera@example.ru\nEND:VCARD\n"


def dossier(uid: str, name: str, *emails: str) -> str:
    surname, _, given = name.partition(" ")
    points = [ContactPoint(ContactKind.EMAIL, email) for email in emails]
    person = Person(surname, given, main=True, contact_points=points, uid=f"person-{uid}")
    create_dossier(Dossier(people=[person], uid=uid))
    return uid


@pytest.fixture
def anna(binder_open: Session) -> str:
    return dossier("anna", "Ромашкина Анна", "Anna@Example.RU")


@pytest.fixture
def oleg(binder_open: Session) -> str:
    return dossier("oleg", "Липатов Олег", OLEG)


def letter(
    folder: Path,
    name: str = "a.eml",
    *,
    sender: str = f"Anna <{ANNA}>",
    to: str = REP,
    subject: str = "Offer",
    mid: str = "",
    answers: str = "",
    text: str = "Please call me.",
    attached: dict[str, bytes] | None = None,
    date: str = "Tue, 24 Nov 2026 11:05:30 +0300",
) -> Path:
    lines = [f"From: {sender}", f"To: {to}", f"Subject: {subject}"]
    lines += [f"Date: {date}"] if date else []
    lines += [f"Message-ID: <{mid}>"] if mid else []
    lines += [f"References: <{answers}>"] if answers else []
    lines += ["Content-Type: multipart/mixed; boundary=b", "", "--b"]
    lines += ["Content-Type: text/plain; charset=utf-8", "", text]
    for file, data in (attached or {}).items():
        lines += ["--b", f'Content-Disposition: attachment; filename="{file}"']
        lines += ["Content-Transfer-Encoding: base64", "", base64.b64encode(data).decode()]
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes("\r\n".join([*lines, "--b--", ""]).encode())
    return path


def bring(*paths: Path, into: str = "") -> ImportReport:
    return import_files([read_file(path) for path in files_below(paths)], into=into)[0]


def numbers(line: FileReport) -> tuple[int, int, int, int]:
    assert line.records == line.added + line.joined + line.skipped == len(line.details)
    return line.records, line.added, line.joined, line.skipped


def reasons(line: FileReport) -> list[str]:
    return [problem.reason for problem in line.problems]


def names(uid: str) -> list[str]:
    return [document.name for document in load_dossier(uid).documents]


def test_a_mail_of_a_client(anna: str, tmp_path: Path) -> None:
    path = letter(tmp_path, attached={"план.pdf": b"%PDF-1"})
    report, changes = import_files([read_file(path)])
    assert numbers(report.files[0]) == (1, 0, 1, 0)
    assert (report.files[0].format, reasons(report.files[0])) == ("eml", [])
    detail = report.files[0].details[0]
    assert (detail.name, detail.company) == ("Offer", f"Anna <{ANNA}>")
    assert detail.reason == "Goes into the history of Ромашкина Анна."
    assert report.dossiers == [anna]
    assert changes.uids == {anna}
    found = load_dossier(anna)
    (entry,) = found.history
    assert entry.at.isoformat() == "2026-11-24T11:05:30+03:00"
    assert (entry.channel, entry.direction, entry.reached) == (Channel.EMAIL, Direction.IN, True)
    assert entry.text == "Offer\n\nPlease call me."
    assert entry.person_uid == "person-anna"
    assert names(anna) == ["2026-11-24 Offer.eml", "план.pdf"]
    original, plan = found.documents
    assert b"".join(contents.read(original.sha256)) == path.read_bytes()
    assert b"".join(contents.read(plan.sha256)) == b"%PDF-1"
    assert found.place.kind == "tray"


def test_one_undo_takes_everything_back_and_redo_brings_it(anna: str, tmp_path: Path) -> None:
    before, lines = export_json()[0], len(journal_lines())
    for number in range(3):
        letter(tmp_path / "mails", f"{number}.eml", subject=f"Offer {number}",
               attached={"a.pdf": b"x%d" % number})  # fmt: skip
    bring(tmp_path / "mails")
    assert len(journal_lines()) == lines + 1
    after = export_json()[0]
    undo()
    assert export_json()[0] == before
    redo()
    assert export_json()[0] == after
    finish(documents.tidy())
    assert all(contents.has(document.sha256) for document in load_dossier(anna).documents)
    undo()
    assert numbers(bring(tmp_path / "mails").files[0]) == (1, 0, 1, 0)


def test_the_direction_is_told_by_who_the_client_is(anna: str, oleg: str, tmp_path: Path) -> None:
    bring(letter(tmp_path, sender=REP, to=f"x@example.org, {ANNA}"))
    (entry,) = load_dossier(anna).history
    assert (entry.direction, entry.person_uid) == (Direction.OUT, "person-anna")
    line = bring(letter(tmp_path, subject="Both", sender=ANNA, to=f"{REP}, {OLEG}")).files[0]
    assert reasons(line) == ["Липатов Олег has one of its addresses too."]
    assert [entry.direction for entry in load_dossier(anna).history] == ["in", "out"]
    assert load_dossier(oleg).history == []


def test_the_same_mail_is_imported_once(anna: str, tmp_path: Path) -> None:
    first = letter(tmp_path, mid="one@example.ru")
    other = letter(tmp_path, "copy.eml", mid="one@example.ru", text="Another copy")
    nameless = letter(tmp_path, "nameless.eml", subject="Without a name")
    report = bring(first, other, nameless)
    assert [numbers(line)[2:] for line in report.files] == [(1, 0), (0, 1), (1, 0)]
    assert reasons(report.files[1]) == ["Imported before."]
    before = export_json()[0]
    again = bring(first, other, nameless)
    assert [numbers(line)[3] for line in again.files] == [1, 1, 1]
    assert again.dossiers == []
    assert export_json()[0] == before


def test_a_mail_without_a_dossier_is_told_and_nothing_changes(anna: str, tmp_path: Path) -> None:
    path = letter(tmp_path, sender="Unknown <who@example.net>")
    before, lines = export_json()[0], journal_lines()
    report = bring(path)
    assert numbers(report.files[0]) == (1, 0, 0, 1)
    assert report.files[0].homeless == 1
    assert reasons(report.files[0]) == [
        f"No dossier has one of these addresses: who@example.net, {REP}."
    ]
    assert (export_json()[0], journal_lines()) == (before, lines)
    bring(path, into=anna)
    (entry,) = load_dossier(anna).history
    assert (entry.direction, entry.person_uid) == (Direction.NONE, "")


def test_the_chosen_dossier_wins_over_the_addresses(anna: str, oleg: str, tmp_path: Path) -> None:
    line = bring(letter(tmp_path), into=oleg).files[0]
    assert reasons(line) == ["Ромашкина Анна has one of its addresses too."]
    assert len(load_dossier(oleg).history) == 1


def test_an_answer_follows_its_conversation(anna: str, tmp_path: Path) -> None:
    """The accountant of the client answers from an address that nobody knows."""
    later = letter(tmp_path, "1.eml", sender="acc@example.net", answers="one@example.ru",
                   mid="two@example.net", date="Wed, 25 Nov 2026 09:00:00 +0300")  # fmt: skip
    begin = letter(tmp_path, "2.eml", mid="one@example.ru")
    report = bring(later, begin)
    assert [line.joined for line in report.files] == [1, 1]
    history = load_dossier(anna).history
    assert len(history) == 2
    assert conversations(history) == dict.fromkeys([entry.uid for entry in history], history[1].uid)


def test_a_conversation_is_known_in_whatever_order_its_mails_come(
    anna: str, tmp_path: Path
) -> None:
    """Each names the one before it only, as some programs write; the middle one is late."""
    first = letter(tmp_path, "1.eml", mid="1@example.ru", date="Mon, 23 Nov 2026 09:00:00 +0300")
    middle = letter(tmp_path, "2.eml", mid="2@example.ru", answers="1@example.ru")
    last = letter(tmp_path, "3.eml", mid="3@example.ru", answers="2@example.ru",
                  date="Wed, 25 Nov 2026 09:00:00 +0300")  # fmt: skip
    bring(last)
    bring(first)
    assert conversations(load_dossier(anna).history) == {}
    bring(middle)
    history = load_dossier(anna).history
    assert set(conversations(history).values()) == {history[2].uid}
    undo()
    assert conversations(load_dossier(anna).history) == {}


def test_a_mail_that_came_with_a_handover_is_not_imported_again(
    anna: str, oleg: str, tmp_path: Path
) -> None:
    """The history of a dossier brings its mails along, the binder's own list does not."""
    path = letter(tmp_path, mid="one@example.ru", answers="0@example.ru")
    bring(path)
    given = load_dossier(anna)
    undo()
    assert load_dossier(anna).history == []
    given.documents = []
    save_dossier(given)
    assert numbers(bring(path).files[0]) == (1, 0, 0, 1)
    assert bring(letter(tmp_path, "0.eml", mid="0@example.ru")).files[0].joined == 1
    assert len(load_dossier(anna).history) == 2


def test_an_answer_that_names_nothing_goes_by_its_subject(anna: str, tmp_path: Path) -> None:
    bring(letter(tmp_path, mid="1@x", subject="Смета", date="Mon, 23 Nov 2026 09:00:00 +0300"))
    bring(letter(tmp_path, mid="2@x", subject="Другое", date="Mon, 23 Nov 2026 10:00:00 +0300"))
    bring(letter(tmp_path, mid="3@x", subject="Отв: RE[2]: смета"),
          letter(tmp_path, "next.eml", mid="4@x", subject="Смета"))  # fmt: skip
    history = load_dossier(anna).history
    tied = conversations(history)
    assert [entry.text.split("\n")[0] for entry in history if entry.uid in tied] == [
        "Отв: RE[2]: смета", "Смета",
    ]  # fmt: skip
    assert tied[history[-1].uid] == history[-1].uid


def test_a_client_may_come_with_the_same_folder(binder_open: Session, tmp_path: Path) -> None:
    letter(tmp_path / "all", "a.eml", sender="vera@example.ru")
    (tmp_path / "all" / "b.vcf").write_text(CARD, "utf-8")
    (tmp_path / "all" / "c.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(range(256)) * 9)
    (tmp_path / "all" / "d.msg").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900))
    report = bring(tmp_path / "all")
    assert [line.file for line in report.files] == ["a.eml", "b.vcf", "c.jpg", "d.msg"]
    assert [(line.added, line.joined) for line in report.files] == [(0, 1), (1, 0), (0, 0), (0, 0)]
    assert not report.complete
    (uid,) = dossiers.all_uids()
    assert report.dossiers == [uid]
    assert len(load_dossier(uid).history) == 1
    undo()
    assert dossiers.count() == 0


def test_a_trial_changes_nothing_and_tells_the_same(anna: str, tmp_path: Path) -> None:
    opened = [read_file(letter(tmp_path, attached={"a.pdf": b"x"})),
              read_file(letter(tmp_path, "b.eml", sender="who@example.net"))]  # fmt: skip
    before = export_json()[0]
    trial, changes = import_files(opened, dry_run=True)
    assert not changes
    assert export_json()[0] == before
    assert not contents.has(documents.pasted("x", b"x").sha256)
    assert import_files(opened)[0] == trial


def test_documents_keep_apart_what_is_not_the_same(anna: str, tmp_path: Path) -> None:
    bring(letter(tmp_path, "1.eml", mid="1@x", attached={"a.pdf": b"first"}))
    bring(letter(tmp_path, "2.eml", mid="2@x", attached={"a.pdf": b"first"}))
    assert names(anna) == ["2026-11-24 Offer.eml", "a.pdf", "2026-11-24 Offer (2).eml"]
    bring(letter(tmp_path, "3.eml", mid="3@x", subject="New", attached={"a.pdf": b"second"}))
    found = load_dossier(anna).documents
    assert found[4].name == "a.pdf" and found[4].version_of == found[1].uid
    # Two photos of one mail may have one name.
    body = letter(tmp_path, "4.eml", mid="4@x", subject="Photos", attached={"image.jpg": b"1"})
    photo = body.read_bytes().partition(b"--b\r\nContent-Disp")[1:]
    text = body.read_bytes().removesuffix(b"--b--\r\n")
    body.write_bytes(text + b"".join(photo).replace(b"MQ==", b"Mg=="))
    bring(body)
    assert names(anna)[-3:] == ["2026-11-24 Photos.eml", "image.jpg", "image (2).jpg"]


@pytest.mark.parametrize("subject", ["", "../../etc: a/b?", "x" * 500, "Смета " * 60])
def test_any_subject_makes_a_name_of_a_file(anna: str, tmp_path: Path, subject: str) -> None:
    bring(letter(tmp_path, subject=subject))
    (name,) = names(anna)
    assert name.startswith("2026-11-24 ") and name.endswith(".eml")
    assert "/" not in name and len(name) <= 200


def test_a_mail_without_a_date_is_entered_as_of_now(anna: str, tmp_path: Path) -> None:
    line = bring(letter(tmp_path, date="")).files[0]
    assert reasons(line) == ["The mail has no readable date."]
    assert load_dossier(anna).history[0].at.date().isoformat() == "2026-11-25"


def test_the_mail_is_found_by_its_words(anna: str, tmp_path: Path) -> None:
    from dossier_app.services.searching import find

    bring(letter(tmp_path, text="Нужны мансардные окна"))
    assert [found.uid for found in find("мансардные")] == [anna]


@pytest.mark.parametrize(
    "quoted",
    [
        "On Mon, Anna wrote:\n" + "> old words\n" * 3_000,
        "-----Original Message-----\nFrom: Anna\nSent: Monday\n" + "old words\n" * 3_000,
        "От: Анна\nОтправлено: 24 ноября\nКому: Олег\n" + "old words\n" * 3_000,
    ],
)
def test_a_long_text_loses_what_it_quotes_at_its_end(quoted: str) -> None:
    assert shortened(f"Offer\n\nYes.\n\n{quoted}") == (
        "Offer\n\nYes.\n\nThe rest is in the stored mail."
    )


def test_other_long_texts_are_cut_and_short_ones_whole() -> None:
    whole = "Offer\n\nYes\n\n> old\n> words"
    assert shortened(whole) == whole
    cut = shortened("word " * 10_000)
    assert len(cut) < MOST_TEXT + 50 and cut.endswith("The rest is in the stored mail.")
    answered = "> question\nanswer\n" * 2_000
    assert shortened(answered)[: MOST_TEXT - 10] == answered[: MOST_TEXT - 10]
