"""What was typed and not saved: it waits, also for the next start."""

from __future__ import annotations

from dataclasses import dataclass, field

from dossier_app.domain.forms.template import Template
from dossier_app.domain.letters import Letter
from dossier_app.domain.records import Channel, Direction, HistoryEntry, Promise, StepKind


@dataclass
class LogDraft:
    """The fields of *Log & re-file* as they were left; ``fixed`` is None while the dialog
    decides it."""

    channel: Channel
    direction: Direction
    reached: bool
    person_uid: str
    text: str
    agreed: str
    promise: str
    step_text: str
    step_kind: StepKind
    minutes: int
    when: str
    fixed: bool | None
    private: bool
    promises: list[Promise] = field(default_factory=list)


@dataclass
class Drafts:
    """The drafts of one binder: one contact per dossier, by uid; changed contacts by theirs;
    changed forms by key; letters by the uid of their contact, in each language; one new
    client, and one new slip per dossier ("" for a loose sheet), as the texts of their
    fields."""

    log: dict[str, LogDraft] = field(default_factory=dict)
    contacts: dict[str, HistoryEntry] = field(default_factory=dict)
    forms: dict[str, Template] = field(default_factory=dict)
    letters: dict[str, dict[str, Letter]] = field(default_factory=dict)
    new: list[str] = field(default_factory=list)
    slips: dict[str, list[str]] = field(default_factory=dict)
