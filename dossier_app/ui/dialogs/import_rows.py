"""Rows of an import: the files, and what becomes of each record of one of them."""

from __future__ import annotations

from dossier_app.domain.language import mark, ntr, tr
from dossier_app.services.import_report import Fate, FileReport, RecordReport
from dossier_app.ui.widgets import Tone
from dossier_app.ui.widgets.two_lines import Row

_FATES = {
    Fate.ADDED: (mark("new"), Tone.PROMISE),
    Fate.JOINED: (mark("joined"), Tone.OCCASION),
    Fate.SKIPPED: (mark("skipped"), Tone.PLAIN),
    Fate.REFUSED: (mark("not read"), Tone.PRIVATE),
}
_FORMATS = {
    "vcard": mark("business cards"),
    "csv": mark("table"),
    "xlsx": mark("table"),
    "eml": mark("mail"),
    "msg": mark("mail of Outlook"),
}


def file_row(report: FileReport) -> Row:
    """A file: what it is, and what becomes of its records."""
    if not report.format:
        reasons = " ".join(problem.reason for problem in report.problems)
        return Row(report.file, below=reasons, wrong=True)
    kind = tr(_FORMATS[report.format]) if report.format in _FORMATS else report.format
    refused = refused_in(report)
    known = report.skipped - refused - report.homeless
    counts = (
        (report.added, ntr("{n} new", "{n} new", report.added)),
        (report.joined, ntr("{n} joined", "{n} joined", report.joined)),
        (known, ntr("{n} skipped", "{n} skipped", known)),
        (report.homeless, tr("no dossier has its addresses")),
        (refused, ntr("{n} not read", "{n} not read", refused)),
    )
    return Row(
        report.file,
        beside=kind,
        right=ntr("{n} record", "{n} records", report.records),
        below=" · ".join(words for count, words in counts if count),
    )


def record_row(detail: RecordReport) -> Row:
    """A record: who, what becomes of it, and why; of a mail, what it is about."""
    chip, tone = _FATES[detail.fate]
    title = detail.name or detail.company or tr("Record {n}", n=detail.record)
    return Row(
        title,
        beside=detail.company if detail.name else "",
        right=detail.phone,
        below=detail.reason or tr("Goes to the In tray."),
        chip=tr(chip),
        tone=tone,
        wrong=detail.fate is Fate.REFUSED,
    )


def refused_in(report: FileReport) -> int:
    """How many records of a file could not be read."""
    return sum(detail.fate is Fate.REFUSED for detail in report.details)
