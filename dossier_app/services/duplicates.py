"""Finding the client who may be in the binder already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations, product

from dossier_app.domain.language import mark, tr
from dossier_app.domain.names import company_key, fold
from dossier_app.domain.records import ContactKind, Dossier, Person
from dossier_app.services.templates import INFO_SHEET
from dossier_app.storage import duplicates as store
from dossier_app.storage.merges import not_same
from dossier_app.storage.rows import contact_key

SWITCHBOARD = 20  # dossiers with one phone or name; what more of them share tells nothing
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


@dataclass(frozen=True, slots=True)
class Pair:
    """Two dossiers that may be one client; ``one`` was made first."""

    one: store.Named
    other: store.Named
    reason: Reason

    @property
    def why(self) -> str:
        return tr(self.reason)


def find_pairs() -> list[Pair]:
    """Pairs of dossiers of the whole binder that may be one client, the surest first: one
    INN, phone or e-mail, or one name at one company (or at none that is known).

    What more than `SWITCHBOARD` dossiers have in common tells nothing. Pairs of which the
    rep has said that they are not the same are left out.
    """
    names = store.every_name()
    answered = not_same()
    found: dict[tuple[int, int], Reason] = {}
    for reason, pairs in (
        (Reason.INN, _within(store.sharing_answer(INFO_SHEET, "inn", SWITCHBOARD))),
        (Reason.PHONE, _within(store.sharing_contact(ContactKind.PHONE, SWITCHBOARD))),
        (Reason.EMAIL, _within(store.sharing_contact(ContactKind.EMAIL, SWITCHBOARD))),
        (Reason.COMPANY, _companies(names)),
        (Reason.NAME, _people(names)),
    ):
        for pair in pairs:
            found.setdefault(pair, reason)
    return [
        Pair(names[one], names[other], reason)
        for (one, other), reason in found.items()
        if tuple(sorted((names[one].uid, names[other].uid))) not in answered
    ]


_Pairs = Iterator[tuple[int, int]]


def _companies(names: dict[int, store.Named]) -> _Pairs:
    """Companies without people that are called the same."""
    alike: dict[str, list[int]] = defaultdict(list)
    for number, item in names.items():
        if not item.short_name and (key := company_key(item.company)):
            alike[key].append(number)
    return _within(alike.values())


def _people(names: dict[int, store.Named]) -> _Pairs:
    """Main contacts that are called the same, at one company or with none."""
    alike: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, item in names.items():
        if " " in item.short_name:
            alike[store.name_key(item.short_name)][company_key(item.company)].append(number)
    for companies in alike.values():
        alone = companies.get("", [])
        others = [number for key, numbers in companies.items() if key for number in numbers]
        pairs = list(_within(companies.values()))
        if len(alone) + len(others) <= SWITCHBOARD:
            pairs += [(min(pair), max(pair)) for pair in product(alone, others)]
        for one, other in pairs:
            first, second = (
                set(store.name_key(names[number].name).split()) for number in (one, other)
            )
            if first <= second or second <= first:  # no two patronymics
                yield one, other


def _within(groups: Iterable[list[int]]) -> _Pairs:
    for group in groups:
        if len(group) <= SWITCHBOARD:
            yield from combinations(sorted(group), 2)


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
