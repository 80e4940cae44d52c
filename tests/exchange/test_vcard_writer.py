"""What is written as a business card is read back the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier_app.domain.partial_date import PartialDate
from dossier_app.domain.records import (
    Answer,
    ContactKind,
    ContactPoint,
    Dossier,
    FilledForm,
    Person,
)
from dossier_app.exchange.vcard_reader import read_vcards
from dossier_app.exchange.vcard_writer import write_vcards

CHARS = st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Zs", "Co", "Cn"))
WORD = st.text(CHARS, min_size=1, max_size=12).filter(lambda word: any(map(str.isalpha, word)))
TEXT = st.lists(WORD, min_size=1, max_size=8).map(" ".join)
NOTE = st.lists(TEXT, max_size=4).map("\n".join)
LABEL = st.one_of(st.sampled_from(["", "work", "home", "mobile", "fax", "other", "Дача"]))
BIRTH = st.one_of(
    st.none(),
    st.dates().map(PartialDate.of),
    st.dates().map(lambda day: PartialDate(None, day.month, day.day)),
    st.dates().map(lambda day: PartialDate(day.year, day.month)),
    st.dates().map(lambda day: PartialDate(day.year)),
).filter(lambda day: day is None or not (day.year == 1604 and day.is_yearly))


def point(kind: ContactKind, value: st.SearchStrategy[str]) -> st.SearchStrategy[ContactPoint]:
    return st.builds(ContactPoint, st.just(kind), value, LABEL)


POINTS = st.lists(
    st.one_of(
        point(ContactKind.PHONE, st.from_regex(r"\+7 9\d\d \d{3}-\d\d-\d\d", fullmatch=True)),
        point(ContactKind.EMAIL, st.from_regex(r"[a-z;,]{1,9}@example\.ru", fullmatch=True)),
        point(ContactKind.ADDRESS, TEXT.map(lambda text: text.strip(" ,")).filter(bool)),
    ),
    max_size=5,
    unique_by=lambda p: (p.kind, p.value),
)


def said(points: list[ContactPoint]) -> list[tuple[str, str, str]]:
    return [(point.kind, point.value, point.label) for point in points]


@given(WORD, WORD, WORD, TEXT, POINTS, BIRTH, NOTE, st.lists(TEXT, max_size=3, unique=True))
def test_round_trip(
    surname: str, given_name: str, patronymic: str, company: str, points: list[ContactPoint],
    born: PartialDate | None, note: str, tags: list[str],
) -> None:  # fmt: skip
    person = Person(surname, given_name, patronymic, "Директор", main=True, contact_points=points)
    if born:
        answer = Answer({"date": str(born), "place": ""})
        person.forms.append(FilledForm("relationship_card", {"birth": answer}))
    dossier = Dossier(company=f"ООО {company}", note=note, tags=tags, people=[person])
    content = read_vcards(write_vcards([dossier], include_private=True))
    assert content.records == 1 and content.problems == []
    read = content.imported[0]
    back = read.dossier.people[0]
    assert read.foreign_id == person.uid
    assert (back.surname, back.given, back.patronymic) == (surname, given_name, patronymic)
    assert (read.dossier.company, back.position) == (dossier.company, "Директор")
    assert said(back.contact_points) == said(points)
    assert read.dossier.tags == tags
    assert read.dossier.note == note.strip()
    dates = [str(a.value["date"]) for form in back.forms for a in form.answers.values()]
    assert dates == ([str(born)] if born else [])


def test_lines_are_folded_by_bytes() -> None:
    data = write_vcards([Dossier(people=[Person("Щ" * 300)])])
    assert max(map(len, data.split(b"\r\n"))) <= 75
    assert read_vcards(data).imported[0].dossier.name == "Щ" * 300


def test_a_company_and_its_people_are_cards() -> None:
    dossier = Dossier(
        company="ООО «Ромашка»",
        note="тихо",
        people=[Person("Иванов"), Person("Петров")],
        contact_points=[ContactPoint(ContactKind.WEB, "example.ru", "work")],
    )
    read = [
        item.dossier for item in read_vcards(write_vcards([dossier, Dossier("ЗАО «Юг»")])).imported
    ]
    assert [item.name for item in read] == ["Иванов", "Петров", "ООО «Ромашка»", "ЗАО «Юг»"]
    assert [bool(item.people) for item in read] == [True, True, False, False]
    assert [item.note for item in read] == ["тихо", "", "", ""]


@pytest.mark.parametrize("include", [False, True])
def test_private_stays_here(include: bool) -> None:
    person = Person("Иванов", contact_points=[ContactPoint(ContactKind.PHONE, "555", private=True)])
    dossier = Dossier(note="тайна", note_private=True, people=[person])
    data = write_vcards([dossier], include_private=include)
    assert (b"555" in data) is include
    assert ("тайна".encode() in data) is include
