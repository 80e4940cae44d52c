"""What the rep chooses when printing, and what comes out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

Paper = Literal["a4", "letter"]


@dataclass(frozen=True, slots=True)
class PrintOptions:
    """``today`` is the local date of printing. With ``private`` off the pages are
    discreet: nothing private is on them, and nothing tells that something was left out."""

    today: date
    paper: Paper = "a4"
    private: bool = False


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
