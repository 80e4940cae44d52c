"""What of a document can be shown in the window, without another program."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

from dossier_app.domain.filenames import FileKind, kind_by_beginning
from dossier_app.domain.records import Document
from dossier_app.exchange.decoding import decode
from dossier_app.storage import contents

MOST_TO_SHOW = 64 * 1024 * 1024  # bytes of a PDF file or a picture
MOST_TEXT = 200_000  # characters: a long book, and quick to lay out
_NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]")


@dataclass(frozen=True, slots=True)
class Preview:
    """``data`` is the whole file where it is a PDF or a picture, ``text`` what a text says.

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
    kind = kind_by_beginning(head)
    if kind is FileKind.OTHER:
        return Preview(kind)
    if kind is not None:
        if document.size > MOST_TO_SHOW:
            return Preview(kind, too_large=True)
        return Preview(kind, b"".join(contents.read(document.sha256)))
    cut = document.size > len(head)
    text = _text(_whole_letters(head) if cut else head)
    if text is None:
        return Preview(FileKind.OTHER)
    return Preview(FileKind.TEXT, text=text[:MOST_TEXT], cut=cut or len(text) > MOST_TEXT)


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
