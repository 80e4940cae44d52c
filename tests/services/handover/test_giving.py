"""The owner hands dossiers to a colleague."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from dossier_app.domain.forms.template import Scope
from dossier_app.domain.handover.privacy import NOTES
from dossier_app.domain.records import Answer, FilledForm
from dossier_app.services.dossiers import load_dossier, save_dossier
from dossier_app.services.handover import ending, giving, keys
from dossier_app.services.merging import merge_dossiers
from dossier_app.services.templates import templates
from dossier_app.services.undoing import redo, undo
from dossier_app.storage.folder import NewFile
from tests.services.handover.desks import FIRST, LAST, MARK, TODAY, Desks, killed, refused


def test_what_a_wish_stands_for(desks: Desks, uids: list[str]) -> None:
    anna, vera, later = uids
    with desks.at("Иванов"):
        wish = giving.Wish("Петрова", FIRST, LAST)
        assert giving.dossiers_of(wish) == [anna, vera]
        longer = replace(wish, last_day=LAST + timedelta(days=1))
        assert giving.dossiers_of(longer) == [anna, vera, later]
        assert giving.dossiers_of(replace(wish, uids=[later])) == [later]
        years_on = date(2030, 1, 1)
        assert giving.dossiers_of(replace(wish, first_day=years_on, last_day=years_on)) == []


def test_dossiers_are_with_a_colleague(desks: Desks, uids: list[str]) -> None:
    handover, file = desks.give("Иванов", "Петрова")
    with desks.at("Иванов"):
        assert ending.dossiers_of(handover) == uids[:2]
        found = ending.handover_of(uids[0])
        assert found == handover and found.band(TODAY) == "with Петрова until 9 Dec"
        assert ending.handover_of(uids[2]) is None
        assert set(ending.handovers_by_dossier()) == set(uids[:2])
        again = giving.Wish("Котов", FIRST, LAST, [uids[0]], recipient=handover.recipient)
        refused(lambda: giving.create(again, file), "already")
        refused(lambda: giving.create(replace(again, uids=()), file), "Nothing falls")
        refused(lambda: merge_dossiers(uids[2], uids[0], {}), "with Петрова")
        assert undo() is not None
        assert ending.handover_of(uids[0]) is None
        assert redo() is not None
        assert ending.handover_of(uids[0]) == handover


def test_a_wish_that_cannot_be_met(desks: Desks, uids: list[str]) -> None:
    before, file = desks.state("Иванов"), desks.file()
    with desks.at("Иванов"):
        wish = giving.Wish("Петрова", FIRST, LAST)
        refused(lambda: giving.create(wish, file), "needs a passphrase")
        refused(lambda: giving.create(replace(wish, colleague=" "), file, "x"), "to whom")
        refused(lambda: giving.create(replace(wish, last_day=TODAY), file, "x"), "before the first")
        refused(lambda: giving.create(replace(wish, recipient="age1x"), file), "public key")
        nowhere = file.parent / "no folder" / "a.dossier"
        key = keys.identity().age_key
        refused(lambda: giving.create(replace(wish, recipient=key), nowhere), "cannot be written")
    assert not file.exists()
    assert desks.state("Иванов") == before


def test_a_crash_leaves_the_old_state(
    desks: Desks, uids: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = desks.state("Иванов")
    for owner, step in ((NewFile, "sync"), (NewFile, "put"), (Path, "replace")):
        with monkeypatch.context() as patch:
            patch.setattr(owner, step, killed)
            with pytest.raises(KeyboardInterrupt):
                desks.give("Иванов", "Петрова")
        assert not list(desks.path.glob("*.dossier*"))
        assert desks.state("Иванов") == before


def test_nothing_private_is_in_a_package(desks: Desks, uids: list[str]) -> None:
    for private in (False, True):
        handover, file = desks.give("Иванов", "Петрова", uids[0], private=private)
        with desks.at("Петрова"):
            package = desks.open(file)
        text = str(package.records) + str(sorted(map(bytes, package.contents.values())))
        for mark in (MARK, "000-00-99", "secret"):
            assert (mark in text) == private
        assert "000-00-01" in text and "open" in text
        with desks.at("Иванов"):
            ending.end(handover)
    (document,) = (item for item in desks.dossier("Иванов", uids[0]).documents if not item.private)
    _, file = desks.give("Иванов", "Петрова", uids[0], left_out=[document.uid])
    with desks.at("Петрова"):
        assert desks.open(file).contents == {}


def test_no_private_field_of_any_form_is_in_a_package(desks: Desks, uids: list[str]) -> None:
    with desks.at("Иванов"):
        dossier = load_dossier(uids[0])
        for template in templates().values():
            answers = {
                field.key: Answer(
                    {part.key: MARK if part.private else "open" for part in field.parts}
                    if field.parts
                    else (MARK if field.private else "open")
                )
                for field in template.fields
                if not field.private or template.key != NOTES
            }
            holder = dossier if template.scope is Scope.DOSSIER else dossier.people[0]
            holder.forms.append(FilledForm(template.key, answers))
            for field in template.fields:
                if field.private and template.key != NOTES:
                    answers[field.key] = Answer(MARK)
        save_dossier(dossier)
    _, file = desks.give("Иванов", "Петрова", uids[0])
    with desks.at("Петрова"):
        text = str(desks.open(file).records)
    assert MARK not in text
    assert text.count("open") > 50
