"""A week or a month in review: figures against the span before, and charts."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from dossier_app.domain.datewords import duration, short_day, short_weekday
from dossier_app.domain.language import tr
from dossier_app.domain.review import Period, SpanReview
from dossier_app.domain.review_words import channels
from dossier_app.ui.review import words
from dossier_app.ui.review.charts import BarChart, Chart, Part, RankChart, Series
from dossier_app.ui.review.figures import FigureStrip
from dossier_app.ui.theme import MEDIUM, scale
from dossier_app.ui.widgets import Label

_FEW = 14  # days that have room for their weekday below the bar


class SpanPage(QWidget):
    """Shows a `SpanReview` of a week or a month."""

    day_wanted = Signal(object)  # date of the bar that was pressed

    def __init__(self) -> None:
        super().__init__()
        self._days: list[date] = []
        self.strip = FigureStrip(tr("Figures of the span"))
        self.sentence = Label("", weight=MEDIUM, wrap=True, selectable=True)
        self.plan = BarChart(tr("Plan and fact"))
        self.kinds = BarChart(tr("New and repeat contacts"))
        self.promises = BarChart(tr("Promises"))
        self.minutes = BarChart(
            tr("Time"), unit=60, write_value=_time, mark_name=tr("room of the day")
        )
        self.ways = RankChart(tr("Contacts by channel"), mark_name=tr("before"))
        for chart in self._by_day:
            chart.opened.connect(self._pressed)
        self._lay_out()

    def show_span(self, span: SpanReview, today: date) -> None:
        """Show a week or a month."""
        periods = span.periods
        self._days = [period.first for period in periods]
        self.strip.show_figures(words.span_figures(span.total, span.before))
        self.sentence.setText(words.comparison(span, today))
        self._show_plan(span)
        self._show_kinds(periods)
        self._show_promises(periods, today)
        self._show_minutes(periods)
        self._show_ways(span)

    @property
    def charts(self) -> list[Chart]:
        """In the order of Tab."""
        return [self.plan, self.ways, self.kinds, self.promises, self.minutes]

    @property
    def _by_day(self) -> list[BarChart]:
        return [self.plan, self.kinds, self.promises, self.minutes]

    def _show_plan(self, span: SpanReview) -> None:
        periods = span.periods
        planned = [period.figures.planned for period in periods]
        done = [period.figures.done for period in periods]
        rest = [whole - part for whole, part in zip(planned, done, strict=True)]

        def say(number: int) -> str:
            return tr("planned {planned}, done {done}", planned=planned[number], done=done[number])

        known = any(day.plan_known for day in span.days)
        self.plan.empty = (
            tr("nothing was planned") if known else tr("no plan is kept of these days")
        )
        series = [Series(tr("done"), done), Series(tr("planned, not done"), rest, pale=True)]
        self.plan.show_series(_parts(periods), series, say)

    def _show_kinds(self, periods: list[Period]) -> None:
        new = [period.figures.new for period in periods]
        repeat = [period.figures.repeat for period in periods]

        def say(number: int) -> str:
            return tr("new {new}, repeat {repeat}", new=new[number], repeat=repeat[number])

        series = [Series(tr("repeat"), repeat), Series(tr("new ones"), new, "warn")]
        self.kinds.show_series(_parts(periods), series, say)

    def _show_promises(self, periods: list[Period], today: date) -> None:
        kept = [period.figures.promises_kept for period in periods]
        broken = [period.figures.promises_broken for period in periods]

        def say(number: int) -> str:
            if periods[number].first == today:
                return tr("kept {kept}, still due {due}", kept=kept[number], due=broken[number])
            return tr("kept {kept}, broken {broken}", kept=kept[number], broken=broken[number])

        series = [Series(tr("kept"), kept), Series(tr("broken"), broken, "danger")]
        self.promises.show_series(_parts(periods), series, say)

    def _show_minutes(self, periods: list[Period]) -> None:
        spent = [period.figures.minutes_spent for period in periods]
        room = [period.figures.capacity_minutes for period in periods]

        def say(number: int) -> str:
            if not room[number]:
                return duration(spent[number])
            return tr("{used} of {room}", used=duration(spent[number]), room=duration(room[number]))

        parts = _parts(periods, room)
        self.minutes.show_series(parts, [Series(tr("spent"), spent)], say)

    def _show_ways(self, span: SpanReview) -> None:
        now, before = channels(span.total), dict(channels(span.before))
        counts = [count for _, count in now]

        def say(number: int) -> str:
            return tr("{now}, before {before}", now=counts[number], before=before[now[number][0]])

        parts = [Part(name, name, mark=before[name]) for name, _ in now]
        self.ways.show_series(parts, [Series(tr("now"), counts)], say)

    def _pressed(self, number: int) -> None:
        self.day_wanted.emit(self._days[number])

    def _lay_out(self) -> None:
        gap = scale().grid
        charts = QGridLayout()
        charts.setHorizontalSpacing(4 * gap)
        charts.setVerticalSpacing(3 * gap)
        charts.addWidget(self.plan, 0, 0, 1, 2)
        charts.addWidget(self.ways, 0, 2)
        for place, chart in enumerate((self.kinds, self.promises, self.minutes)):
            charts.addWidget(chart, 1, place)
            charts.setColumnStretch(place, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3 * gap)
        column.addWidget(self.strip)
        column.addWidget(self.sentence)
        column.addLayout(charts, 1)


def _time(minutes: int) -> str:
    return duration(minutes) if minutes else "0"


def _parts(periods: list[Period], marks: list[int] | None = None) -> list[Part]:
    few = len(periods) <= _FEW
    found = []
    for number, period in enumerate(periods):
        day = period.first
        label = f"{short_weekday(day)} {day.day}" if few else str(day.day)
        name = f"{short_weekday(day)} {short_day(day)}"
        resting = not period.figures.capacity_contacts
        found.append(Part(label, name, resting, marks[number] or None if marks else None))
    return found
