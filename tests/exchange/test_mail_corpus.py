"""Real mails of other programs: each is read whole, or it is told what was not."""

from __future__ import annotations

import random
from datetime import datetime
from pathlib import Path

import pytest

from dossier_app.domain.errors import Refusal
from dossier_app.domain.mail import Mail
from dossier_app.exchange.mail import mail_format, read_mail

pytestmark = pytest.mark.corpus
CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus" / "mail"
DRAFT, NO_SENDER, NO_DATE = "is a draft", "sender's address", "no readable date"
ENCRYPTED = "is encrypted"

# Looked up in the raw streams and header lines with other tools: sender, moment, subject,
# a piece of the text, names and sizes of the attachments, and what must be told.
Expected = tuple[str, str, str, str, list[tuple[str, int]], list[str]]
PDF = [("SampleAttachment.pdf", 169480)]
CHRIS = "Chris.Wilson@leeds.gov.uk"
NUMBERS = "One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Thirteen Fourteen Fifteen"
ACCENTS = "Un sujet bien défini Àéroport mañana être ouïe électricité così próxima à Ô"
PETER = "Peter.Mueller@domain.ch"
EXPECTED: dict[str, Expected] = {
    "EmailWithISO_8859_1_From.eml": (
        "some@example.com", "2025-01-28T11:28:01+01:00", "Test", "", [], []),
    "EmailWithMultilineSubject.eml": (
        "noreply@abc.def", "2025-10-02T10:45:48-04:00", NUMBERS, "This is a test", [], []),
    "EmailWithUnknownContentDispositionParam.eml": (
        "sender@example.com", "", "Test unknown Content-Disposition parameter",
        "Test email body.", [("test.txt", 4)], [NO_DATE]),
    "IssueSample.eml": (
        "TestNotices@test1234.com", "2025-09-04T17:14:47-04:00",
        "CC 2 of TEST BANK, NATIONAL ASSOCIATION", "Please find attached notice",
        [("Sanitized.htm", 225)], []),
    "TestWithAttachments.eml": (
        "keesvanspelde@hotmail.com", "2023-09-13T09:21:58+02:00", "FW: Test with attachments",
        "Onderwerp: Test with attachments",
        [("hamster.jpg", 186412), ("elmo.jpg", 65743), ("xietje.jpg", 1805083)], []),
    "TestWithAttachmentsAndInlines.eml": (
        PETER, "2025-02-07T09:44:18+00:00", "Object - subject", "Test email ***",
        [("Outlook-facebook.png", 1725), ("attachment1f.txt", 18), ("attachment2f.txt", 18),
         ("attachment3d.txt", 18), ("attachment4f.txt", 18), ("Object2 - subject2.eml", 18),
         ("attachment-7.eml", 18)], []),
    "TestWithInlineHavingContentDisposition.eml": (
        PETER, "2025-02-13T13:33:36+00:00", "Sujet %%%%%%%%%%%%%%%%%%%%%%%%%%%%%%",
        "Test email ***", [("Outlook-facebook.png", 1725), ("attachment.txt", 18)], []),
    "TestWithInlineHavingNoContentDisposition.eml": (
        "Peter.Bruelhart@domain.ch", "2025-02-17T06:45:24+01:00",
        "Sujet %%%%%%%%%%%%%%%%%%%%%%%%%%%%%%", "Yann Brülhart, ICT",
        [("Outlook-facebook.png", 1725), ("attachment.txt", 18)], []),
    "UTF-8_Test.eml": (
        "system@example.com", "2024-01-30T14:36:06+09:00",
        "【要確認】●普通自転車（ノーパンクタイヤ） 再予約通知 2023/11/29 12:00 - 13:00",
        "メッセージです。", [], []),
    "EmailWith2Attachments.msg": (
        "kees.van.spelde@achmea.nl", "2019-12-02T08:44:20+00:00", "E-mail with 2 attachments",
        "Met vriendelijke groet,", [("Installatie handleiding.docx", 104629),
                                    ("Installatiehandleiding S&I Agro.xlsx", 76951)], []),
    "EmailWithAttachments.msg": (
        "peterpan@neverland.com", "2016-12-03T18:08:54+00:00", "This is the subject",
        "Hello Neverland text", [("peterpan.jpg", 39150), ("tinkerbell.jpg", 49353)], []),
    "EmailWithInnerMailAndAttachments.msg": (
        "", "2023-02-15T05:46:05+00:00", "Outer mail", "Outer mail",
        [("OUTER 1.pdf", 15832), ("OUTER 2.pdf", 16042), ("Inner mail.eml", 0)],
        [DRAFT, NO_SENDER]),
    "EmailWithMsgAttachment.msg": (
        "d.triendl@cp-solutions.at", "2025-07-22T12:15:09+00:00", "FW: Msg Attachment Test", "",
        [("Msg Attachment Test.eml", 0)], []),
    "EmailWithReactions.msg": (
        "test1@readreceipts.onmicrosoft.com", "2023-10-05T17:03:07+00:00", "Test read receipts",
        "Testing", [], []),
    "EmailWithSpecialCharsInSubject.msg": (
        "Julie.Clarebots@qbere.com", "2024-03-27T09:14:48+00:00", ACCENTS,
        "Testing .msg subject", [], []),
    "EmailWithSpecialCharsInSubject_2.msg": (
        "Julie.Clarebots@qbere.com", "2024-03-29T14:16:33+00:00", "Un sujet très bien défini",
        "Voilà", [], []),
    "HtmlSampleEmail.msg": (
        CHRIS, "2017-10-23T08:31:03+01:00", "HtmlSampleEmail",
        "“Well, Prince, so Genoa and Lucca are now just family estates of the", [], []),
    "RtfSampleEmail.msg": (
        CHRIS, "2017-10-23T08:31:09+01:00", "RtfSampleEmail",
        "“Well, Prince, so Genoa and Lucca are now just family estates of the", [], []),
    "RtfSampleEmailWithAttachment.msg": (
        CHRIS, "2017-10-23T10:05:21+01:00", "RtfSampleEmailWithAttachment",
        "This is a sample RTF email with an attachment", PDF, []),
    "TxtSampleEmailWithAttachment.msg": (
        CHRIS, "2017-10-23T10:05:23+01:00", "TxtSampleEmailWithAttachment",
        "This is a sample plain text email with an attachment", PDF, []),
    "RtfWithShortRussianString.msg": (
        "", "2023-10-04T13:28:39+00:00", "",
        "ввести  «Имя пользователя» (email) и  «Пароль» (password).", [], [DRAFT, NO_SENDER]),
    "sender_not_found_from_exchange.msg": (
        "", "2026-03-31T08:01:56+00:00", "TR: CHANTIER ST CHEF", "Port : 07 56 37 37 00", [],
        [NO_SENDER]),
    "CC_duplicate_recipients_bug.msg": (
        "atmcquillen@gmail.com", "2024-04-15T18:08:25+01:00", "Testing MSG",
        "This is an MSG message.", [], []),
    "HTML_mail_with_replyto_and_attachment_and_embedded_image.msg": (
        "b.bottema@projectnibble.org", "2017-03-05T12:11:31+01:00", "hey", "We should meet up!",
        [("thumbsup", 433), ("dresscode.txt", 18), ("location.txt", 12)], []),
    "OutlookMessage_with_X500_dual_address.msg": (
        "sielenkemper@otris.de", "2021-02-22T15:55:04+01:00", "TestSigned2", "Königswall 21",
        [("image001.jpg", 721900), ("gettyimages-1254246621-1.jpg", 721900),
         ("smime.p7s", 5985)], []),
    "S_MIME_test_message_encrypted.msg": (
        "benny@bennybottema.com", "2019-04-27T18:47:26+02:00", "S/MIME test message encrypted",
        "", [("smime.p7m", 52165)], [ENCRYPTED]),
    "S_MIME_test_message_signed.msg": (
        "benny@bennybottema.com", "2019-04-27T18:47:54+02:00", "S/MIME test message signed",
        "For testing purposes", [("module_architecture.png", 27808),
                                 ("03-07-2005 errata SharnErrata.pdf", 8319),
                                 ("smime.p7s", 2666)], []),
    "Test_at_sign_in_personal_From_header.msg": (
        "bogus@domain.com", "2021-06-26T14:56:37+03:00", "Test at sign in personal 3",
        "Test body", [], []),
    "attachment_with_a_bracket_in_the_name.msg": (
        "", "2020-06-27T11:52:09+00:00", 'Attachment with the name "Attachment[1.pdf"',
        "Dummy text. Btw, the pdf is actually a .txt", [("Attachment[1.pdf", 16)],
        [DRAFT, NO_SENDER]),
    "chinese_message.msg": (
        "", "2018-08-16T16:21:53+00:00", "", "经过汇总 大家提前合理安排进房间入住吧。", [],
        [DRAFT, NO_SENDER]),
    "chinese_message_un_garbled.msg": (
        "zhuo.d.wang@accenture.com", "2024-05-20T03:29:17+00:00", "测试邮件",
        "Max 20 quizzes with 15 questions each", [("image001.png", 330713)], []),
    "embedded_image.msg": (
        "mpaliarik@mdlz.com", "2012-11-13T17:14:23+00:00", "email test",
        "This should pass into the kayako", [("image001.png", 9778)], []),
    "plain_chain.msg": (
        "", "2012-10-24T00:44:56+00:00",
        "RE: [Redmine - Bug #10180] redmine not truncating emails properly",
        "Another test email to obtain raw data", [], [NO_SENDER]),
    "simple_reply_with_CC.msg": (
        "benny@bennybottema.com", "2019-12-18T11:30:37+01:00", "Re: Sent by CV Contact Form",
        "This is a dummy CC test mail.", [], []),
    "simple_sent.msg": (
        "jdoes@someserver.com", "2006-08-12T14:25:25-04:00",
        "(outlookEMLandMSGconverter Trial Version Import) BitDaddys Software",
        "We have added your software", [], []),
    "testgetmsgAttch.msg": (
        "zhangtianhua@longestech.com", "2020-04-26T11:20:35+08:00", "测试多人邮件抄送msg格式",
        "AAAAAAAAAAAAAAAA", [("剑来.jpg", 449477), ("test mail.eml", 0)], []),
    "tst_unicode.msg": (
        "m.kalejs@outlook.com", "2019-10-21T11:29:02+00:00", "Testcase", "Char-å-Char", [],
        [DRAFT]),
}  # fmt: skip
# To, Cc and Bcc.
RECIPIENTS = {
    "EmailWithAttachments.msg": (
        ["crocodile@neverland.com"], ["tinkerbel@neverland.com"], ["wendy@neverland.com"]),
    "simple_email_with_TO_and_CC_multiple.msg": (
        ["elias.laugher@gmail.com", "niklas.lindson@gmail.com"],
        ["egi.champi.titu@gmail.com", "egi.han.tzu@gmail.com"],
        ["egi.carn.carby@gmail.com", "egi.dink.meeker@gmail.com"]),
    "simple_reply_with_CC.msg": (
        ["davidjono555@gmail.com"], ["b.bottema@projectnibble.org", "b.bottema@gmail.com"], []),
    "OutlookMessage_with_X500_dual_address.msg": (
        ["sielenkemper@otris.de", "sven.sielenkemper@gmail.com"], [], []),
    "CC_duplicate_recipients_bug.msg": (
        ["andrew.mcquillen@civica.co.uk"], ["atmcquillen@gmail.com"], []),
    "TestWithInlineHavingContentDisposition.eml": ([PETER], [PETER], []),
}  # fmt: skip


@pytest.fixture(scope="module")
def files() -> dict[str, Path]:
    """Real mails of other projects by file name; skips where the folder is absent."""
    found = {path.name: path for path in sorted(CORPUS.glob("*/*")) if path.is_file()}
    if not found:
        pytest.skip("the folder of real mails beside the project is absent")
    return found


def read(path: Path) -> Mail:
    return read_mail(path.name, path.read_bytes())


def test_every_mail_is_read(files: dict[str, Path], capsys: pytest.CaptureFixture[str]) -> None:
    rows = []
    for name, path in files.items():
        data = path.read_bytes()
        kind = mail_format(name, data)
        assert kind == path.suffix[1:]
        mail = read_mail(name, data)
        assert mail.text or mail.attachments or mail.problems or len(data) < 400, name
        assert mail.at or any(NO_DATE in problem for problem in mail.problems)
        assert "\ufffd" not in mail.subject + mail.text + mail.sender.name, name
        assert all(item.name for item in mail.attachments)
        at = f"{mail.at:%Y-%m-%d %H:%M %z}" if mail.at else "-"
        attached = ", ".join(item.name for item in mail.attachments)
        rows.append((name, kind, str(mail.sender), at, mail.subject, attached,
                     len(mail.problems)))  # fmt: skip
    with capsys.disabled():
        print()
        for row in rows:
            print(" | ".join(str(cell)[:44] for cell in row))


@pytest.mark.parametrize("name", EXPECTED)
def test_what_a_mail_says(files: dict[str, Path], name: str) -> None:
    mail = read(files[name])
    sender, at, subject, text, attached, told = EXPECTED[name]
    assert mail.sender.address == sender
    assert mail.at == (datetime.fromisoformat(at) if at else None)
    # A moment of which the file knows no offset is in that of this computer.
    if at and not at.endswith("+00:00"):
        assert mail.at is not None and mail.at.isoformat() == at
    assert mail.subject == subject
    assert text in mail.text
    assert bool(mail.text) is bool(text)
    # How long a mail is that is taken out of another is told nowhere: 0.
    sizes = dict(attached)
    assert [
        (item.name, len(item.data) if sizes.get(item.name) else 0) for item in mail.attachments
    ] == attached
    assert len(mail.problems) == len(told)
    for words, problem in zip(told, mail.problems, strict=True):
        assert words in problem


@pytest.mark.parametrize("name", RECIPIENTS)
def test_who_got_it(files: dict[str, Path], name: str) -> None:
    mail = read(files[name])
    got = tuple([one.address for one in field] for field in (mail.to, mail.cc, mail.bcc))
    assert got == RECIPIENTS[name]


def test_mails_inside_mails(files: dict[str, Path]) -> None:
    outer = read(files["EmailWithInnerMailAndAttachments.msg"]).attachments[2]
    inner = read_mail(outer.name, outer.data)
    assert (inner.subject, inner.text) == ("Inner mail", "Inner mail")
    assert [(a.name, len(a.data)) for a in inner.attachments] == [
        ("INNER 1.pdf", 15541), ("INNER 2.pdf", 15598),
    ]  # fmt: skip
    nested = read(files["nested_simple_mail.msg"]).attachments[0]
    inner = read_mail(nested.name, nested.data)
    assert inner.sender.address == "Emanuel.Reisinger@cargonet.software"
    assert inner.text.startswith("Hello all,")


def test_conversations(files: dict[str, Path]) -> None:
    reply = read(files["simple_reply_with_CC.msg"])
    assert reply.references[0] == "<1e8f9666a777f3219502aa861c901708@www.bennybottema.com>"
    assert len(reply.references) == 6
    chain = read(files["plain_chain.msg"])
    assert chain.references[-1] == "<redmine.journal-5787.20121005124505@anca.com>"


def test_mutations_are_read_or_refused(files: dict[str, Path]) -> None:
    chance = random.Random("msg")
    small = [path.read_bytes() for path in files.values() if path.stat().st_size < 60_000]
    for _ in range(500):
        data = bytearray(chance.choice(small))
        for _ in range(chance.randint(1, 8)):
            # Heads and directories are where it hurts.
            place = chance.choice([chance.randrange(512), chance.randrange(len(data))])
            match chance.randrange(4):
                case 0:
                    data[place : place + 4] = b"\xff\xff\xff\xff"
                case 1:
                    data[place : place + 4] = bytes(chance.randrange(256) for _ in range(4))
                case 2:
                    data[place : place + 1] = bytes([chance.randrange(256)])
                case 3:
                    data = data[: max(place, len(data) // 2)]
        try:
            read_mail("x.msg", bytes(data))
        except Refusal:
            continue
