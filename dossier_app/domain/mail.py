"""A mail as it was read from a file: who wrote what to whom, and what was attached."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class MailAddress:
    """One party of a mail. ``address`` is empty when the file tells a name alone."""

    name: str = ""
    address: str = ""

    def __str__(self) -> str:
        if self.name and self.address and self.name != self.address:
            return f"{self.name} <{self.address}>"
        return self.address or self.name


@dataclass(frozen=True, slots=True)
class MailAttachment:
    """``name`` is a file name without folders; ``inline`` marks a picture inside the text."""

    name: str
    mime: str
    data: bytes = field(repr=False)
    inline: bool = False


@dataclass(slots=True)
class Mail:
    """``at`` is when it was sent, with an offset from UTC; None when the file does not tell.

    ``message_id`` and ``references`` (oldest first, the mail that is answered last) are
    what mail programs tie a conversation together with, as ``<name@host>``; empty when
    missing. ``problems`` are translated sentences about what was not or not surely read.
    """

    message_id: str = ""
    at: datetime | None = None
    sender: MailAddress = MailAddress()
    to: list[MailAddress] = field(default_factory=list)
    cc: list[MailAddress] = field(default_factory=list)
    bcc: list[MailAddress] = field(default_factory=list)
    subject: str = ""
    text: str = ""
    attachments: list[MailAttachment] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def recipients(self) -> list[MailAddress]:
        return [*self.to, *self.cc, *self.bcc]

    @property
    def thread(self) -> str:
        """What all mails of one conversation have in common: the mail it began with."""
        return self.references[0] if self.references else self.message_id
