"""Names of documents: whatever a file is called, every system takes what we make of it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier_app.domain.filenames import (
    LONGEST,
    FileKind,
    disk_name,
    is_program,
    kind_by_beginning,
    likely_kind,
    renamed,
    safe_name,
    same_name,
)

ANY = st.text(st.characters(codec=None), max_size=400)


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("Смета № 12 (новая).xlsx", "Смета № 12 (новая).xlsx"),
        ("..\\..\\start.bat", ".._.._start.bat"),
        ("../../etc/passwd", ".._.._etc_passwd"),
        ("C:\\Users\\offer.pdf", "C__Users_offer.pdf"),
        ("two\nlines\r\n.txt", "two lines .txt"),
        ("tab\there\x00.txt", "tab here .txt"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("CON", "_CON"),
        ("nul.tar.gz", "_nul.tar.gz"),
        ("COM¹.txt", "_COM¹.txt"),
        ("contract.pdf", "contract.pdf"),
        ("  offer .  . ", "offer"),
        (".profile", ".profile"),
        ('a<b>c:d"e|f?g*h', "a_b_c_d_e_f_g_h"),
        ("И\u0306од.txt", "Йод.txt"),
        ("bad\udcff.txt", "bad_.txt"),
        ("", "document"),
        ("...", "document"),
        ("\u200b\n", "document"),
    ],
)
def test_a_name_is_made_safe(given_name: str, kept: str) -> None:
    assert safe_name(given_name) == kept


def test_a_long_name_keeps_its_ending() -> None:
    name = safe_name("Ж" * 300 + ".pdf")
    assert name == "Ж" * (LONGEST - 4) + ".pdf"
    on_disk = disk_name(name)
    assert on_disk.endswith("Ж.pdf")
    assert 238 <= len(on_disk.encode()) <= 240
    assert safe_name("x" * 300) == "x" * LONGEST


@given(ANY)
def test_every_name_fits_every_system(text: str) -> None:
    for name, most in ((safe_name(text), 4 * LONGEST), (disk_name(text), 240)):
        assert name and len(name) <= LONGEST
        assert len(name.encode("utf-8")) <= most
        assert not set(name) & set('<>:"/\\|?*\n\r\t')
        assert not any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") for char in name)
        assert name not in (".", "..")
        assert name == name.strip(" ").rstrip(" .")
        assert unicodedata.is_normalized("NFC", name)
        assert safe_name(name) == name


@pytest.mark.parametrize(
    ("old", "wish", "new"),
    [
        ("offer.pdf", "final", "final.pdf"),
        ("offer.pdf", "final.docx", "final.docx"),
        ("offer.pdf", "no. 7", "no. 7.pdf"),
        ("notes", "letters", "letters"),
        ("offer.pdf", "a/b", "a_b.pdf"),
    ],
)
def test_a_new_name_keeps_the_ending(old: str, wish: str, new: str) -> None:
    assert renamed(old, wish) == new


def test_kinds_come_from_the_content_before_the_name() -> None:
    assert kind_by_beginning(b"%PDF-1.7\n") is FileKind.PDF
    assert kind_by_beginning(b"RIFF\x00\x00\x00\x00WEBPVP8 ") is FileKind.PICTURE
    assert kind_by_beginning(b"<svg xmlns='http://www.w3.org/2000/svg'/>") is None
    assert kind_by_beginning(b"") is None
    assert likely_kind("Scan.JPG") is FileKind.PICTURE
    assert likely_kind("letter.eml") is FileKind.MAIL
    assert likely_kind("estimate.xlsx") is FileKind.OTHER


def test_programs_are_known_by_their_real_ending() -> None:
    assert is_program("offer.pdf.EXE")
    assert is_program("offer.desktop")
    assert not is_program("exe.pdf")
    assert same_name("Offer.PDF", "offer.pdf")
