"""Which reader is right for a file of contacts: its content decides, then its name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePath

from dossier_app.domain.errors import Unreadable
from dossier_app.domain.handover import BEGINNING
from dossier_app.domain.importing import FileContent
from dossier_app.domain.language import tr
from dossier_app.exchange.decoding import decode, doubt
from dossier_app.exchange.table_columns import guess_mapping, with_wishes
from dossier_app.exchange.table_rows import read_rows
from dossier_app.exchange.tables import Table, read_table
from dossier_app.exchange.vcard_reader import read_vcards
from dossier_app.exchange.workbook_reader import is_workbook, read_workbook

_CARD = re.compile(r"^\s*BEGIN\s*:\s*VCARD", re.IGNORECASE | re.MULTILINE)
_MAIL = re.compile(r"(?:[A-Za-z-]+:.*\r?\n(?:[ \t].*\r?\n)*){3}")
# How Office, mail, PDF and picture files begin, however much text they hold.
_BINARY = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\xff\xd8\xff", b"\x89PNG", b"GIF8")
_NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]")
_TABLE_NAMES = (".csv", ".tsv", ".tab", ".txt")
_CARD_NAMES = (".vcf", ".vcard")
_REACHING = ("full_name", "surname", "given", "company", "phone", "email")


def read_contacts(
    name: str,
    data: bytes,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    mapping: Mapping[str, str] | None = None,
) -> FileContent:
    """Read the contacts in a file called ``name``: business cards or a table.

    ``encoding`` and ``delimiter`` override what the file looks like; ``mapping`` gives
    targets for columns by name or number, beside those that are recognised. Raises
    Refusal with a sentence for the user when the file holds no contacts; nothing else.
    """
    table = table_in(name, data, encoding=encoding, delimiter=delimiter)
    if table is None:
        return read_vcards(data, encoding=encoding)
    columns = guess_mapping(table.columns, table.rows)
    columns = with_wishes(columns, table.columns, mapping or {})
    if not any(target.partition(":")[0] in _REACHING for target in columns.values()):
        raise Unreadable(
            tr("The table has no column with a name, a company, a phone or an e-mail.")
        )
    content = read_rows(table, columns)
    if table.doubtful and not encoding:
        content.problems.insert(0, doubt(table.encoding))
    return content


def table_in(
    name: str, data: bytes, *, encoding: str | None = None, delimiter: str | None = None
) -> Table | None:
    """The table in a file called ``name``; None when it holds business cards.

    Raises Refusal with a sentence for the user when it holds neither.
    """
    if is_workbook(data):
        return read_workbook(data)
    if data.startswith(BEGINNING):
        raise Unreadable(tr("This is a package of a handover. Let it go on the window by itself."))
    suffix = PurePath(name).suffix.lower()
    head = decode(data[:65_536], encoding).text
    if _CARD.search(head) or suffix in _CARD_NAMES:
        return None
    strange = len(_NOT_TEXT.findall(head))
    is_text = strange * 50 <= len(head) and not data.startswith(_BINARY)
    is_table = suffix in _TABLE_NAMES or not _MAIL.match(head)
    if not head.strip() or not is_text or not is_table:
        # A long text may stand before the first card.
        if b"VCARD" in data[65_536:].upper():
            return None
        raise Unreadable(
            tr(
                "{name} holds no contacts. Business cards (.vcf), tables (.csv, .xlsx, .txt) and "
                "mails (.eml, .msg) can be imported.",
                name=PurePath(name).name or tr("The file"),
            )
        )
    return read_table(data, encoding=encoding, delimiter=delimiter)
