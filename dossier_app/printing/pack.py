"""Several clients in one file, each beginning on a page of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from reportlab.platypus import Flowable

from dossier_app.domain.datewords import full_date
from dossier_app.domain.forms.template import Templates
from dossier_app.domain.language import tr
from dossier_app.domain.overview import Overview
from dossier_app.printing.brief import brief_story, print_brief
from dossier_app.printing.dossier import dossier_story, print_dossier
from dossier_app.printing.options import Printed, PrintOptions
from dossier_app.printing.page import Part, build, new_page


def print_briefs(
    overviews: Sequence[Overview], options: PrintOptions, templates: Templates
) -> Printed:
    """A meeting brief of each client, in the order given (at least one)."""
    if len(overviews) == 1:
        return print_brief(overviews[0], options, templates)

    def story(place: int) -> list[Flowable]:
        return brief_story(overviews[place], options, templates)

    title = tr("Meeting briefs, {date}", date=full_date(options.today))
    return build(_apart(story, len(overviews)), options, title=title)


def print_dossiers(
    overviews: Sequence[Overview], options: PrintOptions, templates: Templates
) -> Printed:
    """The whole dossier of each client, in the order given (at least one)."""
    if len(overviews) == 1:
        return print_dossier(overviews[0].dossier, overviews[0], options, templates)

    def story(place: int) -> list[Flowable]:
        overview = overviews[place]
        return dossier_story(overview.dossier, overview, options, templates)

    title = tr("Dossiers, {date}", date=full_date(options.today))
    return build(_apart(story, len(overviews)), options, title=title)


def _apart(story: Callable[[int], list[Flowable]], count: int) -> list[Flowable]:
    whole: list[Flowable] = [Part(partial(story, 0))]
    for place in range(1, count):
        whole += [new_page(), Part(partial(story, place))]
    return whole
