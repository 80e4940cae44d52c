"""One foreign record on its way to a dossier, whatever kind of file it comes from."""

from __future__ import annotations

import re

from dossier_app.domain.language import mark, tr
from dossier_app.domain.names import PersonName, fold
from dossier_app.domain.partial_date import PartialDate
from dossier_app.domain.records import (
    Answer,
    Category,
    ContactKind,
    ContactPoint,
    Dossier,
    FilledForm,
    Person,
)

# The labels that are kept as they stand and translated where they are shown.
USUAL_LABELS = (mark("work"), mark("home"), mark("mobile"), mark("fax"), mark("other"))

# Nobody has more addresses; a hostile file must not make the comparison slow.
_MANY = 100
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_WORD = re.compile(r"\w+")


def address_line(
    *, box: str = "", extra: str = "", street: str = "", city: str = "", region: str = "",
    postcode: str = "", country: str = "",
) -> str:  # fmt: skip
    """An address in one line in local order: from the postcode down to the flat when it is
    written in Cyrillic, from the house up to the country otherwise."""
    if _CYRILLIC.search(street + city + region + country):
        parts = [postcode, country, region, city, street, extra, box]
    else:
        parts = [box, extra, street, city, " ".join(filter(None, (region, postcode))), country]
    return ", ".join(filter(None, (one_line(part) for part in parts)))


def one_line(text: str) -> str:
    """``text`` with its lines joined by commas."""
    if "\n" not in text:
        return text.strip(" ,")
    return ", ".join(filter(None, (line.strip(" ,") for line in text.split("\n"))))


class Collector:
    """Gathers what a record says and makes the dossier of it.

    A value that repeats is kept once; what has no field of its own becomes a line of the
    note, so that nothing is dropped silently.
    """

    def __init__(self) -> None:
        self.name = PersonName()
        self.company = ""
        self.positions: list[str] = []
        self.points: list[ContactPoint] = []
        self.texts: list[str] = []  # what was a note already
        self._lines: dict[str, None] = {}  # of the note: what has no field of its own
        self._points_of: dict[tuple[ContactKind, str], list[ContactPoint]] = {}
        self.tags: list[str] = []
        self.sources: list[str] = []
        self.statuses: list[str] = []
        self.category = Category.NONE
        self.birth: PartialDate | None = None
        self.inn = ""
        self.others: list[Person] = []
        self._repeats: list[tuple[str, str]] = []

    def point(self, kind: ContactKind, value: str, label: str = "") -> None:
        """Add a way to reach the client. A home address is private (field 3 of the
        relationship card)."""
        value = value.strip()
        if not value:
            return
        same = self._points_of.setdefault((kind, value), [])
        if label in {"", *(point.label for point in same)} and same:
            return
        if len(same) == 1 and not same[0].label:
            same[0].label = label
            same[0].private = kind is ContactKind.ADDRESS and label == "home"
            return
        private = kind is ContactKind.ADDRESS and label == "home"
        same.append(ContactPoint(kind, value, label, private))
        self.points.append(same[-1])

    def repeated_address(self, value: str, label: str = "") -> None:
        """Add an address that may only repeat, in other order, one given in parts."""
        self._repeats.append((value, label))

    def add_company(self, value: str) -> None:
        """The first company is the dossier's; another one becomes a line of the note."""
        value = value.strip()
        if not self.company:
            self.company = value
        elif value and value != self.company:
            self.note(value, tr("Company"))

    def note(self, text: str, label: str = "") -> None:
        """Add a line "label: text" to the note; a text without words adds nothing."""
        text = text.strip()
        line = f"{label}: {text}" if label and text else text
        if line:
            self._lines[line] = None

    def dossier(self) -> Dossier | None:
        """The dossier; None when nobody is named and nobody can be reached."""
        self._add_repeated_addresses()
        person = self._person() if self.name else None
        if person is None and self.birth:
            self.note(str(self.birth), tr("Date of birth"))
        if person is None and self.positions:
            self.note(", ".join(self.positions), tr("Position"))
        if not (person or self.company or self.points or self.others):
            return None
        dossier = Dossier(
            company=self.company,
            category=self.category,
            status=", ".join(self.statuses),
            source=", ".join(self.sources),
            note="\n".join([*self.texts, *self._lines]),
            tags=list(dict.fromkeys(self.tags)),
            people=[*([person] if person else []), *self.others],
            contact_points=[] if person else self.points,
        )
        if self.inn:
            dossier.forms.append(FilledForm("info_sheet", {"inn": Answer(self.inn)}))
        return dossier

    def _add_repeated_addresses(self) -> None:
        known = [
            set(_WORD.findall(fold(point.value)))
            for point in self.points
            if point.kind is ContactKind.ADDRESS
        ][:_MANY]
        for value, label in self._repeats:
            words = set(_WORD.findall(fold(value)))
            if not any(words <= address for address in known):
                self.point(ContactKind.ADDRESS, value, label)

    def _person(self) -> Person:
        person = Person(
            self.name.surname,
            self.name.given,
            self.name.patronymic,
            position=", ".join(self.positions),
            main=True,
            contact_points=self.points,
        )
        if self.birth:
            answer = Answer({"date": str(self.birth), "place": ""})
            person.forms.append(FilledForm("relationship_card", {"birth": answer}))
        return person
