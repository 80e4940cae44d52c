"""Expected errors: what a user may meet and is told in one sentence."""

from __future__ import annotations


class Refusal(Exception):
    """An action that was not done. ``str(error)`` is one translated sentence for the user.

    Raised before anything is changed, or inside a transaction that is rolled back.
    Everything else that is raised is a bug and is shown as a report to copy.
    """


class InUse(Refusal):
    """The data folder is open in another program."""


class Unreadable(Refusal):
    """A file or a text that could not be understood; the sentence says why."""
