"""Mails in the history of a dossier: which dossier, in which direction, with which documents."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dossier_app.domain import clock
from dossier_app.domain.datewords import full_date
from dossier_app.domain.filenames import ending_of, safe_name, same_name, stem_of
from dossier_app.domain.language import tr
from dossier_app.domain.mail import Mail, Mails, thread_of
from dossier_app.domain.records import Channel, ContactKind, Direction, Dossier, HistoryEntry
from dossier_app.exchange.mail import mail_format, read_mail
from dossier_app.services import documents
from dossier_app.services.steps import finish
from dossier_app.storage import dossiers, journal
from dossier_app.storage.rows import contact_key

_LONGEST_NAME = 400  # characters of a message's own name that is believed
MOST_TEXT = 20_000  # characters of an entry; the stored mail has all of it
# Where a mail that is answered or passed on begins, as Outlook and others write it.
_ANSWERED = re.compile(
    r"^(?:-{2,} ?(?:Original Message|Forwarded|Исходное сообщение|Пересылаемое сообщение)|_{20,}$"
    r"|(?:From|От|От кого): .+\n(?:Sent|Date|Отправлено|Дата|Кому|To): )",
    re.MULTILINE,
)
_WHO_WROTE = re.compile(r".{0,300}(?:wrote|пишет|писала?|написала?|\(а\)):")
# Proofs for mail programs, no documents of a client; the stored mail has them.
_SIGNATURES = re.compile(r"application/(?:x-)?(?:pkcs7|pgp)-signature")


@dataclass(frozen=True, slots=True)
class MailFile:
    """A file with a mail, read. ``format`` is "eml" or "msg"."""

    name: str
    format: str
    mail: Mail
    data: bytes

    @property
    def own_name(self) -> str:
        """By what the same mail is known again, also in the other format."""
        name = self.mail.message_id
        if not 0 < len(name) <= _LONGEST_NAME:
            name = hashlib.sha256(self.data).hexdigest()
        return name

    @property
    def origin(self) -> str:
        """Its own name beside those of other foreign files."""
        return f"mail {self.own_name}"

    @property
    def origins(self) -> list[str]:
        """Its own name, and those of the mails it answers."""
        return [self.origin, *(f"mail {name}" for name in self.mail.references)]

    @property
    def parties(self) -> list[tuple[Direction, str]]:
        """Which way the mail went for whoever has which address, the sender first."""
        return [
            (direction, contact_key(ContactKind.EMAIL, party.address))
            for direction, parties in (
                (Direction.IN, [self.mail.sender]),
                (Direction.OUT, self.mail.recipients),
            )
            for party in parties
            if party.address
        ]

    @property
    def title(self) -> str:
        return self.mail.subject or tr("(no subject)")

    @property
    def day(self) -> str:
        """The day it was written, in words; "" when that is not known."""
        return full_date(self.mail.at.date()) if self.mail.at else ""


@dataclass(frozen=True, slots=True)
class Home:
    """The dossier that a mail belongs to. ``key`` is the address by which it was found,
    empty when the rep or the conversation told; ``others`` have one of its addresses too."""

    uid: str
    direction: Direction
    key: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FiledMail:
    """What a mail brings into a dossier: an entry of the history, and documents."""

    uid: str
    entry: HistoryEntry
    title: str  # of the stored mail, without its ending
    file: MailFile


def mail_file(name: str, data: bytes) -> MailFile | None:
    """The mail in a file called ``name``; None when it holds something else. Raises
    Refusal when it cannot be read."""
    kind = mail_format(name, data)
    return MailFile(name, kind, read_mail(name, data), data) if kind else None


def find_home(
    file: MailFile,
    by_key: Mapping[str, Sequence[str]],
    origins: Mapping[str, str],
    into: str = "",
) -> Home | None:
    """Where a mail belongs: ``into``, else the first dossier with the sender's address,
    else that of the first recipient, else that of the mail it answers."""
    found = [
        (uid, direction, key) for direction, key in file.parties for uid in by_key.get(key, ())
    ]
    uids = list(dict.fromkeys(uid for uid, _, _ in found))
    answered = (origins.get(name, "") for name in reversed(file.origins[1:]))
    uid = into or next(iter(uids), "") or next(filter(None, answered), "")
    if not uid:
        return None
    direction, key = next(
        ((way, key) for other, way, key in found if other == uid), (Direction.NONE, "")
    )
    return Home(uid, direction, key, tuple(other for other in uids if other != uid))


def homeless(file: MailFile) -> str:
    """Why a mail is not imported: nobody in the binder has one of its addresses."""
    known = dict.fromkeys(
        party.address for party in (file.mail.sender, *file.mail.recipients) if party.address
    )
    if not known:
        return tr("The mail tells no address; choose the dossier it belongs to.")
    return tr("No dossier has one of these addresses: {addresses}.",
              addresses=", ".join([*known][:5]))  # fmt: skip


def filed(file: MailFile, home: Home, dossier: Dossier, earlier: Mails) -> FiledMail:
    """What the mail becomes in ``dossier``, which has the mails ``earlier``. Its moment is
    the mail's own; one that has no date is entered as of now."""
    mail = file.mail
    at = mail.at or clock.now()
    text = "\n\n".join(filter(None, (mail.subject, mail.text)))
    entry = HistoryEntry(
        at=at,
        channel=Channel.EMAIL,
        direction=home.direction,
        text=shortened(text.encode("utf-8", "replace").decode()),
        author=journal.author(),
        person_uid=_person_with(dossier, home.key),
        thread=thread_of(file.own_name, mail.references),
    )
    answered = earlier.answered_by(entry)
    if answered is not None:
        entry.thread = f"{entry.thread} {answered.uid}"
    subject = mail.subject or tr("mail")
    return FiledMail(home.uid, entry, f"{at:%Y-%m-%d} {subject}", file)


def shortened(text: str) -> str:
    """A text that fits an entry: of a longer one the mails go that it quotes at its end."""
    if len(text) <= MOST_TEXT:
        return text
    lines = text.split("\n")
    while lines and (not lines[-1].strip() or lines[-1].startswith(">")):
        lines.pop()
    if lines and _WHO_WROTE.fullmatch(lines[-1].strip()):
        lines.pop()
    cut = "\n".join(lines)
    answered = _ANSWERED.search(cut)
    if len(cut) > MOST_TEXT and answered:
        cut = cut[: answered.start()]
    return "\n\n".join([cut[:MOST_TEXT].rstrip(), tr("The rest is in the stored mail.")])


def store(mails: Iterable[FiledMail]) -> None:
    """Write what the mails hold, so that `write` only has to name it."""
    for mail in mails:
        for incoming in _documents(mail, mail.title):
            finish(documents.store(incoming))


def write(mail: FiledMail) -> None:
    """Put a mail into its dossier, inside the current action."""
    dossiers.add_history(mail.uid, mail.entry)
    incoming = _documents(mail, _free_title(mail, dossiers.load(mail.uid)))
    documents.attach(mail.uid, incoming)


def _documents(mail: FiledMail, title: str) -> Iterator[documents.Incoming]:
    """The mail itself as it came, and its attachments. Pictures that stand in the text
    stay in the mail: most are parts of signatures."""
    taken: list[str] = []
    own = safe_name(f"{title[:150]}.{mail.file.format}")
    for name, data in (
        (own, mail.file.data),
        *(
            (item.name, item.data)
            for item in mail.file.mail.attachments
            if not item.inline and not _SIGNATURES.fullmatch(item.mime)
        ),
    ):
        # Two photos of one mail may have one name; they are no versions of each other.
        taken.append(_free(safe_name(name), taken))
        yield documents.pasted(taken[-1], data)


def _free_title(mail: FiledMail, dossier: Dossier) -> str:
    """A title that no other mail of the same day has in the dossier."""
    digest = hashlib.sha256(mail.file.data).hexdigest()
    others = [item.name for item in dossier.documents if item.sha256 != digest]
    return stem_of(_free(safe_name(f"{mail.title[:150]}.{mail.file.format}"), others))


def _free(name: str, taken: Sequence[str]) -> str:
    """``name``, or with the first number that makes it another than those ``taken``."""
    free, number = name, 1
    while any(same_name(free, other) for other in taken):
        number += 1
        ending = ending_of(name)
        free = f"{stem_of(name)} ({number})" + (f".{ending}" if ending else "")
    return free


def _person_with(dossier: Dossier, key: str) -> str:
    """uid of the person who has this address; "" when it is the company's."""
    if not key:
        return ""
    for person in dossier.people:
        for point in person.contact_points:
            if point.kind is ContactKind.EMAIL and contact_key(point.kind, point.value) == key:
                return person.uid
    return ""
