"""Importing a large address book, against a library that only parses it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import vobject

from dossier_app.services.importing import import_files, read_file
from dossier_app.services.session import open_session
from dossier_app.storage.folder import DataFolder

CARDS = 10_000
CARD = """BEGIN:VCARD
VERSION:3.0
UID:contact-{n}
N:Сидорова{n};Ольга;Петровна;;
FN:Ольга Петровна Сидорова{n}
ORG:ООО «Образец {n}»;Отдел закупок
TITLE:Менеджер по закупкам
TEL;TYPE=CELL,VOICE:+7 9{code:02} {rest:03}-{n:04}
TEL;TYPE=WORK:8 (495) {rest:03}-{n:04}
EMAIL;TYPE=INTERNET,WORK:contact{n}@example.ru
ADR;TYPE=WORK:;;ул. Образцовая\\, {n};Тверь;;170000;Россия
BDAY:1980-03-08
NOTE:Просила звонить после обеда\\, по вторникам не бывает.
END:VCARD
"""


@pytest.fixture
def folders(tmp_path: Path) -> Iterator[DataFolder]:
    """New folders, one after the other."""
    return (DataFolder(tmp_path / f"data-{number}") for number in range(100))


def test_import_of_10_000_cards(in_turns, report, tmp_path: Path, folders) -> None:
    """Read, looked through for duplicates, stored, indexed, and committed as one action."""
    text = "".join(CARD.format(n=n, code=n // 1000, rest=n % 1000) for n in range(CARDS))
    path = tmp_path / "contacts.vcf"
    path.write_text(text, encoding="utf-8")

    def bring_in() -> None:
        session = open_session(next(folders))
        report_of_import, _ = import_files([read_file(path)])
        session.close()
        assert report_of_import.files[0].added == CARDS

    def parse() -> None:
        assert sum(1 for _ in vobject.readComponents(text)) == CARDS

    def read() -> None:
        assert read_file(path).content is not None

    ours, bare, reading = map(min, in_turns(bring_in, parse, read, rounds=2))
    report.compare("import of 10,000 vCards / vobject parsing them", ours, bare, 1)
    report.compare("  of it reading the file / vobject", reading, bare, None)


def test_import_of_10_000_cards_that_all_join(in_turns, report, tmp_path: Path, folders) -> None:
    """Each is of a client who is in the binder already, and tells a new position."""
    text = "".join(CARD.format(n=n, code=n // 1000, rest=n % 1000) for n in range(CARDS))
    first, second = tmp_path / "first.vcf", tmp_path / "second.vcf"
    first.write_text(text, encoding="utf-8")
    told = text.replace("UID:contact", "UID:other").replace("TITLE:Менеджер", "TITLE:Начальница")
    second.write_text(told, encoding="utf-8")
    session = open_session(next(folders))
    files = [read_file(second)]

    def join() -> None:
        assert import_files(files)[0].files[0].joined == CARDS

    def add() -> None:
        import_files([read_file(first)])

    joining, adding = map(min, in_turns(join, add, rounds=1))
    session.close()
    report.compare("10,000 vCards that all join / read and added", joining, adding, None)
