"""What the columns of a foreign table mean.

A target names where a column's cells go: a key of `TARGETS`, with the label behind a
colon where the target has one: ``phone:mobile``, ``address:home``. Headings are those of
Google Contacts, Outlook (Russian and English), amoCRM and Bitrix24 exports, and the
words that reps use in tables of their own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import mark, tr
from dossier_app.domain.names import fold


@dataclass(frozen=True, slots=True)
class Target:
    """A place for a column. ``labelled`` ones may be given several times, with a label."""

    key: str
    title: str  # English; shown through `label`
    labelled: bool = False

    @property
    def label(self) -> str:
        return tr(self.title)


TARGETS = {
    target.key: target
    for target in (
        Target("full_name", mark("Full name")),
        Target("surname", mark("Surname")),
        Target("given", mark("Given name")),
        Target("patronymic", mark("Patronymic")),
        Target("company", mark("Company")),
        Target("position", mark("Position")),
        Target("phone", mark("Phone"), labelled=True),
        Target("email", mark("E-mail"), labelled=True),
        Target("messenger", mark("Messenger"), labelled=True),
        Target("web", mark("Website"), labelled=True),
        Target("address", mark("Address"), labelled=True),
        Target("street", mark("Street"), labelled=True),
        Target("box", mark("Post-office box"), labelled=True),
        Target("city", mark("City"), labelled=True),
        Target("region", mark("Region"), labelled=True),
        Target("postcode", mark("Postcode"), labelled=True),
        Target("country", mark("Country"), labelled=True),
        Target("label", mark("Label of the next column")),
        Target("birth", mark("Date of birth")),
        Target("inn", mark("INN")),
        Target("tags", mark("Tags")),
        Target("source", mark("Source")),
        Target("category", mark("Category")),
        Target("status", mark("Status")),
        Target("note", mark("Note")),
    )
}


def targets() -> list[Target]:
    """All targets in the order in which they are offered."""
    return list(TARGETS.values())


def is_header_word(text: str) -> bool:
    """True when ``text`` is a heading that is understood."""
    return bool(_target_of(text))


def guess_mapping(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[int, str]:
    """Targets by column index, from the headings, else from what the cells look like.

    Columns that nothing speaks for are left out: their cells go to the note.
    """
    mapping = {i: target for i, name in enumerate(columns) if (target := _target_of(name))}
    for place in range(len(columns)):
        if place not in mapping:
            target = _target_by_content([row[place] for row in rows[:200]])
            if target and not (target == "full_name" and _NAMES & set(mapping.values())):
                mapping[place] = target
    _only_once(mapping)
    return mapping


def with_wishes(
    mapping: Mapping[int, str], columns: Sequence[str], wishes: Mapping[str, str]
) -> dict[int, str]:
    """``mapping`` changed by what the user said: column name or 1-based number -> target.

    An empty target sends the column to the note. Raises Refusal for a column or a target
    that does not exist.
    """
    changed = dict(mapping)
    folded = [fold(name).strip() for name in columns]
    for name, target in wishes.items():
        key = fold(name).strip()
        if key in folded:
            place = folded.index(key)
        elif key.isascii() and key.isdigit() and 1 <= int(key) <= len(columns):
            place = int(key) - 1
        else:
            raise Refusal(tr("The table has no column {name}.", name=name))
        if target and target.partition(":")[0] not in TARGETS:
            raise Refusal(
                tr(
                    "A column cannot go to {target}. Possible are: {targets}.",
                    target=target,
                    targets=", ".join(TARGETS),
                )
            )
        changed[place] = target
    return changed


def _target_of(heading: str) -> str:
    words = _clean(heading)
    if not words:
        return ""
    if words in _HEADINGS:
        return _HEADINGS[words]
    for pattern, target in _PATTERNS:
        found = pattern.fullmatch(words)
        if found:
            return found.expand(target)
    return ""


def _clean(heading: str) -> str:
    text = fold(heading).replace("e-mail", "email").replace("эл. почт", "почт")
    text = re.sub(r"[*:_№\"'«»]+", " ", text)
    return " ".join(text.split())


def _target_by_content(cells: list[str]) -> str:
    filled = [cell.strip() for cell in cells if cell.strip()]
    if not filled:
        return ""
    for target, pattern in _CONTENTS:
        if sum(bool(pattern.fullmatch(cell)) for cell in filled) * 10 >= len(filled) * 8:
            return target
    return ""


def _only_once(mapping: dict[int, str]) -> None:
    """A target that takes one value keeps its first column; the others go to the note."""
    seen: set[str] = set()
    for place in sorted(mapping):
        target = mapping[place]
        if target in _SINGLE and target in seen:
            del mapping[place]
        seen.add(target)


_NAMES = {"full_name", "surname", "given"}
_SINGLE = {"full_name", "surname", "given", "patronymic", "inn", "birth", "category"}
_CONTENTS = [
    ("email", re.compile(r"[^@\s;,]+@[^@\s;,]+\.[^@\s;,]+(?:[;,\s]+[^@\s;,]+@[^@\s;,]+)*")),
    (
        "phone",
        re.compile(
            r"(?!\d{1,4}[./-]\d\d?[./-]\d{1,4}$)"  # a date
            r"(?:\+\d[\d\s().–-]{6,}|[78]\d{10}|9\d{9}|(?=\d*[\s()-])[\d(][\d\s().–-]{5,}\d)"
            r"(?:[\s,]*(?:доб|ext|вн)\.?\s*\d+)?"
        ),
    ),
    ("web", re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)),
    ("full_name", re.compile(r"[А-ЯЁ][а-яё-]+(?:\s+[А-ЯЁ][а-яё.-]*){1,3}")),
]


def _headings(table: str) -> dict[str, str]:
    pairs = (line.partition("=") for line in table.strip().splitlines())
    return {word.strip(): target.strip() for target, _, words in pairs for word in words.split(",")}


_HEADINGS = _headings("""
full_name = name, full name, фио, ф.и.о., имя и фамилия, фамилия имя отчество, фамилия и имя
full_name = контакт, контактное лицо, contact, contact name, display name, полное имя
full_name = клиент, client
full_name = ф. и. о., фио контакта, наименование, полное имя контакта, отображаемое имя, file as
surname = surname, last name, family name, фамилия
given = given name, first name, имя
patronymic = patronymic, middle name, additional name, отчество, второе имя
company = company, company name, organization, organisation, organization 1 - name, фирма
company = компания, организация, название компании, organization name, предприятие, юр. лицо
company = компания контакта, наименование организации, юрлицо, account name
position = position, job title, organization 1 - title, organization title, должность
position = должность (контакт)
phone = phone, telephone, tel, phone number, телефон, тел, тел., телефоны, номер телефона, phones
phone = primary phone, основной телефон, номер, контактный телефон
phone:work = business phone, business phone 2, work phone, company main phone, рабочий телефон
phone:work = телефон раб. 2, рабочий прямой телефон, служебный телефон, телефон рабочий, офис
phone:work = телефон компании, телефон раб., рабочий телефон 2, основной телефон организации
phone:home = home phone, home phone 2, домашний телефон, телефон дом., телефон дом. 2
phone:home = телефон домашний, домашний телефон 2
phone:mobile = mobile phone, mobile, cell, cell phone, мобильный телефон, мобильный, сотовый
phone:mobile = телефон мобильный, телефон переносной, сотовый телефон, моб. телефон, моб.
phone:fax = fax, business fax, home fax, other fax, факс, рабочий факс, домашний факс, другой факс
phone:other = other phone, другой телефон, car phone, assistant's phone, телефон помощника
email = email, mail, email address, email 2 address, email 3 address, почта, электронная почта
email = адрес почты, эл. адрес, емейл, имейл, адрес 2 почты, адрес 3 почты, emails, эл почта
email = адрес электронной почты, электронный адрес
email:work = work email, рабочий email, business email
email:home = home email, личный email, частный email, personal email
email:other = другой email, other email
web = web, web page, website, url, сайт, веб-страница, веб-сайт, страница, www, корпоративный сайт
web = personal web page, рабочий сайт, интернет-сайт
messenger = messenger, messengers, мессенджер, мессенджеры
messenger:skype = skype, скайп
messenger:telegram = telegram, телеграм, телеграмм
messenger:whatsapp = whatsapp, ватсап, вотсап
messenger:viber = viber, вайбер
messenger:icq = icq
messenger:vk = вконтакте, vk
address = address, адрес, адреса, местонахождение, фактический адрес, юридический адрес, addresses
address = почтовый адрес, адрес доставки
address:work = business address, адрес компании, рабочий адрес, адрес организации
address:home = home address, домашний адрес, дом. адрес
city = city, город, населенный пункт
street = street, улица
region = region, state, область, регион, край
postcode = postcode, postal code, zip, zip code, индекс, почтовый индекс
country = country, страна
birth = birthday, birth date, date of birth, день рождения, дата рождения, др
inn = inn, инн, tax id
tags = tags, tag, labels, categories, group membership, теги, тег, метки, категории, группы, группа
source = source, lead source, источник, источник сделки, откуда
category = category, категория, тип клиента, тип контакта, тип
status = status, статус, стадия, этап
note = note, notes, comment, comments, примечание, примечания, заметка, заметки, комментарий
note = комментарии, описание, description, примечание 1, дополнительно
""")

_BUSINESS = r"(?:business|work)"
_PATTERNS = [
    (re.compile(pattern), target)
    for pattern, target in (
        (r"(?:phone|email|address|website|im) \d+ - (?:type|label)", "label"),
        (r"phone \d+ - value", "phone"),
        (r"email \d+ - (?:value|address)", "email"),
        (r"website \d+ - value", "web"),
        (r"im \d+ - value", "messenger"),
        (r"address \d+ - formatted", "address"),
        (r"address (\d+) - street", r"street:\1"),
        (r"address (\d+) - city", r"city:\1"),
        (r"address (\d+) - po box", r"box:\1"),
        (r"address (\d+) - region", r"region:\1"),
        (r"address (\d+) - postal code", r"postcode:\1"),
        (r"address (\d+) - country", r"country:\1"),
        (_BUSINESS + r" street(?: \d)?", "street:work"),
        (_BUSINESS + r" city", "city:work"),
        (_BUSINESS + r" state", "region:work"),
        (_BUSINESS + r" postal code", "postcode:work"),
        (_BUSINESS + r" country(?:/region)?", "country:work"),
        (r"(home|other) street(?: \d)?", r"street:\1"),
        (r"(home|other) city", r"city:\1"),
        (r"(home|other) state", r"region:\1"),
        (r"(home|other) postal code", r"postcode:\1"),
        (r"(home|other) country(?:/region)?", r"country:\1"),
        (r"улица(?: \d)? \((?:раб|служ)\. адрес\)", "street:work"),
        (r"город \((?:раб|служ)\. адрес\)", "city:work"),
        (r"область \((?:раб|служ)\. адрес\)", "region:work"),
        (r"(?:почтовый )?индекс \((?:раб|служ)\. адрес\)", "postcode:work"),
        (r"страна(?: или регион)? \((?:раб|служ)\. адрес\)", "country:work"),
        (r"улица(?: \d)? \(дом\. адрес\)", "street:home"),
        (r"город \(дом\. адрес\)", "city:home"),
        (r"область \(дом\. адрес\)", "region:home"),
        (r"(?:почтовый )?индекс \(дом\. адрес\)", "postcode:home"),
        (r"страна(?: или регион)? \(дом\. адрес\)", "country:home"),
        (r"(?:phone|tel|телефон) ?\d", "phone"),
        (r"(?:email|почта) ?\d", "email"),
    )
]
