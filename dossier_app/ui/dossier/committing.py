"""Storing what is typed in several editors at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol


class Commits(Protocol):
    """Something with open editors; `commit` stores them, or returns false."""

    def commit(self) -> bool: ...


def commit_all(editors: Iterable[Commits]) -> bool:
    """Store every one, also behind one that is refused; false when any was."""
    refused = [editor for editor in editors if not editor.commit()]
    return not refused
