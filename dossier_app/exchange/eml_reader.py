"""Mails as they travel (.eml): MIME parts to a `Mail`, whatever is broken in them.

The standard library reads header fields and codings; the parts are told apart here,
because its parser needs ever more time and stack for parts inside parts. Nothing is ever
loaded from anywhere.
"""

from __future__ import annotations

import binascii
import mimetypes
import quopri
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from dossier_app.domain.errors import Unreadable
from dossier_app.domain.language import tr
from dossier_app.domain.mail import Mail, MailAddress, MailAttachment
from dossier_app.exchange.html_text import html_to_text
from dossier_app.exchange.mail_headers import Headers, decode_declared, file_name, lenient_base64

_DEEPEST = 20  # parts inside parts that are opened; more are kept as they are
_MOST_PARTS = 1_000
_HEADER_END = re.compile(rb"\r?\n[ \t]*\r?\n|\A[ \t]*\r?\n")
_LEAD = re.compile(rb"(?:\s+|>?From [^\r\n]*\r?\n)*")
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_META = re.compile(r"<meta[^>]{0,500}charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_SHOWN = re.compile(r"\bcid:([^\"'\s>)]{1,200})", re.IGNORECASE)
_UUENCODED = re.compile(
    rb"^begin [0-7]{3,4} ([^\r\n]+)\r?\n((?:[\x20-\x60]{1,90}\r?\n)*?)[` ]?\r?\n?end[ \t]*\r?$",
    re.MULTILINE,
)
_SIGNED_DATA = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"  # the kind of a CMS message
SEALED = ("application/pkcs7-mime", "application/x-pkcs7-mime")
_SIGNATURES = (
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
    "application/pgp-signature",
)


@dataclass(slots=True)
class Text:
    """What parts say; ``plain`` when none of it had to be made of HTML."""

    text: str = ""
    plain: bool = True
    pages: list[str] = field(default_factory=list, repr=False)  # the HTML it was made of


def read_eml(data: bytes) -> Mail:
    """Read a mail. Raises Unreadable when ``data`` has no header lines of one."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    data = data[_LEAD.match(data).end() :]  # type: ignore[union-attr]
    reader = MimeReader(data)
    headers = reader.headers_of(data)[0]
    mail = Mail(
        message_id=next(iter(headers.ids("Message-ID")), headers.text("Message-ID")),
        at=headers.moment(),
        sender=next(iter(headers.addresses("From", "Sender")), MailAddress()),
        to=headers.addresses("To"),
        cc=headers.addresses("Cc"),
        bcc=headers.addresses("Bcc"),
        subject=headers.text("Subject"),
        references=headers.ids("References", "In-Reply-To"),
    )
    if mail == Mail():
        raise Unreadable(tr("The file holds no mail: it names no sender, date or subject."))
    mail.text, mail.attachments = reader.read_whole(data)
    mail.problems = reader.problems
    if mail.at is None:
        mail.problems.append(tr("The mail has no readable date."))
    if not mail.sender.address:
        mail.problems.append(tr("The mail does not tell the sender's address."))
    return mail


class MimeReader:
    """Takes MIME parts apart. ``whole`` is the mail they are of: its other parts may tell
    the encoding of those that do not."""

    def __init__(self, whole: bytes) -> None:
        found = _CHARSET.findall(whole[:200_000])[:50]
        self._hints = list(dict.fromkeys(name.decode("ascii") for name in found))
        self._parts = 0
        self.attachments: list[MailAttachment] = []
        self._content_ids: list[str] = []  # of the attachments
        self.problems: list[str] = []

    def headers_of(self, part: bytes) -> tuple[Headers, bytes]:
        """The header of a part, and its body in the coding it travels in."""
        end = _HEADER_END.search(part)
        head, body = (part[: end.start()], part[end.end() :]) if end else (part, b"")
        headers = Headers(head, self._hints)
        if headers.rest:
            body = headers.rest.encode("utf-8", "replace") + b"\n\n" + body
        return headers, body

    def read_whole(self, part: bytes) -> tuple[str, list[MailAttachment]]:
        """The text of a part and its attachments; pictures that the text shows are marked."""
        text = self.read(part)
        shown = {name for page in text.pages for name in _SHOWN.findall(page)}
        return text.text, [
            replace(item, inline=True) if item.mime.startswith("image/") and name in shown else item
            for item, name in zip(self.attachments, self._content_ids, strict=True)
        ]

    def read(self, part: bytes, depth: int = 0, inside: str = "") -> Text:
        """The text of a part with all that it holds; attachments are put aside.

        ``inside`` is the kind of multipart that it stands in.
        """
        self._parts += 1
        headers, body = self.headers_of(part)
        message = headers.message
        kind = message.get_content_type()
        if inside == "multipart/digest" and "Content-Type" not in message:
            kind = "message/rfc822"
        if kind.startswith("multipart/") and depth >= _DEEPEST:
            self._tell(_too_many())
        elif kind.startswith("multipart/"):
            boundary = str(_parameter(message.get_boundary) or "")
            parts = _split(body, boundary.encode("utf-8", "replace"))
            if parts:
                return self._read_parts(kind, parts, depth)
            kind = "text/plain"
            self._tell(tr("The parts of the mail cannot be told apart; they are shown as text."))
        content = _decoded(body, str(message.get("Content-Transfer-Encoding", "")))
        name = file_name(str(_parameter(message.get_filename) or ""))
        # The text itself has a name too in the mails of some programs.
        named = name and depth > 0 and inside != "multipart/alternative"
        attached = message.get_content_disposition() == "attachment" or named
        if kind in ("text/plain", "text/html") and not attached:
            charset = str(_parameter(message.get_content_charset) or "")
            flowed = str(_parameter(lambda: message.get_param("format")) or "").lower() == "flowed"
            return self._text(kind, content, charset, flowed=flowed)
        self._attach(headers, kind, name, content)
        return Text()

    def _read_parts(self, kind: str, parts: list[bytes], depth: int) -> Text:
        if kind == "multipart/encrypted":
            self._tell(told_of_sealed(b""))
        texts = []
        for part in parts:
            if self._parts >= _MOST_PARTS:
                self._tell(_too_many())
                break
            texts.append(self.read(part, depth + 1, kind))
        pages = [page for text in texts for page in text.pages]
        said = [text for text in texts if text.text]
        if kind == "multipart/alternative" and said:
            # The last is the richest and the first the plainest: plain words are wanted.
            best = next((text for text in said if text.plain), said[-1])
            return Text(best.text, best.plain, pages)
        plain = all(text.plain for text in said)
        return Text("\n\n".join(text.text for text in said), plain, pages)

    def _text(self, kind: str, content: bytes, charset: str, *, flowed: bool) -> Text:
        if kind == "text/html":
            if not charset:
                meta = _META.search(content[:4096].decode("latin-1"))
                charset = meta[1] if meta else ""
            page = decode_declared(content, charset, self._hints)
            return Text(html_to_text(page), plain=False, pages=[page])
        content = _UUENCODED.sub(self._uudecoded, content)
        text = decode_declared(content, charset, self._hints)
        return Text(tidy(_unflowed(text) if flowed else text))

    def _uudecoded(self, found: re.Match[bytes]) -> bytes:
        try:
            data = b"".join(_uu_line(line) for line in found[2].splitlines())
        except binascii.Error:
            return found[0]
        name = file_name(decode_declared(found[1], "", self._hints))
        self._add(
            MailAttachment(name or f"attachment-{len(self.attachments) + 1}", mime_of(name), data)
        )
        return b""

    def _attach(self, headers: Headers, kind: str, name: str, content: bytes) -> None:
        if kind in SEALED:
            self._tell(told_of_sealed(content))
        elif kind == "application/ms-tnef" or name.lower() == "winmail.dat":
            self._tell(tr("Outlook packed the attachments into {name}.", name="winmail.dat"))
        if kind in _SIGNATURES and not name:
            name = "signature.p7s"
        marked = headers.message.get_content_disposition() == "attachment"
        content_id = "" if marked else headers.raw("Content-ID").strip("<> ")
        self._add(
            MailAttachment(name or self._name(headers, kind, content), kind, content), content_id
        )

    def _add(self, attachment: MailAttachment, content_id: str = "") -> None:
        self.attachments.append(attachment)
        self._content_ids.append(content_id)

    def _name(self, headers: Headers, kind: str, content: bytes) -> str:
        """A name for an attachment that has none: what it is said to be, else its number."""
        is_mail = kind == "message/rfc822"
        ending = ".eml" if is_mail else mimetypes.guess_extension(kind) or ""
        said = headers.text("Content-Description")
        if is_mail and not said:
            said = self.headers_of(content.lstrip())[0].text("Subject") or headers.text("Subject")
        name = file_name(said) or f"attachment-{len(self.attachments) + 1}"
        return name if name.lower().endswith(ending) else name + ending

    def _tell(self, problem: str) -> None:
        if problem not in self.problems:
            self.problems.append(problem)


def tidy(text: str) -> str:
    """A text without line ends of other systems, spaces at ends and many blank lines."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").replace("\xa0", " ")
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n")


def told_of_sealed(content: bytes) -> str:
    """What is told of an S/MIME message (RFC 8551) that is not opened here."""
    if _SIGNED_DATA in content[:64]:
        return tr("The mail is signed in a sealed form; it is kept whole, its text is not read.")
    return tr("The mail is encrypted; it is kept whole as a document, its text is not read.")


def mime_of(name: str) -> str:
    """The kind of a file by its name alone."""
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def _too_many() -> str:
    return tr("The mail has more parts than are read; it is kept whole as a document.")


def _parameter(read: Callable[[], object]) -> object:
    """What the standard library makes of a parameter; None when it cannot."""
    try:
        return read()
    except (ValueError, TypeError, LookupError, AttributeError):
        return None


def _split(body: bytes, boundary: bytes) -> list[bytes]:
    """The parts between lines of the boundary (RFC 2046); the last may not be closed."""
    if not boundary:
        return []
    line = re.compile(rb"^--" + re.escape(boundary) + rb"(--)?[ \t]*\r?$\n?", re.MULTILINE)
    parts: list[bytes] = []
    begin = None
    for found in line.finditer(body):
        if begin is not None:
            parts.append(_without_line_end(body[begin : found.start()]))
        begin = found.end()
        if found[1]:
            return parts
    return parts if begin is None else [*parts, body[begin:]]


def _without_line_end(part: bytes) -> bytes:
    return part.removesuffix(b"\n").removesuffix(b"\r")


def _decoded(body: bytes, coding: str) -> bytes:
    match coding.strip().lower():
        case "base64":
            return lenient_base64(body)
        case "quoted-printable":
            return quopri.decodestring(body)
        case "x-uuencode" | "uuencode" | "x-uue" | "uue":
            found = _UUENCODED.search(body)
            try:
                return b"".join(_uu_line(line) for line in found[2].splitlines()) if found else body
            except binascii.Error:
                return body
    return body


def _uu_line(line: bytes) -> bytes:
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:
        # Some programs fill the last line with what does not count.
        length = (((line[0] - 32) & 63) * 4 + 5) // 3
        return binascii.a2b_uu(line[:length])


def _unflowed(text: str) -> str:
    """Paragraphs that were broken for narrow screens, on one line again (RFC 3676)."""
    lines: list[str] = []
    soft = False
    for written in text.replace("\r\n", "\n").split("\n"):
        line = written.removeprefix(" ")
        quoted = line.startswith(">")
        if soft and not quoted:
            lines[-1] += line
        else:
            lines.append(line)
        soft = line.endswith(" ") and line != "-- " and not quoted
    return "\n".join(lines)
