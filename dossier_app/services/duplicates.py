"""Finding the client who may be in the binder already."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dossier_app.domain.language import mark, tr
from dossier_app.domain.names import company_key, fold
from dossier_app.domain.records import ContactKind, Dossier, Person
from dossier_app.services.templates import INFO_SHEET
from dossier_app.storage import duplicates as store
from dossier_app.storage.rows import contact_key

CLOSE_NAMES = 90  # of 100, by rapidfuzz's token_sort_ratio


class Reason(StrEnum):
    """Why two dossiers may be the same, the surest first."""

    INN = mark("the same INN")
    PHONE = mark("the same phone")
    EMAIL = mark("the same e-mail")
    COMPANY = mark("the same company")
    NAME = mark("a name like it")


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A dossier that may be the same client. ``sure`` when a phone, e-mail or INN says so."""

    uid: str
    name: str
    reason: Reason

    @property
    def why(self) -> str:
        return tr(self.reason)

    @property
    def sure(self) -> bool:
        return self.reason in (Reason.INN, Reason.PHONE, Reason.EMAIL)


def find_duplicates(dossier: Dossier) -> list[Duplicate]:
    """Dossiers in the binder that may be the same client as ``dossier``, the surest first.

    Phones compare by digits (8… and +7… are equal), e-mails and names folded (case, ё/е,
    word order), companies without legal form and quotes.
    """
    found: dict[str, Duplicate] = {}

    def add(hits: list[store.Named], reason: Reason) -> None:
        for hit in hits:
            if hit.uid != dossier.uid:
                found.setdefault(hit.uid, Duplicate(hit.uid, hit.name, reason))

    if inn := _inn(dossier):
        add(store.with_answer(INFO_SHEET, "inn", inn), Reason.INN)
    points = [*dossier.contact_points, *(p for who in dossier.people for p in who.contact_points)]
    for kind, reason in ((ContactKind.PHONE, Reason.PHONE), (ContactKind.EMAIL, Reason.EMAIL)):
        keys = {contact_key(kind, point.value) for point in points if point.kind is kind}
        add(store.with_contact(kind, keys - {""}), reason)
    if not dossier.people and (company := company_key(dossier.company)):
        add(
            [
                hit
                for hit in store.like_company(dossier.company)
                if company_key(hit.company) == company
            ],
            Reason.COMPANY,
        )
    for person in dossier.people:
        add(_namesakes(person), Reason.NAME)
    order = list(Reason)
    return sorted(found.values(), key=lambda item: order.index(item.reason))


def _namesakes(person: Person) -> list[store.Named]:
    if not person.surname or not person.given:
        return []
    from rapidfuzz.fuzz import token_sort_ratio

    wanted = fold(person.short_name)
    return [
        hit
        for hit in store.like_person(person.surname, person.given)
        if token_sort_ratio(wanted, fold(hit.short_name)) >= CLOSE_NAMES
    ]


def _inn(dossier: Dossier) -> str:
    for form in dossier.forms:
        if form.template == INFO_SHEET and (answer := form.answers.get("inn")):
            return str(answer.value)
    return ""
