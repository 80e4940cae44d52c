"""The report of a week, a month or any span of days: figures, charts, and a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reportlab.platypus import Flowable

from dossier_app.domain.datewords import (
    month_name,
    short_day,
    short_month,
    short_weekday,
)
from dossier_app.domain.language import tr
from dossier_app.domain.place import Month
from dossier_app.domain.review import Figures, Period, SpanReview
from dossier_app.domain.review_words import channels, dates, percent, span_name
from dossier_app.printing.blocks import Block, Entry, Row, Table, Text
from dossier_app.printing.charts import BarChart, Fill, RankChart, Series
from dossier_app.printing.options import Printed, PrintOptions
from dossier_app.printing.page import Begin, Running, build, new_page
from dossier_app.printing.review import Cell, hours, page_head, strip
from dossier_app.printing.style import BODY, FAR, MM, MUTED, SMALL, STRONG, TextStyle
from dossier_app.printing.text import Setter
from dossier_app.printing.writing import Notes

_DAY_WIDTH, _COLUMN_GAP = 27 * MM, 2
_EVEN_WIDTH = 38.0  # points that each column has on the narrower paper
_LEAST_NOTES = 2  # lines
_FEW = 14  # periods that have room side by side with another chart
_MANY = 20  # lines of a table that begins on a page of its own
_HEADS = SMALL(size=7)


def print_span_review(span: SpanReview, options: PrintOptions) -> Printed:
    """The figures of several days with charts, a table, and the span before beside them.
    No client is named on it."""
    return build(_SpanPages(span).story(), options, title=_title(span))


class _SpanPages:
    def __init__(self, span: SpanReview) -> None:
        self.span, self.periods = span, span.periods

    def story(self) -> list[Flowable]:
        span = self.span
        days = dates(span.first, span.last)
        number = under = ""
        if span.is_week:
            number, under = f"{span.first.day}–{span.last.day}", month_name(Month.of(span.last))
        before = dates(span.before_first, span.before_last)
        compared = tr("Compared with {days}", days=before)
        head = page_head(span_name(span), f"{days}\n{compared}", number, under)
        return [
            Begin(Running(f"{span_name(span)} · {days}")),
            Entry(_title(span)),
            head,
            strip(self._cells()),
            *self._charts(),
            *self._table(),
            *self._notes(),
        ]

    def _cells(self) -> list[Cell]:
        now, before = self.span.total, self.span.before

        def cell(label: str, name: str, say: Callable[[int], str] = str) -> Cell:
            old, new = getattr(before, name), getattr(now, name)
            return Cell(label, say(new), tr("before {n}", n=say(old)))

        return [
            Cell(
                tr("Plan done"),
                percent(now),
                tr("{done} of {planned}, before {share}", done=now.done, planned=now.planned,
                   share=percent(before)),
            ),
            cell(tr("Contacts"), "contacts"),
            cell(tr("New"), "new"),
            cell(tr("Repeat"), "repeat"),
            cell(tr("Promises kept"), "promises_kept"),
            cell(tr("Time"), "minutes_spent", hours),
        ]  # fmt: skip

    def _charts(self) -> list[Block]:
        plan = self._bars(tr("Plan and fact"), ("planned", "open", tr("planned")),
                          ("done", "solid", tr("done")))  # fmt: skip
        kinds = self._bars(tr("New and repeat contacts"), ("repeat", "solid", tr("repeat")),
                           ("new", "pale", tr("new ones")), stacked=True)  # fmt: skip
        promises = self._bars(tr("Promises"), ("promises_kept", "solid", tr("kept")),
                              ("promises_broken", "hatched", tr("broken")))  # fmt: skip
        before = dict(channels(self.span.before))
        ways = RankChart(
            tr("Contacts by channel (mark and bracket: before)"),
            [(name, now, before[name]) for name, now in channels(self.span.total)],
        )
        if len(self.periods) <= _FEW:
            return [
                Row([[plan], [kinds]], [0, 0], above=FAR),
                Row([[ways], [promises]], [0, 0], above=FAR),
            ]
        return [Row([[chart]], [0], above=FAR) for chart in (plan, kinds, promises, ways)]

    def _bars(self, title: str, *series: tuple[str, Fill, str], stacked: bool = False) -> BarChart:
        return BarChart(
            title,
            [self._short(period) for period in self.periods],
            [
                Series(name, [getattr(part.figures, key) for part in self.periods], fill)
                for key, fill, name in series
            ],
            resting=[
                place
                for place, part in enumerate(self.periods)
                if not part.figures.capacity_contacts
            ],
            stacked=stacked,
        )

    def _short(self, period: Period) -> str:
        """A period under its bars."""
        day = period.first
        if day == period.last:
            few = len(self.periods) <= _FEW
            return f"{short_weekday(day)} {day.day}" if few else str(day.day)
        return short_month(day.month) if self._by_months else f"{day.day}.{day.month:02d}"

    def _long(self, period: Period) -> str:
        """A period in the table."""
        day = period.first
        if day == period.last:
            return f"{short_weekday(day)}, {short_day(day)}"
        if self._by_months:
            return month_name(Month.of(day))
        return f"{short_day(day)} – {short_day(period.last)}"

    @property
    def _by_months(self) -> bool:
        return any((part.last - part.first).days > 6 for part in self.periods)

    def _table(self) -> list[Flowable]:
        # A day off on which nothing was planned or done has no line.
        shown = [
            part
            for part in self.periods
            if part.figures.capacity_contacts or part.figures.planned or part.figures.contacts
        ]
        columns = _columns()
        rows = [_line(self._long(part), part.figures, BODY) for part in shown]
        rows.append(_line(tr("Total"), self.span.total, STRONG))
        rows.append(_line(tr("Before"), self.span.before, BODY(grey=MUTED)))
        titles = [[Text(title, _HEADS, align="right", limit=1)] for title, _ in columns]
        table = Table(_row([[], *titles]), rows, _widths(), above=FAR)
        return [new_page(), table] if len(rows) > _MANY else [table]

    def _notes(self) -> list[Flowable]:
        """Lines to write on where the page has room for them."""
        if not self.span.is_week and not self.span.month:
            return []
        return [Notes(tr("What went well, what to change"), least=_LEAST_NOTES)]


def _title(span: SpanReview) -> str:
    return f"{span_name(span)}, {dates(span.first, span.last)}"


def _columns() -> list[tuple[str, Callable[[Figures], str]]]:
    """Titles of the table's columns and what stands in them."""
    return [
        (tr("planned"), lambda one: _count(one.planned)),
        (tr("done"), lambda one: _count(one.done)),
        (tr("moved"), lambda one: _count(one.moved)),
        (tr("left"), lambda one: _count(one.left)),
        (tr("contacts"), lambda one: _count(one.contacts)),
        (tr("new ones"), lambda one: _count(one.new)),
        (tr("repeat"), lambda one: _count(one.repeat)),
        (tr("kept"), lambda one: _count(one.promises_kept)),
        (tr("broken"), lambda one: _count(one.promises_broken)),
        (tr("time"), lambda one: hours(one.minutes_spent) if one.minutes_spent else "–"),
    ]


def _count(number: int) -> str:
    return str(number) if number else "–"


def _line(name: str, figures: Figures, style: TextStyle) -> Row:
    numbers = [[Text(say(figures), style, align="right")] for _, say in _columns()]
    return _row([[Text(name, style, limit=1)], *numbers], ruled=True)


def _row(cells: Sequence[Sequence[Block]], *, ruled: bool = False) -> Row:
    return Row(cells, _widths(), gap=_COLUMN_GAP, pad=1.6, ruled=ruled)


def _widths() -> list[float]:
    """All columns of figures are alike, except where a title needs more room."""
    setter = Setter(_HEADS)
    titles = [setter.width(title) for title, _ in _columns()]
    return [_DAY_WIDTH, *(width + 1 if width > _EVEN_WIDTH else 0.0 for width in titles)]
