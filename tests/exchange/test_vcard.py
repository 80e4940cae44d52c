"""What vCards of every version say arrives in the right field, or in the note."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from dossier_app.domain.errors import Refusal
from dossier_app.domain.importing import FileContent
from dossier_app.domain.language import using_language
from dossier_app.domain.records import Dossier
from dossier_app.exchange.vcard_reader import read_vcards

Points = Callable[[Dossier, str], list[tuple[str, str]]]
Birth = Callable[[Dossier], str]


def read(*lines: str, encoding: str = "utf-8") -> FileContent:
    with using_language("en"):
        return read_vcards("\r\n".join(("BEGIN:VCARD", *lines, "END:VCARD", "")).encode(encoding))


def one(*lines: str, encoding: str = "utf-8") -> Dossier:
    content = read(*lines, encoding=encoding)
    assert content.records == len(content.imported) == 1
    return content.imported[0].dossier


def named(dossier: Dossier) -> tuple[str, str, str]:
    person = dossier.main_person
    assert person is not None and person.main
    return person.surname, person.given, person.patronymic


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (["N:Петров;Иван;Ильич;;", "FN:Петров Иван Ильич"], ("Петров", "Иван", "Ильич")),
        (["N:Петров;Иван Ильич;;;"], ("Петров", "Иван", "Ильич")),
        (["N:;Петров Иван Ильич;;;"], ("Петров", "Иван", "Ильич")),
        (["N:Иван Петров;;;;"], ("Петров", "Иван", "")),
        (["FN:Иван Ильич Петров"], ("Петров", "Иван", "Ильич")),
        (["NICKNAME:Ваня"], ("", "Ваня", "")),
        (["N:O\\;Neil;Ann,Mary;;;"], ("O;Neil", "Ann Mary", "")),
    ],
)
def test_names(lines: list[str], name: tuple[str, str, str]) -> None:
    assert named(one(*lines)) == name


@pytest.mark.parametrize(
    "lines",
    [
        ["ORG:ООО «Ромашка»"],
        ["FN:ООО «Ромашка»"],
        ["N:;;;;", "FN:ООО «Ромашка»", "ORG:ООО «Ромашка»", "X-ABShowAs:COMPANY"],
        ["KIND:org", "FN:ООО «Ромашка»"],
        ["N:«Ромашка»;ООО;;;", "FN:ООО «Ромашка»", "ORG:ООО «Ромашка»"],
    ],
)
def test_a_company_has_no_person(lines: list[str], points: Points) -> None:
    dossier = one(*lines, "TEL:1234567", "BDAY:1999-05-01", "TITLE:Касса")
    assert dossier.company == "ООО «Ромашка»"
    assert dossier.people == []
    assert points(dossier, "phone") == [("1234567", "")]
    assert dossier.note == "Date of birth: 1999-05-01\nPosition: Касса"


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("BDAY:1976-03-08", "1976-03-08"),
        ("BDAY:19760308", "1976-03-08"),
        ("BDAY:1976-03-08T00:00:00Z", "1976-03-08"),
        ("BDAY:--0308", "03-08"),
        ("BDAY:--03-08", "03-08"),
        ("BDAY:1976-03", "1976-03"),
        ("BDAY:1976", "1976"),
        ("BDAY;X-APPLE-OMIT-YEAR=1604:1604-03-08", "03-08"),
        ("BDAY;VALUE=text:8 марта 1976 г.", "1976-03-08"),
        ("BDAY;VALUE=text:March 8\\, 1976", "1976-03-08"),
        ("BDAY:08.03.1976", "1976-03-08"),
        ("BDAY:29 февраля", "02-29"),
    ],
)
def test_birthdays(line: str, date: str, birth: Birth) -> None:
    dossier = one("FN:Иван", line)
    assert birth(dossier) == date
    assert dossier.note == ""


@pytest.mark.parametrize("value", ["19723101", "08.03.76", "весной", "1976-02-30"])
def test_no_birthday_is_guessed_and_none_is_lost(value: str, birth: Birth) -> None:
    dossier = one("FN:Иван", f"BDAY:{value}")
    assert birth(dossier) == ""
    assert dossier.note == f"Date of birth: {value}"


def test_phone_labels(points: Points) -> None:
    dossier = one(
        "FN:Иван",
        "TEL;TYPE=CELL,VOICE:1",
        "TEL;HOME;VOICE:2",
        "TEL;TYPE=WORK;TYPE=FAX:3",
        "item1.TEL:4",
        "item1.X-ABLabel:Дача",
        'TEL;VALUE=uri;TYPE="work,voice":tel:+1-418-555-01-02;ext=12',
        "TEL;TYPE=WhatsApp:6",
        "TEL;WORK:7",
        "TEL;WORK:7",
        "item2.TEL:8",
        "item2.X-ABLabel:_$!<Home>!$_",
    )
    assert points(dossier, "phone") == [
        ("1", "mobile"),
        ("2", "home"),
        ("3", "fax"),
        ("4", "Дача"),
        ("+1-418-555-01-02 ext. 12", "work"),
        ("6", "whatsapp"),
        ("7", "work"),
        ("8", "home"),
    ]


def test_addresses_and_their_written_labels(points: Points) -> None:
    dossier = one(
        "FN:Иван",
        "ADR;TYPE=WORK:;кв. 2;ул. Мира\\, 5;Тверь;Тверская обл.;170000;Россия",
        "LABEL;TYPE=WORK:ул. Мира\\, 5\\nТверь",
        "ADR;TYPE=HOME:;;12 Main St;Austin;TX;12345;USA",
        "LABEL:Склад\\nМосковское ш.\\, 1",
    )
    assert points(dossier, "address") == [
        ("170000, Россия, Тверская обл., Тверь, ул. Мира, 5, кв. 2", "work"),
        ("12 Main St, Austin, TX 12345, USA", "home"),
        ("Склад, Московское ш., 1", ""),
    ]
    assert dossier.main_person is not None
    private = [point.private for point in dossier.main_person.contact_points]
    assert private == [False, True, False]


def test_the_rest_goes_where_it_belongs(points: Points) -> None:
    content = read(
        "FN:Иванов Иван",
        "ORG:ООО «Ромашка»;Сбыт",
        "TITLE:Директор",
        "ROLE:Закупки",
        "NICKNAME:Ваня",
        "URL:http\\://example.ru",
        "IMPP:skype:ivan",
        "X-TELEGRAM:@ivan",
        "X-SOCIALPROFILE;TYPE=vk:https://vk.example.ru/ivan",
        "CATEGORIES:VIP,клиент",
        "NOTE:Раз\\nдва",
        "X-SPOUSE:Мария",
        "item1.X-ABRELATEDNAMES:Петя",
        "item1.X-ABLabel:_$!<Child>!$_",
        "X-FOO:бар",
        "PHOTO;ENCODING=b;TYPE=JPEG:" + "A" * 4096,
        "UID:urn:uuid:abc-1",
        "REV:20200101T000000Z",
        "X-ANDROID-CUSTOM:vnd.android.cursor.item/nickname;Ванёк;1;;;;;;;;;;;;;",
    )
    dossier = content.imported[0].dossier
    assert content.imported[0].foreign_id == "abc-1"
    assert dossier.company == "ООО «Ромашка»"
    assert dossier.people[0].position == "Директор"
    assert dossier.tags == ["VIP", "клиент"]
    assert points(dossier, "web") == [
        ("http://example.ru", ""),
        ("https://vk.example.ru/ivan", "vk"),
    ]
    assert points(dossier, "messenger") == [("skype: ivan", ""), ("telegram: @ivan", "")]
    assert dossier.note.splitlines() == [
        "Раз", "два", "Department: Сбыт", "Role: Закупки", "Spouse: Мария", "Child: Петя",
        "X-FOO: бар", "Nickname: Ваня", "Nickname: Ванёк",
    ]  # fmt: skip
    assert [(p.record, p.reason) for p in content.problems] == [
        (1, "Photo: image/jpeg, 3 KB, not imported.")
    ]


def test_quoted_printable_with_soft_breaks_and_charsets() -> None:
    dossier = one(
        "VERSION:2.1",
        "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=98=D0=B2=D0=B0=D0=BD=D0=BE=",
        "=D0=B2;=D0=98=D0=B2=D0=B0=D0=BD",
        "TITLE;CHARSET=windows-1251;QUOTED-PRINTABLE:=C4=E8=F0=E5=EA=F2=EE=F0",
        "NOTE;ENCODING=QUOTED-PRINTABLE:=C7=E2=EE=ED=E8=F2=FC =EF=EE=F1=EB=E5=0D=0A=",
        " =EE=E1=E5=E4=E0",
    )
    assert named(dossier) == ("Иванов", "Иван", "")
    assert dossier.people[0].position == "Директор"
    assert dossier.note == "Звонить после\n обеда"


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866", "utf-16", "utf-8-sig"])
def test_undeclared_encodings(encoding: str, points: Points) -> None:
    dossier = one("N:Иванова;Мария", "ADR:;;ул. Мира;Тверь", encoding=encoding)
    assert named(dossier) == ("Иванова", "Мария", "")
    assert points(dossier, "address") == [("Тверь, ул. Мира", "")]


def test_encodings_mixed_in_one_file() -> None:
    data = "BEGIN:VCARD\nN:Иванов;Иван\nEND:VCARD\n".encode() * 2
    data += "BEGIN:VCARD\nN:Петров;Пётр\nEND:VCARD\n".encode("cp1251")
    names = [item.dossier.name for item in read_vcards(data).imported]
    assert names == ["Иванов Иван", "Иванов Иван", "Петров Пётр"]


def test_folds_inside_a_character() -> None:
    line = "NOTE:Звонить".encode()
    cut = line[:8] + b"\r\n " + line[8:]
    content = read_vcards(b"BEGIN:VCARD\r\nFN:Ann\r\n" + cut + b"\r\nEND:VCARD\r\n")
    assert content.imported[0].dossier.note == "Звонить"


def test_an_unclosed_card_is_read_and_named() -> None:
    with using_language("en"):
        content = read_vcards(
            b"BEGIN:VCARD\nFN:Ann\nBEGIN:VCARD\nFN:Bob\nEND:VCARD\nBEGIN:VCARD\nFN"
        )
    assert content.records == 3
    assert [item.dossier.name for item in content.imported] == ["Ann", "Bob", "FN"][:2]
    assert {problem.record for problem in content.problems} == {1, 3}


def test_cards_inside_cards_become_people(points: Points) -> None:
    old = one("FN:Ann Lee", "AGENT:", "BEGIN:VCARD", "FN:Bob Ray", "TEL:5", "END:VCARD", "TEL:6")
    new = one("FN:Ann Lee", "AGENT:BEGIN:VCARD\\nFN:Bob Ray\\nTEL:5\\nEND:VCARD\\n", "TEL:6")
    for dossier in (old, new):
        assert [person.full_name for person in dossier.people] == ["Lee Ann", "Ray Bob"]
        assert [person.main for person in dossier.people] == [True, False]
        assert points(dossier, "phone") == [("6", ""), ("5", "")]


def test_text_around_cards_and_bare_lines() -> None:
    data = (
        "Здравствуйте!\nВот карточка:\nbegin:vcard\nfn:Ann Lee\nNOTE:one\ntwo lines\n"
        "PHOTO;BASE64:AAAA\nBBBB\n\nEND:VCARD\nС уважением\n"
    )
    content = read_vcards(data.encode())
    assert content.records == 1
    assert content.imported[0].dossier.note == "one\ntwo lines"


def test_an_empty_card_is_counted_and_named() -> None:
    content = read()
    assert (content.records, content.imported) == (1, [])
    assert [problem.record for problem in content.problems] == [1]


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"hello", b"END:VCARD\n", bytes(300)])
def test_no_card_is_refused(data: bytes) -> None:
    with using_language("en"), pytest.raises(Refusal, match="no business card"):
        read_vcards(data)


@pytest.mark.parametrize(
    "body",
    [
        b"X" * 3_000_000,
        b"NOTE:" + b"\n x" * 300_000,
        b"NOTE;QUOTED-PRINTABLE:" + b"=\n" * 300_000,
        b'X;A="' + b'"a:;' * 300_000,
        b"NOTE:" + b"\\" * 900_000,
        b"TEL:1\n" * 100 + b"".join(b"TEL:%d\n" % n for n in range(20_000)),
        b"AGENT:\nBEGIN:VCARD\n" * 30_000,
        b"NOTE:" + b"\xe0" * 3_000_000,
        b"ADR:;;a\nLABEL:b\n" * 20_000,
    ],
)
def test_hostile_files_cost_little_time(body: bytes) -> None:
    start = time.perf_counter()
    assert read_vcards(b"BEGIN:VCARD\nFN:Ann\n" + body).records == 1
    assert time.perf_counter() - start < 5


def test_a_huge_value_is_cut_out_and_named(points: Points) -> None:
    content = read("FN:Ann", "NOTE:" + "x" * 1_000_001, "TEL:5")
    assert content.imported[0].dossier.note == ""
    assert points(content.imported[0].dossier, "phone") == [("5", "")]
    assert "NOTE" in content.problems[0].reason
