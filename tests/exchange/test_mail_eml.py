"""Mails as they come: old encodings, broken parts, everything that programs get wrong."""

from __future__ import annotations

import base64
import random
import time
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from dossier_app.domain.errors import Refusal
from dossier_app.domain.mail import Mail, MailAddress, MailAttachment
from dossier_app.exchange.eml_reader import read_eml
from dossier_app.exchange.eml_writer import as_eml
from dossier_app.exchange.html_text import html_to_text
from dossier_app.exchange.mail import EML, mail_format, read_mail
from dossier_app.exchange.mail_headers import decode_words, file_name, parse_addresses

HEAD = (
    b"From: Anna <anna@example.ru>\r\nTo: oleg@example.com\r\nSubject: Offer\r\n"
    b"Date: Tue, 24 Nov 2026 11:05:30 +0300\r\nMessage-ID: <one@example.ru>\r\n"
)


def mail(*lines: str | bytes, head: bytes = HEAD) -> Mail:
    """A mail with these lines after the usual header."""
    body = b"\r\n".join(line if isinstance(line, bytes) else line.encode() for line in lines)
    return read_eml(head + body)


def parts(*found: bytes, kind: str = "mixed") -> Mail:
    body = b"".join(b"--b\r\n" + part + b"\r\n" for part in found) + b"--b--\r\n"
    return mail(f"Content-Type: multipart/{kind}; boundary=b", "", body)


def names(read: Mail) -> list[str]:
    return [item.name for item in read.attachments]


def test_header_and_text() -> None:
    read = mail(
        "Cc: =?utf-8?B?0JjQs9C+0YDRjA==?= <igor@example.com>",
        "References: <a@example.ru>\r\n <b@example.ru>",
        "In-Reply-To: <b@example.ru>",
        "Content-Type: text/plain; charset=utf-8",
        "",
        "Добрый день!",
        "",
        "",
        "",
        "Анна  ",
    )
    assert read.sender == MailAddress("Anna", "anna@example.ru")
    assert read.to == [MailAddress("", "oleg@example.com")]
    assert read.cc == [MailAddress("Игорь", "igor@example.com")]
    assert read.at is not None and read.at.isoformat() == "2026-11-24T11:05:30+03:00"
    assert (read.subject, read.message_id) == ("Offer", "<one@example.ru>")
    assert read.references == ["<a@example.ru>", "<b@example.ru>"]
    assert read.text == "Добрый день!\n\nАнна"
    assert read.problems == []


# Of two Cyrillic encodings either could be true: then what is declared is believed.
@pytest.mark.parametrize(
    ("real", "said"),
    [
        (real, said)
        for real in ("cp1251", "koi8-r", "utf-8")
        for said in ("", "windows-1251", "koi8-r", "utf-8", "us-ascii", "iso-8859-1", "x-unknown")
        if (real, said) not in (("koi8-r", "windows-1251"), ("cp1251", "koi8-r"))
    ],
)
def test_the_encoding_is_found_whatever_is_declared(real: str, said: str) -> None:
    text = "Уважаемый Олег, высылаю расчёт по окнам и доставке. Жду ответа до пятницы."
    head = HEAD.replace(b"Offer", "Расчёт по окнам и доставке".encode(real))
    charset = f"; charset={said}" if said else ""
    read = mail(f"Content-Type: text/plain{charset}", "", text.encode(real), head=head)
    assert read.text == text
    assert read.subject == "Расчёт по окнам и доставке"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("=?koi8-r?B?6dfBzs/X?= =?koi8-r?B?6dfBzg==?=", "ИвановИван"),
        ("=?utf-8?Q?=D0=98=D0?==?utf-8?Q?=B2=D0=B0=D0=BD?=", "Иван"),
        ("Re: =?windows-1251?Q?=D1=F7=B8=F2_5?= (2)", "Re: Счёт 5 (2)"),
        ("=?utf-8?Q?two words?=", "two words"),
        ("=?utf-8?B?0KHRh9GR0YI?=", "Счёт"),
        ("=?nonsense?Q?=D0=98?=", "И"),
        ("=?utf-8*ru?Q?=D0=98?=", "И"),
        ("a =? b ?= c", "a =? b ?= c"),
    ],
)
def test_encoded_words(raw: str, text: str) -> None:
    assert decode_words(raw) == text


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ("a@example.ru", [("", "a@example.ru")]),
        ('"Doe, Jane" <j@example.com>, b@example.com', [("Doe, Jane", "j@example.com"),
                                                        ("", "b@example.com")]),
        ("Doe, Jane <j@example.com>, Bob <b@example.com>", [("Doe, Jane", "j@example.com"),
                                                           ("Bob", "b@example.com")]),
        ("=?utf-8?Q?Doe,_Jane?= <j@example.com>; <b@example.com>",
         [("Doe, Jane", "j@example.com"), ("", "b@example.com")]),
        ("b@example.com (Bob)", [("Bob", "b@example.com")]),
        ("undisclosed-recipients:;", []),
        ("Team: a@example.ru, b@example.ru;", [("", "a@example.ru"), ("", "b@example.ru")]),
        ('"c@example.com" <b@example.com>', [("c@example.com", "b@example.com")]),
        ("'a@example.ru' <a@example.ru>", [("a@example.ru", "a@example.ru")]),
        ('"J \\"Jo\\" D" <j@example.com>', [('J "Jo" D', "j@example.com")]),
        ('Jane <j@example.com>"', [("Jane", "j@example.com")]),
        ("a@example.ru, , b@example.ru", [("", "a@example.ru"), ("", "b@example.ru")]),
        ("Jane", [("Jane", "")]),
        ("< j@example.com >", [("", "j@example.com")]),
        ("", []),
    ],
)  # fmt: skip
def test_addresses(raw: str, found: list[tuple[str, str]]) -> None:
    assert [(one.name, one.address) for one in parse_addresses(raw)] == found


@pytest.mark.parametrize(
    ("date", "read"),
    [
        ("24 Nov 26 11:05 EST", "2026-11-24T11:05:00-05:00"),
        ("Tue, 24 Nov 2026 11:05:30 -0000", "2026-11-24T11:05:30+00:00"),
        ("Tue, 24 Nov 2026 11:05:30 +0300 (MSK)", "2026-11-24T11:05:30+03:00"),
        ("Mon, 99 Foo 2026 25:99:99 +9999", ""),
        ("Thu, 01 Jan 1601 00:00:00 +0000", ""),
        ("", ""),
    ],
)
def test_dates(date: str, read: str) -> None:
    head = HEAD.replace(b"Tue, 24 Nov 2026 11:05:30 +0300", date.encode())
    found = mail("", "x", head=head)
    assert (found.at.isoformat() if found.at else "") == read
    assert bool(found.problems) is not bool(read)


def test_without_a_date_it_is_when_it_arrived() -> None:
    head = HEAD.replace(b"Date:", b"X-Date:")
    read = mail("Received: by mail.example.ru; Tue, 24 Nov 2026 11:06:00 +0300", "", head=head)
    assert read.at is not None and read.at.isoformat() == "2026-11-24T11:06:00+03:00"


def test_plain_words_are_taken_and_html_only_without_them() -> None:
    plain, page = (
        b"Content-Type: text/plain\r\n\r\nPlain",
        b"Content-Type: text/html\r\n\r\n<b>P</b>",
    )
    empty = b"Content-Type: text/plain\r\n\r\n \r\n"
    assert parts(plain, page, kind="alternative").text == "Plain"
    assert parts(page, plain, kind="alternative").text == "Plain"
    assert parts(empty, page, kind="alternative").text == "P"
    assert parts(plain, page).text == "Plain\n\nP"
    named = b"Content-Type: text/html; name=mail.html\r\n\r\n<b>P</b>"
    assert (parts(named, kind="alternative").text, names(parts(plain, named))) == (
        "P", ["mail.html"],
    )  # fmt: skip


def test_attachments_and_their_names() -> None:
    data = base64.b64encode(b"\x00\x01content")
    read = parts(
        b"Content-Type: text/plain\r\n\r\nSee below",
        b"Content-Type: application/pdf; name*=koi8-r''%F3%DE%A3%D4.pdf\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n" + data,
        b"Content-Type: application/x; name=\"=?utf-8?B?0KHRh9GR0YI=?=.xls\"\r\n\r\nx",
        b"Content-Type: application/x\r\n"
        b"Content-Disposition: attachment; filename*0=long; filename*1=name.doc\r\n\r\nx",
        'Content-Type: application/x; name="Смета окна.doc"\r\n\r\nx'.encode("cp1251"),
        b"Content-Disposition: attachment; filename=\"C:\\\\dir\\\\..\\\\a<b>.txt\"\r\n\r\nx",
        b"Content-Type: text/plain; name=note.txt\r\n\r\nx",
        b"Content-Type: image/png\r\n\r\nx",
        b"Content-Type: message/rfc822\r\n\r\nSubject: Inside\r\n\r\nDeep",
        b"Content-Type: application/ms-tnef; name=winmail.dat\r\n\r\nx",
    )  # fmt: skip
    assert names(read) == [
        "Счёт.pdf", "Счёт.xls", "longname.doc", "Смета окна.doc", "a_b_.txt", "note.txt",
        "attachment-7.png", "Inside.eml", "winmail.dat",
    ]  # fmt: skip
    assert read.attachments[0].data == b"\x00\x01content"
    assert read.attachments[7].data == b"Subject: Inside\r\n\r\nDeep"
    assert read.text == "See below"
    assert len(read.problems) == 1 and "winmail.dat" in read.problems[0]


def test_only_pictures_that_the_text_shows_are_inline() -> None:
    picture = b"Content-Type: image/png; name=%s\r\nContent-ID: <%s@x>\r\n\r\nx"
    read = parts(
        b"Content-Type: text/html\r\n\r\n<img src='cid:logo@x'>",
        picture % (b"logo.png", b"logo"),
        picture % (b"photo.png", b"photo"),
        kind="related",
    )
    assert [(item.name, item.inline) for item in read.attachments] == [
        ("logo.png", True), ("photo.png", False),
    ]  # fmt: skip


def test_uuencoded_files_in_a_text() -> None:
    read = mail("", "Look:", "begin 644 note.txt", "#0V%T", "`", "end", "Bye")
    assert [(item.name, item.data) for item in read.attachments] == [("note.txt", b"Cat")]
    assert read.text == "Look:\n\nBye"


def test_flowed_text_is_joined() -> None:
    read = mail("Content-Type: text/plain; format=flowed", "", "one ", "two", "> q ", "three")
    assert read.text == "one two\n> q\nthree"


def test_signed_text_is_read_and_encrypted_is_told() -> None:
    signed = parts(
        b"Content-Type: text/plain\r\n\r\nYes",
        b"Content-Type: application/pkcs7-signature; name=smime.p7s\r\n\r\nx",
        kind="signed",
    )
    assert (signed.text, names(signed), signed.problems) == ("Yes", ["smime.p7s"], [])
    for kind in ("application/pkcs7-mime; name=smime.p7m", 'multipart/encrypted; boundary="b"'):
        sealed = mail(f"Content-Type: {kind}", "", "--b", "", "x", "--b--")
        assert "encrypted" in sealed.problems[0]
    opaque = base64.b64encode(bytes.fromhex("308006092a864886f70d010702a080"))
    sealed = mail("Content-Type: application/pkcs7-mime; name=smime.p7m",
                  "Content-Transfer-Encoding: base64", "", opaque)  # fmt: skip
    assert "signed in a sealed form" in sealed.problems[0]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["Content-Type: multipart/mixed", "", "No boundary"], "No boundary"),
        (["Content-Type: multipart/mixed; boundary=b", "", "Lost"], "Lost"),
        (["Content-Type: multipart/mixed; boundary=b", "", "--b", "", "Open"], "Open"),
        (["Content-Transfer-Encoding: base64", "", "WWVz="], "Yes"),
        (["Content-Transfer-Encoding: base64", "", "WWVzW"], "Yes"),
        (
            ["Content-Transfer-Encoding: quoted-printable", "", "a=ZZ =CF=F0=E8=E2=E5=F2"],
            "a=ZZ Привет",
        ),
        (["no header line", "", "Body"], "no header line\n\nBody"),
        (["Content-Type: text/plain; charset*0*=x'y'%ff", "", "Odd"], "Odd"),
    ],
)
def test_what_is_broken_costs_only_itself(lines: list[str], text: str) -> None:
    assert mail(*lines).text == text


def test_a_long_field_that_goes_on_without_a_space() -> None:
    head = HEAD.replace(b"Offer", b"=?utf-8?B?0KHRhw==?=\r\n=?utf-8?B?0ZHRgg==?=")
    assert mail("", "x", head=head).subject == "Счёт"


def test_a_mail_that_is_written_is_read_the_same() -> None:
    written = Mail(
        message_id="<one@example.ru>",
        at=read_eml(HEAD).at,
        sender=MailAddress("Доу, Джейн", "j@example.com"),
        to=[MailAddress("", "a@example.ru"), MailAddress("Боб", "b@example.com")],
        cc=[MailAddress("Без адреса", "")],
        subject="Смета: " + "очень длинная тема " * 9 + "№ 5",
        text="Да\n.\nFrom here",
        attachments=[MailAttachment("смета № 5.pdf", "application/pdf", bytes(range(256)))],
        references=["<a@example.ru>"],
    )
    assert read_eml(as_eml(written)) == written
    assert as_eml(written) == as_eml(written)


def test_other_programs_read_what_is_written() -> None:
    import email

    found = email.message_from_bytes(
        as_eml(mail("Content-Type: text/plain; charset=utf-8", "", "Да")), policy=SMTP
    )
    assert isinstance(found, EmailMessage)
    assert found["From"].addresses[0].addr_spec == "anna@example.ru"
    body = found.get_body()
    assert body is not None and body.get_content().strip() == "Да"


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("letter.eml", b"Subject: x\n\nHi", EML),
        ("letter", HEAD + b"\r\nHi", EML),
        ("letter.txt", b"From anna Tue Nov 24\n" + HEAD + b"\nHi", EML),
        ("card.vcf", b"BEGIN:VCARD\nVERSION:3.0\nN:x\nEND:VCARD\n", ""),
        ("table.csv", b"From;To\na;b\n", ""),
        ("notes.txt", b"Date: today\nSubject: x\n\n", ""),
    ],
)
def test_what_is_a_mail(name: str, data: bytes, kind: str) -> None:
    assert mail_format(name, data) == kind


@pytest.mark.parametrize("data", [b"", b"\r\n\r\n", b"%PDF-1.7", b"just words\n\nmore"])
def test_a_file_without_a_mail_is_refused(data: bytes) -> None:
    with pytest.raises(Refusal, match="no mail"):
        read_mail("x.eml", data)


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>One</p><p>Two<br>lines</p>", "One\n\nTwo\nlines"),
        ("<ul><li>a<li>b</ul>", "- a\n- b"),
        ("<table><tr><td>1<td>2</td></tr><tr><td>3</table>", "12\n3"),
        ("<table><tr><td>1</td><td>2</td></tr></table>", "1\t2"),
        ('<a href="https://example.ru/x">site</a>', "site <https://example.ru/x>"),
        ('<a href="https://example.ru/">https://example.ru</a>', "https://example.ru"),
        ('<a href="mailto:a@example.ru">a@example.ru</a>', "a@example.ru"),
        ('<a href="javascript:alert(1)">press</a>', "press"),
        ("a<script>x<b>y</script>b<style>p{}</style><!-- c -->", "ab"),
        ("<head><title>t</title></head>b", "b"),
        ('<img src="https://example.ru/spy.png" alt="Logo">', "[Logo]"),
        ("1 &lt; 2 &amp;&nbsp;3 &#1046;", "1 < 2 & 3 Ж"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("<![if !supportLists]>x<![endif]><o:p></o:p>", "x"),
        ("5 < 6 and <unclosed", "5 < 6 and <unclosed"),
        ("<script>never closed", ""),
        ("", ""),
    ],
)
def test_html(page: str, text: str) -> None:
    assert html_to_text(page) == text


@pytest.mark.parametrize("charset", ["utf-7", "unicode_escape", "idna", "undefined", "utf-32"])
def test_odd_encodings_give_text_that_can_be_kept(charset: str) -> None:
    read = mail(f"Content-Type: text/plain; charset={charset}", "", r"+2AA- \ud800 x")
    assert read.text.encode()


def test_names_of_files() -> None:
    assert file_name("../../etc/passwd") == "passwd"
    assert file_name("\u202egnp.exe") == "gnp.exe"
    assert file_name(" . ") == ""


BOMBS = {
    "parts": b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + b"--b\r\n\r\nx\r\n" * 10_000,
    "deep": b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n)
        for n in range(3_000)
    ),
    "same": b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'
    + b'--b\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n' * 3_000,
    "mails": (b"Content-Type: message/rfc822\r\n\r\n" + HEAD) * 3_000,
    "quotes": b"Cc: " + b'"<(' * 50_000,
    "words": b"Cc: " + b"=?utf-8?q?" * 20_000,
    "tags": b"Content-Type: text/html\r\n\r\n" + b"<a " * 100_000,
    "attributes": b"Content-Type: text/html\r\n\r\n" + b"<a x='" * 100_000,
    "charset": b"Content-Type: text/plain; charset=punycode\r\n\r\n" + b"\xe0-a" * 100_000,
    "rows": b"\r\nbegin 644 x\r\n" + b"M" * 61 + b"\r\n" * 100_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_mail_bomb_is_read_in_moments(name: str) -> None:
    begun = time.process_time()
    read_eml(HEAD + BOMBS[name])
    assert time.process_time() - begun < 4


SEED = (
    HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
    b"Content-Type: text/html; charset=koi8-r\r\nContent-Transfer-Encoding: quoted-printable\r\n"
    b"\r\n<p>=F0=D2=C9=D7=C5=D4 <a href=3D'https://example.ru'>x</a></p>\r\n--b\r\n"
    b"Content-Type: message/rfc822\r\n\r\nSubject: =?utf-8?B?0KHRhw==?=\r\n\r\nx\r\n--b\r\n"
    b"Content-Disposition: attachment; filename*0*=utf-8''%D0%98; filename*1=b.pdf\r\n"
    b"Content-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--b--\r\n"
)
PIECES = [
    b"\0",
    b"\xff\xfe",
    b"=?utf-8?b?",
    b"\r\n\r\n",
    b"--b",
    b'"',
    b"*0*=",
    b"%ff",
    b"<",
    b"\r",
]


def test_five_hundred_mutations_are_read_or_refused() -> None:
    chance = random.Random("mail")
    for _ in range(500):
        data = bytearray(SEED)
        for _ in range(chance.randint(1, 10)):
            place = chance.randrange(len(data) + 1)
            match chance.randrange(4):
                case 0:
                    data[place : place + chance.randint(1, 60)] = b""
                case 1:
                    data[place:place] = chance.choice(PIECES) * chance.randint(1, 3)
                case 2:
                    data[place : place + 1] = bytes([chance.randrange(256)])
                case 3:
                    data = data[: max(place, 1)] + data[place // 2 :]
        try:
            read = read_mail("x.eml", bytes(data))
        except Refusal:
            continue
        as_eml(read)
        assert all(item.name and "/" not in item.name for item in read.attachments)
