"""Excel workbooks, there and back, and what is wrong with those of strangers."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import using_language
from dossier_app.domain.place import day_place
from dossier_app.domain.records import ContactKind, ContactPoint, Dossier, NextStep, Person
from dossier_app.exchange.contact_table import table_of
from dossier_app.exchange.detect import read_contacts, table_in
from dossier_app.exchange.workbook_writer import write_workbook


def workbook(*sheets: list[list[Any]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"Лист {number}")
        for row in rows:
            sheet.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def test_values_are_read_as_they_are_shown() -> None:
    data = workbook(
        [
            ["Фамилия", "Телефон", "Дата рождения", "Скидка", "Член клуба", "Договор"],
            ["Ёлкина", 79261234567, datetime(1976, 3, 8), 12.5, True, datetime(2026, 1, 2, 9, 30)],
            [None, None, None, None, None, None],
            ["Орлов", 89031112233.0, date(1980, 5, 1), 0.1 + 0.2, False, "=1+1"],
        ]
    )
    with using_language("en"):
        table = table_in("clients.xlsx", data)
    assert table is not None and table.headed and table.format == "xlsx"
    assert table.rows == [
        ["Ёлкина", "79261234567", "1976-03-08", "12.5", "yes", "2026-01-02 09:30"],
        ["Орлов", "89031112233", "1980-05-01", "0.3", "no", ""],  # a formula without a result
    ]


def test_a_workbook_of_contacts_is_imported_whatever_its_name() -> None:
    data = workbook([["ФИО", "Телефон", "Любимый цвет"], ["Ёлкина Анна", 79261234567, "охра"]])
    for name in ("clients.xlsx", "clients.csv", "clients"):
        content = read_contacts(name, data)
        assert (content.format, content.records, content.problems) == ("xlsx", 1, [])
        (imported,) = content.imported
        assert imported.dossier.name == "Ёлкина Анна"
        assert imported.dossier.people[0].contact_points[0].value == "79261234567"
        assert "Любимый цвет: охра" in imported.dossier.note


def test_further_sheets_are_told() -> None:
    contacts = [["Name", "Phone"], ["Ivan", "89261234567"]]
    with using_language("en"):
        content = read_contacts("a.xlsx", workbook([], contacts, [["Total", 7]]))
    assert content.records == 1
    (problem,) = content.problems
    assert problem.reason.startswith("The sheet “Лист 3” was not read (1 row).")


def test_dossiers_go_out_and_come_back() -> None:
    phone = ContactPoint(ContactKind.PHONE, "+7 926 123-45-67")
    secret = ContactPoint(ContactKind.PHONE, "+7 926 000-00-00", private=True)
    dossier = Dossier(
        company="=cmd|' /C calc'!A0",
        note="-1\nдва; три\x07" + "длинно" * 6000,
        tags=["VIP"],
        people=[Person("Ёлкин", "Иван", "Ильич", "@директор", contact_points=[phone, secret])],
        place=day_place(date(2027, 7, 5)),
        step=NextStep(text="позвонить"),
    )
    data = write_workbook("Досье", *table_of([dossier]))
    sheet = load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type in ("s", "n", "inlineStr") and cell.value != 0 for cell in cells)
    assert all("000-00-00" not in str(cell.value) for cell in cells)
    (imported,) = read_contacts("out.xlsx", data).imported
    back = imported.dossier
    assert (back.name, back.company, back.tags) == (dossier.name, dossier.company, ["VIP"])
    assert back.note.startswith("-1\nдва; три")
    assert back.people[0].contact_points[0].value == phone.value


@given(
    st.lists(
        st.lists(
            st.text(
                st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
            ),
            min_size=3,
            max_size=3,
        ),
        max_size=5,
    )
)
def test_any_text_is_read_back(rows: list[list[str]]) -> None:
    head = ["Имя", "Телефон", "Заметка"]
    table = table_in("t.xlsx", write_workbook("Т", head, rows))
    assert table is not None and table.columns == head
    kept = [[cell.strip() for cell in row] for row in rows]
    assert table.rows == [row for row in kept if any(row)]


@pytest.mark.parametrize("damage", ["cut", "part", "xml", "empty"])
def test_a_damaged_workbook_is_refused_with_a_sentence(damage: str) -> None:
    data = workbook([["Name"], ["Ivan"]])
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for item in old.namelist():
            is_sheet = item.startswith("xl/worksheets/")
            if not (damage == "part" and is_sheet):
                new.writestr(item, b"<broken" if damage == "xml" and is_sheet else old.read(item))
    broken = {"cut": data[: len(data) // 2], "empty": workbook([[]])}.get(damage, made.getvalue())
    with using_language("en"), pytest.raises(Refusal) as refused:
        read_contacts("clients.xlsx", broken)
    assert str(refused.value).endswith(".")


def test_a_bomb_is_not_unfolded() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"x" * 50_000_000)
    with using_language("en"), pytest.raises(Refusal, match="unfolds to more than 400 MB"):
        read_contacts("clients.xlsx", made.getvalue())
