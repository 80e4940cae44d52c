"""A mail in the form in which mails travel (.eml)."""

from __future__ import annotations

import hashlib
from email.header import Header
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import compat32

from dossier_app.domain.mail import Mail, MailAddress


def as_eml(mail: Mail) -> bytes:
    """``mail`` with its text and attachments as bytes in UTF-8, lines ended by CR LF."""
    # Of the same mail the same bytes: a content is stored once.
    seed = f"{mail.message_id} {mail.subject} {mail.text}"
    boundary = hashlib.sha256(seed.encode("utf-8", "replace")).hexdigest()[:32]
    whole = MIMEMultipart(boundary=f"={boundary}=", policy=compat32)
    for field, value in (
        ("From", _parties([mail.sender])),
        ("To", _parties(mail.to)),
        ("Cc", _parties(mail.cc)),
        ("Subject", Header(mail.subject, "utf-8").encode(maxlinelen=0)),
        ("Date", f"{mail.at:%a, %d %b %Y %H:%M:%S %z}" if mail.at else ""),
        ("Message-ID", _ascii(mail.message_id)),
        ("References", _ascii(" ".join(mail.references))),
    ):
        if value:
            whole[field] = value
    whole.attach(MIMEText(mail.text.encode("utf-8", "replace").decode(), "plain", "utf-8"))
    for item in mail.attachments:
        part = MIMEApplication(item.data)
        part.replace_header("Content-Type", _ascii(item.mime) or "application/octet-stream")
        name = item.name.encode("utf-8", "replace").decode()
        part.add_header("Content-Disposition", "attachment", filename=("utf-8", "", name))
        whole.attach(part)
    return whole.as_bytes(policy=compat32.clone(linesep="\r\n", max_line_length=None))


def _parties(parties: list[MailAddress]) -> str:
    told = []
    for party in parties:
        name = Header(party.name, "utf-8").encode(maxlinelen=0) if party.name else ""
        told.append(f"{name} <{_ascii(party.address)}>" if party.address else name)
    return ", ".join(filter(None, told))


def _ascii(text: str) -> str:
    return text.encode("ascii", "ignore").decode()
