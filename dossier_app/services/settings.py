"""Settings of a binder, as one dataclass; they travel with it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields

from dossier_app.domain.binder import Layout
from dossier_app.domain.occasions import LEAD_DAYS
from dossier_app.storage import journal
from dossier_app.storage import settings as store

_PREFIX = "setting "


@dataclass
class Settings:
    """``contacts`` and ``minutes`` are the capacity of Monday to Sunday on a working day;
    ``print_kind`` is what was printed of a dossier last, ``print_day`` what of a day;
    ``print_documents`` which documents (keys) were printed behind a dossier (uid) last;
    ``print_language`` the language of the paper when it is not that of the window;
    ``print_left_out`` the parts that a printed dossier is without, ``print_contacts`` how many
    entries of its history it has (0: all).
    ``lead_days`` is how many days ahead an occasion is told of. ``reminders`` says whether
    what has a time of day is told when it has come, ``reminder_sound`` whether with a sound.
    ``lock_minutes`` is after how many minutes without a touch a protected binder is locked
    (0: never)."""

    author: str = ""
    country: str = "RU"
    layout: Layout = Layout.DAYS
    months_dated: int = 1
    contacts: list[int] = field(default_factory=lambda: [30] * 7)
    minutes: list[int] = field(default_factory=lambda: [360] * 7)
    leap_day_in_march: bool = False
    lead_days: int = LEAD_DAYS
    paper: str = "a4"
    print_kind: str = "brief"
    print_day: str = "pack"
    print_language: str = ""
    print_documents: dict[str, list[str]] = field(default_factory=dict)
    print_left_out: list[str] = field(default_factory=list)
    print_contacts: int = 0
    reminders: bool = True
    reminder_sound: bool = False
    lock_minutes: int = 15


def load() -> Settings:
    """The stored settings; what was never set has its default."""
    stored = store.read_all(_PREFIX)
    known = {item.name for item in fields(Settings)}
    settings = Settings(**{key: value for key, value in stored.items() if key in known})
    settings.layout = Layout(settings.layout)
    return settings


def save(settings: Settings) -> None:
    """Store what differs from the stored settings; the journal knows its author."""
    before = asdict(load())
    for key, value in asdict(settings).items():
        if value != before[key]:
            store.write(_PREFIX + key, value)
    journal.set_author(settings.author)
