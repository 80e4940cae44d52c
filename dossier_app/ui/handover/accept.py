"""Looking at the dossiers of a colleague's package, and accepting them."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dossier_app.domain.changes import Changes
from dossier_app.domain.datewords import full_date, short_day
from dossier_app.domain.handover.pack import PackLine
from dossier_app.domain.handover.words import todo_words
from dossier_app.domain.language import ntr, tr
from dossier_app.domain.place import month_place
from dossier_app.domain.place_words import short_place
from dossier_app.domain.records import Slip
from dossier_app.domain.when.sentences import quoted
from dossier_app.domain.words import size_words
from dossier_app.exchange.package import Package
from dossier_app.services.handover import taking, telling
from dossier_app.services.handover.taking import Accepted, Inspection
from dossier_app.services.handover.telling import Planned
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.base import PaperDialog
from dossier_app.ui.dialogs.plan_rows import day_short
from dossier_app.ui.handover import words
from dossier_app.ui.handover.package_dialog import PackageDialog
from dossier_app.ui.widgets import Label, Tone
from dossier_app.ui.widgets.two_lines import Row, RowList

_SIZE = (780, 660)


class AcceptDialog(PackageDialog):
    """What the package brings, by date; what may be an own client is told and stays apart.

    After accepting, the dossier that comes first is shown. Raises Refusal for a package
    that is not for here.
    """

    dossier_wanted = Signal(str)  # uid

    def __init__(self, window: QWidget, desk: Desk, package: Package) -> None:
        taking.refuse_unfit(package)
        found = taking.inspect(package)
        self._found, self._planned = found, telling.planned_in(found)
        self.is_here = found.is_here
        self._loose = sorted(package.records.loose, key=lambda slip: slip.on)
        name = found.handover.colleague
        title = tr("{what} from {name}", what=self._counted(), name=name)
        super().__init__(window, desk, package, found.trust, title, _SIZE)
        self.terms = Label(_terms(found), role="muted", wrap=True)
        self.warning = Label(" ".join(self._warnings()), role="warn_ink", wrap=True)
        self.warning.setVisible(bool(self.warning.text()))
        self.rows = RowList(tr("Dossiers in the package"))
        self.detail = Label("", "small", role="muted", wrap=True)
        self.detail.setMinimumHeight(2 * self.detail.fontMetrics().height())
        for widget in (self.terms, self.warning):
            self.body.addWidget(widget)
        self.body.addWidget(self.rows, 1)
        self.body.addWidget(self.detail)
        self.add_buttons(tr("Show them") if self.is_here else tr("Accept"))
        self.rows.selectionModel().currentChanged.connect(self._follow)
        self.rows.show_rows(
            [
                *(_row(item, desk.today) for item in self._planned),
                *(_loose_row(slip, desk.today) for slip in self._loose),
            ]
        )
        self.closing.say(self._what_happens())
        self.rows.setFocus()

    def steps(self, *, new_key: bool) -> Generator[int, None, object]:
        return taking.storing(self._package, new_key=new_key)

    def take(self, *, new_key: bool) -> tuple[Changes, Accepted]:
        return taking.accept(self._package, new_key=new_key)

    def said(self) -> str:
        return tr("Accepted: {what}", what=self._counted())

    def accept(self) -> None:
        super().accept()
        if self._planned:
            self.dossier_wanted.emit(self._planned[0].offered.dossier.uid)

    # --- inside

    def _counted(self) -> str:
        """How much it is: "12 dossiers", "12 dossiers · 2 loose sheets"."""
        n, loose = len(self._planned), len(self._loose)
        return words.joined(
            words.dossier_count(n) if n or not loose else "",
            words.sheet_count(loose) if loose else "",
        )

    def _what_happens(self) -> str:
        band = self._found.handover.band(self._desk.today)
        if self.is_here:
            return tr("All of it is here already, “{band}”; nothing changes.", band=band)
        return tr(
            "They go under their dates with the band “{band}”. One undo takes all of it back.",
            band=band,
        )

    def _warnings(self) -> list[str]:
        found = self._found.warnings if not self.is_here else []
        doubles = sum(bool(item.offered.duplicates) for item in self._planned)
        if doubles and not self.is_here:
            told = ntr(
                "{n} dossier may be a client of your own. It is not joined: both stay.",
                "{n} dossiers may be clients of your own. They are not joined: both stay.",
                doubles,
            )
            return [*found, told]
        return found

    def _follow(self, *_: object) -> None:
        """All that is to be done for the chosen dossier, and whom it resembles."""
        number = self.rows.number
        shown = 0 <= number < len(self._planned)
        self.detail.setText(_whole(self._planned[number], self._desk.today) if shown else "")


class DatesDialog(PaperDialog):
    """A package that only tells other days of a handover that is here."""

    def __init__(self, window: QWidget, desk: Desk, package: Package) -> None:
        taking.refuse_unfit(package)
        manifest = package.manifest
        super().__init__(
            window, tr("Other days from {name}", name=quoted(manifest.sender.name)), width=480
        )
        self._desk, self._package = desk, package
        found = taking.inspect(package)
        self.body.addWidget(
            Label(
                tr(
                    "The dossiers are with you from {first} to {last} now.",
                    first=full_date(manifest.first_day),
                    last=full_date(manifest.last_day),
                ),
                wrap=True,
            )
        )
        for warning in found.warnings:
            self.body.addWidget(Label(warning, role="warn_ink", wrap=True))
        if found.is_here:
            self.body.addWidget(Label(tr("These days are known already."), role="muted"))
        self.add_buttons(tr("Take the days"))
        self.primary_button.setHidden(found.is_here)
        desk.refused.connect(self.show_problem)

    def submit(self) -> bool:
        last = short_day(self._package.manifest.last_day, self._desk.today)
        said = tr("With you until {day}", day=last)
        return self._desk.act(self._take, initiator=self, said=said) is not None

    def _take(self) -> tuple[Changes, Accepted]:
        return taking.accept(self._package)


def _terms(found: Inspection) -> str:
    """How much it is, and what was agreed about it."""
    handover, n = found.handover, len(found.package.contents)
    size = size_words(found.package.bytes_of_documents)
    parts = [
        tr("{documents}, {size}.", documents=ntr("{n} document", "{n} documents", n), size=size)
        if n else "",
        tr("With private facts.") if handover.private else tr("Without private facts."),
        tr("The copies may stay when it is over.") if handover.may_keep
        else tr("The copies go when it is over."),
    ]  # fmt: skip
    return " ".join(filter(None, parts))


def _row(item: Planned, today: date) -> Row:
    dossier = item.offered.dossier
    documents = len(dossier.documents)
    doubles = item.offered.duplicates
    return Row(
        dossier.name,
        beside=dossier.company if dossier.company != dossier.name else "",
        right=ntr("{n} document", "{n} documents", documents) if documents else "",
        below=words.joined(_double(item) if doubles else "", _todo(item.lines[:2])),
        chip=_when(item, today),
        tone=Tone.OCCASION if doubles else Tone.PLAIN,
    )


def _loose_row(slip: Slip, today: date) -> Row:
    return Row(slip.text, below=tr("loose sheet"), chip=day_short(slip.on, today))


def _when(item: Planned, today: date) -> str:
    """The day of what comes first: "Th 26 Nov", "Dec 2026"."""
    for line in item.lines:
        if line.on is not None:
            return day_short(line.on, today)
        if line.month is not None:
            return short_place(month_place(line.month), today)
    return short_place(item.offered.dossier.place, today)


def _todo(lines: Sequence[PackLine]) -> str:
    return words.joined(*(todo_words(line.todo) for line in lines))


def _double(item: Planned) -> str:
    first = item.offered.duplicates[0]
    return tr("perhaps your own {name}: {why}", name=first.name, why=first.why)


def _whole(item: Planned, today: date) -> str:
    """Each thing to do with its day, then every client it may be."""
    todo = []
    for line in item.lines:
        if line.on is not None:
            todo.append(f"{short_day(line.on, today)}: {todo_words(line.todo)}")
        elif line.month is not None:
            todo.append(f"{short_place(month_place(line.month), today)}: {todo_words(line.todo)}")
    doubles = [f"{one.name} ({one.why})" for one in item.offered.duplicates]
    if doubles:
        todo.append(tr("In your binder already: {names}.", names=", ".join(doubles)))
    return words.joined(*todo)
