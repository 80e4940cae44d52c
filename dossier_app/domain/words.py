"""Words that several prints share: kinds, channels, roles, dates in a list."""

from __future__ import annotations

from datetime import date

from dossier_app.domain.datewords import day_month, full_date
from dossier_app.domain.language import current_language, mark, tr
from dossier_app.domain.records import (
    Category,
    Channel,
    ContactKind,
    ContactPoint,
    Direction,
    HistoryEntry,
    Person,
    Promise,
    Role,
    StepKind,
)

_STEPS = {
    StepKind.CALL: mark("Call"),
    StepKind.MEETING: mark("Meeting"),
    StepKind.EMAIL: mark("Mail"),
    StepKind.VISIT: mark("Visit"),
    StepKind.OTHER: mark("Other"),
}
_CHANNELS = {
    Channel.CALL: mark("Call"),
    Channel.MEETING: mark("Meeting"),
    Channel.EMAIL: mark("Mail"),
    Channel.MESSAGE: mark("Message"),
    Channel.VISIT: mark("Visit"),
    Channel.NOTE: mark("Note"),
}
_LABELS = {
    "work": mark("work"),
    "home": mark("home"),
    "mobile": mark("mobile"),
    "fax": mark("fax"),
    "other": mark("other"),
}
_ROLES = {
    Role.UNKNOWN: "",
    Role.DECISION_MAKER: mark("decision maker"),
    Role.INFLUENCER: mark("influencer"),
    Role.USER: mark("user"),
    Role.GATEKEEPER: mark("gatekeeper"),
}
_CATEGORIES = {
    Category.NONE: "",
    Category.END_CUSTOMER: mark("End customer"),
    Category.PARTNER: mark("Partner"),
}
_POINTS = {
    ContactKind.PHONE: mark("Phone"),
    ContactKind.EMAIL: mark("E-mail"),
    ContactKind.ADDRESS: mark("Address"),
    ContactKind.WEB: mark("Website"),
    ContactKind.MESSENGER: mark("Messenger"),
}


def step_word(kind: StepKind) -> str:
    """ "Meeting"."""
    return tr(_STEPS[kind])


def category_word(category: Category) -> str:
    """ "Partner"; empty when none is chosen."""
    return _said(_CATEGORIES[category])


def role_word(role: Role) -> str:
    """ "decision maker"; empty when it is not known. Private."""
    return _said(_ROLES[role])


def point_word(point: ContactPoint) -> str:
    """What a contact point is: its own label, else its kind."""
    return label_word(point.label) or tr(_POINTS[point.kind])


def label_word(label: str) -> str:
    """A contact point's label; the usual ones, which importers set, in the current
    language."""
    return _said(_LABELS.get(label, "")) or label


def channel_word(channel: Channel) -> str:
    """ "Call", "Note"."""
    return tr(_CHANNELS[channel])


def channel_words(entry: HistoryEntry) -> str:
    """ "Call", "Call, incoming", "Call, not reached"."""
    channel = tr(_CHANNELS[entry.channel])
    if not entry.reached:
        return tr("{channel}, not reached", channel=channel)
    if entry.direction is Direction.IN:
        return tr("{channel}, incoming", channel=channel)
    return channel


def person_words(person: Person, *, role: bool) -> str:
    """Name and position; the role in decisions only with ``role``, since it is private."""
    parts = [person.full_name, person.position, role_word(person.role) if role else ""]
    return ", ".join(part for part in parts if part)


def day_words(day: date, today: date) -> str:
    """ "25 November"; with the year when it is not the year of ``today``."""
    return day_month(day) if day.year == today.year else full_date(day)


def promise_words(promise: Promise, today: date) -> str:
    """What was promised and by when; what became of it."""
    text = promise.text.strip()
    if promise.kept_on is not None:
        return tr("{text}: kept {day}", text=text, day=day_words(promise.kept_on, today))
    if promise.due is None:
        return text
    day = day_words(promise.due, today)
    if promise.due < today:
        return tr("{text}, was due {day}", text=text, day=day)
    return tr("{text}, by {day}", text=text, day=day)


def size_words(size: int) -> str:
    """ "183 KB"; ``size`` is in bytes."""
    if size < 1024 * 1024:
        return tr("{n} KB", n=max(round(size / 1024), 1))
    megabytes = f"{size / 1024 / 1024:.1f}"
    if current_language() == "ru":
        megabytes = megabytes.replace(".", ",")
    return tr("{n} MB", n=megabytes)


def _said(message: str) -> str:
    # gettext answers "" with the header of its catalogue.
    return tr(message) if message else ""
