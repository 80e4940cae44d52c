"""Reading business cards (vCard) into dossiers.

Each property has its handler in `_HANDLERS`. What has no field of its own becomes a line
of the note; what is technical is left out; pictures and keys are named as a problem.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from dossier_app.domain.errors import Unreadable
from dossier_app.domain.importing import FileContent, Imported, Problem
from dossier_app.domain.language import tr
from dossier_app.domain.names import (
    PersonName,
    fold,
    is_patronymic,
    looks_like_company,
    parse_name,
)
from dossier_app.domain.partial_date import PartialDate
from dossier_app.domain.records import ContactKind, Dossier, Person
from dossier_app.exchange.collecting import USUAL_LABELS, Collector, address_line, one_line
from dossier_app.exchange.dates import read_partial_date
from dossier_app.exchange.decoding import doubt
from dossier_app.exchange.vcard_lines import (
    Card,
    CardText,
    Head,
    cards,
    component_text,
    line_text,
    split_escaped,
    unescape,
)
from dossier_app.exchange.vcard_names import (
    BY_MEANING,
    FAMILY,
    LABELS,
    MESSENGERS,
    TECHNICAL,
    VENDOR,
)

# A longer value is no text that a rep wrote.
_LONGEST_VALUE = 1_000_000


def read_vcards(data: bytes, *, encoding: str | None = None) -> FileContent:
    """Read every card of a vCard file of any version, damaged ones as far as they go.

    A card becomes a dossier with one person, a company's card one without a person; a
    card inside a card (AGENT) becomes a further person. ``encoding`` overrides what the
    file looks like. Raises Unreadable when there is no card at all, Refusal for an
    unknown encoding, nothing else.
    """
    source = CardText(data, encoding)
    content = FileContent("vcard")
    for card in cards(source.text):
        content.records += 1
        _CardReader(source, content).read(card)
    if not content.records:
        raise Unreadable(tr("In this file there is no business card (vCard)."))
    guessed, in_doubt = source.guessed
    if in_doubt:
        content.problems.insert(0, doubt(guessed))
    return content


class _CardReader:
    """Reads one card, the last that ``content`` counts, and adds it there."""

    def __init__(self, source: CardText, content: FileContent) -> None:
        self._source = source
        self._content = content
        self._collected = Collector()
        self._labels: dict[str, str] = {}
        self._n: list[str] = [""] * 5
        self._fn = ""
        self._nicknames: list[str] = []
        self._is_company = False
        self._uid = ""

    def read(self, card: Card) -> None:
        dossier = self.dossier(card)
        if not card.complete:
            self._problem(
                tr("The card is cut off: its end is missing. What was there has been read.")
            )
        if dossier:
            record = Imported(self._content.records, dossier, self._uid)
            self._content.imported.append(record)
        else:
            self._problem(tr("The card has neither a name nor a way to reach anybody."))

    def dossier(self, card: Card) -> Dossier | None:
        """The dossier that ``card`` makes; None when it is about nobody."""
        for head, raw in card.properties:
            if head.group and head.name == "X-ABLABEL":
                label = unescape(self._source.value(head, raw)).strip()
                self._labels[head.group.upper()] = label.removeprefix("_$!<").removesuffix(">!$_")
        for head, raw in card.properties:
            if head.name in TECHNICAL or not raw or raw.isspace():
                continue
            if head.encoding == "base64":
                self._not_imported(head, len(raw) * 3 // 4)
            elif len(raw) > _LONGEST_VALUE:
                self._problem(
                    tr(
                        "{name} holds {size} KB of text, too much for a note. It was left out.",
                        name=head.name,
                        size=len(raw) // 1024,
                    )
                )
            elif head.name == "AGENT" and not head.encoding:
                self._inner(raw)
            else:
                self._handle(head, self._source.value(head, raw))
        for agent in card.agents:
            self._agent(agent)
        self._decide_names()
        return self._collected.dossier()

    def _handle(self, head: Head, value: str) -> None:
        by_value = _BY_VALUE.get(head.name)
        if by_value:
            by_value(self, value)
        else:
            _BY_HEAD.get(head.name, _CardReader.other)(self, head, value)

    # Names

    def _decide_names(self) -> None:
        """Settle who the card is about, from N, FN, ORG and NICKNAME together."""
        card = self._collected
        shown = " ".join(self._fn.split())
        name = _name_from(self._n)
        if shown and self._is_about_company(shown):
            # Programs cut a company's name into "surname" and "given name" too.
            card.company = card.company or shown
            if _words(name.surname, name.given, name.patronymic) <= _words(shown):
                name = PersonName()
        elif not name:
            name = _name_in(shown) or (PersonName() if card.company else self._name_from_nick())
        card.name = name
        title = " ".join(filter(None, self._n[3:5]))
        card.note(title, tr("Form of address"))
        for nickname in self._nicknames:
            card.note(nickname, tr("Nickname"))
        if set(shown.split()) <= {
            *name.surname.split(),
            *name.given.split(),
            *name.patronymic.split(),
        }:
            return  # the usual case, without the cost of folding
        known = _words(
            name.surname, name.given, name.patronymic, card.company, title, *self._nicknames
        )
        values = {point.value for point in card.points}
        if not _words(shown) <= known and shown not in values:
            card.note(shown, tr("Shown as"))

    def _is_about_company(self, shown: str) -> bool:
        company = self._collected.company
        if company:
            return self._is_company or fold(company) == fold(shown)
        return self._is_company or looks_like_company(shown)

    def _name_from_nick(self) -> PersonName:
        return _name_in(self._nicknames.pop(0)) if self._nicknames else PersonName()

    def take_n(self, value: str) -> None:
        parts = [component_text(part) for part in split_escaped(value, ";")]
        self._n = [*parts, *[""] * 5][:5]
        for extra in parts[5:]:
            self._collected.note(extra, "N")

    def take_fn(self, value: str) -> None:
        text = unescape(value).strip()
        if not self._fn:
            self._fn = text
        elif text != self._fn:
            self._collected.note(text, tr("Shown as"))

    def take_nickname(self, value: str) -> None:
        self._nicknames += [unescape(part).strip() for part in split_escaped(value, ",")]

    def take_kind(self, value: str) -> None:
        if value.strip().lower() in ("org", "company", "organization", "location"):
            self._is_company = True

    def take_uid(self, value: str) -> None:
        self._uid = value.strip().removeprefix("urn:uuid:")

    # The firm

    def take_org(self, value: str) -> None:
        company, *units = (unescape(part).strip() for part in split_escaped(value, ";"))
        self._collected.add_company(company)
        for unit in units:
            self._collected.note(unit, tr("Department"))

    def take_title(self, value: str) -> None:
        text = line_text(value)
        if text not in self._collected.positions:
            self._collected.positions.append(text)

    # Ways to reach

    def take_tel(self, head: Head, value: str) -> None:
        text = line_text(value).removeprefix("tel:").replace(";ext=", " ext. ")
        self._collected.point(ContactKind.PHONE, text, self._label(head))

    def take_email(self, head: Head, value: str) -> None:
        text = line_text(value).removeprefix("mailto:")
        self._collected.point(ContactKind.EMAIL, text, self._label(head))

    def take_url(self, head: Head, value: str) -> None:
        self._collected.point(ContactKind.WEB, unescape(value).strip(), self._label(head))

    def take_adr(self, head: Head, value: str) -> None:
        parts = [unescape(part).strip() for part in split_escaped(value, ";")]
        box, extra, street, city, region, postcode, country = [*parts, *[""] * 7][:7]
        line = address_line(
            box=box, extra=", ".join(filter(None, (extra, *parts[7:]))), street=street, city=city,
            region=region, postcode=postcode, country=country,
        )  # fmt: skip
        self._collected.point(ContactKind.ADDRESS, line, self._label(head))
        written = head.params.get("LABEL", "").replace("\\n", "\n").replace("^n", "\n")
        if written:
            self._collected.repeated_address(one_line(written), self._label(head))

    def take_address_label(self, head: Head, value: str) -> None:
        self._collected.repeated_address(one_line(unescape(value)), self._label(head))

    def take_messenger(self, head: Head, value: str) -> None:
        text = unescape(value).strip()
        service = MESSENGERS.get(head.name, "") or head.params.get("X-SERVICE-TYPE", "")
        if head.name in ("IMPP", "X-SOCIALPROFILE"):
            scheme, colon, handle = text.partition(":")
            if handle.startswith("//"):
                web_label = next(iter(head.types), "")
                self._collected.point(ContactKind.WEB, text, web_label)
                return
            if head.name == "X-SOCIALPROFILE":
                service = service or next(iter(head.types), "")
            service, text = (service or scheme, handle) if colon else (service, text)
        value = f"{service}: {text}" if service else text
        self._collected.point(ContactKind.MESSENGER, value, self._label(head))

    def _label(self, head: Head) -> str:
        """The label of a contact point: the person's own word, or one from the types."""
        own = self._labels.get(head.group.upper(), "") if head.group else ""
        if own:
            return own.lower() if own.lower() in USUAL_LABELS else own
        labels = [LABELS.get(kind, kind) for kind in head.types]
        for usual in ("fax", "mobile", "work", "home"):
            if usual in labels:
                return usual
        return next(filter(None, labels), "")

    # The rest

    def take_note(self, value: str) -> None:
        self._collected.texts.append(unescape(value).strip())

    def take_bday(self, head: Head, value: str) -> None:
        day = read_partial_date(unescape(value))
        if (
            day
            and day.is_yearly
            and str(day.year) in ("1604", head.params.get("X-APPLE-OMIT-YEAR"))
        ):
            day = PartialDate(None, day.month, day.day)
        if day and self._collected.birth in (None, day):
            self._collected.birth = day
        else:
            self._collected.note(value, tr("Date of birth"))

    def take_categories(self, value: str) -> None:
        tags = (unescape(part).strip() for part in split_escaped(value, ","))
        self._collected.tags += filter(None, tags)

    def take_binary(self, head: Head, value: str) -> None:
        if value.startswith("data:"):
            self._not_imported(head, len(value) * 3 // 4)
        else:  # an address where the picture is: kept, never fetched
            self.other(head, value)

    def take_android(self, head: Head, value: str) -> None:
        """``vnd.android.cursor.item/nickname;Ivanych;1;;;``: kind, text, type."""
        kind, text, number, *_ = [*map(unescape, split_escaped(value, ";")), "", ""]
        kind = kind.rpartition("/")[2]
        if kind == "nickname":
            self._nicknames.append(text.strip())
        elif kind == "contact_event" and number == "3":
            self.take_bday(head, text)
        else:
            self._collected.note(text, kind)

    def other(self, head: Head, value: str) -> None:
        """A line of the note, with a label that a human can read where there is one."""
        if head.name in BY_MEANING:
            label = tr(BY_MEANING[head.name])
        else:
            plain = VENDOR.sub("", head.name)
            label = tr(BY_MEANING[plain]) if plain in BY_MEANING else head.name
        if head.name in ("RELATED", "X-ABRELATEDNAMES", "X-ABDATE"):
            label = self._label(head) or label
        self._collected.note(unescape(value), label)

    def _inner(self, raw: str) -> None:
        """AGENT as version 3.0 has it: the whole card, escaped, as a value."""
        inner = list(cards(unescape(raw)))
        for card in inner:
            self._agent(card)
        if not inner:
            self._collected.note(self._source.value(Head("AGENT"), raw), tr("Assistant"))

    def _agent(self, card: Card) -> None:
        dossier = _CardReader(self._source, self._content).dossier(card)
        if dossier is None:
            return
        name = PersonName(surname=dossier.name)
        people = dossier.people or [Person(name.surname, contact_points=dossier.contact_points)]
        people[0].note = dossier.note
        if dossier.people and dossier.company:
            company = tr("Company: {name}", name=dossier.company)
            people[0].note = f"{company}\n{dossier.note}".strip()
        for person in people:
            person.main = False
        self._collected.others += people

    def _not_imported(self, head: Head, size: int) -> None:
        kinds = "/".join(filter(None, (FAMILY.get(head.name, ""), *head.types[:1])))
        self._problem(
            tr(
                "{what}: {kind}, {size} KB, not imported.",
                what=tr(BY_MEANING[head.name]) if head.name in BY_MEANING else head.name,
                kind=kinds or tr("kind unknown"),
                size=-(-size // 1024),
            )
        )

    def _problem(self, reason: str) -> None:
        self._content.problems.append(Problem(self._content.records, reason))


def _name_from(parts: list[str]) -> PersonName:
    """The name that N gives. Phones put a whole name into one of its parts, and a
    patronymic behind the given name: both are taken apart."""
    surname, given, patronymic = parts[:3]
    if not patronymic and not (surname and given):
        return parse_name(surname or given)
    words = given.split()
    if not patronymic and len(words) == 2 and is_patronymic(words[1]):
        given, patronymic = words
    return PersonName(surname, given, patronymic)


def _name_in(text: str) -> PersonName:
    """The name in a free text; none in a number or an e-mail address."""
    is_name = "@" not in text and any(char.isalpha() for char in text)
    return parse_name(text) if is_name else PersonName()


def _words(*texts: str) -> set[str]:
    return {word for text in texts for word in _WORD.findall(fold(text))}


_WORD = re.compile(r"[^\W_]+")

_BY_VALUE: dict[str, Callable[[_CardReader, str], None]] = {
    "N": _CardReader.take_n,
    "FN": _CardReader.take_fn,
    "NICKNAME": _CardReader.take_nickname,
    "KIND": _CardReader.take_kind,
    "X-ADDRESSBOOKSERVER-KIND": _CardReader.take_kind,
    "X-ABSHOWAS": _CardReader.take_kind,
    "UID": _CardReader.take_uid,
    "ORG": _CardReader.take_org,
    "TITLE": _CardReader.take_title,
    "NOTE": _CardReader.take_note,
    "CATEGORIES": _CardReader.take_categories,
}
_BY_HEAD: dict[str, Callable[[_CardReader, Head, str], None]] = {
    "TEL": _CardReader.take_tel,
    "X-MS-TEL": _CardReader.take_tel,
    "EMAIL": _CardReader.take_email,
    "URL": _CardReader.take_url,
    "ADR": _CardReader.take_adr,
    "LABEL": _CardReader.take_address_label,
    "BDAY": _CardReader.take_bday,
    "X-ANDROID-CUSTOM": _CardReader.take_android,
    **dict.fromkeys(MESSENGERS, _CardReader.take_messenger),
    **dict.fromkeys(("PHOTO", "LOGO", "SOUND", "KEY"), _CardReader.take_binary),
}
