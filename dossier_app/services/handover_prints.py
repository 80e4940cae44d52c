"""The papers of a handover, ready to be drawn: the pack for the colleague, and the report of
what was done meanwhile."""

from __future__ import annotations

from dossier_app.domain.errors import Refusal
from dossier_app.domain.handover.absence import Absence
from dossier_app.domain.handover.pack import make_pack
from dossier_app.domain.handover.records import Direction, Handover
from dossier_app.domain.handover.report import AbsenceReport, HandoverReport
from dossier_app.domain.language import current_language, tr, using_language
from dossier_app.domain.records import Dossier
from dossier_app.domain.review_words import dates
from dossier_app.services import settings
from dossier_app.services.handover import ending, giving, keys, reporting
from dossier_app.services.print_reading import Reading, Steps
from dossier_app.services.printing import Prepared, Printed, PrintOptions, name_for_file
from dossier_app.services.templates import templates
from dossier_app.storage import dossiers, handed_slips, slips


def prepare_handover_pack(
    what: Handover | giving.Wish, chosen: PrintOptions, language: str | None = None
) -> Prepared:
    """The pack for a handover, or for one that is wished: its dossiers as they stand now.

    Raises Refusal when there is nothing in it, and when private facts are ``chosen`` that do
    not go along.
    """
    return read_handover_pack(what, chosen, language).at_once()


def read_handover_pack(
    what: Handover | giving.Wish, chosen: PrintOptions, language: str | None = None
) -> Reading[Prepared]:
    """`prepare_handover_pack` in steps."""
    spoken = language or current_language()
    if chosen.private and not what.private:
        raise Refusal(tr("Private facts do not go along in this handover."))
    if isinstance(what, Handover):
        handover, uids, left_out = what, ending.dossiers_of(what), []
        loose = handed_slips.uids_in(what.uid)
    else:
        handover, uids, left_out = _as_handover(what), giving.dossiers_of(what), list(what.left_out)
        loose = list(dict.fromkeys(what.loose))
    if not uids and not loose:
        raise Refusal(tr("There is nothing to print: nothing is in this handover."))

    def steps() -> Steps[Prepared]:
        found: list[Dossier] = []
        for uid in uids:
            found.append(dossiers.load(uid))
            yield len(found)
        known = templates()
        with using_language(spoken):
            pack = make_pack(
                handover,
                found,
                known,
                private=chosen.private,
                loose=[slips.load(uid) for uid in loose],
                left_out=left_out,
                leap_day_in_march=settings.load().leap_day_in_march,
            )
            days = dates(handover.first_day, handover.last_day)
            title = tr("Handover to {name}, {dates}", name=pack.taker, dates=days)

        def pages() -> Printed:
            from dossier_app.printing.handover_pack import print_handover_pack

            return print_handover_pack(pack, chosen, known)

        return Prepared(chosen, spoken, name_for_file(title), pages)

    return Reading(steps(), len(uids))


def prepare_absence_report(
    what: Handover | Absence, chosen: PrintOptions, language: str | None = None
) -> Prepared:
    """What was done in a handover, or in all those of an absence.

    Raises Refusal when private facts are ``chosen`` that did not go along, and for an absence
    for which nothing was handed over.
    """
    if isinstance(what, Absence):
        report: AbsenceReport | HandoverReport = reporting.report_of_absence(what)
    else:
        report = reporting.report_of_handover(what)
    parts = report.handovers if isinstance(report, AbsenceReport) else [report]
    if not parts:
        raise Refusal(tr("There is nothing to print: nothing was handed over."))
    if chosen.private and not any(part.handover.private for part in parts):
        raise Refusal(tr("Private facts do not go along in this handover."))

    def pages() -> Printed:
        from dossier_app.printing.handover_report import print_absence_report

        return print_absence_report(report, chosen)

    with using_language(language or current_language()):
        days = dates(what.first_day, what.last_day)
        title = name_for_file(tr("Report of an absence, {dates}", dates=days))
        return Prepared(chosen, current_language(), title, pages)


def _as_handover(wish: giving.Wish) -> Handover:
    return Handover(
        Direction.GIVEN,
        wish.colleague.strip(),
        keys.own_name(),
        wish.first_day,
        wish.last_day,
        private=wish.private,
    )
