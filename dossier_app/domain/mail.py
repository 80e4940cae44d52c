"""A mail as it was read from a file: who wrote what to whom, and what was attached."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from dossier_app.domain.names import fold
from dossier_app.domain.records import Channel, HistoryEntry

# What programs put before the subject of a mail that answers or passes on.
_ANSWER = re.compile(
    r"\s*(?:(?:re|fwd?|aw|wg|отв|ответ|на|пер|пересл)(?:\[\d+\]|\(\d+\))?\s*:\s*)+",
    re.IGNORECASE,
)


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


def thread_of(own: str, references: Sequence[str]) -> str:
    """The names that tie a mail to the rest of its conversation, with spaces between: its
    ``own``, that of the mail it all began with, and that of the mail it answers."""
    names = map(_without_spaces, (own, *references[:1], *references[-1:]))
    return " ".join(dict.fromkeys(names))


def bare_subject(subject: str) -> tuple[str, bool]:
    """A subject folded and without "Re:", "Fwd:" and the like before it, and whether it had
    one of them."""
    bare = _ANSWER.sub("", subject)
    return fold(bare).strip(), bare != subject


class Mails:
    """The mails of one history, to find among them the same mail, or the one that another
    mail answers."""

    def __init__(self, history: Iterable[HistoryEntry]) -> None:
        self._own: set[str] = set()
        self._known: set[str] = set()
        self._by_subject: dict[str, list[HistoryEntry]] = {}
        for entry in history:
            self.add(entry)

    def add(self, entry: HistoryEntry) -> None:
        if entry.channel is Channel.EMAIL:
            self._own.update(entry.thread.split()[:1])
            self._known.update(entry.thread.split())
            self._by_subject.setdefault(bare_subject(_first_line(entry))[0], []).append(entry)

    def has(self, own: str) -> bool:
        """True when the mail with this own name is there already."""
        return _without_spaces(own) in self._own

    def answered_by(self, entry: HistoryEntry) -> HistoryEntry | None:
        """The mail that ``entry`` answers when it names none of these itself: programs lose
        such names on the way. That is the newest one before it with the same subject."""
        subject, is_answer = bare_subject(_first_line(entry))
        if not subject or not is_answer or not self._known.isdisjoint(entry.thread.split()):
            return None
        alike = (other for other in self._by_subject.get(subject, ()) if other.at <= entry.at)
        return max(alike, key=lambda other: other.at, default=None)


def conversations(entries: Sequence[HistoryEntry]) -> dict[str, str]:
    """Which of the contacts are mails of one conversation: of each its uid, and the uid of
    the conversation's last one in ``entries``. Mails without another are left out.

    Tied together are mails with a name in common, in whatever order they came: each tells
    its own and some of those it answers (RFC 5322, 3.6.4).
    """
    above: dict[str, str] = {}

    def top(name: str) -> str:
        while above.setdefault(name, name) != name:
            above[name] = name = above[above[name]]
        return name

    for entry in entries:
        for name in entry.thread.split():
            above[top(name)] = top(entry.uid)
    tied: dict[str, list[str]] = {}
    for entry in entries:
        if entry.uid in above:
            tied.setdefault(top(entry.uid), []).append(entry.uid)
    return {uid: uids[-1] for uids in tied.values() if len(uids) > 1 for uid in uids}


def _without_spaces(name: str) -> str:
    return "".join(name.split())


def _first_line(entry: HistoryEntry) -> str:
    return entry.text.partition("\n")[0]
