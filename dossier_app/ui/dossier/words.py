"""What the panel says about a dossier, in words of the current language."""

from __future__ import annotations

from datetime import date, timedelta

from dossier_app.domain.binder import BinderRules, SlotKind
from dossier_app.domain.datewords import (
    clock,
    duration,
    full_date,
    long_day,
    month_name,
    short_day,
    short_weekday,
)
from dossier_app.domain.language import ntr, tr
from dossier_app.domain.place import PlaceKind
from dossier_app.domain.records import (
    Dossier,
    HistoryEntry,
    NextStep,
    Person,
    Promise,
    Role,
    Side,
)
from dossier_app.domain.words import category_word, channel_words, step_word


def near_day(day: date, today: date) -> str:
    """ "today", "tomorrow", else "Friday, 27 November"."""
    if day == today:
        return tr("today")
    if day == today + timedelta(days=1):
        return tr("tomorrow")
    return long_day(day, today)


def due_day(day: date, today: date) -> str:
    """ "Fr, 27 Nov"."""
    return f"{short_weekday(day)}, {short_day(day, today)}"


def step_headline(dossier: Dossier, rules: BinderRules) -> str:
    """When and how the next step is: "Next step · today 09:30, call, agreed"."""
    place, today = dossier.place, rules.today
    if place.kind is PlaceKind.TRAY:
        return tr("No date yet")
    if place.kind is PlaceKind.CLOSED:
        day = dossier.closed_on
        return tr("Closed on {day}", day=full_date(day)) if day else tr("Closed")
    step = dossier.step or NextStep()
    if place.date is not None:
        when = near_day(place.date, today)
    else:
        assert place.month is not None
        when = month_name(place.month)
    if step.time:
        when = f"{when} {clock(step.time)}"
    parts = [when, lowered(step_word(step.kind))]
    if step.fixed:
        parts.append(tr("agreed"))
    if dossier.tries:
        parts.append(ntr("{n} try", "{n} tries", dossier.tries))
    said = ", ".join(parts)
    kind = rules.slot(place).kind
    if kind is SlotKind.LEFT_BEHIND:
        return tr("Left behind · {step}", step=said)
    if kind is SlotKind.TO_SPREAD:
        return tr("Needs a day · {step}", step=said)
    return tr("Next step · {step}", step=said)


def promise_line(promise: Promise) -> str:
    """Who promised what."""
    if promise.side is Side.OURS:
        return tr("We: {text}", text=promise.text)
    return tr("Client: {text}", text=promise.text)


def role_word(role: Role) -> str:
    """A person's part in the decision as a chip says it; empty when not known."""
    return {
        Role.UNKNOWN: "",
        Role.DECISION_MAKER: tr("decides"),
        Role.INFLUENCER: tr("influencer"),
        Role.USER: tr("user"),
        Role.GATEKEEPER: tr("gatekeeper"),
    }[role]


def person_line(person: Person) -> str:
    """Somebody beside the main contact: name, and part in the decision or position."""
    what = role_word(person.role) or person.position
    return ", ".join(filter(None, [person.short_name or tr("No name yet"), what]))


def chips_of(dossier: Dossier) -> list[str]:
    """Role of the main contact, category, sub-status, tags."""
    person = dossier.main_person
    words = [role_word(person.role) if person else "", lowered(category_word(dossier.category))]
    return [word for word in (*words, dossier.status, *dossier.tags) if word]


def position_line(dossier: Dossier) -> str:
    """ "head of purchasing · OOO Romashka", without what the name says already."""
    person = dossier.main_person
    parts = [person.position if person else "", dossier.company]
    return " · ".join(part for part in parts if part and part != dossier.name)


def contact_line(entry: HistoryEntry) -> str:
    """How it was, beside its date: "call, incoming, 12 min"."""
    parts = [lowered(channel_words(entry))]
    if entry.minutes:
        parts.append(duration(entry.minutes))
    return ", ".join(parts)


def lowered(text: str) -> str:
    """``text`` as it stands inside a sentence."""
    return text[:1].lower() + text[1:]
