"""Documents and their versions: a new edition of a file never replaces the old one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dossier_app.domain.records import Document


@dataclass(frozen=True, slots=True)
class Versions:
    """One document with all its versions, the oldest first; never empty.

    Name and privacy are those of the whole, the newest version has them too.
    """

    all: tuple[Document, ...]

    @property
    def newest(self) -> Document:
        return self.all[-1]

    @property
    def key(self) -> str:
        """By what the document is known whichever version is the newest."""
        return key_of(self.newest)

    def number(self, document: Document) -> int:
        """Which version ``document`` is, from 1."""
        return [version.uid for version in self.all].index(document.uid) + 1


def key_of(document: Document) -> str:
    """What all versions of one document have in common."""
    return document.version_of or document.uid


def with_versions(documents: Iterable[Document]) -> list[Versions]:
    """The documents of a dossier, in the order in which they were added, gathered by
    version; that with the newest addition first."""
    groups: dict[str, list[Document]] = {}
    for document in documents:
        versions = groups.pop(key_of(document), [])
        groups[key_of(document)] = [*versions, document]
    return [Versions(tuple(versions)) for versions in reversed(groups.values())]
