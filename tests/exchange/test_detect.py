"""Any file is either read or refused with one sentence."""

from __future__ import annotations

import random

import pytest

from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import using_language
from dossier_app.exchange.detect import read_contacts

CARD = (
    "BEGIN:VCARD\r\nVERSION:2.1\r\nitem1.N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=98=\r\n"
    "=D0=B2;=D0=98\r\nORG:ООО \\;Ромашка;Сбыт\r\nTEL;TYPE=WORK,FAX:8 (926) 123-45-67\r\n"
    'ADR;TYPE="a,b":;;ул. Мира\\, 5;Тверь;;170000;\r\nBDAY;VALUE=date:--0308\r\n'
    "PHOTO;ENCODING=b:AAAA\r\n BBBB\r\nAGENT:\r\nBEGIN:VCARD\r\nFN:Ann\r\nEND:VCARD\r\n"
    "IMPP:skype:ann\r\nX-ANDROID-CUSTOM:a/contact_event;1976-03-08;3\r\nEND:VCARD\r\n"
)
TABLE = (
    'sep=;\r\nФИО;Телефон;"E-mail 1 - Value";Дата рождения;Address 1 - City;x\r\n'
    '"Иванов ""И""";8 926 1234567, 123;a@example.ru;0.0.00;Тверь;"раз\r\nдва"\r\n'
)


@pytest.mark.parametrize("seed", [CARD, TABLE])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1251", "utf-16"])
def test_mutations_are_read_or_refused(seed: str, encoding: str) -> None:
    chance = random.Random(f"{seed[:5]}{encoding}")
    pieces = [
        b"\0",
        b"\xff",
        b"=",
        b'"',
        b"\\",
        b"\r",
        b"\n ",
        b";",
        b":",
        b"=\r\n",
        b"BEGIN:VCARD\n",
    ]
    for _ in range(100):
        data = bytearray(seed.encode(encoding))
        for _ in range(chance.randint(1, 8)):
            place = chance.randrange(len(data) + 1)
            match chance.randrange(4):
                case 0:
                    data[place : place + chance.randint(1, 9)] = b""
                case 1:
                    data[place:place] = chance.choice(pieces) * chance.randint(1, 3)
                case 2:
                    data[place : place + 1] = bytes([chance.randrange(256)])
                case 3:
                    data = data[: max(place, 1)] + data[place // 2 :]
        try:
            content = read_contacts(chance.choice(["a.csv", "a.vcf", "a"]), bytes(data))
        except Refusal:
            continue
        good = {item.record for item in content.imported}
        bad = {problem.record for problem in content.problems} - good - {None}
        assert content.records == len(good) + len(bad)


def test_content_decides_before_the_name() -> None:
    assert read_contacts("cards.csv", CARD.encode()).format == "vcard"
    assert read_contacts("table.doc", TABLE.encode("cp1251")).format == "csv"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("book.xlsx", b"PK\x03\x04" + bytes(range(256)) * 9),
        ("letter.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)),
        ("letter.eml", b"From: a@example.com\nTo: b@example.com\nSubject: x\n\nHello\n"),
        ("empty.csv", b""),
        ("photo.jpg", bytes(range(256)) * 9),
    ],
)
def test_other_files_are_refused_by_what_can_be_imported(name: str, data: bytes) -> None:
    with using_language("en"), pytest.raises(Refusal, match=r"\.vcf.*\.csv"):
        read_contacts(name, data)


def test_a_text_without_contacts_is_refused() -> None:
    with using_language("en"), pytest.raises(Refusal, match="no column"):
        read_contacts("diary.txt", b"dear diary\ntoday it rained\n")
