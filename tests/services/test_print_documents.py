"""Which documents can be printed behind a dossier, and what comes of them."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

from dossier_app.assets import asset
from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import set_catalogues
from dossier_app.domain.records import Dossier
from dossier_app.printing.appending import MOST_BYTES
from dossier_app.services import print_documents, printing, settings
from dossier_app.services.documents import add_files, remove, set_private
from dossier_app.services.dossiers import create_dossier, load_dossier
from dossier_app.services.session import Session
from dossier_app.storage.connection import database

UID = "client-with-documents"
Names = Callable[..., Dossier]


@pytest.fixture
def client(binder_open: Session, tmp_path: Path) -> Names:
    """Keeps files in the dossier of one client; a name comes again as a new version."""
    create_dossier(Dossier(uid=UID, company="Ромашка"))

    def keep(**contents: bytes) -> Dossier:
        for name, data in contents.items():
            path = tmp_path / name.replace("_", ".")
            path.write_bytes(data)
            add_files(UID, [path])
        return load_dossier(UID)

    return keep


def pdf(word: str) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.drawString(100, 700, word)
    canvas.save()
    return buffer.getvalue()


def keys(dossier: Dossier) -> dict[str, str]:
    return {item.newest.name: item.key for item in print_documents.printable(dossier)}


def text_of(documents: object, *, private: bool = False, language: str = "en") -> str:
    chosen = printing.options(private=private)
    prepared = print_documents.read_dossier(UID, set(documents), chosen, language).at_once()  # type: ignore[call-overload]
    reader = PdfReader(io.BytesIO(printing.draw(prepared).data))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_pdf_files_and_pictures_are_offered_by_their_newest_version(client: Names) -> None:
    dossier = client(offer_pdf=pdf("first"), letter_docx=b"PK", note_txt=b"text", scan_TIF=b"II*\0")
    client(photo_jpg=b"\xff\xd8\xff")
    dossier = client(offer_pdf=pdf("second"))
    assert list(keys(dossier)) == ["offer.pdf", "photo.jpg", "scan.TIF"]
    text = text_of(keys(dossier).values())
    assert "second" in text
    assert "first" not in text.replace("the first of", "")


def test_only_what_is_chosen_comes_behind(client: Names) -> None:
    dossier = client(one_pdf=pdf("Alpha"), two_pdf=pdf("Beta"))
    text = text_of([keys(dossier)["two.pdf"]])
    assert "Beta" in text
    assert "Alpha" not in text
    assert "Alpha" not in text_of([])


def test_private_documents_stay_off_discreet_pages(client: Names) -> None:
    dossier = client(one_pdf=pdf("Alpha"), two_pdf=pdf("Beta"))
    set_private(UID, keys(dossier)["one.pdf"], True)
    dossier = load_dossier(UID)
    discreet = text_of(keys(dossier).values())
    assert "Alpha" not in discreet
    assert "one.pdf" not in discreet
    assert "Beta" in discreet
    private = text_of(keys(dossier).values(), private=True)
    assert "Alpha" in private
    assert private.count("Contains private facts") == 3  # on each page


def test_the_reason_is_told_in_the_language_of_the_paper(client: Names) -> None:
    set_catalogues(asset("resources", "translations"))
    dossier = client(one_pdf=b"no")
    assert "could not be printed" in text_of(keys(dossier).values())
    assert "напечатать не удалось" in text_of(keys(dossier).values(), language="ru")


def test_a_missing_content_is_told(client: Names) -> None:
    dossier = client(one_pdf=pdf("Alpha"), two_pdf=pdf("Beta"))
    [gone] = [item for item in dossier.documents if item.name == "one.pdf"]
    database.execute_sql("UPDATE content SET sha256 = 'gone' WHERE sha256 = ?", (gone.sha256,))
    text = text_of(keys(dossier).values())
    assert "Its contents are missing" in text
    assert "Beta" in text


def test_too_much_is_told(client: Names, monkeypatch: pytest.MonkeyPatch) -> None:
    large = os.urandom(1024) * (MOST_BYTES // 1024 + 1)
    dossier = client(one_pdf=large, two_pdf=pdf("Beta"), three_pdf=pdf("Gamma"))
    text = text_of(keys(dossier).values())
    assert "It has 64.0 MB; documents of more than 64.0 MB are not printed" in text
    assert "Beta" in text
    monkeypatch.setattr(print_documents, "MOST_BYTES_TOGETHER", 2000)
    text = text_of(keys(dossier).values())
    assert "Gamma" in text, "the newest comes first"
    assert "as much as can be printed at once" in text
    assert "Beta" not in text


def test_a_document_that_is_gone_is_left_out(client: Names) -> None:
    dossier = client(one_pdf=pdf("Alpha"))
    chosen = keys(dossier).values()
    remove(UID, dossier.documents[0].uid)
    assert "Alpha" not in text_of(chosen)


def test_documents_are_found_by_name_or_version(client: Names) -> None:
    client(one_pdf=pdf("Alpha"), note_txt=b"text")
    dossier = client(one_pdf=pdf("Beta"))
    key = keys(dossier)["one.pdf"]
    first = dossier.documents[0]
    for wanted in ("ONE.pdf", first.uid, dossier.documents[-1].uid):
        assert print_documents.find_printable(dossier, [wanted], private=False) == {key}
    with pytest.raises(Refusal, match=r"note\.txt is neither"):
        print_documents.find_printable(dossier, ["note.txt"], private=False)
    with pytest.raises(Refusal, match="no document called"):
        print_documents.find_printable(dossier, ["three.pdf"], private=False)
    set_private(UID, key, True)
    with pytest.raises(Refusal, match=r"one\.pdf is private"):
        print_documents.find_printable(load_dossier(UID), ["one.pdf"], private=False)


@pytest.mark.usefixtures("binder_open")
def test_the_choice_is_kept_for_each_dossier() -> None:
    kept = settings.load()
    for number in range(300):
        kept = print_documents.remembering(kept, f"dossier {number}", {"b", "a"})
    kept = print_documents.remembering(kept, "dossier 299", set())
    settings.save(kept)
    kept = settings.load()
    assert print_documents.chosen_before(kept, "dossier 298") == {"a", "b"}
    assert print_documents.chosen_before(kept, "dossier 299") == set()
    assert print_documents.chosen_before(kept, "dossier 5") == set()
    assert len(kept.print_documents) <= 200
