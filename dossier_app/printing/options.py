"""What the rep chooses when printing, and what comes out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

Paper = Literal["a4", "letter"]


class DossierPart(StrEnum):
    """A part of the whole dossier that can be left out."""

    PROMISES = "promises"
    PEOPLE = "people"
    FORMS = "forms"
    HISTORY = "history"
    DOCUMENTS = "documents"


@dataclass(frozen=True, slots=True)
class PrintOptions:
    """``today`` is the local date of printing. With ``private`` off the pages are
    discreet: nothing private is on them, and nothing tells that something was left out.

    ``parts`` are those that a whole dossier has; ``last_contacts`` is how many entries of its
    history are printed, the newest ones, 0 for all."""

    today: date
    paper: Paper = "a4"
    private: bool = False
    parts: frozenset[DossierPart] = frozenset(DossierPart)
    last_contacts: int = 0


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished PDF file and the number of its pages."""

    data: bytes
    pages: int


class KitPart(StrEnum):
    """A part of the binder kit that can be printed alone."""

    NUMBERS = "numbers"
    MONTHS = "months"
    DATES = "dates"
    SPINE = "spine"
    CARDS = "cards"
