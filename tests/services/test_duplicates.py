"""A new client is looked for before it is made."""

from __future__ import annotations

import pytest

from dossier_app.domain import clock
from dossier_app.domain.language import using_language
from dossier_app.domain.records import (
    Answer,
    ContactKind,
    ContactPoint,
    Dossier,
    FilledForm,
    Person,
)
from dossier_app.services.dossiers import DuplicateRefusal, NewDossier, add_dossier
from dossier_app.services.duplicates import Duplicate, Reason, find_duplicates
from dossier_app.services.session import Session
from dossier_app.storage import dossiers, journal


def client() -> Dossier:
    anna = Person("Семёнова", "Анна", "Петровна", main=True)
    anna.contact_points = [
        ContactPoint(ContactKind.PHONE, "8 (495) 123-45-67 доб. 12"),
        ContactPoint(ContactKind.EMAIL, "Anna@Example.ru"),
    ]
    sheet = FilledForm("info_sheet", {"inn": Answer("7707083893")})
    return Dossier("ООО «Ромашка»", people=[anna], forms=[sheet])


@pytest.fixture
def known(binder_open: Session) -> str:
    """uid of a client in the binder, beside a company without people."""
    dossier = client()
    with journal.action("new", clock.stamp()):
        dossiers.insert([dossier, Dossier("АО «Северный Ветер»")])
    return dossier.uid


def look(**more: object) -> list[Duplicate]:
    return find_duplicates(NewDossier(**more).record())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "phone", ["+7 495 123-45-67", "84951234567", "4951234567", "+7 (495) 123 45 67 ext. 3"]
)
def test_writings_of_a_phone_are_one(known: str, phone: str) -> None:
    (found,) = look(name="Другая Вера", phones=[phone])
    assert (found.uid, found.reason, found.sure) == (known, Reason.PHONE, True)
    assert found.name == "Семёнова Анна Петровна"


def test_mail_compares_without_case(known: str) -> None:
    (found,) = look(company="АО «Иное»", emails=[" anna@EXAMPLE.ru"])
    assert (found.uid, found.reason) == (known, Reason.EMAIL)


def test_the_surest_reason_is_told(known: str) -> None:
    new = client()
    new.uid = "new"
    (found,) = find_duplicates(new)
    assert found.reason is Reason.INN


def test_a_dossier_is_not_its_own_double(known: str) -> None:
    assert find_duplicates(dossiers.load(known)) == []


@pytest.mark.parametrize(
    ("name", "like"),
    [
        ("Семенова Анна", True),
        ("СЕМЁНОВА АННА", True),
        ("Анна Семёнова", True),
        ("Семёнова Анна Петровна", True),
        ("Семёнова Вера", False),
        ("Семёнов Антон", False),
        ("Липатова Анна", False),
    ],
)
def test_close_names(known: str, name: str, like: bool) -> None:
    assert [found.uid for found in look(name=name)] == [known] * like


@pytest.mark.parametrize(
    ("company", "like"),
    [
        ("Северный ветер, АО", True),
        ('ЗАО "СЕВЕРНЫЙ ВЕТЕР"', True),
        ("Ветер Северный", True),
        ("АО «Северный»", False),
        ("ООО «Южный ветер»", False),
    ],
)
def test_companies_without_form_and_quotes(known: str, company: str, like: bool) -> None:
    assert [found.reason for found in look(company=company)] == [Reason.COMPANY] * like


def test_a_double_is_refused_and_can_be_forced(known: str) -> None:
    new = NewDossier(name="Семенова Анна", phones=["+7 495 123-45-67"])
    with pytest.raises(
        DuplicateRefusal, match=r"Семёнова Анна Петровна \(the same phone\)"
    ) as told:
        add_dossier(new)
    assert [found.uid for found in told.value.duplicates] == [known]
    assert dossiers.count() == 2
    _, found = add_dossier(new, force=True)
    assert [item.uid for item in found] == [known]
    assert dossiers.count() == 3


def test_a_client_known_by_a_phone_alone_is_named_by_it(binder_open: Session) -> None:
    add_dossier(NewDossier(phones=["+7 495 000-00-07"]))
    (found,) = look(name="Липатов Олег", phones=["8 495 000 00 07"])
    assert found.name == "+7 495 000-00-07"


def test_the_reason_is_told_in_the_language_of_the_rep(known: str) -> None:
    (found,) = look(name="Семенова Анна")
    assert found.why == "a name like it"
    with using_language("ru"):
        assert found.why


def test_a_namesake_is_found_among_many_alike(binder_open: Session) -> None:
    crowd = [Dossier(people=[Person(f"Ивантеев{n}", f"Пётр{n}")]) for n in range(300)]
    with journal.action("new", clock.stamp()):
        dossiers.insert([*crowd, Dossier(people=[Person("Иванов", "Пётр")])])
    assert [found.name for found in look(name="Иванов Петр")] == ["Иванов Пётр"]
