"""Letters after a meeting: written, sent by the mail program, printed, filed."""

from __future__ import annotations

from urllib.parse import quote

from dossier_app.domain import clock
from dossier_app.domain.changes import Changes
from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import current_language, tr, using_language
from dossier_app.domain.letters import Letter, confirming_letter
from dossier_app.domain.records import Channel, Direction, HistoryEntry
from dossier_app.printing.options import Printed
from dossier_app.services import printing
from dossier_app.services.settings import load as load_settings
from dossier_app.storage import dossiers, journal

# Mail programs on Windows get no longer address; a letter in Russian takes six characters
# for each of its own.
LONGEST_LINK = 2000


def letter_about(uid: str, entry_uid: str, language: str = "") -> Letter:
    """The letter that confirms what was agreed in a contact of a dossier, in ``language``
    or the current one. Raises Refusal when the contact is no longer there."""
    dossier = dossiers.load(uid)
    for entry in dossier.history:
        if entry.uid == entry_uid:
            with using_language(language or current_language()):
                return confirming_letter(dossier, entry, load_settings().author, clock.today())
    raise Refusal(tr("This contact is no longer in the history."))


def mail_link(letter: Letter) -> tuple[str, bool]:
    """A ``mailto:`` address that opens the letter in the mail program (RFC 6068), and
    whether the text is in it: a long one would be cut off, so it is left out."""
    head = f"mailto:{quote(letter.to.strip(), safe='@.+-_')}?subject={_quoted(letter.subject)}"
    whole = f"{head}&body={_quoted(letter.body)}"
    return (whole, True) if len(whole) <= LONGEST_LINK else (head, False)


def print_letter(letter: Letter, language: str) -> Printed:
    """The letter as a PDF file, its date in ``language``."""
    from dossier_app.printing.letter import print_letter as draw

    with using_language(language):
        return draw(letter, printing.options())


def file_letter(uid: str, letter: Letter, person_uid: str = "") -> Changes:
    """Write the letter into the history as a mail that went out; the next step stays.
    Raises Refusal for one without a text."""
    if not letter.body.strip():
        raise Refusal(tr("The letter has no text."))
    entry = HistoryEntry(
        at=clock.now(),
        channel=Channel.EMAIL,
        direction=Direction.OUT,
        text="\n\n".join(filter(None, [letter.subject.strip(), letter.body.strip()])),
        author=journal.author(),
        person_uid=person_uid,
    )
    with journal.action("letter", clock.stamp()) as changes:
        dossiers.add_history(uid, entry)
    return changes


def _quoted(text: str) -> str:
    # Lines of a mail end in CR LF; what is half a character cannot be sent.
    lines = text.strip().replace("\r\n", "\n").replace("\n", "\r\n")
    return quote(lines.encode("utf-8", "replace"), safe="")
