"""Tables of any program are read whole, and no cell is lost on the way to a dossier."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import using_language
from dossier_app.domain.place import day_place
from dossier_app.domain.records import (
    Category,
    ContactKind,
    ContactPoint,
    Dossier,
    NextStep,
    Person,
)
from dossier_app.exchange.contact_table import table_of
from dossier_app.exchange.csv_writer import csv_bytes
from dossier_app.exchange.detect import read_contacts
from dossier_app.exchange.table_columns import TARGETS, guess_mapping, is_header_word, targets
from dossier_app.exchange.table_rows import read_rows
from dossier_app.exchange.tables import Table, read_table

Points = Callable[[Dossier, str], list[tuple[str, str]]]
CELL = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=12)
PLAIN = st.text("абвгдеёжАБВЯ abcXYZ019.-", min_size=1, max_size=10)


WORD = st.sampled_from("Иванов Мария Тверь,Мира,5;6 дом|5 12-34 тихо Ёж 8\t9".split(" "))


def written(rows: list[list[str]], delimiter: str, quoting: int, line_end: str = "\r\n") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator=line_end).writerows(rows)
    return out.getvalue()


def whole(table: Table) -> list[list[str]]:
    return [table.columns, *table.rows] if table.headed else table.rows


@given(
    st.lists(st.lists(CELL, min_size=2, max_size=4), min_size=1, max_size=5),
    st.sampled_from(",;\t|^"),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_csv_writes_is_read_back(
    rows: list[list[str]], delimiter: str, quoting: int, encoding: str
) -> None:
    rows = [["Имя", *["я"] * 3], *([*row, "", ""][:4] for row in rows)]
    data = written(rows, delimiter, quoting).encode(encoding)
    table = read_table(data, encoding=encoding, delimiter=delimiter)
    assert whole(table) == rows


@given(
    st.lists(st.lists(WORD, min_size=3, max_size=3), min_size=1, max_size=6),
    st.sampled_from(",;\t|"),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
    st.sampled_from(["\r\n", "\n", "\r"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1251"]),
)
def test_delimiter_and_encoding_are_recognised(
    rows: list[list[str]], delimiter: str, quoting: int, line_end: str, encoding: str
) -> None:
    rows = [["Фамилия", "Телефон", "Примечание"], *rows]
    table = read_table(written(rows, delimiter, quoting, line_end).encode(encoding))
    assert (table.delimiter, whole(table)) == (delimiter, rows)


def test_excel_says_its_delimiter() -> None:
    table = read_table("sep=|\r\nимя|город, улица\r\nИван|Тверь, Мира\r\n".encode("cp1251"))
    assert (table.columns, table.rows) == (["имя", "город, улица"], [["Иван", "Тверь, Мира"]])
    assert table.encoding == "cp1251"


def test_ragged_rows_keep_every_cell() -> None:
    with using_language("en"):
        table = read_table(b"name;phone\nAnn\nBob;1;extra;more\n")
    assert table.columns == ["name", "phone", "Column 3", "Column 4"]
    assert table.rows == [["Ann", "", "", ""], ["Bob", "1", "extra", "more"]]


def test_an_unclosed_quote_costs_its_own_line_only() -> None:
    table = read_table(b'name;phone\n"Ann;111\nBob;222\nEve;333\n')
    assert table.rows == [['"Ann', "111"], ["Bob", "222"], ["Eve", "333"]]


def test_zero_bytes_are_left_out() -> None:
    assert read_table(b"name;phone\nAnn\0;1\n", encoding="utf-8").rows == [["Ann", "1"]]


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\n\n", b";;;\n;;\n"])
def test_an_empty_table_is_refused(data: bytes) -> None:
    with pytest.raises(Refusal):
        read_table(data)


@pytest.mark.parametrize("delimiter", ["ab", '"', "\n"])
def test_an_impossible_delimiter_is_refused(delimiter: str) -> None:
    with pytest.raises(Refusal):
        read_table(b"a;b\n", delimiter=delimiter)


def test_a_hostile_table_costs_little_time() -> None:
    start = time.perf_counter()
    read_table(b"a;b\n" + b'x"y;"z\n' * 100_000 + b'"')
    assert time.perf_counter() - start < 10


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("ФИО;Компания;Телефон;E-mail;ИНН", ["full_name", "company", "phone", "email", "inn"]),
        (
            (
                "Имя;Отчество;Фамилия;Организация;Должность;Рабочий телефон;Телефон переносной;"
                "Адрес эл. почты;Улица (раб. адрес);Город (дом. адрес);Заметки"
            ),
            ["given", "patronymic", "surname", "company", "position", "phone:work",
             "phone:mobile", "email", "street:work", "city:home", "note"],
        ),
        (
            (
                "First Name;Middle Name;Last Name;Company;Job Title;Business Street;"
                "Business Phone;Home Phone;Mobile Phone;E-mail Address;Birthday;Categories"
            ),
            ["given", "patronymic", "surname", "company", "position", "street:work",
             "phone:work", "phone:home", "phone:mobile", "email", "birth", "tags"],
        ),
        (
            (
                "Name;Given Name;Family Name;E-mail 1 - Type;E-mail 1 - Value;Phone 1 - Label;"
                "Phone 1 - Value;Address 1 - Formatted;Address 1 - City;Organization 1 - Name"
            ),
            ["full_name", "given", "surname", "label", "email", "label", "phone", "address",
             "city:1", "company"],
        ),
        (
            "Наименование;Рабочий email;Мобильный телефон;Теги;Источник;Статус;Тип клиента",
            ["full_name", "email:work", "phone:mobile", "tags", "source", "status", "category"],
        ),
    ],
)  # fmt: skip
def test_headings_of_other_programs(header: str, found: list[str]) -> None:
    columns = header.split(";")
    assert guess_mapping(columns, []) == dict(enumerate(found))


def test_every_heading_leads_to_a_target() -> None:
    assert [target.key for target in targets()] == list(TARGETS)
    with using_language("en"):
        assert [t.key for t in targets() if not is_header_word(t.label)] == ["box", "label"]


def test_columns_without_headings_are_told_by_content(points: Points) -> None:
    data = "Иванов Иван;+7 926 123-45-67;ivan@example.ru\nБелова Анна;8 916 111-22-33;\n"
    content = read_contacts("x.csv", data.encode())
    assert content.records == 2
    assert content.imported[0].dossier.name == "Иванов Иван"
    assert points(content.imported[0].dossier, "phone") == [("+7 926 123-45-67", "")]
    assert points(content.imported[0].dossier, "email") == [("ivan@example.ru", "")]


def test_a_row_becomes_a_dossier(points: Points, birth: Callable[[Dossier], str]) -> None:
    data = (
        "ФИО;Компания;Телефон;E-mail;ИНН;Дата рождения;Теги;Категория;Источник;Статус;"
        "Примечание;Любимый цвет\r\n"
        'Иванов Иван Петрович;ООО «Ромашка»;"8 926 123-45-67, 8 495 765-43-21";'
        'ivan@example.ru;7707083893;8 марта;VIP, опт;Клиент;выставка;новый;"раз\r\nдва";синий\r\n'
        ";;;;;;;;;;;\r\n"
    )
    content = read_contacts("клиенты.csv", data.encode("cp1251"))
    assert content.records == 1
    dossier = content.imported[0].dossier
    assert (dossier.name, dossier.company) == ("Иванов Иван Петрович", "ООО «Ромашка»")
    assert points(dossier, "phone") == [("8 926 123-45-67", ""), ("8 495 765-43-21", "")]
    assert dossier.forms[0].template == "info_sheet"
    assert dossier.forms[0].answers["inn"].value == "7707083893"
    assert birth(dossier) == "03-08"
    assert (dossier.tags, dossier.category) == (["VIP", "опт"], Category.END_CUSTOMER)
    assert (dossier.source, dossier.status) == ("выставка", "новый")
    assert dossier.note == "раз\nдва\nЛюбимый цвет: синий"


def test_google_labels_and_address_parts(points: Points) -> None:
    data = (
        "Name,Phone 1 - Type,Phone 1 - Value,Phone 2 - Type,Phone 2 - Value,Address 1 - Street,"
        "Address 1 - City\nAnn Lee,Mobile,1234567 ::: 7654321,Дача,5555555,Main St 5,Austin\n"
    )
    dossier = read_contacts("g.csv", data.encode()).imported[0].dossier
    assert points(dossier, "phone") == [
        ("1234567", "mobile"), ("7654321", "mobile"), ("5555555", "Дача"),
    ]  # fmt: skip
    assert points(dossier, "address") == [("Main St 5, Austin", "")]


@given(
    st.lists(st.lists(PLAIN, min_size=4, max_size=4), min_size=1, max_size=4),
    st.dictionaries(st.integers(0, 3), st.sampled_from([*TARGETS, "phone:work", ""])),
)
def test_no_cell_is_lost(rows: list[list[str]], mapping: dict[int, str]) -> None:
    content = read_rows(Table(["a", "b", "c", "d"], rows), mapping)
    problems = {problem.record: problem.reason for problem in content.problems}
    dossiers = {item.record: item.dossier for item in content.imported}
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    assert content.records == len(filled) == len(dossiers) + len(problems)
    for record, row in enumerate(filled, 1):
        kept = "".join(repr(dossiers[record]).split()) if record in dossiers else problems[record]
        for place, cell in enumerate(row):
            if mapping.get(place) not in ("label", "tags", "birth"):
                for word in cell.strip(" -.'").split():
                    assert word.strip("-") in kept or repr(word)[1:-1] in kept


def test_wishes_for_columns() -> None:
    data = b"a;b\nIvan;1234567\n"
    dossier = read_contacts("m.csv", data, mapping={"A": "full_name", "2": "phone:work"}).imported[
        0
    ]
    assert dossier.dossier.name == "Ivan"
    for wishes in ({"zz": "phone"}, {"a": "nonsense"}, {"3": "phone"}):
        with pytest.raises(Refusal):
            read_contacts("m.csv", data, mapping=wishes)


def test_csv_out_comes_back_in(points: Points) -> None:
    phone = ContactPoint(ContactKind.PHONE, "+7 926 123-45-67")
    secret = ContactPoint(ContactKind.PHONE, "+7 926 000-00-00", private=True)
    dossier = Dossier(
        company="=cmd|' /C calc'!A0",
        note="-1\nдва; три",
        tags=["VIP"],
        people=[Person("Иванов", "Иван", "Ильич", "@директор", contact_points=[phone, secret])],
        place=day_place(date(2027, 7, 5)),
        step=NextStep(text="позвонить"),
    )
    for language in ("ru", "en"):
        with using_language(language):
            data = csv_bytes(*table_of([dossier]))
            back = read_contacts("out.csv", data).imported[0].dossier
        text = data.decode("utf-8-sig")
        assert ";'=cmd" in text and ";'@директор" in text
        assert ";+7 926 123-45-67;" in text and "000-00-00" not in text
        assert "2027-07-05" in text
        assert (back.name, back.company) == (dossier.name, dossier.company)
        assert (back.people[0].position, back.tags) == ("@директор", ["VIP"])
        assert back.note.startswith("-1\nдва; три")
        assert points(back, "phone") == [("+7 926 123-45-67", "")]
