"""What a colleague did, told afterwards."""

from __future__ import annotations

from dossier_app.domain.handover.absence import Absence
from dossier_app.domain.handover.merging import Take
from dossier_app.domain.place import day_place
from dossier_app.domain.records import Channel, Promise, Side, Slip, SlipKind
from dossier_app.domain.when import When
from dossier_app.services.contacts import Contact, log_contact
from dossier_app.services.dossiers import load_dossier, set_field
from dossier_app.services.handover import ending, planning, reporting
from dossier_app.services.refiling import refile
from dossier_app.services.slips import add_slip, tick
from tests.services.handover.desks import FIRST, LAST, TODAY, Desks, keep, work_at


def test_what_a_colleague_did(desks: Desks, uids: list[str]) -> None:
    anna, vera, _ = uids
    loose = Slip(SlipKind.REMINDER, FIRST, "заказать пропуск")
    absence = Absence(FIRST, LAST)
    with desks.at("Иванов"):
        add_slip(loose)
        planning.save_absence(absence)
    handover, file = desks.give(
        "Иванов", "Петрова", anna, vera, loose=[loose.uid], absence=absence.uid
    )
    with desks.at("Иванов"):
        (found,) = reporting.report_of_absence(absence).handovers
        assert [item.is_touched for item in found.dossiers] == [False, False]
        assert (found.handover.merged, found.totals.untouched) == (0, 2)
        assert [slip.done_on for slip in found.loose] == [None]
    desks.accept("Петрова", file)
    with desks.at("Петрова"):
        work_at(anna, "звонила")
        log_contact(anna, Contact(Channel.CALL, reached=False, text="не дозвонилась"))
        log_contact(anna, Contact(Channel.NOTE, text="заметка"))
        set_field(anna, "company", "ООО «Новая»")
        tick(loose.uid)
        here = reporting.report_of_handover(ending.find_handover(handover.uid))
    with desks.at("Иванов"):
        log_contact(vera, Contact(text="звонил сам"))
        set_field(anna, "company", "ООО «Старая»")
        set_field(anna, "status", "свой")
    desks.take_back("Иванов", desks.give_back("Петрова", handover, final=True), take=Take.MINE)
    with desks.at("Иванов"):
        refile([anna], day_place(TODAY))
        report = reporting.report_of_absence(absence)
    (part,) = report.handovers
    first, second = part.dossiers
    assert [(entry.text, entry.author) for entry in first.contacts] == [
        ("звонила", "Петрова"),
        ("не дозвонилась", "Петрова"),
        ("заметка", "Петрова"),
    ]
    assert [promise.text for promise in first.made] == ["обещано звонила"]
    assert [promise.text for promise in first.open] == ["обещано звонила"]
    assert [document.name for document in first.documents] == ["звонила.txt"]
    # The position and the company, whoever won.
    assert (first.changed, first.refiled) == (2, True)
    assert (first.before, first.place) == (day_place(FIRST), day_place(TODAY))
    assert first.name == "Ромашкина Анна" and first.company == "ООО «Старая»"
    # What the rep did himself is not the colleague's.
    assert (second.is_touched, second.contacts) == (False, [])
    assert [promise.text for promise in second.open] == ["смета"]
    assert [slip.done_on for slip in part.loose] == [TODAY]
    totals = report.totals
    assert (totals.contacts, totals.reached, totals.dossiers, totals.touched) == (2, 1, 2, 1)
    assert (totals.promises_made, totals.promises_open, totals.documents) == (1, 2, 1)
    assert totals.untouched == 1
    # The colleague could tell the same before it went back.
    assert here.dossiers[0].contacts == first.contacts
    assert here.dossiers[0].changed == first.changed
    assert here.loose == part.loose


def test_promises_that_were_kept(desks: Desks, uids: list[str]) -> None:
    vera = uids[1]
    handover, file = desks.give("Иванов", "Петрова", vera)
    desks.accept("Петрова", file)
    with desks.at("Петрова"):
        (slip,) = load_dossier(vera).slips
        tick(slip.uid)
        later = Promise(Side.THEIRS, "оплата", LAST)
        log_contact(vera, Contact(text="говорили", promises=[later], next=When(day_place(LAST))))
        keep(vera, "акт.txt", b"1")
    desks.take_back("Иванов", desks.give_back("Петрова", handover))
    with desks.at("Иванов"):
        report = reporting.report_of_handover(ending.find_handover(handover.uid))
    (found,) = report.dossiers
    assert [item.text for item in found.kept] == ["смета"]
    assert [item.uid for item in found.ticked] == [slip.uid]
    assert [item.text for item in found.open] == [item.text for item in found.made] == ["оплата"]
    assert (report.totals.promises_kept, found.place) == (1, day_place(LAST))


def test_it_stays_true_when_it_is_over(desks: Desks, uids: list[str]) -> None:
    handover, file = desks.give("Иванов", "Петрова", uids[0])
    desks.accept("Петрова", file)
    with desks.at("Петрова"):
        work_at(uids[0], "звонила")
    desks.take_back("Иванов", desks.give_back("Петрова", handover, final=True))
    with desks.at("Иванов"):
        over = ending.find_handover(handover.uid)
        before = reporting.report_of_handover(over).dossiers[0]
        log_contact(uids[0], Contact(text="потом сам"))
        set_field(uids[0], "people.0.position", "иная")
    again, _ = desks.give("Иванов", "Котов", uids[0])
    with desks.at("Иванов"):
        after = reporting.report_of_handover(over).dossiers[0]
        assert (after.contacts, after.changed) == (before.contacts, before.changed)
        (other,) = reporting.report_of_handover(again).dossiers
        assert not other.is_touched
