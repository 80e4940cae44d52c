"""Every kind of print there is, drawn from one client in any amount, and what it must tell."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from types import FunctionType
from typing import Any

import dossier_app.printing
from dossier_app.domain.forms.filling import facts
from dossier_app.domain.forms.template import Scope, Template
from dossier_app.domain.forms.values import cells_of
from dossier_app.domain.handover.pack import make_pack
from dossier_app.domain.meeting_code import meeting_code
from dossier_app.domain.place import Month
from dossier_app.domain.records import (
    Dossier,
    FilledForm,
)
from dossier_app.domain.review import (
    month_days,
    week_days,
)
from dossier_app.printing.audit import print_audit
from dossier_app.printing.blank import print_blank
from dossier_app.printing.brief import print_brief
from dossier_app.printing.day_pack import print_pack
from dossier_app.printing.dossier import print_dossier
from dossier_app.printing.erasure import print_erasure
from dossier_app.printing.form import print_form
from dossier_app.printing.handover_pack import print_handover_pack
from dossier_app.printing.handover_report import print_absence_report
from dossier_app.printing.kit import print_kit
from dossier_app.printing.letter import print_letter
from dossier_app.printing.occasions import print_month
from dossier_app.printing.options import KitPart, Printed, PrintOptions
from dossier_app.printing.pack import print_briefs, print_dossiers
from dossier_app.printing.review import print_day_review
from dossier_app.printing.review_span import print_span_review
from dossier_app.printing.whole_binder import print_binder

from .materials import (
    HANDOVER,
    Material,
    absence_report,
    audit,
    day_review,
    erasure,
    letter,
    occasions,
    span_review,
)
from .overfull import TODAY, Words, texts_of

Draw = Callable[[Material, PrintOptions], Printed]
Told = Callable[[Material], Iterator[str]]


@dataclass(frozen=True)
class Kind:
    """``function`` of `dossier_app.printing` that ``draw`` calls; ``told`` are the texts
    that stand on the paper whole."""

    function: Callable[..., Printed]
    draw: Draw
    told: Told


def print_functions() -> set[Callable[..., Printed]]:
    """Every public function of the package that makes a print."""
    found = set()
    for module in pkgutil.iter_modules(dossier_app.printing.__path__):
        name = f"dossier_app.printing.{module.name}"
        for what in vars(importlib.import_module(name)).values():
            is_own = isinstance(what, FunctionType) and what.__module__ == name
            if is_own and what.__name__.startswith("print_"):
                found.add(what)
    return found


def dossier_texts(dossier: Dossier, material: Material) -> Iterator[str]:
    """All that a print of the whole dossier tells."""
    yield from texts_of(dossier)
    for person in (None, *dossier.people):
        for form in (person or dossier).forms:
            yield from form_texts(dossier, person, form, material, whole=False)


def form_texts(
    dossier: Dossier, person: Any, form: FilledForm, material: Material, *, whole: bool = True
) -> Iterator[str]:
    """``form`` alone; in a dossier the client's own data stand in their own places."""
    template = material.templates[form.template]
    for fact in facts(template, dossier, person, private=True, form=form):
        if fact.field.bind and not whole:
            continue
        yield fact.label
        rows = cells_of(fact.field, fact.answer.value, dossier.people)
        for (_, first), *others in rows:
            yield from (first, *(text for cell in others for text in cell))
        yield "" if rows else fact.text
        yield fact.answer.source


def _names(material: Material) -> Iterator[str]:
    """What every list of clients begins a line with."""
    for dossier in (material.dossier, *material.others):
        yield dossier.people[0].surname


def _brief(material: Material) -> Iterator[str]:
    yield material.dossier.people[0].surname
    yield meeting_code(material.dossier.uid)
    yield from (text[:12] for text in _starts(material))


def _starts(material: Material) -> Iterator[str]:
    """How the texts of the latest contact and of the next step begin."""
    if material.dossier.step:
        yield material.dossier.step.text
        yield material.dossier.history[0].text


def _briefs(material: Material) -> Iterator[str]:
    yield from _names(material)
    yield from (meeting_code(dossier.uid) for dossier in (material.dossier, *material.others))


def _every_dossier(material: Material) -> Iterator[str]:
    for dossier in (material.dossier, *material.others):
        yield from dossier_texts(dossier, material)


def _blank(template_key: str) -> Kind:
    def told(material: Material) -> Iterator[str]:
        template = material.templates[template_key]
        # Long labels are shortened in places; how they begin is always there.
        labels = [template.title, *template.groups.values()]
        labels += [field.label for field in template.fields if not field.retired]
        yield from (str(label)[:12] for label in labels)

    return Kind(print_blank, lambda m, o: print_blank(m.templates[template_key], o), told)


def _form(template_key: str) -> Kind:
    def found(material: Material) -> tuple[Dossier, Any, FilledForm]:
        dossier = material.dossier
        is_person = material.templates[template_key].scope is Scope.PERSON
        person = dossier.people[0] if is_person else None
        forms = (form for form in (person or dossier).forms if form.template == template_key)
        return dossier, person, next(forms, FilledForm(template_key))

    def draw(material: Material, options: PrintOptions) -> Printed:
        return print_form(*found(material), options, material.templates)

    return Kind(print_form, draw, lambda material: form_texts(*found(material), material))


def _audit_texts(material: Material) -> Iterator[str]:
    yield from (line.sheet.title for line in audit(material).not_seen)


def _day_texts(material: Material) -> Iterator[str]:
    yield from (f"Имя{number:02d}" for number in range(material.many(0, 3, 60)))


def _span_kind(first: date, last: date) -> Kind:
    span = span_review(first, last)
    return Kind(
        print_span_review,
        lambda material, options: print_span_review(span(material), options),
        lambda material: iter([str(span(material).total.planned or "–")]),
    )


def _of_divider(material: Material) -> Iterator[str]:
    yield from _every_dossier(material)
    yield from (str(TODAY.day), "27")


def _report_texts(material: Material) -> Iterator[str]:
    (one, *_) = absence_report(material).dossiers
    yield one.name
    for promise in one.made:
        yield promise.text
    for contact in one.contacts:
        yield from (contact.text, contact.agreed)


def kinds(templates: Sequence[str] | dict[str, Template]) -> dict[str, Kind]:
    """Every kind by its name; forms are one kind for each of ``templates``."""
    return {
        "brief": Kind(
            print_brief,
            lambda m, o: print_brief(m.known, o, m.templates),
            _brief,
        ),
        "briefs": Kind(print_briefs, lambda m, o: print_briefs(m.clients, o, m.templates), _briefs),
        "dossier": Kind(
            print_dossier,
            lambda m, o: print_dossier(m.dossier, m.known, o, m.templates),
            lambda m: dossier_texts(m.dossier, m),
        ),
        "dossiers": Kind(
            print_dossiers,
            lambda m, o: print_dossiers(m.clients[:3], o, m.templates),
            lambda m: dossier_texts(m.dossier, m),
        ),
        "pack": Kind(print_pack, lambda m, o: print_pack(m.dividers, o, m.templates), _briefs),
        "pack of dossiers": Kind(
            print_pack,
            lambda m, o: print_pack(m.dividers, o, m.templates, whole=True),
            _every_dossier,
        ),
        "binder": Kind(
            print_binder, lambda m, o: print_binder(m.dividers, o, m.templates), _of_divider
        ),
        "kit": Kind(
            print_kit,
            lambda m, o: print_kit(list(KitPart), [TODAY], o, owner=Words(m.amount).endless("Я")),
            lambda _: iter(map(str, range(1, 32))),
        ),
        "letter": Kind(
            print_letter,
            lambda m, o: print_letter(letter(m), o),
            lambda m: texts_of(letter(m)),
        ),
        "occasions": Kind(
            print_month,
            lambda m, o: print_month(Month(2026, 12), occasions(m), o),
            lambda m: (line.occasion.who for line in occasions(m)),
        ),
        "audit": Kind(print_audit, lambda m, o: print_audit(audit(m), o), _audit_texts),
        "day review": Kind(
            print_day_review, lambda m, o: print_day_review(day_review(m), o), _day_texts
        ),
        "handover pack": Kind(
            print_handover_pack,
            lambda m, o: print_handover_pack(
                make_pack(HANDOVER, [m.dossier, *m.others], m.templates, private=True),
                o,
                m.templates,
            ),
            _names,
        ),
        "absence report": Kind(
            print_absence_report,
            lambda m, o: print_absence_report(absence_report(m), o),
            _report_texts,
        ),
        "erasure": Kind(
            print_erasure,
            lambda m, o: print_erasure(erasure(m), o),
            lambda m: texts_of([erasure(m).name, erasure(m).company, erasure(m).author]),
        ),
        "week review": _span_kind(*week_days(TODAY)),
        "month review": _span_kind(*month_days(Month(2026, 11))),
        "half-year review": _span_kind(date(2026, 6, 1), TODAY),
        **{f"blank {key}": _blank(key) for key in templates},
        **{f"form {key}": _form(key) for key in templates},
    }
