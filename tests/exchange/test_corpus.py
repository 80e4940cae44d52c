"""Real cards of other programs: each one that a human sees is counted and read."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from dossier_app.domain.errors import Refusal
from dossier_app.domain.records import Dossier
from dossier_app.exchange.vcard_reader import read_vcards

pytestmark = pytest.mark.corpus
Points = Callable[[Dossier, str], list[tuple[str, str]]]

# Looked up by hand in the files: first name read, and its first phone or e-mail.
EXPECTED = {
    "John_Doe_ANDROID.vcf": ("john.doe@company.com", "john.doe@company.com"),
    "John_Doe_BLACK_BERRY.vcf": ("Doe john", "+96123456789"),
    "John_Doe_EVOLUTION.vcf": ("Doe John Richter, James", "905-666-1234"),
    "John_Doe_GMAIL.vcf": ("Doe John Richter, James", "905-555-1234"),
    "John_Doe_IPHONE.vcf": ("Doe John Richter James", "905-555-1234"),
    "John_Doe_LOTUS_NOTES.vcf": ("Doe John Johny", "+1 (212) 204-34456"),
    "John_Doe_MAC_ADDRESS_BOOK.vcf": ("Doe John Richter,James", "905-777-1234"),
    "John_Doe_MS_OUTLOOK.vcf": ("Doe John Richter James", "(905) 555-1234"),
    "fullcontact.vcf": ("LastName FirstName MiddleName", "555-555-1111"),
    "gmail-list.vcf": ("Smith Arnold", "asmithk@gmail.com"),
    "gmail-single.vcf": ("Dartmouth Greg", "555 555 1111"),
    "gmail-single2.vcf": ("Test VCard", "5555551111"),
    "outlook-2003.vcf": ("Doe John", "BusinessPhone"),
    "outlook-2007.vcf": ("Angstadt Michael", "(111) 555-1111"),
    "rfc2426-example.vcf": ("Dawson Frank", "+1-919-676-9515"),
    "rfc6350-example.vcf": ("Perreault Simon", "+1-418-656-9254 ext. 102"),
    "thunderbird-MoreFunctionsForAddressBook-extension.vcf": ("Doe John", "555-555-1111"),
    "AnsiIssue.vcf": ("Rastral Ralf", ""),
    "AnsiIssueInvalidEncoding.vcf": ("Rastral Ralf", ""),
    "AnsiIssueNoEncoding.vcf": ("Rastral Ralf", ""),
    "Cropped_2_1.vcf": ("Mustermann Max Middle Name", ""),
    "LabelIssue.vcf": ("Wimmel Rudi", "0987 /6543"),
    "LabelTest1.vcf": ("Wimmel Rudi", "0987 /6543"),
    "LabelTest2.vcf": ("Wimmel Rudi", "0987 /6543"),
    "LargeFile.vcf": ("Schmitt Kasey", ""),
    "Library_v2.vcf": ("Mustermann Max Anderer", "+49 (0611) 123456 - 11"),
    "MultiAnsiFilterTests__German.vcf": ("Nüßlebaum Sören Täve", ""),
    "MultiAnsiFilterTests__Greek.vcf": ("Παπαθανασίου Ευάγγελος Οδυσσέας", ""),
    "MultiAnsiFilterTests__Hebrew.vcf": ("Kishon Ephraim", ""),
    "MultiAnsiFilterTests__Murks.vcf": ("Nüßlebaum Sören Täve", ""),
    "MultiAnsiFilterTests__Ukrainian.vcf": ("Кличко Віталій Володимирович", ""),
    "MultiAnsiFilterTests__utf-8.vcf": ("Konfuzius", ""),
    "MultiAnsiFilterTests__v3Ansi.vcf": ("Kinzel Folker", "0123-45678"),
    "MultiAnsiFilterTests__v3Utf16Bom.vcf": ("Kinzel Folker", "0123-45678"),
    "Outlook_v2.vcf": ("Mustermann Max Anderer", "+49 (0611) 123456 - 11"),
    "Photo_v3.vcf": ("Musterfrau Emma", "03456-78910"),
    "Utf-8__Greek.vcf": ("Παπαθανασίου Ευάγγελος Οδυσσέας", ""),
    "Utf-8__Hebrew.vcf": ("Kishon Ephraim", ""),
    "Utf-8__Ukrainian.vcf": ("Кличко\u0301 Віталій Володи\u0301мирович", ""),
    "WhatsAppIssue.vcf": ("Perla 45 zzMad", "7yy-zzz-xxx"),
    "v2_1.vcf": ("Mustermann Max Middle Name", "Tel geschäftlich"),
    "v3.vcf": ("Kinzel Folker", "0123-45678"),
    "v4.vcf": ("Möhrke Gerda", "034441/ 2 22 67"),
}
ADDRESSES = {
    "AnsiIssueNoEncoding.vcf": "Lämmerweg 12, Kleindorf, 98765, Deutschland",
    "LabelIssue.vcf": "Business-Straße 19, Schaffhausen, 76543, Deutschland",
    "LabelTest2.vcf": "Business-Straße 19, 76543 Schaffhausen",
    "MultiAnsiFilterTests__German.vcf": "Mößlitz",
    "MultiAnsiFilterTests__Greek.vcf": "Αθήνα",
    "MultiAnsiFilterTests__Ukrainian.vcf": "Київ",
    "John_Doe_GMAIL.vcf": "Crescent moon drive, 555-asd, Nice Area, Albaney, New York 12345, "
    "United States of America",
}


def human_count(path: Path) -> int:
    """Cards that a human sees: beginnings that stand alone on a line."""
    data = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    text = (
        data.decode("utf-16") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else data.decode("latin-1")
    )
    return len(re.findall(r"(?im)^\W?BEGIN:VCARD\s*?$", text.replace("\r", "\n")))


def test_every_card_is_counted_and_read(
    corpus: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    rows = []
    for name, path in corpus.items():
        cards = human_count(path)
        try:
            content = read_vcards(path.read_bytes())
        except Refusal:
            rows.append((name, cards, 0, "no card"))
            assert cards == 0, name
            continue
        refused = {p.record for p in content.problems} - {i.record for i in content.imported}
        rows.append((name, cards, len(content.imported), len(content.problems)))
        assert content.records == cards, name
        assert content.records == len(content.imported) + len(refused - {None}), name
    with capsys.disabled():
        print(f"\n{'file':<56}{'cards':>6}{'read':>6}  problems")
        for name, cards, read, problems in rows:
            print(f"{name:<56}{cards:>6}{read:>6}  {problems}")


@pytest.mark.parametrize("name", EXPECTED)
def test_names_and_numbers(corpus: dict[str, Path], points: Points, name: str) -> None:
    dossier = read_vcards(corpus[name].read_bytes()).imported[0].dossier
    reached = [*points(dossier, "phone"), *points(dossier, "email"), ("", "")]
    assert (dossier.name, reached[0][0]) == EXPECTED[name]


@pytest.mark.parametrize("name", ADDRESSES)
def test_addresses(corpus: dict[str, Path], points: Points, name: str) -> None:
    dossier = read_vcards(corpus[name].read_bytes()).imported[0].dossier
    assert points(dossier, "address")[0][0] == ADDRESSES[name]


def test_quoted_printable_of_real_programs(corpus: dict[str, Path]) -> None:
    android = read_vcards(corpus["John_Doe_ANDROID.vcf"].read_bytes()).imported
    assert android[2].dossier.name == "Ñ Ñ Ñ Ñ"
    assert set(android[5].dossier.company) == {"Ñ"}
    note = read_vcards(corpus["outlook-2003.vcf"].read_bytes()).imported[0].dossier.note
    assert note.startswith("This is the note field!!\nSecond line\n\nThird line is empty")
    cropped = read_vcards(corpus["Cropped_2_1.vcf"].read_bytes())
    assert "ÜÜÜÜÜÜ" in cropped.imported[0].dossier.note
    assert len(cropped.problems) == 1
