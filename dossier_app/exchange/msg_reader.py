"""Mails as Outlook saves them (.msg): the properties of [MS-OXMSG] to a `Mail`.

The container is opened by olefile; what its streams mean is read here. A mail inside a
mail becomes an attachment of the usual form (.eml). Nothing is loaded from anywhere.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from dossier_app.domain.errors import Unreadable
from dossier_app.domain.language import tr
from dossier_app.domain.mail import Mail, MailAddress, MailAttachment
from dossier_app.exchange.eml_reader import SEALED, MimeReader, mime_of, tidy, told_of_sealed
from dossier_app.exchange.eml_writer import as_eml
from dossier_app.exchange.html_text import html_to_text
from dossier_app.exchange.mail_headers import Headers, decode_declared, file_name, one_line
from dossier_app.exchange.rtf_text import codec_of, rtf_to_text, unpack_rtf

if TYPE_CHECKING:
    from olefile import OleFileIO

_DEEPEST = 8  # mails inside mails that are opened
_MOST = 1_000  # attachments, and recipients
_OTHER_KINDS = ("IPM.CONTACT", "IPM.DISTLIST", "IPM.TASK", "IPM.STICKYNOTE", "IPM.ACTIVITY")
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_PROPERTIES = "__properties_version1.0"

# Property numbers of [MS-OXPROPS].
_CLASS, _SUBJECT, _SENT, _HEADERS, _BODY = 0x001A, 0x0037, 0x0039, 0x007D, 0x1000
_ARRIVED, _FLAGS, _MADE, _RTF, _HTML, _ID = 0x0E06, 0x0E07, 0x3007, 0x1009, 0x1013, 0x1035
_REFERENCES, _ANSWERS = 0x1039, 0x1042
_FOR_NAME, _FOR_ADDRESSES = 0x0042, (0x5D02, 0x0065)  # in whose name it was sent
_FROM_NAME, _FROM_ADDRESSES = 0x0C1A, (0x5D01, 0x0C1F)
_RECIPIENT_KIND, _RECIPIENT_NAME, _RECIPIENT_ADDRESSES = 0x0C15, 0x3001, (0x39FE, 0x3003)
_DATA, _METHOD, _MIME, _CONTENT_ID = 0x3701, 0x3705, 0x370E, 0x3712
_FILE_NAMES = (0x3707, 0x3001, 0x3704)
_BODY_CODEPAGE, _CODEPAGE = 0x3FDE, 0x3FFD
_UNSENT, _BY_REFERENCE = 0x8, (2, 3, 4, 7)


def read_msg(data: bytes) -> Mail:
    """Read a message. Raises Unreadable when ``data`` is none, or is damaged."""
    import olefile

    try:
        with olefile.OleFileIO(data) as container:
            if not container.exists(_PROPERTIES):
                raise Unreadable(tr("The file holds no mail of Outlook."))
            return _Message(container, "", 32).mail()
    except _DAMAGE as error:
        raise Unreadable(tr("The mail is damaged and cannot be read.")) from error


# What a damaged container brings about inside olefile.
_DAMAGE = (
    OSError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError, struct.error,
    RecursionError, MemoryError,
)  # fmt: skip


class _Storage:
    """A folder of the container with the properties that are in it. ``head`` is how many
    bytes stand before the list of properties."""

    def __init__(self, container: OleFileIO, path: str, head: int, codec: str = "") -> None:
        self.container, self.path, self._head = container, path, head
        self._outer_codec = codec

    def stream(self, name: str) -> bytes:
        """The bytes of a stream; b"" when there is none."""
        path = self.path + name
        if not self.container.exists(path) or self.container.get_type(path) != 2:
            return b""
        with self.container.openstream(path) as stream:
            return bytes(stream.read())

    @cached_property
    def _fixed(self) -> dict[int, bytes]:
        """The values that stand in the list itself, by property number."""
        listed = self.stream(_PROPERTIES)[self._head :]
        return {
            struct.unpack_from("<H", listed, place + 2)[0]: listed[place + 8 : place + 16]
            for place in range(0, len(listed) - 15, 16)
        }

    def number(self, prop: int) -> int:
        return int(struct.unpack("<i", self._fixed.get(prop, b"")[:4] or b"\0\0\0\0")[0])

    def time(self, prop: int) -> datetime | None:
        """A moment in UTC, to the second; None when it is not known."""
        value = int.from_bytes(self._fixed.get(prop, b""), "little")
        if not value:
            return None
        try:
            moment = _EPOCH + timedelta(seconds=value // 10_000_000)
        except OverflowError:
            return None
        return moment if 1971 <= moment.year < 2200 else None

    @property
    def codec(self) -> str:
        """The encoding of texts that are not Unicode; "" when it is not told."""
        return codec_of(self.number(_CODEPAGE)) or self._outer_codec

    @property
    def body_codec(self) -> str:
        return codec_of(self.number(_BODY_CODEPAGE)) or self.codec

    def text(self, prop: int) -> str:
        wide = self.stream(f"__substg1.0_{prop:04X}001F")
        if wide:
            return wide.decode("utf-16-le", "replace").rstrip("\x00")
        narrow = self.stream(f"__substg1.0_{prop:04X}001E").rstrip(b"\x00")
        return decode_declared(narrow, self.body_codec if prop == _BODY else self.codec)

    def binary(self, prop: int) -> bytes:
        return self.stream(f"__substg1.0_{prop:04X}0102")

    def first(self, *props: int) -> str:
        """The first text of these properties that is there."""
        return next(filter(None, (one_line(self.text(prop)) for prop in props)), "")

    def address(self, *props: int) -> str:
        """The first of these that is an address of the internet, not one of Exchange."""
        return next((item for prop in props if "@" in (item := self.first(prop))), "")

    def folders(self, beginning: str) -> Iterator[str]:
        """Paths of the folders in this one whose names begin so, in order."""
        depth = self.path.count("/")
        names = {
            entry[depth]
            for entry in self.container.listdir(streams=True, storages=True)
            if len(entry) > depth
            and "/".join(entry[:depth]) == self.path.rstrip("/")
            and entry[depth].lower().startswith(beginning)
        }
        yield from (f"{self.path}{name}/" for name in sorted(names)[:_MOST])


class _Message(_Storage):
    """A message: the file itself, or one inside another."""

    def __init__(
        self, container: OleFileIO, path: str, head: int, codec: str = "", depth: int = 0
    ) -> None:
        super().__init__(container, path, head, codec)
        self._depth = depth
        self._problems: list[str] = []
        self._signed_text = ""

    def mail(self) -> Mail:
        kind = self.first(_CLASS).upper()
        if kind.startswith(_OTHER_KINDS):
            raise Unreadable(tr("The file holds no mail but another item of Outlook."))
        headers = Headers(self.text(_HEADERS).encode("utf-8", "replace"))
        attachments = list(self._attachments())
        mail = Mail(
            message_id=self.first(_ID) or headers.text("Message-ID"),
            at=self._moment(headers),
            sender=self._sender(headers),
            subject=one_line(self.text(_SUBJECT)) or headers.text("Subject"),
            text=self._text() or self._signed_text,
            attachments=attachments,
            references=self._references(headers),
            problems=self._problems,
        )
        self._add_recipients(mail, headers)
        if self.number(_FLAGS) & _UNSENT:
            mail.problems.append(tr("The mail is a draft: it was not sent."))
        if mail.at is None:
            mail.problems.append(tr("The mail has no readable date."))
        if not mail.sender.address:
            mail.problems.append(tr("The mail does not tell the sender's address."))
        return mail

    def _moment(self, headers: Headers) -> datetime | None:
        """Outlook keeps UTC; the offset of the sender stands in the header alone."""
        said = headers.moment()
        sent = self.time(_SENT)
        if sent is None:
            return said or _local(self.time(_ARRIVED) or self.time(_MADE))
        return sent.astimezone(said.tzinfo) if said else _local(sent)

    def _sender(self, headers: Headers) -> MailAddress:
        said = next((item for item in headers.addresses("From") if item.address), None)
        if said is not None:
            return said
        address = self.address(*_FOR_ADDRESSES, *_FROM_ADDRESSES)
        name = self.first(_FOR_NAME, _FROM_NAME)
        return MailAddress(name or address, address) if name or address else MailAddress()

    def _add_recipients(self, mail: Mail, headers: Headers) -> None:
        lists = {1: mail.to, 2: mail.cc, 3: mail.bcc}
        for path in self.folders("__recip_version1.0_#"):
            one = _Storage(self.container, path, 8, self.codec)
            address = self.address_of(one)
            name = one.first(_RECIPIENT_NAME).strip("'") or address
            party = MailAddress(name, address)
            place = lists.get(one.number(_RECIPIENT_KIND) & 15, mail.to)
            if (name or address) and party not in place:
                place.append(party)
        for name, place in (("To", mail.to), ("Cc", mail.cc), ("Bcc", mail.bcc)):
            if not any(party.address for party in place):
                place[:] = headers.addresses(name) or place

    @staticmethod
    def address_of(recipient: _Storage) -> str:
        address = recipient.address(*_RECIPIENT_ADDRESSES).strip("'")
        name = recipient.first(_RECIPIENT_NAME).strip("'")
        return address or (name if "@" in name and " " not in name else "")

    def _references(self, headers: Headers) -> list[str]:
        told = f"References: {self.first(_REFERENCES)}\nIn-Reply-To: {self.first(_ANSWERS)}\n"
        own = Headers(told.encode("utf-8", "replace")).ids("References", "In-Reply-To")
        return own or headers.ids("References", "In-Reply-To")

    def _text(self) -> str:
        """The plain body; without one, what the HTML or the rich text says."""
        plain = tidy(self.text(_BODY))
        if plain.strip():
            return plain.strip()
        page = self.binary(_HTML)
        if page:
            return html_to_text(decode_declared(page, self.body_codec))
        page_text = self.text(_HTML)
        if page_text:
            return html_to_text(page_text)
        return tidy(rtf_to_text(unpack_rtf(self.binary(_RTF))))

    def _attachments(self) -> Iterator[MailAttachment]:
        page = self.binary(_HTML).decode("latin-1") + unpack_rtf(self.binary(_RTF)).decode(
            "latin-1"
        )
        for number, path in enumerate(self.folders("__attach_version1.0_#"), 1):
            one = _Storage(self.container, path, 8, self.codec)
            inside = f"{path}__substg1.0_{_DATA:04X}000D/"
            mime = one.first(_MIME).lower()
            name = file_name(one.first(*_FILE_NAMES))
            if self.container.exists(inside.rstrip("/")):
                yield from self._embedded(inside, name)
            elif mime == "multipart/signed":
                yield from self._signed(one.binary(_DATA))
            elif one.number(_METHOD) in _BY_REFERENCE and not one.binary(_DATA):
                self._tell(tr("{name} is only a link to a file elsewhere.", name=name))
            else:
                if mime in SEALED:
                    self._tell(told_of_sealed(one.binary(_DATA)))
                shown = f"cid:{one.first(_CONTENT_ID)}" in page and bool(one.first(_CONTENT_ID))
                name = name or f"attachment-{number}"
                kind = mime or mime_of(name)
                yield MailAttachment(
                    name, kind, one.binary(_DATA), shown and kind.startswith("image/")
                )

    def _embedded(self, path: str, name: str) -> Iterator[MailAttachment]:
        """A mail inside this one, in the form in which mails travel."""
        inner = _Message(self.container, path, 24, self.codec, self._depth + 1)
        if not inner.stream(_PROPERTIES) or self._depth >= _DEEPEST:
            self._tell(tr("{name} cannot be taken out of the mail.", name=name or "OLE"))
            return
        try:
            mail = inner.mail()
        except Unreadable as refusal:
            self._tell(str(refusal))
            return
        name = file_name(name or mail.subject) or "attachment"
        yield MailAttachment(f"{name}.eml", "message/rfc822", as_eml(mail))

    def _signed(self, data: bytes) -> Iterator[MailAttachment]:
        """What is signed travels whole inside one attachment."""
        reader = MimeReader(data)
        self._signed_text, attachments = reader.read_whole(data)
        self._problems += reader.problems
        yield from attachments

    def _tell(self, problem: str) -> None:
        if problem not in self._problems:
            self._problems.append(problem)


def _local(moment: datetime | None) -> datetime | None:
    return moment.astimezone() if moment else None
