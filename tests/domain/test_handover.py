"""What goes along to a colleague, and the three-way merge of what comes back."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier_app.domain.forms.template import Field, FieldType, Scope, Template, Text
from dossier_app.domain.handover.checking import check, check_apart
from dossier_app.domain.handover.merging import (
    Change,
    Conflict,
    Merged,
    Take,
    as_same_sheets,
    merge,
)
from dossier_app.domain.handover.privacy import going_along
from dossier_app.domain.handover.records import Direction, Handover, Stage, State
from dossier_app.domain.handover.rows import (
    Delta,
    Row,
    Rows,
    Unfit,
    applied,
    difference,
    dossier_of,
    rows_of,
)
from dossier_app.domain.place import Month, day_place, month_place
from dossier_app.domain.records import (
    Answer,
    Cadence,
    ContactKind,
    ContactPoint,
    Document,
    Dossier,
    FilledForm,
    HistoryEntry,
    NextStep,
    Person,
    Promise,
    Role,
    Side,
    Slip,
    SlipKind,
)

DAY = date(2026, 11, 25)
AT = datetime(2026, 11, 20, 10, tzinfo=UTC)
MARK = "ТАЙНА"
CARD = Template(
    "card",
    Text("Карта", "Card"),
    Scope.PERSON,
    1,
    (
        Field("cuisine", FieldType.TEXT, Text("Кухня", "Cuisine")),
        Field("health", FieldType.TEXT, Text("Здоровье", "Health"), private=True),
        Field(
            "car",
            FieldType.PARTS,
            Text("Машина", "Car"),
            parts=(
                Field("make", FieldType.TEXT, Text("Марка", "Make")),
                Field("plate", FieldType.TEXT, Text("Номер", "Plate"), private=True),
            ),
        ),
        Field(
            "pets",
            FieldType.LIST,
            Text("Звери", "Pets"),
            parts=(
                Field("name", FieldType.TEXT, Text("Имя", "Name")),
                Field("ill", FieldType.TEXT, Text("Болезнь", "Illness"), private=True),
            ),
        ),
    ),
    {},
)
TEMPLATES = {"card": CARD}


def romashka() -> Dossier:
    """A dossier with at least one of everything, something private in each."""
    kept, secret = Promise(Side.OURS, "смета", DAY), Promise(Side.OURS, MARK, DAY, private=True)
    card = FilledForm(
        "card",
        {
            "cuisine": Answer("грузинская", MARK, DAY),
            "health": Answer(MARK),
            "car": Answer({"make": "Лада", "plate": MARK}),
            "pets": Answer([{"name": "Рыжик", "ill": MARK}]),
            "left_over": Answer(MARK),
        },
    )
    anna = Person("Ромашкина", "Анна", "", "директор", Role.DECISION_MAKER, main=True, note=MARK)
    anna.contact_points = [
        ContactPoint(ContactKind.PHONE, "8 495 000-00-01", "work"),
        ContactPoint(ContactKind.PHONE, MARK, private=True),
    ]
    anna.forms = [card]
    return Dossier(
        company="ООО «Ромашка»",
        note=MARK,
        note_private=True,
        tags=["опт"],
        people=[anna, Person("Липатова", "Вера")],
        contact_points=[ContactPoint(ContactKind.EMAIL, MARK, private=True)],
        forms=[FilledForm("gone", {"x": Answer(MARK)})],
        place=day_place(DAY),
        step=NextStep(text="узнать"),
        cadence=Cadence(2, "week"),
        history=[
            HistoryEntry(AT, text="говорили"),
            HistoryEntry(AT - timedelta(days=1), text=MARK, private=True),
        ],
        promises=[kept, secret],
        slips=[
            Slip(SlipKind.PROMISE, DAY, "смета", promise_uid=kept.uid),
            Slip(SlipKind.PROMISE, DAY, MARK, promise_uid=secret.uid),
            Slip(SlipKind.BIRTHDAY, DAY, MARK),
        ],
        documents=[
            Document("Смета.pdf", 3, "a" * 64, DAY),
            Document(f"{MARK}.pdf", 3, "b" * 64, DAY, private=True),
        ],
        created_on=DAY,
    )


def going(dossier: Dossier, *, private: bool = False, **options: Any) -> Dossier:
    return going_along(dossier, TEMPLATES, private=private, author="Иванов", **options)


def joined(base: Dossier, mine: Dossier, theirs: Dossier, take: Take = Take.ASK) -> Merged:
    return merge(rows_of(base), rows_of(mine), rows_of(theirs), lambda _: take)


def result(merged: Merged, uid: str) -> Dossier:
    return dossier_of(uid, merged.rows)


# --- what goes along ---


def test_nothing_private_goes_along() -> None:
    dossier = romashka()
    before = deepcopy(dossier)
    text = msgspec.json.encode(going(dossier)).decode()
    assert MARK not in text
    assert "decision_maker" not in text
    assert dossier == before
    assert MARK in msgspec.json.encode(going(dossier, private=True)).decode()


def test_what_is_open_goes_along() -> None:
    sent = going(romashka())
    (card,) = sent.people[0].forms
    assert card.answers == {
        "cuisine": Answer("грузинская", "", DAY),
        "car": Answer({"make": "Лада"}),
    }
    assert [len(part) for part in (sent.history, sent.promises, sent.slips, sent.documents)] == [
        1
    ] * 4
    assert sent.forms[0].answers == {}
    assert sent.history[0].author == "Иванов"
    assert going(romashka(), private=True).history[1].author == "Иванов"


def test_notes_for_the_colleague_always_go_along() -> None:
    notes = FilledForm("handover_notes", {"not_say": Answer("о ценах")})
    sent = going(replace(romashka(), forms=[notes]))
    assert sent.forms == [notes]


def test_documents_can_stay() -> None:
    dossier = romashka()
    stay = {dossier.documents[0].uid}
    assert going(dossier, left_out=stay).documents == []
    assert len(going(dossier, private=True, left_out=stay).documents) == 1


@pytest.mark.parametrize("private", [False, True])
def test_a_document_stays_with_every_version_it_has(private: bool) -> None:
    """That one was added after the rep had decided changes nothing."""
    first = Document("прайс.pdf", 1, "a", DAY)
    second = replace(first, uid="second", version_of=first.uid)
    third = replace(first, uid="third", version_of=first.uid)
    other = Document("смета.pdf", 1, "b", DAY)
    dossier = Dossier(documents=[first, second, other, third])
    for stays in (first, second, third):
        sent = going(dossier, private=private, left_out=[stays.uid])
        assert sent.documents == [other]
    assert going(dossier, private=private).documents == dossier.documents


# --- rows ---


def test_a_dossier_is_its_rows() -> None:
    dossier = romashka()
    assert dossier_of(dossier.uid, rows_of(dossier)) == dossier
    empty = Dossier()
    assert dossier_of(empty.uid, rows_of(empty)) == empty


def test_rows_that_are_no_dossier() -> None:
    dossier = romashka()
    person = dossier.people[0].uid
    for damage in (
        {"gone": [dossier.uid]},
        {"gone": [person]},
        {"set": {"new": Row("contact_point", {"kind": "phone"}, person)}},
        {"set": {"new": Row("contact_point", {"kind": "phone", "value": "1"}, "nobody")}},
        {"set": {dossier.uid: Row("dossier", {"place": {"place": {"kind": "day"}}})}},
        {"set": {person: Row("history", {"at": "2026-01-01T00:00:00Z"})}},
        {"set": {"other": Row("answer", {"value": 1}, dossier.forms[0].uid, "x")}},
        {"set": {"second": Row("dossier", {})}},
        {"set": {dossier.uid: Row("dossier", {}, "somebody")}},
    ):
        delta = Delta(dossier.uid, **damage)  # type: ignore[arg-type]
        with pytest.raises(Unfit):
            dossier_of(dossier.uid, applied(rows_of(dossier), delta))


def test_kinds_of_a_newer_program_are_passed_over() -> None:
    dossier = romashka()
    delta = Delta(dossier.uid, set={"new": Row("hologram", {"x": 1})})
    delta.set[dossier.people[0].uid] = Row("person", {"position": "мастер", "aura": "blue"})
    changed = dossier_of(dossier.uid, applied(rows_of(dossier), delta))
    assert changed.people[0].position == "мастер"


# --- what a dossier from outside must keep ---


def test_a_usual_dossier_is_fit() -> None:
    check(romashka())
    check_apart([romashka(), romashka()])
    twice = romashka()
    with pytest.raises(Unfit):
        check_apart([twice, replace(romashka(), people=twice.people)])


@pytest.mark.parametrize(
    "change",
    [
        {"uid": "../a"},
        {"uid": ""},
        {"place": month_place(Month(2026, 13))},
        {"place": day_place(date(9999, 12, 31))},
        {"tries": 10**9},
        {"cadence": Cadence(0, "week")},
        {"cadence": Cadence(1, "century")},
        {"cadence": Cadence(1, "month", 77)},
        {"people": [Person(uid="a"), Person(uid="a")]},
        {"history": [HistoryEntry(AT.replace(tzinfo=None))]},
        {"documents": [Document("../../x", 1, "a" * 64, DAY)]},
        {"documents": [Document("nul", 1, "a" * 64, DAY)]},
        {"documents": [Document("x", 1, "../a", DAY)]},
        {"documents": [Document("x", -1, "a" * 64, DAY)]},
        {"slips": [Slip(SlipKind.REMINDER, DAY, "x", repeat="FREQ=SECONDLY")]},
        {"promises": [Promise(Side.OURS, "x", date(1, 1, 1))]},
    ],
)
def test_what_no_binder_holds(change: dict[str, Any]) -> None:
    with pytest.raises(Unfit):
        check(replace(romashka(), **change))


# --- merging ---


def test_what_one_side_changed_holds() -> None:
    base = romashka()
    mine, theirs = deepcopy(base), deepcopy(base)
    mine.company, mine.people[0].position = "АО «Ромашка»", "владелец"
    theirs.status, theirs.place = "постоянный", day_place(DAY + timedelta(days=7))
    theirs.people[0].forms[0].answers["cuisine"] = Answer("русская", "сам", DAY)
    theirs.history.insert(0, HistoryEntry(AT + timedelta(days=9), text="звонила", author="Петрова"))
    theirs.promises[0].kept_on = DAY
    merged = joined(base, mine, theirs)
    expected = deepcopy(theirs)
    expected.company, expected.people[0].position = mine.company, mine.people[0].position
    assert result(merged, base.uid) == expected
    assert merged.conflicts == []
    assert {(item.kind, item.field, item.change) for item in merged.applied} == {
        ("dossier", "status", Change.CHANGED),
        ("dossier", "place", Change.CHANGED),
        ("answer", "value", Change.CHANGED),
        ("history", "", Change.ADDED),
        ("promise", "kept_on", Change.CHANGED),
    }


@pytest.mark.parametrize("take", Take)
def test_a_conflict_is_asked(take: Take) -> None:
    base = romashka()
    mine, theirs = deepcopy(base), deepcopy(base)
    mine.company, theirs.company = "А", "Б"
    mine.status = theirs.status = "оба"
    merged = joined(base, mine, theirs, take)
    assert merged.conflicts == [Conflict("dossier", base.uid, "company", "А", "Б")]
    assert result(merged, base.uid).company == ("Б" if take is Take.THEIRS else "А")
    assert bool(merged.open) == (take is Take.ASK)
    # Decided is decided; what was left open is asked again.
    again = merge(merged.seen, merged.rows, rows_of(theirs), lambda _: Take.THEIRS)
    assert bool(again.conflicts) == (take is Take.ASK)
    assert again.applied == ([] if take is not Take.ASK else again.applied)


def test_where_it_lies_is_one_thing() -> None:
    base = romashka()
    mine, theirs = deepcopy(base), deepcopy(base)
    assert mine.step
    mine.step.text = "спросить"
    theirs.place, theirs.step, theirs.tries = month_place(Month(2027, 3)), None, 2
    merged = joined(base, mine, theirs, Take.THEIRS)
    assert [item.field for item in merged.conflicts] == ["place"]
    assert result(merged, base.uid) == theirs


def test_withheld_values_stay() -> None:
    dossier = romashka()
    base = going(dossier)
    theirs = deepcopy(base)
    theirs.company = "АО"
    theirs.people[0].forms[0].answers["car"] = Answer({"make": "Волга"}, "Вера")
    merged = joined(base, dossier, theirs)
    expected = deepcopy(dossier)
    expected.company = "АО"
    expected.people[0].forms[0].answers["car"] = Answer({"make": "Волга", "plate": MARK}, "Вера")
    assert result(merged, dossier.uid) == expected
    assert merged.conflicts == []


def test_a_withheld_value_is_not_written_over_unasked() -> None:
    dossier = romashka()
    base = going(dossier)
    theirs = deepcopy(base)
    theirs.note = "видела директора"
    theirs.people[0].role = Role.USER
    assert {item.field for item in joined(base, dossier, theirs).open} == {"note", "role"}
    car = theirs.people[0].forms[0].answers
    car["car"] = Answer({"make": "Лада", "plate": "а000аа"})
    taken = result(joined(base, dossier, theirs, Take.THEIRS), dossier.uid)
    assert taken.people[0].forms[0].answers["car"].value["plate"] == "а000аа"


def test_what_happened_never_goes() -> None:
    base = romashka()
    theirs = replace(deepcopy(base), history=[], promises=[], documents=[])
    assert result(joined(base, base, theirs), base.uid) == base


def test_an_edit_wins_over_a_removal() -> None:
    base = romashka()
    mine, theirs = deepcopy(base), deepcopy(base)
    theirs.slips, theirs.people = [], []
    theirs.contact_points = []
    mine.slips[0].text = "смета с печатью"
    mine.people[0].contact_points[0].label = "прямой"
    merged = result(joined(base, mine, theirs), base.uid)
    assert [slip.text for slip in merged.slips] == ["смета с печатью"]
    # With the phone its person stays, the other one goes.
    assert [person.surname for person in merged.people] == ["Ромашкина"]
    assert merged.people[0].main
    assert merged.contact_points == []
    back = result(joined(base, theirs, mine), base.uid)
    assert [slip.text for slip in back.slips] == ["смета с печатью"]


def test_a_phone_can_go_to_another_person() -> None:
    base = romashka()
    theirs = deepcopy(base)
    theirs.people[1].contact_points.append(theirs.people[0].contact_points.pop(0))
    theirs.people[0].main, theirs.people[1].main = False, True
    assert result(joined(base, base, theirs), base.uid) == theirs
    mine = deepcopy(base)
    mine.people[1].contact_points.append(mine.people[0].contact_points.pop(1))
    both = result(joined(base, mine, theirs), base.uid)
    assert len(both.people[1].contact_points) == 2


def test_the_author_of_a_contact_stays() -> None:
    base = romashka()
    theirs = deepcopy(base)
    theirs.history[0].author = "чужой"
    assert result(joined(base, base, theirs), base.uid) == base


def test_tags_are_joined() -> None:
    base = replace(romashka(), tags=["a", "b"])
    mine, theirs = replace(base, tags=["a", "b", "m"]), replace(base, tags=["b", "t"])
    assert result(joined(base, mine, theirs), base.uid).tags == ["b", "m", "t"]


def test_a_card_that_both_began_is_one() -> None:
    base = Dossier(people=[Person("Ромашкина", "Анна")])
    mine, theirs = deepcopy(base), deepcopy(base)
    mine.people[0].forms = [FilledForm("card", {"cuisine": Answer("русская")})]
    theirs.people[0].forms = [FilledForm("card", {"health": Answer("крепкая")})]
    rows = [rows_of(dossier) for dossier in (base, mine, theirs)]
    renamed = as_same_sheets(*rows, TEMPLATES)
    both = dossier_of(base.uid, merge(rows[0], rows[1], renamed, lambda _: Take.ASK).rows)
    (card,) = both.people[0].forms
    assert set(card.answers) == {"cuisine", "health"}
    many = {"card": replace(CARD, repeatable=True)}
    assert as_same_sheets(*rows, many) is rows[2]


# --- the words of a handover ---


def test_stage_and_band() -> None:
    handover = Handover(Direction.GIVEN, "Петрова", "Иванов", DAY, date(2027, 8, 14))
    stages = [handover.stage(day) for day in (DAY - timedelta(days=1), DAY, date(2027, 8, 15))]
    assert stages == [Stage.AHEAD, Stage.RUNNING, Stage.OVERDUE]
    assert replace(handover, state=State.ENDED).stage(DAY) is Stage.ENDED
    assert handover.band(date(2027, 8, 1)) == "with Петрова until 14 Aug"
    taken = replace(handover, direction=Direction.TAKEN, colleague="Иванов")
    assert taken.band(date(2027, 8, 1)) == "for Иванов until 14 Aug"
    assert "for Котов" in replace(taken, owner="Котов").band(DAY)
    assert handover.overlaps(date(2027, 8, 14), date(2027, 8, 20))
    assert not handover.overlaps(date(2027, 8, 15), date(2027, 8, 20))


# --- everything at once ---

_EDITS = st.tuples(
    st.sampled_from(
        ["company", "status", "place", "note", "tag", "answer", "due", "phone", "position",
         "history", "promise", "slip", "document", "person", "point"]
    ),
    st.integers(0, 3),
)  # fmt: skip


def edit(dossier: Dossier, edits: list[tuple[str, int]], side: str) -> Dossier:
    """The dossier after some work; whatever is written says which side wrote it."""
    dossier = deepcopy(dossier)
    for number, (what, pick) in enumerate(edits):
        text = f"{side} {number}"
        if what in ("company", "status", "note"):
            setattr(dossier, what, text)
        elif what == "place":
            # No two of all these days are the same.
            dossier.place = day_place(DAY + timedelta(days=1 + _SIDES.index(side) * 10 + number))
        elif what in _CHANGES:
            _CHANGES[what](dossier, pick, text)
        else:
            _ADDITIONS[what](dossier, text)
    return dossier


_SIDES = ("mine", "theirs0", "theirs1", "theirs2")
_CHANGES: dict[str, Callable[[Dossier, int, str], object]] = {
    "answer": lambda dossier, pick, text: (
        dossier.people[0].forms[0].answers.update({f"f{pick}": Answer(text)})
    ),
    "due": lambda dossier, pick, text: setattr(dossier.promises[pick % 2], "text", text),
    "phone": lambda dossier, pick, text: setattr(
        dossier.people[0].contact_points[pick % 2], "value", text
    ),
    "position": lambda dossier, pick, text: setattr(dossier.people[pick % 2], "position", text),
}
_ADDITIONS: dict[str, Callable[[Dossier, str], object]] = {
    "tag": lambda dossier, text: dossier.tags.append(text),
    "history": lambda dossier, text: dossier.history.insert(0, HistoryEntry(AT, text=text)),
    "promise": lambda dossier, text: dossier.promises.append(Promise(Side.OURS, text)),
    "slip": lambda dossier, text: dossier.slips.append(Slip(SlipKind.REMINDER, DAY, text)),
    "document": lambda dossier, text: dossier.documents.append(
        Document(f"{text}.txt", 1, "c" * 64, DAY)
    ),
    "person": lambda dossier, text: dossier.people.append(Person(text)),
    "point": lambda dossier, text: dossier.contact_points.append(
        ContactPoint(ContactKind.PHONE, text)
    ),
}


def plain(rows: Rows) -> dict[str, Any]:
    """Rows whatever their order, and that of the tags."""
    stored: dict[str, Any] = msgspec.to_builtins(dict(sorted(rows.items())))
    for row in stored.values():
        if "tags" in row["values"]:
            row["values"]["tags"].sort()
    return stored


@settings(max_examples=150)
@given(
    own=st.lists(_EDITS, max_size=6),
    work=st.lists(st.lists(_EDITS, max_size=5), min_size=1, max_size=3),
    order=st.lists(st.integers(0, 2), max_size=6),
    take=st.sampled_from([Take.MINE, Take.THEIRS]),
    private=st.booleans(),
)
def test_updates_in_any_order_come_to_the_same(
    own: list[tuple[str, int]],
    work: list[list[tuple[str, int]]],
    order: list[int],
    take: Take,
    private: bool,
) -> None:
    dossier = romashka()
    sent = deepcopy(going(dossier, private=True)) if private else going(dossier)
    if not private:  # two of each, so that the edits find what they name
        extra = replace(dossier.promises[1], private=False)
        sent.promises.append(extra)
        sent.people[0].contact_points.append(ContactPoint(ContactKind.PHONE, "2"))
        dossier.promises[1] = extra
        dossier.people[0].contact_points[1] = deepcopy(sent.people[0].contact_points[1])
    came = rows_of(sent)
    mine = rows_of(edit(dossier, own, "mine"))
    states = []
    now = sent
    for number, edits in enumerate(work):
        now = edit(now, edits, f"theirs{number}")
        states.append(now)
    updates = [difference(dossier.uid, came, rows_of(state)) for state in states]
    assert plain(applied(came, updates[-1])) == plain(rows_of(now))

    def take_all(numbers: list[int]) -> Rows:
        rows, seen, newest = mine, came, 0
        for number in numbers:
            if number < newest:
                continue  # what `reviewing` does with an older update
            merged = merge(seen, rows, applied(came, updates[number]), lambda _: take)
            rows, seen, newest = merged.rows, merged.seen, number
        return rows

    last = len(updates) - 1
    some = [min(number, last) for number in order]
    straight = take_all([last])
    assert plain(take_all([*some, last])) == plain(straight)
    assert plain(take_all([last, *some])) == plain(straight)
    # Nothing that happened on either side is lost.
    for side in (mine, rows_of(now)):
        kept = {key for key, row in side.items() if row.kind in ("history", "promise", "document")}
        assert kept <= straight.keys()
    check(dossier_of(dossier.uid, straight))
    if take is Take.MINE:
        for key, row in mine.items():
            for name, value in row.values.items():
                if name != "tags" and (key not in came or came[key].values.get(name) != value):
                    assert straight[key].values[name] == value
