"""Documents: real files in, the same bytes out, versions, undo, copies that go again."""

from __future__ import annotations

import hashlib
import os
import stat
import threading
from datetime import date
from pathlib import Path

import pytest

from dossier_app.domain import clock
from dossier_app.domain.documents import with_versions
from dossier_app.domain.errors import Refusal
from dossier_app.domain.filenames import FileKind
from dossier_app.domain.records import Document, Dossier
from dossier_app.services import documents
from dossier_app.services.document_previews import MOST_TEXT, preview_of
from dossier_app.services.documents import (
    add_files,
    attach,
    look_at,
    pasted,
    remove,
    remove_version,
    rename,
    save_as,
    set_private,
    store,
    tidy,
)
from dossier_app.services.dossiers import create_dossier, load_dossier
from dossier_app.services.session import Session
from dossier_app.services.showing import dossier_data
from dossier_app.services.steps import finish
from dossier_app.services.temporary import TemporaryCopies
from dossier_app.services.undoing import redo, title_of, undo
from dossier_app.storage import contents
from dossier_app.storage.connection import database
from dossier_app.storage.folder import DataFolder

UID = "volna"
MB = 1024 * 1024


@pytest.fixture(autouse=True)
def dossier(binder_open: Session) -> None:
    create_dossier(Dossier(uid=UID, company="OOO Volna"))


@pytest.fixture
def copies(folder: DataFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TemporaryCopies:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    return TemporaryCopies(folder)


def a_file(tmp_path: Path, name: str, data: bytes = b"offer") -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def kept() -> list[Document]:
    return load_dossier(UID).documents


def content_of(document: Document) -> bytes:
    return b"".join(contents.read(document.sha256))


def stored() -> int:
    return int(database.execute_sql("SELECT count(*) FROM content").fetchone()[0])


def test_a_file_is_kept_as_it_is(tmp_path: Path) -> None:
    path = a_file(tmp_path, "Смета № 12.xlsx", bytes(range(256)) * 9000)
    changes, attached = add_files(UID, [path])
    assert changes.uids == {UID}
    assert attached.new == ["Смета № 12.xlsx"]
    (document,) = kept()
    assert (document.name, document.size) == (path.name, 256 * 9000)
    assert document.added_on == date(2026, 11, 25)
    assert document.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    path.unlink()
    target = tmp_path / "out.xlsx"
    finish(save_as(document, target))
    assert target.read_bytes() == bytes(range(256)) * 9000
    assert dossier_data(load_dossier(UID))["documents"][0]["sha256"] == document.sha256


def test_an_empty_file_is_a_document_too(tmp_path: Path) -> None:
    add_files(UID, [a_file(tmp_path, "empty.txt", b"")])
    (document,) = kept()
    assert document.size == 0
    finish(save_as(document, tmp_path / "out"))
    assert (tmp_path / "out").read_bytes() == b""
    assert preview_of(document).text == ""


def test_undo_and_redo_bring_it_out_and_back(tmp_path: Path) -> None:
    add_files(UID, [a_file(tmp_path, "a.txt"), a_file(tmp_path, "b.txt", b"other")])
    before = kept()
    changes = undo()
    assert changes is not None and title_of(changes.action) == "Document"
    assert kept() == []
    finish(tidy())
    redo()
    assert kept() == before
    assert [content_of(item) for item in before] == [b"offer", b"other"]


@pytest.mark.skipif(os.name != "posix", reason="such names are for other systems")
@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("..\\..\\start.txt", ".._.._start.txt"),
        ("two\nlines.txt", "two lines.txt"),
        ("n" * 251 + ".txt", "n" * 196 + ".txt"),
        ("CON.txt", "_CON.txt"),
        (os.fsdecode(b"\xff.txt"), "_.txt"),
    ],
)
def test_names_are_made_safe(tmp_path: Path, name: str, safe: str) -> None:
    add_files(UID, [a_file(tmp_path, name)])
    assert [item.name for item in kept()] == [safe]


def test_a_name_of_300_characters_from_a_mail() -> None:
    attach(UID, [finish(store(pasted("Ж" * 300 + ".pdf", b"x")))])
    (document,) = kept()
    assert len(document.name) == 200
    assert document.name.endswith("Ж.pdf")


def test_the_same_file_twice_changes_nothing(tmp_path: Path) -> None:
    path = a_file(tmp_path, "a.txt")
    add_files(UID, [path])
    changes, attached = add_files(UID, [path])
    assert not changes
    assert attached.known == ["a.txt"]
    assert len(kept()) == 1


def test_the_same_content_is_stored_once(tmp_path: Path) -> None:
    create_dossier(Dossier(uid="other", company="OOO Lad"))
    add_files(UID, [a_file(tmp_path, "a.txt"), a_file(tmp_path, "b.txt")])
    add_files("other", [a_file(tmp_path, "c.txt")])
    assert len(kept()) == 2
    assert stored() == 1


def test_the_same_name_is_a_new_version(tmp_path: Path) -> None:
    path = a_file(tmp_path, "offer.txt", b"first")
    add_files(UID, [path, a_file(tmp_path, "plan.txt", b"plan")])
    set_private(UID, kept()[0].uid, True)
    (tmp_path / "Offer.TXT").write_bytes(b"second")
    _, attached = add_files(UID, [tmp_path / "Offer.TXT"])
    assert attached.versions == ["offer.txt"]
    path.write_bytes(b"first")
    add_files(UID, [path])  # back to the first edition: a third version
    offer, plan = with_versions(kept())
    assert [content_of(item) for item in offer.all] == [b"first", b"second", b"first"]
    assert {item.name for item in offer.all} == {"offer.txt"}
    assert all(item.private for item in offer.all)
    assert [offer.number(item) for item in offer.all] == [1, 2, 3]
    assert [item.name for item in plan.all] == ["plan.txt"]

    remove_version(UID, offer.all[0].uid)
    offer, _ = with_versions(kept())
    assert [content_of(item) for item in offer.all] == [b"second", b"first"]
    rename(UID, offer.newest.uid, "final")
    assert {item.name for item in kept()} == {"final.txt", "plan.txt"}
    with pytest.raises(Refusal, match=r"called final.txt already"):
        rename(UID, plan.newest.uid, "FINAL")
    remove(UID, offer.all[0].uid)
    assert [item.name for item in kept()] == ["plan.txt"]
    undo()
    assert len(kept()) == 3
    with pytest.raises(Refusal, match="no longer"):
        remove(UID, "gone")


def test_what_cannot_be_kept_is_refused_in_one_sentence(tmp_path: Path) -> None:
    for path, words in (
        (tmp_path, "is a folder"),
        (tmp_path / "missing.txt", "missing.txt cannot be read"),
        (Path(os.devnull), "no file that can be kept"),
    ):
        with pytest.raises(Refusal, match=words) as refused:
            add_files(UID, [path])
        assert "\n" not in str(refused.value)
    assert kept() == []


def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    with path.open("wb") as file:
        file.truncate(documents.MOST_BYTES + 1)
    with pytest.raises(Refusal, match=r"film.mp4 has 500.0 MB; a document may have 500.0 MB"):
        look_at(path)


@pytest.mark.parametrize("change", ["longer", "shorter", "other", "replaced", "gone"])
def test_a_file_that_changes_is_refused(tmp_path: Path, change: str) -> None:
    path = a_file(tmp_path, "plan.txt", b"a" * (3 * MB))
    seen = look_at(path)
    storing = store(seen)
    next(storing)
    match change:
        case "longer":
            path.write_bytes(b"a" * (4 * MB))
        case "shorter":
            path.write_bytes(b"a" * MB)
        case "other":
            path.write_bytes(b"b" * (3 * MB))
            os.utime(path, ns=(seen.state[1], seen.state[1]))
        case "replaced":
            a_file(tmp_path, "new", b"a" * (3 * MB)).replace(path)
        case "gone" if os.name == "posix":
            path.unlink()
    with pytest.raises(Refusal, match=r"plan.txt (changed|cannot be read)"):
        finish(storing)
    assert stored() == 0


def test_a_file_that_grows_while_it_is_first_read_is_refused(tmp_path: Path) -> None:
    path = a_file(tmp_path, "log.txt", b"a" * (3 * MB))

    def grow(done: int, _size: int) -> None:
        if done == MB:
            with path.open("ab") as file:
                file.write(b"more")

    with pytest.raises(Refusal, match=r"log.txt changed"):
        look_at(path, grow)


def test_what_went_between_storing_and_attaching_is_told(tmp_path: Path) -> None:
    stored_file = finish(store(look_at(a_file(tmp_path, "a.txt"))))
    finish(tidy())
    with pytest.raises(Refusal, match=r"a.txt is no longer there"):
        attach(UID, [stored_file])


def test_200_megabytes_come_in_and_go_out(tmp_path: Path) -> None:
    path = tmp_path / "plans.zip"
    with path.open("wb") as file:
        file.truncate(200 * MB)
        file.write(b"the end")
    seen = look_at(path)
    longest = max(_kept_alive(store(seen)))
    assert longest < 24 * MB
    attach(UID, [seen])
    (document,) = kept()
    assert document.size == path.stat().st_size
    finish(save_as(document, tmp_path / "out.zip"))
    with (tmp_path / "out.zip").open("rb") as file:
        assert hashlib.file_digest(file, "sha256").hexdigest() == document.sha256


def _kept_alive(steps):
    """How much Python holds after each step, in bytes."""
    import tracemalloc

    tracemalloc.start()
    try:
        for _ in steps:
            yield tracemalloc.get_traced_memory()[1]
            tracemalloc.reset_peak()
    finally:
        tracemalloc.stop()


def test_saving_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    add_files(UID, [a_file(tmp_path, "a.txt")])
    (document,) = kept()
    target = a_file(tmp_path, "old.txt", b"old")
    with pytest.raises(Refusal, match=r"out.txt cannot be written"):
        finish(save_as(document, tmp_path / "missing" / "out.txt"))
    database.execute_sql("DELETE FROM content")
    with pytest.raises(Refusal, match="missing"):
        finish(save_as(document, target))
    assert target.read_bytes() == b"old"
    assert sorted(item.name for item in tmp_path.iterdir()) == ["a.txt", "data", "old.txt"]


def test_a_copy_is_private_and_goes_again(copies: TemporaryCopies, tmp_path: Path) -> None:
    add_files(UID, [a_file(tmp_path, "Письмо.txt", b"a letter")])
    (document,) = kept()
    path, again = finish(copies.copy(document)), finish(copies.copy(document))
    assert path.name == "Письмо.txt"
    assert path != again
    assert path.read_bytes() == b"a letter"
    assert stat.S_IMODE(path.stat().st_mode) == 0o400
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    copies.remove_all()
    assert list((tmp_path / "tmp").iterdir()) == []


def test_copies_of_a_crash_go_at_the_next_start_and_others_stay(
    copies: TemporaryCopies, folder: DataFolder, tmp_path: Path
) -> None:
    add_files(UID, [a_file(tmp_path, "a.txt")])
    path = finish(copies.copy(kept()[0]))
    other = finish(TemporaryCopies(DataFolder(tmp_path / "other")).copy(kept()[0]))
    trap = path.parent.with_name(path.parent.name[:-8] + "trap")
    trap.symlink_to(tmp_path / "data", target_is_directory=True)
    TemporaryCopies(folder).remove_all()
    assert not path.exists()
    assert other.exists()
    assert (tmp_path / "data" / "binder.db").exists()


def test_a_program_is_not_opened(copies: TemporaryCopies) -> None:
    attach(UID, [finish(store(pasted("offer.pdf.exe", b"MZ")))])
    with pytest.raises(Refusal, match="is a program"):
        finish(copies.copy(kept()[0]))


@pytest.mark.parametrize(
    ("name", "data", "kind", "text"),
    [
        ("a.bin", b"%PDF-1.4 ...", FileKind.PDF, ""),
        ("a.txt", b"\x89PNG\r\n\x1a\n...", FileKind.PICTURE, ""),
        ("a.txt", "Привет, это письмо".encode("cp1251"), FileKind.TEXT, "Привет, это письмо"),
        ("a.html", b"<img src='http://example.com/x.png'>", FileKind.TEXT,
         "<img src='http://example.com/x.png'>"),
        ("a.svg", b"<svg><image href='file:///etc/passwd'/></svg>", FileKind.TEXT,
         "<svg><image href='file:///etc/passwd'/></svg>"),
        ("a.txt", b"a\r\nb\rc", FileKind.TEXT, "a\nb\nc"),
        ("a.docx", b"PK\x03\x04\x14\x00\x06\x00\x08\x00" * 20, FileKind.OTHER, ""),
    ],
)  # fmt: skip
def test_what_can_be_shown(name: str, data: bytes, kind: FileKind, text: str) -> None:
    attach(UID, [finish(store(pasted(name, data)))])
    shown = preview_of(kept()[0])
    assert (shown.kind, shown.text) == (kind, text)
    assert shown.data == (data if kind in (FileKind.PDF, FileKind.PICTURE) else b"")


def test_a_mail_is_shown_as_it_is_read() -> None:
    data = (
        "From: =?utf-8?B?0JjQstCw0L0=?= <ivan@example.com>\r\nTo: office@example.com\r\n"
        "Date: Wed, 25 Nov 2026 12:00:00 +0000\r\nSubject: Offer\r\nMIME-Version: 1.0\r\n"
        "Content-Type: text/plain; charset=koi8-r\r\n\r\nДобрый день\r\n"
    ).encode("koi8-r")
    attach(UID, [finish(store(pasted("letter.eml", data)))])
    shown = preview_of(kept()[0])
    assert shown.kind is FileKind.MAIL
    head = "Sender: Иван <ivan@example.com>\nRecipient: office@example.com\nDate: "
    assert shown.text.startswith(head)
    assert shown.text.endswith("Subject: Offer\n\nДобрый день")


def test_a_long_text_is_shown_from_its_beginning() -> None:
    attach(UID, [finish(store(pasted("long.txt", "строка\n".encode() * 200_000)))])
    shown = preview_of(kept()[0])
    assert shown.cut
    assert shown.text.startswith("строка\nстрока\n")
    assert len(shown.text) == MOST_TEXT


def test_files_can_be_looked_at_in_another_thread(tmp_path: Path) -> None:
    path, seen = a_file(tmp_path, "a.txt"), []
    worker = threading.Thread(target=lambda: seen.append(look_at(path)))
    worker.start()
    worker.join()
    attach(UID, [finish(store(seen[0]))])
    assert len(kept()) == 1
    assert clock.today() == date(2026, 11, 25)
