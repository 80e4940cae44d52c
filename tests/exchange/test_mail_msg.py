"""Messages of Outlook: properties, old code pages, rich text, mails inside mails."""

from __future__ import annotations

import struct
from datetime import UTC, datetime
from typing import Any

import pytest

from dossier_app.domain.errors import Refusal
from dossier_app.domain.mail import Mail, MailAddress
from dossier_app.exchange.mail import MSG, mail_format, read_mail
from dossier_app.exchange.msg_reader import read_msg
from dossier_app.exchange.rtf_text import unpack_rtf

Tree = dict[str, Any]
END, FREE, SECTOR, MINI = 0xFFFFFFFE, 0xFFFFFFFF, 512, 64
SUBJECT, BODY, HTML, RTF, SENT = 0x0037, 0x1000, 0x1013, 0x1009, 0x0039
NAME, ADDRESS, HEADERS, CODEPAGE = 0x0C1A, 0x5D01, 0x007D, 0x3FFD


def container(tree: Tree) -> bytes:
    """A compound file [MS-CFB] with these folders (dict) and streams (bytes)."""
    entries = listed(tree)
    mini, mini_fat, starts = b"", [], {}
    tables = {"directory": -(-len(entries) * 128 // SECTOR)}
    big = {str(n): e[5] for n, e in enumerate(entries) if e[1] == 2 and len(e[5]) >= 4096}
    for index, (_, kind, *_, data) in enumerate(entries):
        if kind == 2 and 0 < len(data) < 4096:
            starts[str(index)] = len(mini_fat)
            count = -(-len(data) // MINI)
            mini_fat += [*range(len(mini_fat) + 1, len(mini_fat) + count), END]
            mini += data.ljust(count * MINI, b"\0")
    contents = {"mini_fat": struct.pack(f"<{len(mini_fat)}I", *mini_fat), "mini": mini, **big}
    tables |= {name: -(-len(data) // SECTOR) for name, data in contents.items()}
    fat_sectors = 1
    while fat_sectors * 128 < fat_sectors + sum(tables.values()):
        fat_sectors += 1
    fat = [0xFFFFFFFD] * fat_sectors
    for name, count in tables.items():
        starts[name] = len(fat) if count else END
        fat += [*range(len(fat) + 1, len(fat) + count), END] if count else []
    fat += [FREE] * (fat_sectors * 128 - len(fat))
    contents = {"directory": directory(entries, starts, len(mini)), **contents}
    body = struct.pack(f"<{len(fat)}I", *fat)
    for data in contents.values():
        body += data.ljust(-(-len(data) // SECTOR) * SECTOR, b"\xff")
    head = struct.pack("<8s16xHHHHH6xIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3,
                       0xFFFE, 9, 6, 0, fat_sectors, starts["directory"], 0, 4096,
                       starts["mini_fat"], tables["mini_fat"], END, 0)  # fmt: skip
    return head + struct.pack("<109I", *range(fat_sectors), *[FREE] * (109 - fat_sectors)) + body


def listed(tree: Tree) -> list[list[Any]]:
    """The folders and streams as entries: name, kind, left, right, child, content."""
    entries: list[list[Any]] = [["Root Entry", 5, FREE, FREE, FREE, b""]]

    def add(folder: Tree, parent: int) -> None:
        before, link = parent, 4
        for name, value in folder.items():
            index = len(entries)
            entries.append([name, 1 if isinstance(value, dict) else 2, FREE, FREE, FREE, value])
            entries[before][link] = index
            before, link = index, 3
            if isinstance(value, dict):
                add(value, index)

    add(tree, 0)
    return entries


def directory(entries: list[list[Any]], starts: dict[str, int], mini: int) -> bytes:
    written = b""
    for index, (name, kind, left, right, child, data) in enumerate(entries):
        text = name.encode("utf-16-le") + b"\0\0"
        start = starts.get("mini" if index == 0 else str(index), END)
        size = mini if index == 0 else len(data) if kind == 2 else 0
        written += text.ljust(64, b"\0") + struct.pack(
            "<HBBIII36xIQ", len(text), kind, 1, left, right, child, start, size
        )
    return written.ljust(-(-len(written) // SECTOR) * SECTOR, b"\0")


def storage(head: int, values: dict[int, Any]) -> Tree:
    """Properties as streams and their list: str is Unicode, a tuple of one text in an old
    code page, bytes binary, a datetime a moment."""
    tree: Tree = {}
    listed = b""
    for number, value in values.items():
        kind, fixed = 0x0102, bytes(8)
        match value:
            case str():
                kind, tree[f"__substg1.0_{number:04X}001F"] = 0x1F, value.encode("utf-16-le")
            case (bytes() as narrow,):
                kind, tree[f"__substg1.0_{number:04X}001E"] = 0x1E, narrow
            case bytes():
                tree[f"__substg1.0_{number:04X}0102"] = value
            case int():
                kind, fixed = 3, struct.pack("<q", value)
            case datetime():
                ticks = int((value - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10**7
                kind, fixed = 0x40, struct.pack("<q", ticks)
        listed += struct.pack("<HHI", kind, number, 6) + fixed
    tree["__properties_version1.0"] = bytes(head) + listed
    return tree


def message(values: dict[int, Any], *parts: Tree, head: int = 32) -> Tree:
    """A message with attachments (those that have 0x3705 or a mail inside) and recipients."""
    tree, counts = storage(head, values), {"attach": 0, "recip": 0}
    for part in parts:
        kind = "recip" if "__substg1.0_3001001F" in part else "attach"
        tree[f"__{kind}_version1.0_#{counts[kind]:08X}"] = part
        counts[kind] += 1
    return tree


def recipient(name: str, address: str, kind: int = 1) -> Tree:
    return storage(8, {0x3001: name, 0x39FE: address, 0x0C15: kind})


def attachment(name: str, data: bytes) -> Tree:
    return storage(8, {0x3707: name, 0x3701: data, 0x3705: 1})


def holding(inner: Tree) -> Tree:
    """An attachment that is a mail."""
    return {**storage(8, {0x3705: 5}), "__substg1.0_3701000D": inner}


def read(values: dict[int, Any], *parts: Tree) -> Mail:
    return read_msg(container(message(values, *parts)))


def test_a_message_with_all_that_it_may_have() -> None:
    mail = read(
        {
            SUBJECT: "Смета на окна",
            BODY: "Добрый день!\r\n\r\n\r\n\r\nСмета во вложении.\r\n",
            SENT: datetime(2026, 11, 24, 8, 5, 30, tzinfo=UTC),
            HEADERS: "From: =?utf-8?B?0JDQvdC90LA=?= <anna@example.ru>\r\n"
            "Date: Tue, 24 Nov 2026 11:05:29 +0300\r\n\r\n",
            0x1035: "<one@example.ru>",
            0x1039: "<a@example.ru> <b@example.ru>",
            0x1042: "<b@example.ru>",
        },
        recipient("Олег", "oleg@example.com"),
        recipient("Игорь", "igor@example.com", 2),
        recipient("'tayna@example.com'", "", 3),
        attachment("смета.xlsx", b"x" * 5000),
        attachment("план.pdf", b"%PDF"),
    )
    assert (mail.subject, mail.text) == ("Смета на окна", "Добрый день!\n\nСмета во вложении.")
    assert mail.at is not None
    assert mail.at.isoformat() == "2026-11-24T11:05:30+03:00"
    assert mail.sender == MailAddress("Анна", "anna@example.ru")
    assert mail.to == [MailAddress("Олег", "oleg@example.com")]
    assert mail.cc == [MailAddress("Игорь", "igor@example.com")]
    assert mail.bcc == [MailAddress("tayna@example.com", "tayna@example.com")]
    assert mail.message_id == "<one@example.ru>"
    assert mail.references == ["<a@example.ru>", "<b@example.ru>"]
    assert [(a.name, len(a.data)) for a in mail.attachments] == [
        ("смета.xlsx", 5000), ("план.pdf", 4),
    ]  # fmt: skip
    assert mail.problems == []


@pytest.mark.parametrize("page", [1251, 20866, 65001, 0])
def test_texts_in_an_old_code_page(page: int) -> None:
    codec = {20866: "koi8-r", 65001: "utf-8"}.get(page, "cp1251")
    mail = read(
        {
            CODEPAGE: page,
            SUBJECT: ("Привет из конторы".encode(codec),),
            BODY: ("Скидки не будет, зато доставка за наш счёт.".encode(codec),),
            NAME: "Анна", ADDRESS: "anna@example.ru",
        }
    )  # fmt: skip
    assert mail.subject == "Привет из конторы"
    assert mail.text == "Скидки не будет, зато доставка за наш счёт."


def packed(rtf: bytes) -> bytes:
    """Rich text as a message stores it, every byte as it is."""
    body = b"".join(b"\0" + rtf[i : i + 8] for i in range(0, len(rtf), 8))
    return struct.pack("<4I", len(body) + 12, len(rtf), 0x75465A4C, 0) + body


HELLO = (
    "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020"
    "627705b06c647d0a800fa0"
)
RICH = (
    rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial Cyr;}}"
    rb"{\*\generator x;}{\colortbl;\red0;}\f1 \'cf\'f0\'e8\'e2\'e5\'f2{\f0  caf\'e9}\par"
    rb"\u1057?\u1087? {\b b}\{1\}\line 2\tab 3}"
)
PAGE = (
    rb"{\rtf1\ansi\ansicpg1251\fromhtml1 {\*\htmltag64 <p>}\htmlrtf \par\htmlrtf0 "
    rb"\'cf\'f0\'e8\'e2\'e5\'f2{\*\htmltag84 <a href='https://example.ru'>}"
    rb"\htmlrtf {\field{\*\fldinst x}{\fldrslt \htmlrtf0 "
    rb"example\htmlrtf }\htmlrtf0 {\*\htmltag92 </a>}{\*\htmltag72 </p>}}"
)


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({RTF: packed(RICH)}, "Привет café\nСп b{1}\n2\t3"),
        ({RTF: packed(PAGE)}, "Приветexample <https://example.ru>"),
        ({HTML: "<p>Да</p><script>x</script>".encode("cp1251"), 0x3FDE: 1251}, "Да"),
        ({HTML: "<b>Yes</b>"}, "Yes"),
        ({BODY: " \r\n", HTML: b"<b>Yes</b>"}, "Yes"),
        ({RTF: b"LZFu"}, ""),
        ({RTF: packed(RICH)[:40]}, ""),
    ],
)
def test_a_body_in_another_form(values: dict[int, Any], text: str) -> None:
    assert read({SUBJECT: "x", **values}).text == text


@pytest.mark.parametrize(
    ("stored", "rtf"),
    [
        (
            HELLO,
            b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n",
        ),
        (
            "1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0",
            b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}",
        ),
        ("0e000000020000004d454c41000000007b7d", b"{}"),
    ],
)
def test_unpacking(stored: str, rtf: bytes) -> None:
    """The examples of [MS-OXRTFCP], 3.1, and a text that is not packed."""
    assert unpack_rtf(bytes.fromhex(stored)) == rtf


def test_a_mail_inside_a_mail() -> None:
    inner = message(
        {SUBJECT: "Внутри", BODY: "Текст", NAME: "Олег", ADDRESS: "oleg@example.com",
         SENT: datetime(2026, 11, 20, 9, tzinfo=UTC)},
        attachment("чертёж.png", b"\x89PNG"),
        head=24,
    )  # fmt: skip
    mail = read({SUBJECT: "Снаружи", BODY: "x"}, holding(inner))
    (found,) = mail.attachments
    assert (found.name, found.mime) == ("Внутри.eml", "message/rfc822")
    inside = read_mail(found.name, found.data)
    assert (inside.subject, inside.text) == ("Внутри", "Текст")
    assert inside.sender == MailAddress("Олег", "oleg@example.com")
    assert inside.at == datetime(2026, 11, 20, 9, tzinfo=UTC)
    assert [(a.name, a.data) for a in inside.attachments] == [("чертёж.png", b"\x89PNG")]
    assert read({SUBJECT: "Снаружи", BODY: "x"}, holding(inner)).attachments == [found]


def test_mails_inside_mails_end_somewhere() -> None:
    tree = message({SUBJECT: "x"}, head=24)
    for _ in range(30):
        tree = message({SUBJECT: "x"}, holding(tree), head=24)
    mail = read_msg(container({**tree, "__properties_version1.0": bytes(32)}))
    assert len(mail.attachments) == 1


def test_what_cannot_be_read_is_told() -> None:
    mail = read(
        {SUBJECT: "x", 0x0E07: 8},
        storage(8, {0x3707: "далеко.doc", 0x3705: 7}),
        storage(8, {0x3707: "smime.p7m", 0x3701: b"0\x80", 0x370E: "application/pkcs7-mime"}),
    )
    told = " ".join(mail.problems)
    for words in ("далеко.doc is only a link", "encrypted", "draft", "no readable date",
                  "sender's address"):  # fmt: skip
        assert words in told


@pytest.mark.parametrize(
    "data",
    [
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000),
        container({"Workbook": b"x" * 5000}),
        container(message({0x001A: "IPM.Contact", SUBJECT: "x"})),
        container(message({SUBJECT: "x"}))[:700],
    ],
    ids=["junk", "table", "contact", "cut"],
)
def test_other_containers_are_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(Refusal, match="mail"):
        read_mail("letter.msg", data)


def test_an_old_table_is_no_mail() -> None:
    assert mail_format("book.xls", container({"Workbook": b"x" * 5000})) == ""
    assert mail_format("renamed.dat", container(message({SUBJECT: "x"}))) == MSG
