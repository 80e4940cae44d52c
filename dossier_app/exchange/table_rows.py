"""From the rows of a table to dossiers, by a mapping of its columns."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dossier_app.domain.importing import FileContent, Imported, Problem
from dossier_app.domain.language import tr
from dossier_app.domain.names import PersonName, fold, looks_like_company, parse_name
from dossier_app.domain.records import Category, ContactKind
from dossier_app.exchange.collecting import Collector, address_line, one_line
from dossier_app.exchange.dates import read_partial_date
from dossier_app.exchange.table_columns import TARGETS
from dossier_app.exchange.tables import Table

_KINDS = {
    "phone": ContactKind.PHONE,
    "email": ContactKind.EMAIL,
    "web": ContactKind.WEB,
    "messenger": ContactKind.MESSENGER,
    "address": ContactKind.ADDRESS,
}
_NAMES = ("full_name", "surname", "given", "patronymic")
_ADDRESS_PARTS = ("box", "street", "city", "region", "postcode", "country")
_MANY_VALUES = re.compile(r"\s*(?:;|\n|\r|:::|,\s|/\s*(?=[+8(])|,(?=\+?\d{10}))\s*")
_MANY_ADDRESSES = re.compile(r" ::: |\n\s*\n")  # of Google, and of our own tables
_GUARDED = re.compile(r"^'(?=[=+\-@])")  # how a guarded formula is written in CSV
_NO_DATE = re.compile(r"0+[./-]0+[./-]0+")  # what Outlook writes for an unknown birthday
_LABELS = {
    "work": "work", "рабочий": "work", "раб": "work", "business": "work",
    "home": "home", "домашний": "home", "дом": "home",
    "mobile": "mobile", "мобильный": "mobile", "сотовый": "mobile", "cell": "mobile",
    "fax": "fax", "факс": "fax", "work fax": "fax", "home fax": "fax",
    "other": "other", "другой": "other",
}  # fmt: skip
_CATEGORIES = {
    "end customer": Category.END_CUSTOMER,
    "customer": Category.END_CUSTOMER,
    "client": Category.END_CUSTOMER,
    "клиент": Category.END_CUSTOMER,
    "конечный": Category.END_CUSTOMER,
    "конечный клиент": Category.END_CUSTOMER,
    "конечный потребитель": Category.END_CUSTOMER,
    "partner": Category.PARTNER,
    "партнер": Category.PARTNER,
    "дилер": Category.PARTNER,
}


def read_rows(table: Table, mapping: Mapping[int, str]) -> FileContent:
    """A dossier for each row that holds anything; ``mapping`` gives targets by column
    index (see `dossier_app.exchange.table_columns`).

    No cell is lost: one without a target, or one that its target cannot understand, is a
    line "heading: value" of the note. Empty rows are no records. A row that names nobody
    and gives no way to reach anybody is a problem.
    """
    content = FileContent(table.format, problems=list(table.problems))
    for cells in table.rows:
        if not any(cell.strip() for cell in cells):
            continue
        content.records += 1
        dossier = _Row(table, mapping).collect(cells).dossier()
        if dossier:
            content.imported.append(Imported(content.records, dossier))
        else:
            reason = tr(
                "The row has neither a name nor a way to reach anybody: {text}",
                text=", ".join(cell.strip() for cell in cells if cell.strip())[:200],
            )
            content.problems.append(Problem(content.records, reason))
    return content


class _Row:
    """One row on its way into a `Collector`."""

    def __init__(self, table: Table, mapping: Mapping[int, str]) -> None:
        self._columns = table.columns
        self._mapping = mapping
        self._collected = Collector()
        self._names: dict[str, str] = {}
        self._parts: dict[str, dict[str, list[str]]] = {}
        self._label = ""

    def collect(self, cells: list[str]) -> Collector:
        for place, cell in enumerate(cells):
            value = _GUARDED.sub("", cell.replace("\r\n", "\n").strip(), count=1)
            target, _, label = self._mapping.get(place, "").partition(":")
            if target == "label":
                self._label = value.strip("* ")
            elif value:
                heading = self._columns[place]
                self._take(target if target in TARGETS else "", label, heading, value)
        self._finish_addresses()
        self._finish_name()
        return self._collected

    def _take(self, target: str, label: str, heading: str, value: str) -> None:
        if target in _ADDRESS_PARTS:
            self._parts.setdefault(label, {}).setdefault(target, []).append(one_line(value))
        elif target in _KINDS:
            self._take_points(target, label, value)
        elif target in _NAMES and target not in self._names:
            self._names[target] = value
        elif not self._take_fact(target, value):
            self._collected.note(value, heading)

    def _take_fact(self, target: str, value: str) -> bool:
        """Put ``value`` into its field; False when there is none, or it does not fit."""
        card = self._collected
        lists = {
            "position": card.positions,
            "source": card.sources,
            "status": card.statuses,
            "note": card.texts,
        }
        if target in lists:
            lists[target].append(value)
        elif target == "company":
            card.add_company(value)
        elif target == "inn" and not card.inn:
            card.inn = value
        elif target == "tags":
            tags = (tag.strip("* ") for tag in re.split(r":::|[,;\n]", value))
            card.tags += [tag for tag in tags if tag and tag != "myContacts"]
        elif target == "category" and fold(value) in _CATEGORIES:
            card.category = _CATEGORIES[fold(value)]
        elif target == "birth":
            return self._take_birth(value)
        else:
            return False
        return True

    def _take_birth(self, value: str) -> bool:
        if _NO_DATE.fullmatch(value):
            return True
        day = read_partial_date(value)
        if day is None or self._collected.birth:
            return False
        self._collected.birth = day
        return True

    def _take_points(self, target: str, label: str, value: str) -> None:
        kind = _KINDS[target]
        if self._label:
            label, self._label = _LABELS.get(fold(self._label), self._label), ""
        if kind is ContactKind.MESSENGER and label:
            self._collected.point(kind, f"{label}: {value}")
            return
        if kind is ContactKind.ADDRESS:
            values = [one_line(part) for part in _MANY_ADDRESSES.split(value)]
        else:
            values = _several(kind, value)
        for one in values:
            self._collected.point(kind, one, label)

    def _finish_addresses(self) -> None:
        for label, parts in self._parts.items():
            line = address_line(**{key: ", ".join(values) for key, values in parts.items()})
            # Google numbers its addresses: the number is no label.
            self._collected.repeated_address(line, "" if label.isdigit() else label)

    def _finish_name(self) -> None:
        card, names = self._collected, self._names
        full = names.pop("full_name", "")
        parts = PersonName(
            names.get("surname", ""), names.get("given", ""), names.get("patronymic", "")
        )
        if parts:
            card.name = parts
            said = {fold(word) for word in " ".join(names.values()).split()}
            if full and full != card.company and not set(fold(full).split()) <= said:
                card.note(full, tr("Shown as"))
        elif full and not card.company and looks_like_company(full):
            card.company = full
        elif full and fold(full) != fold(card.company):
            card.name = parse_name(full)


def _several(kind: ContactKind, value: str) -> list[str]:
    """The numbers or addresses in one cell; a cell that is not clearly several is one."""
    parts = [part for part in _MANY_VALUES.split(value) if part]
    if kind is ContactKind.PHONE:
        is_list = all(sum(char.isdigit() for char in part) >= 5 for part in parts)
    else:
        is_list = kind is not ContactKind.EMAIL or all("@" in part for part in parts)
    return parts if is_list else [value]
