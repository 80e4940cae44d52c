"""Several clients in one file, each beginning on a page of its own."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus import Flowable

from dossier_app.domain.datewords import full_date
from dossier_app.domain.forms.template import Templates
from dossier_app.domain.language import tr
from dossier_app.domain.overview import Overview
from dossier_app.printing.brief import brief_story, print_brief
from dossier_app.printing.dossier import dossier_story, print_dossier
from dossier_app.printing.options import Printed, PrintOptions
from dossier_app.printing.page import build, new_page


def print_briefs(
    overviews: Sequence[Overview], options: PrintOptions, templates: Templates
) -> Printed:
    """A meeting brief of each client, in the order given (at least one)."""
    if len(overviews) == 1:
        return print_brief(overviews[0], options, templates)
    stories = [brief_story(overview, options, templates) for overview in overviews]
    title = tr("Meeting briefs, {date}", date=full_date(options.today))
    return build(_apart(stories), options, title=title)


def print_dossiers(
    overviews: Sequence[Overview], options: PrintOptions, templates: Templates
) -> Printed:
    """The whole dossier of each client, in the order given (at least one)."""
    if len(overviews) == 1:
        return print_dossier(overviews[0].dossier, overviews[0], options, templates)
    stories = [
        dossier_story(overview.dossier, overview, options, templates) for overview in overviews
    ]
    title = tr("Dossiers, {date}", date=full_date(options.today))
    return build(_apart(stories), options, title=title)


def _apart(stories: Sequence[list[Flowable]]) -> list[Flowable]:
    whole: list[Flowable] = []
    for story in stories:
        whole += [new_page(), *story] if whole else story
    return whole
