"""Dossiers as business cards (vCard 3.0, RFC 2426), which every phone reads.

Written here and not by a library: partial birthdays, labels of the rep's own and text in
any script must come back unchanged from `dossier_app.exchange.vcard_reader`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from dossier_app.domain.partial_date import PartialDate
from dossier_app.domain.records import ContactKind, ContactPoint, Dossier, Person
from dossier_app.exchange.contact_table import birth_of

_TYPES = {"work": "WORK", "home": "HOME", "mobile": "CELL", "fax": "FAX", "other": "OTHER"}
_NAMES = {
    ContactKind.PHONE: "TEL",
    ContactKind.EMAIL: "EMAIL",
    ContactKind.WEB: "URL",
    ContactKind.ADDRESS: "ADR",
    ContactKind.MESSENGER: "IMPP",
}
_SPECIAL = re.compile(r"([\\,;])")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_LINE_BREAK = re.compile(r"\r\n|[\r\n\x85\u2028\u2029]")


def write_vcards(dossiers: Iterable[Dossier], *, include_private: bool = False) -> bytes:
    """A card for each person, and one for the company where it has contact points of its
    own or nobody is named. UTF-8.

    The note goes onto the first card of a dossier. Private contact points and notes, which
    those about a person always are, are left out unless ``include_private``.
    """
    lines: list[str] = []
    for dossier in dossiers:
        note = dossier.note if include_private or not dossier.note_private else ""
        own_points = _shown(dossier.contact_points, include_private)
        for person in dossier.people:
            lines += _person_card(dossier, person, note, include_private)
            note = ""
        if own_points or not dossier.people:
            lines += _company_card(dossier, own_points, note)
    return "".join(_folded(line) for line in lines).encode("utf-8", "replace")


def _person_card(dossier: Dossier, person: Person, note: str, include_private: bool) -> list[str]:
    points = _shown(person.contact_points, include_private)
    name = ";".join(map(_text, (person.surname, person.given, person.patronymic, "", "")))
    shown = person.full_name or (points[0].value if points else dossier.company)
    birth = birth_of(person)
    notes = [note, person.note if include_private else ""]
    return [
        *_start(person.uid),
        f"N:{name}",
        f"FN:{_text(shown)}",
        *_line("ORG", dossier.company),
        *_line("TITLE", person.position),
        *_point_lines(points),
        *([f"BDAY:{_birthday(birth)}"] if birth else []),
        *_tags(dossier),
        *_line("NOTE", "\n".join(filter(None, notes))),
        "END:VCARD",
    ]


def _company_card(dossier: Dossier, points: list[ContactPoint], note: str) -> list[str]:
    return [
        *_start(dossier.uid),
        "N:;;;;",
        f"FN:{_text(dossier.company or (points[0].value if points else ''))}",
        *_line("ORG", dossier.company),
        *(["X-ABShowAs:COMPANY"] if dossier.company else []),
        *_point_lines(points),
        *_tags(dossier),
        *_line("NOTE", note),
        "END:VCARD",
    ]


def _start(uid: str) -> list[str]:
    return ["BEGIN:VCARD", "VERSION:3.0", f"UID:{uid}"]


def _shown(points: list[ContactPoint], include_private: bool) -> list[ContactPoint]:
    return [point for point in points if include_private or not point.private]


def _point_lines(points: list[ContactPoint]) -> list[str]:
    """A line for each point; a label of the rep's own goes beside it, as phones do it."""
    lines: list[str] = []
    for number, point in enumerate(points, 1):
        name = _NAMES[point.kind]
        value = _text(point.value)
        if point.kind is ContactKind.ADDRESS:
            value = f";;{value};;;;"
        elif point.kind is ContactKind.MESSENGER:
            service, colon, handle = point.value.partition(": ")
            if colon:
                value = f"{_text(service)}:{_text(handle)}"
        if point.label in _TYPES:
            lines.append(f"{name};TYPE={_TYPES[point.label]}:{value}")
        elif point.label:
            lines += [
                f"item{number}.{name}:{value}",
                f"item{number}.X-ABLabel:{_text(point.label)}",
            ]
        else:
            lines.append(f"{name}:{value}")
    return lines


def _tags(dossier: Dossier) -> list[str]:
    return [f"CATEGORIES:{','.join(map(_text, dossier.tags))}"] if dossier.tags else []


def _line(name: str, value: str) -> list[str]:
    return [f"{name}:{_text(value)}"] if value else []


def _birthday(day: PartialDate) -> str:
    """RFC 6350 has the form for an unknown year; readers of 3.0 know it as well."""
    return f"--{day}" if day.year is None else str(day)


def _text(text: str) -> str:
    escaped = _SPECIAL.sub(r"\\\1", text)
    return _CONTROL.sub("", _LINE_BREAK.sub(r"\\n", escaped))


def _folded(line: str) -> str:
    """The line in pieces of at most 75 bytes, never cut inside a character."""
    if len(line) <= 75 and line.isascii():
        return f"{line}\r\n"
    pieces: list[str] = []
    piece, size = "", 0
    for char in line:
        width = len(char.encode("utf-8", "replace"))
        if size + width > 75:
            pieces.append(piece)
            piece, size = "", 1  # the blank in front counts
        piece += char
        size += width
    return "\r\n ".join([*pieces, piece]) + "\r\n"
