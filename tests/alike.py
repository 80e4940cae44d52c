"""Invented clients that are often alike, and what a rep may do with one of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

from hypothesis import strategies as st

from dossier_app.domain.names import fold
from dossier_app.domain.place import CLOSED, TRAY, Month, day_place, month_place
from dossier_app.domain.records import (
    Answer,
    Cadence,
    Carried,
    Category,
    Channel,
    ContactKind,
    ContactPoint,
    Document,
    Dossier,
    FilledForm,
    HistoryEntry,
    NextStep,
    Person,
    Promise,
    Role,
    Side,
    Slip,
    SlipKind,
    StepKind,
)

PHONES = ["+7 926 123-45-67", "8 926 123 45 67", "+7 495 000-00-01", "8 800 000-00-02"]
WORDS = st.sampled_from(["", "ООО «Липа»", "липа", "Ромашка", "обед в час", "не звонить\nпо пн"])
SHORT = st.sampled_from(["", "work", "mobile"])
DATES = st.none() | st.sampled_from([date(2026, 11, 1), date(2026, 11, 20)])
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1), timezones=st.just(UTC))


def some(kind: st.SearchStrategy[Any], most: int = 2) -> st.SearchStrategy[list[Any]]:
    return st.lists(kind, max_size=most)


POINTS = st.builds(
    ContactPoint, st.just(ContactKind.PHONE), st.sampled_from(PHONES), SHORT, st.booleans()
)
ANSWERS = st.builds(Answer, st.sampled_from(["Лада", "Волга", "да"]), SHORT, DATES)
FORMS = st.builds(
    FilledForm,
    st.sampled_from(["card", "call", "gone"]),
    st.dictionaries(st.sampled_from(["car", "health", "old"]), ANSWERS),
    DATES,
)
PEOPLE = st.builds(
    Person,
    st.sampled_from(["Иванов", "Иванова", ""]),
    st.sampled_from(["Пётр", "Петр", "Анна", ""]),
    position=WORDS,
    role=st.sampled_from(Role),
    note=WORDS,
    lead_days=st.none() | st.integers(0, 5),
    contact_points=some(POINTS),
    forms=some(FORMS),
)
STEPS = st.builds(
    NextStep,
    st.sampled_from(StepKind),
    WORDS,
    st.none() | st.just(time(10)),
    st.integers(0, 90),
    st.booleans(),
)
PLANS: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.just({"place": TRAY}),
    st.fixed_dictionaries(
        {
            "place": st.sampled_from(
                [
                    *map(day_place, (date(2026, 11, 20), date(2026, 12, 8))),
                    *map(month_place, (Month(2026, 11), Month(2027, 3))),
                ]
            ),
            "step": STEPS,
            "carried": st.none()
            | st.builds(Carried, st.just(date(2026, 11, 2)), st.just(2), WORDS),
        }
    ),
    st.fixed_dictionaries(
        {"place": st.just(CLOSED), "closed_on": DATES, "closed_reason": WORDS}
    ),
)  # fmt: skip


@st.composite
def clients(draw: st.DrawFn) -> Dossier:
    """A dossier in which every reference leads somewhere; at most one person is main."""
    made = draw(
        st.builds(
            Dossier,
            company=WORDS,
            category=st.sampled_from(Category),
            status=WORDS,
            source=WORDS,
            note=WORDS,
            note_private=st.booleans(),
            tags=st.lists(st.sampled_from(["опт", "Опт", "завод"]), unique_by=fold),
            people=some(PEOPLE, 3),
            contact_points=some(POINTS),
            forms=some(FORMS),
            tries=st.integers(0, 3),
            cadence=st.none() | st.builds(Cadence, st.integers(1, 3), st.just("week")),
            documents=some(
                st.builds(Document, st.just("a.pdf"), st.just(3), st.sampled_from("ab"), st.just(
                    date(2026, 11, 3)), st.booleans()), 1,
            ),
            promises=some(st.builds(Promise, st.sampled_from(Side), WORDS, DATES, DATES)),
            created_on=DATES,
        )
    )  # fmt: skip
    for name, value in draw(PLANS).items():
        setattr(made, name, value)
    who = st.sampled_from(["", *(person.uid for person in made.people)])
    owed = st.sampled_from(["", *(promise.uid for promise in made.promises)])
    mail = st.sampled_from(["", "<a@example.ru>", "<b@example.ru> <a@example.ru>"])
    made.history = draw(
        some(st.builds(HistoryEntry, MOMENTS, text=WORDS, person_uid=who, thread=mail), 3)
    )
    made.history.sort(key=lambda entry: entry.at, reverse=True)
    made.slips = draw(
        some(st.builds(Slip, st.just(SlipKind.REMINDER), st.just(date(2026, 12, 1)), WORDS,
                       promise_uid=owed))
    )  # fmt: skip
    if made.people:
        made.people[draw(st.integers(0, len(made.people) - 1))].main = draw(st.booleans())
        for form in made.forms:
            form.answers["boss"] = Answer(draw(who))
    return made


# --- changes: each writes a text that is found again

Edit = Callable[[Dossier, str], None]


def edit_new_history(dossier: Dossier, text: str) -> None:
    who = dossier.people[-1].uid if dossier.people else ""
    at = datetime(2026, 11, 25, 12, tzinfo=UTC)
    dossier.history.insert(0, HistoryEntry(at, Channel.CALL, text=text, person_uid=who))


def edit_history(dossier: Dossier, text: str) -> None:
    for entry in dossier.history[-1:]:
        entry.text = text


def edit_note(dossier: Dossier, text: str) -> None:
    dossier.note = f"{dossier.note}\n{text}" if dossier.note else text


def edit_note_in_place(dossier: Dossier, text: str) -> None:
    lines = dossier.note.split("\n")
    lines[-1] = text
    dossier.note = "\n".join(lines)


def edit_company(dossier: Dossier, text: str) -> None:
    dossier.company = text


def edit_step(dossier: Dossier, text: str) -> None:
    dossier.place, dossier.step = day_place(date(2026, 12, 24)), NextStep(text=text)


def edit_new_person(dossier: Dossier, text: str) -> None:
    dossier.people.append(Person(text))


def edit_person(dossier: Dossier, text: str) -> None:
    for person in dossier.people[-1:]:
        person.position = text


def edit_name(dossier: Dossier, text: str) -> None:
    for person in dossier.people[:1]:
        person.surname = text


def edit_new_point(dossier: Dossier, text: str) -> None:
    owner = dossier.people[-1] if dossier.people else dossier
    owner.contact_points.append(ContactPoint(ContactKind.EMAIL, text))


def edit_label(dossier: Dossier, text: str) -> None:
    for point in dossier.contact_points[:1]:
        point.label = text


def edit_answer(dossier: Dossier, text: str) -> None:
    for person in dossier.people:
        for form in person.forms:
            form.answers["car"] = Answer(text)
            return


def edit_tags(dossier: Dossier, text: str) -> None:
    dossier.tags = [*dossier.tags[1:], text]


def edit_promise(dossier: Dossier, text: str) -> None:
    for promise in dossier.promises[-1:]:
        dossier.slips.append(
            Slip(SlipKind.PROMISE, date(2026, 12, 2), text, promise_uid=promise.uid)
        )


def edit_slip(dossier: Dossier, text: str) -> None:
    for slip in dossier.slips[-1:]:
        slip.text = text


def edit_document(dossier: Dossier, text: str) -> None:
    dossier.documents.append(Document(text, 1, "c", date(2026, 11, 25)))


EDITS: list[Edit] = [
    edit_new_history, edit_history, edit_note, edit_note_in_place, edit_company, edit_step,
    edit_new_person, edit_person, edit_name, edit_new_point, edit_label, edit_answer,
    edit_tags, edit_promise, edit_slip, edit_document,
]  # fmt: skip
