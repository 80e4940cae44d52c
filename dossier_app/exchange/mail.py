"""A file with a mail in it, of either kind: `.eml` and `.msg`."""

from __future__ import annotations

import re
from pathlib import PurePath

from dossier_app.domain.mail import Mail

EML, MSG = "eml", "msg"
_CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROPERTIES = "__properties_version1.0".encode("utf-16-le")
_FIELD = re.compile(rb"[!-9;-~]+[ \t]*:")
_TELLING = re.compile(
    rb"^(?:from|to|cc|date|subject|received|return-path|delivered-to|message-id|mime-version)"
    rb"[ \t]*:",
    re.IGNORECASE,
)


def mail_format(name: str, data: bytes) -> str:
    """`EML` or `MSG` when the file called ``name`` holds a mail, else ""."""
    if data.startswith(_CONTAINER):
        # Old Office files are such containers too.
        return MSG if name.lower().endswith(".msg") or _PROPERTIES in data else ""
    if PurePath(name).suffix.lower() == ".eml":
        return EML
    lines = data[:20_000].lstrip(b"\xef\xbb\xbf \r\n").splitlines()
    if lines and lines[0].startswith((b"From ", b">From ")):
        lines.pop(0)
    head: list[bytes] = []
    for line in lines:
        if not line.strip() or not (line[:1] in b" \t" or _FIELD.match(line)):
            break
        head.append(line)
    return EML if sum(bool(_TELLING.match(line)) for line in head) >= 3 else ""


def read_mail(name: str, data: bytes) -> Mail:
    """Read the mail in a file that `mail_format` knows. Raises Unreadable with a sentence
    for the user when it cannot be read; nothing else."""
    if mail_format(name, data) == MSG:
        from dossier_app.exchange.msg_reader import read_msg

        return read_msg(data)
    from dossier_app.exchange.eml_reader import read_eml

    return read_eml(data)
