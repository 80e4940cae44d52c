"""The dossier of a client with documents of it behind: which can be, and reading them.

PDF files and pictures can, by the endings of their names, each in its newest version; other
kinds are printed from their own programs. What was chosen last is remembered for each
dossier.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from dossier_app.domain.datewords import day_month
from dossier_app.domain.documents import Versions, with_versions
from dossier_app.domain.errors import Refusal
from dossier_app.domain.filenames import FileKind, likely_kind, same_name
from dossier_app.domain.language import current_language, tr, using_language
from dossier_app.domain.records import Document, Dossier
from dossier_app.printing.appending import MOST_BYTES, Appended, too_large
from dossier_app.printing.options import Printed, PrintOptions
from dossier_app.services.print_reading import OverviewReader, Reading, Steps
from dossier_app.services.printing import Prepared, client_for_file
from dossier_app.services.settings import Settings
from dossier_app.services.templates import templates
from dossier_app.storage import contents

MOST_BYTES_TOGETHER = 2 * MOST_BYTES  # several copies of it stand in memory while it is drawn
_REMEMBERED = 200  # dossiers whose choice is kept


def printable(dossier: Dossier) -> list[Versions]:
    """The documents that can be printed behind the dossier, the newest first."""
    return [
        versions
        for versions in with_versions(dossier.documents)
        if likely_kind(versions.newest.name) in (FileKind.PDF, FileKind.PICTURE)
    ]


def find_printable(dossier: Dossier, wanted: Iterable[str], *, private: bool) -> set[str]:
    """The keys of the documents called so, or that have a version of that uid.

    Raises Refusal for one that is not there, cannot be printed, or must not unless
    ``private``.
    """
    found = [_find(dossier, item) for item in wanted]
    for versions in found:
        if versions.newest.private and not private:
            name = versions.newest.name
            raise Refusal(
                tr("{name} is private: it is printed with private facts only.", name=name)
            )
    return {versions.key for versions in found}


def read_dossier(
    uid: str, documents: Collection[str], chosen: PrintOptions, language: str | None = None
) -> Reading[Prepared]:
    """The whole dossier with those of its ``documents`` (keys) behind that may be printed:
    on discreet pages no private ones. Read in steps; what cannot be read has its reason on
    the paper. Raises Refusal when the dossier is no longer there."""
    spoken = language or current_language()

    def steps() -> Steps[Prepared]:
        [found] = yield from OverviewReader.of(chosen, spoken).overviews([uid])
        newest = [
            versions.newest
            for versions in printable(found.dossier)
            if versions.key in documents and (chosen.private or not versions.newest.private)
        ]
        appended = yield from _contents(newest, spoken)
        known = templates()

        def pages() -> Printed:
            from dossier_app.printing.dossier import print_dossier

            return print_dossier(found.dossier, found, chosen, known, appended)

        with using_language(spoken):
            title = f"{client_for_file(found)}, {day_month(chosen.today)}"
        return Prepared(chosen, spoken, title, pages)

    return Reading(steps(), 1 + len(documents))


def chosen_before(kept: Settings, uid: str) -> set[str]:
    """The documents (keys) that were printed behind a dossier last."""
    return set(kept.print_documents.get(uid, []))


def remembering(kept: Settings, uid: str, documents: Collection[str]) -> Settings:
    """``kept`` with what is printed behind a dossier now."""
    others = {key: value for key, value in kept.print_documents.items() if key != uid}
    # What stands first was printed longest ago.
    last = list(others.items())[1 - _REMEMBERED :]
    chosen = {uid: sorted(documents)} if documents else {}
    return replace(kept, print_documents=dict(last) | chosen)


def _find(dossier: Dossier, wanted: str) -> Versions:
    for versions in with_versions(dossier.documents):
        if any(item.uid == wanted for item in versions.all) or same_name(
            versions.newest.name, wanted
        ):
            if versions in printable(dossier):
                return versions
            raise Refusal(
                tr("{name} is neither a PDF file nor a picture; print it from its own program.",
                   name=versions.newest.name)
            )  # fmt: skip
    raise Refusal(tr("The dossier has no document called {name}.", name=wanted))


def _contents(documents: Iterable[Document], language: str) -> Steps[list[Appended]]:
    """What is in the documents, or why it is not printed."""
    found: list[Appended] = []
    together = 0
    for document in documents:
        data = bytearray()
        with using_language(language):
            problem = too_large(document.size)
            if not problem and together + document.size > MOST_BYTES_TOGETHER:
                problem = tr(
                    "All the documents before it are as much as can be printed at once. Print it "
                    "from its own program."
                )
        if not problem:
            try:
                for part in contents.read(document.sha256):
                    data += part
                    yield 1 + len(found)
            except Refusal:
                with using_language(language):
                    problem = tr("Its contents are missing. Restore a backup.")
        together += len(data)
        found.append(Appended(document.uid, document.name, bytes(data), problem))
        yield 1 + len(found)
    return found
