"""What of a document can be shown in the window, without another program."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

from dossier_app.domain.datewords import clock, full_date
from dossier_app.domain.errors import Unreadable
from dossier_app.domain.filenames import FileKind, kind_by_beginning
from dossier_app.domain.language import tr
from dossier_app.domain.mail import Mail
from dossier_app.domain.records import Document
from dossier_app.exchange.decoding import decode
from dossier_app.exchange.mail import mail_format, read_mail
from dossier_app.storage import contents

MOST_TO_SHOW = 64 * 1024 * 1024  # bytes of a PDF file or a picture
MOST_TEXT = 200_000  # characters: a long book, and quick to lay out
_NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]")


@dataclass(frozen=True, slots=True)
class Preview:
    """``data`` is the whole file where it is a PDF or a picture, ``text`` what a text or a
    mail says.

    ``cut`` is true when the text goes on; ``too_large`` when it is a PDF or a picture too
    large to be shown, and then there is no data.
    """

    kind: FileKind
    data: bytes = b""
    text: str = ""
    cut: bool = False
    too_large: bool = False


def preview_of(document: Document) -> Preview:
    """What to show of a document: its content decides, not its name.

    Of a text the beginning is shown, as text whatever is in it: HTML is its source.
    Raises Refusal when the content is missing.
    """
    head = b"".join(islice(contents.read(document.sha256), 1))
    is_mail = bool(mail_format(document.name, head))
    kind = FileKind.MAIL if is_mail else kind_by_beginning(head)
    if kind is FileKind.OTHER:
        return Preview(kind)
    if kind is not None:
        if document.size > MOST_TO_SHOW:
            return Preview(kind, too_large=True)
        data = b"".join(contents.read(document.sha256))
        if not is_mail:
            return Preview(kind, data)
        with suppress(Unreadable):
            mail = _mail_text(read_mail(document.name, data))
            return Preview(kind, text=mail[:MOST_TEXT], cut=len(mail) > MOST_TEXT)
    cut = document.size > len(head)
    text = _text(_whole_letters(head) if cut else head)
    if text is None:
        return Preview(FileKind.OTHER)
    return Preview(FileKind.TEXT, text=text[:MOST_TEXT], cut=cut or len(text) > MOST_TEXT)


def _mail_text(mail: Mail) -> str:
    """A mail as it is read: who, when, what about; then what it says."""
    at = mail.at.astimezone() if mail.at else None
    lines = [
        (tr("Sender"), str(mail.sender)),
        (tr("Recipient"), ", ".join(map(str, mail.to))),
        (tr("Copy to"), ", ".join(map(str, [*mail.cc, *mail.bcc]))),
        (tr("Date"), f"{full_date(at.date())}, {clock(at.time())}" if at else ""),
        (tr("Subject"), mail.subject),
        (tr("Attachments"), ", ".join(item.name for item in mail.attachments if not item.inline)),
    ]
    head = "\n".join(f"{label}: {text}" for label, text in lines if text)
    return f"{head}\n\n{mail.text}"


def _whole_letters(data: bytes) -> bytes:
    """``data`` without the half of a UTF-8 letter that it was cut in."""
    for less in range(4):
        part = data[: len(data) - less]
        with suppress(UnicodeDecodeError):
            part.decode()
            return part
    return data


def _text(data: bytes) -> str | None:
    """``data`` as text; None when it is none."""
    text = decode(data).text.replace("\r\n", "\n").replace("\r", "\n")
    strange = len(_NOT_TEXT.findall(text))
    if strange * 50 > len(text):
        return None
    return _NOT_TEXT.sub("\ufffd", text)
