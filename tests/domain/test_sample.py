"""The sample binder is alive on every day it is opened, and always the same."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from dossier_app.assets import asset
from dossier_app.domain.binder import BinderRules, Slot, SlotKind, day_slot
from dossier_app.domain.forms.loading import load_template
from dossier_app.domain.forms.values import check
from dossier_app.domain.legal import check_inn, check_ogrn
from dossier_app.domain.partial_date import PartialDate
from dossier_app.domain.phones import phone_digits
from dossier_app.domain.place import PlaceKind, day_place
from dossier_app.domain.records import (
    ContactKind,
    ContactPoint,
    Dossier,
    FilledForm,
    Role,
    SlipKind,
    StepKind,
)
from dossier_app.domain.sample import generated_dossiers, sample_dossiers
from dossier_app.domain.sample_crowd import DAY_LIMIT
from dossier_app.domain.workdays import WorkingCalendar, year_from_package

RUSSIA = {year: year_from_package("RU", year) for year in range(2024, 2031)}
IS_WORKING = WorkingCalendar(RUSSIA.__getitem__).is_working
WEDNESDAY = date(2026, 11, 25)
DAYS = [
    WEDNESDAY,
    date(2026, 11, 28),  # a Saturday
    date(2026, 12, 31),
    date(2027, 1, 5),  # amid the long holiday
    date(2027, 1, 31),
    date(2028, 2, 27),  # two days before 29 February
    date(2028, 2, 29),
]


@dataclass
class Sample:
    today: date
    dossiers: list[Dossier]

    def find(self, surname: str) -> Dossier:
        return next(d for d in self.dossiers if surname in d.name)

    def slots(self) -> Counter[Slot]:
        rules = BinderRules(self.today)
        return Counter(rules.slot(dossier.place) for dossier in self.dossiers)

    def kinds(self) -> Counter[SlotKind]:
        rules = BinderRules(self.today)
        return Counter(rules.slot(dossier.place).kind for dossier in self.dossiers)

    def births(self) -> list[tuple[str, PartialDate]]:
        return [
            (person.full_name, PartialDate.parse(form.answers["birth"].value["date"]))
            for dossier in self.dossiers
            for person in dossier.people
            for form in person.forms
            if "birth" in form.answers
        ]


def texts() -> list[str]:
    return [path.read_text("utf-8") for path in sorted(asset("resources", "sample").glob("*.toml"))]


def made_on(today: date) -> Sample:
    return Sample(today, sample_dossiers(texts(), today, IS_WORKING, "Ветрова"))


@pytest.fixture(params=DAYS, ids=str)
def sample(request: pytest.FixtureRequest) -> Sample:
    return made_on(request.param)


@pytest.fixture
def wednesday() -> Sample:
    return made_on(WEDNESDAY)


def uids(dossier: Dossier) -> list[str]:
    points = [*dossier.contact_points, *(p for who in dossier.people for p in who.contact_points)]
    things: list[Any] = [dossier, *points, *forms_of(dossier), *dossier.people]
    things += [*dossier.history, *dossier.promises, *dossier.slips]
    return [thing.uid for thing in things]


def forms_of(dossier: Dossier) -> list[FilledForm]:
    return [*dossier.forms, *(form for person in dossier.people for form in person.forms)]


def phones_of(dossier: Dossier) -> list[ContactPoint]:
    points = [*dossier.contact_points, *(p for who in dossier.people for p in who.contact_points)]
    return [point for point in points if point.kind is ContactKind.PHONE]


def test_there_are_sixty_clients_twelve_of_them_today(sample: Sample) -> None:
    next_day = sample.today + timedelta(days=1)
    while not IS_WORKING(next_day):
        next_day += timedelta(days=1)
    assert len(sample.dossiers) == 60
    assert sample.slots()[day_slot(sample.today)] == 12
    assert sample.slots()[day_slot(next_day)] == 9


def test_every_kind_of_divider_has_something(sample: Sample) -> None:
    kinds = sample.kinds()
    assert set(kinds) == set(SlotKind)
    assert kinds[SlotKind.LEFT_BEHIND] == 3
    assert kinds[SlotKind.TO_SPREAD] == 2
    assert kinds[SlotKind.CLOSED] == 2
    assert kinds[SlotKind.MONTH] >= 5


def test_one_day_is_overloaded_and_no_other(sample: Sample) -> None:
    minutes: Counter[date] = Counter()
    for dossier in sample.dossiers:
        if dossier.place.date and dossier.step and dossier.place.date >= sample.today:
            minutes[dossier.place.date] += dossier.step.minutes
    assert [day for day, sum_ in minutes.items() if sum_ > 360] == [the_working_day(sample, 4)]
    assert minutes[sample.today] == 260


def the_working_day(sample: Sample, count: int) -> date:
    days = (sample.today + timedelta(days=n) for n in range(1, 60))
    return [day for day in days if IS_WORKING(day)][count - 1]


def test_steps_stand_on_working_days_and_fit_their_place(sample: Sample) -> None:
    for dossier in sample.dossiers:
        day = dossier.place.date
        assert day is None or day == sample.today or IS_WORKING(day), dossier.name
        without_step = dossier.place.kind in (PlaceKind.TRAY, PlaceKind.CLOSED)
        assert (dossier.step is None) == without_step
        assert bool(dossier.closed_on and dossier.closed_reason) == (
            dossier.place.kind is PlaceKind.CLOSED
        )


def test_what_was_left_behind_tells_how_often_and_why(sample: Sample) -> None:
    rules = BinderRules(sample.today)
    carried = [dossier for dossier in sample.dossiers if dossier.carried]
    assert len(carried) == 2
    for dossier in carried:
        assert rules.slot(dossier.place).kind is SlotKind.LEFT_BEHIND
        assert dossier.carried and dossier.carried.times and dossier.carried.reason
        assert dossier.place.date and dossier.carried.origin <= dossier.place.date


def test_history_is_past_local_and_newest_first(sample: Sample) -> None:
    for dossier in sample.dossiers:
        moments = [entry.at for entry in dossier.history]
        assert all(at.utcoffset() is not None for at in moments)
        assert all(at.date() < sample.today and IS_WORKING(at.date()) for at in moments)
        assert moments == sorted(set(moments), reverse=True), dossier.name
        assert {entry.author for entry in dossier.history} <= {"Ветрова"}
        assert dossier.created_on
        assert not moments or dossier.created_on <= moments[-1].date()
        people = {person.uid for person in dossier.people}
        assert {entry.person_uid for entry in dossier.history} <= people


def test_uids_are_unique_and_the_same_every_time(sample: Sample) -> None:
    found = [uid for dossier in sample.dossiers for uid in uids(dossier)]
    assert len(found) == len(set(found))
    assert made_on(sample.today).dossiers == sample.dossiers
    # Another day moves dates, never names.
    assert [d.uid for d in made_on(WEDNESDAY).dossiers] == [d.uid for d in sample.dossiers]


def test_birthdays_stand_around_today(sample: Sample) -> None:
    births = sample.births()
    ahead = {
        name: (birth.next_on_or_after(sample.today), birth) for name, birth in births if birth.day
    }
    assert any(on == sample.today for on, _ in ahead.values())
    on, birth = ahead["Летов Олег Игоревич"]
    in_two_days = sample.today + timedelta(days=2)
    assert birth.age_on(in_two_days) == 50
    # Nobody is born on 29 February 1978: the day before does.
    leap = (in_two_days.month, in_two_days.day) == (2, 29)
    assert on == in_two_days - timedelta(days=leap)
    assert sum(birth.year is None for _, birth in births) >= 8
    assert len({birth.month for _, birth in births}) == 13  # all months, and none


def test_the_first_client_is_the_one_of_the_sketch(wednesday: Sample) -> None:
    ivanova = wednesday.find("Иванова")
    assert (ivanova.name, ivanova.company) == ("Иванова Марина Сергеевна", "ООО «Ромашка»")
    assert ivanova.main_person
    assert ivanova.main_person.role is Role.DECISION_MAKER
    assert ivanova.place == day_place(WEDNESDAY)
    assert ivanova.step
    assert ivanova.step.text == "Обсудить новую смету на три станка"
    assert (str(ivanova.step.time), ivanova.step.fixed) == ("09:30:00", True)
    assert len(ivanova.history) == 14
    assert ivanova.history[0].at.date() == date(2026, 11, 11)
    assert ivanova.history[0].agreed == "Пересчитываем с доставкой до ворот, пришлём к 27 ноября"
    # 15 answers, and the four fields that show the dossier's own data.
    assert len(ivanova.main_person.forms[0].answers) == 15
    assert ivanova.cadence


def test_a_client_not_reached_counts_the_tries(wednesday: Sample) -> None:
    assert wednesday.find("Сидоренко").tries == 2
    assert wednesday.find("Иванова").tries == 0


def test_each_open_promise_has_its_slip(sample: Sample) -> None:
    for dossier in sample.dossiers:
        due = {p.uid: p.due for p in dossier.promises if not p.kept_on}
        slips = {s.promise_uid: s.on for s in dossier.slips if s.kind is SlipKind.PROMISE}
        assert slips == due
    dues = {p.due for d in sample.dossiers for p in d.promises if p.due and not p.kept_on}
    assert sample.today in dues
    assert min(dues) < sample.today


def test_sentences_speak_the_language_of_their_client(wednesday: Sample) -> None:
    sever, old_mill = wednesday.find("Громов"), wednesday.find("Brennan")
    assert sever.step
    assert sever.step.text == "Подтвердить отгрузку 27 ноября"
    assert "decided in March" in old_mill.note
    assert not re.search("[а-яё]", old_mill.note, re.IGNORECASE)
    left = [d.name for d in wednesday.dossiers if re.search(r"[{}|]", repr(d.history) + d.note)]
    assert left == []


def test_numbers_are_valid_and_nobody_has_two_dossiers(sample: Sample) -> None:
    numbers = [
        (key, form.answers[key].value)
        for dossier in sample.dossiers
        for form in dossier.forms
        for key in ("inn", "ogrn")
        if key in form.answers
    ]
    for key, number in numbers:
        assert {"inn": check_inn, "ogrn": check_ogrn}[key](number) == number
    inns = [number for key, number in numbers if key == "inn"]
    assert len(inns) == len(set(inns)) >= 20
    phones = Counter(
        digits for d in sample.dossiers for digits in {phone_digits(p.value) for p in phones_of(d)}
    )
    assert phones
    assert set(phones.values()) == {1}


def test_every_answer_fits_its_template(sample: Sample) -> None:
    templates = {
        path.stem: load_template(path.read_text("utf-8"), path.stem)
        for path in asset("forms").glob("*.toml")
    }
    for dossier in sample.dossiers:
        for form in forms_of(dossier):
            for key, answer in form.answers.items():
                field = templates[form.template].field(key)
                assert field, f"{form.template}.{key}"
                assert not field.bind, f"{form.template}.{key} is the dossier's own data"
                assert check(field, answer.value) == answer.value
                assert answer.confirmed
                assert answer.confirmed <= sample.today


def test_steps_of_every_kind_and_cards_of_many_sizes(wednesday: Sample) -> None:
    assert {d.step.kind for d in wednesday.dossiers if d.step} == set(StepKind)
    sizes = [
        len(form.answers)
        for dossier in wednesday.dossiers
        for person in dossier.people
        for form in person.forms
    ]
    assert sum(4 <= size <= 20 for size in sizes) >= 25
    assert re.search("[\u0590-\u05ff]", wednesday.find("Леви").note)


CLIENT = '[[client]]\nkey = "one"\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('compnay = "x"', "compnay"),
        ('kind = "enemy"', "enemy"),
        ('step = "+1 cal | Спросить"', "unknown words 'cal'"),
        ('step = "soon call | Спросить"', "no such time: 'soon'"),
        ('step = "+1 call | Спросить | Обещать"', "not a line"),
        ('step = "+1 call"', "not a line"),
        ('step = "+1 call | До {tomorrow}"', "unknown placeholder"),
        ('step = "+1 call | До {}"', "unknown placeholder"),
        ('step = "+1 25:00 call | Спросить"', "hour"),
        ('closed = "3 | Нет"\nstep = "+1 call | Да"', "closed, and yet"),
        ('carried = "3 | Забыла"', "a word is missing"),
        ('every = "2 fortnight"', "not a cadence"),
        ('history = ["3 10:00 call | Раз", "2 10:00 call | Два"]', "out of order"),
        ('history = ["0 10:00 call | Раз"]', "out of order"),
        ('history = ["3 10:00 | Раз"]', "without time or channel"),
        ('history = ["3 10:00 call @Нетова | Раз"]', "names 0 people"),
        ('[client.forms.info_sheet]\ncity = {is = "Казань", form = "она"}', "unknown words in"),
        ('[[client]]\nkey = "one"', "stands twice"),
    ],
)
def test_a_slip_of_the_pen_is_an_error(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        sample_dossiers([CLIENT + text], WEDNESDAY, IS_WORKING, "Ветрова")


def test_the_same_client_without_slips_is_read() -> None:
    (dossier,) = sample_dossiers([CLIENT], WEDNESDAY, IS_WORKING, "Ветрова")
    assert dossier.place.kind is PlaceKind.TRAY


@pytest.mark.parametrize("worked", [False, True])
def test_a_calendar_without_working_days_keeps_the_dates(worked: bool) -> None:
    line = 'history = ["3 10:00 call | Раз", "3 09:00 call | Два"]\nstep = "+2 call | Три"'
    (dossier,) = sample_dossiers([CLIENT + line], WEDNESDAY, lambda _: worked, "Ветрова")
    assert [entry.at.day for entry in dossier.history] == [22, 22]
    assert dossier.place == day_place(date(2026, 11, 27))


def test_a_crowd_is_varied_valid_and_the_same_every_time() -> None:
    crowd = Sample(WEDNESDAY, list(generated_dossiers(3000, WEDNESDAY, IS_WORKING)))
    assert crowd.dossiers == list(generated_dossiers(3000, WEDNESDAY, IS_WORKING))
    other = list(generated_dossiers(3000, WEDNESDAY, IS_WORKING, seed=2))
    assert {d.uid for d in crowd.dossiers}.isdisjoint(d.uid for d in other)
    found = [uid for dossier in crowd.dossiers for uid in uids(dossier)]
    assert len(found) == len(set(found))
    assert set(crowd.kinds()) == set(SlotKind)
    phones = [phone_digits(point.value) for d in crowd.dossiers for point in phones_of(d)]
    assert len(phones) == len(set(phones)) == 3000
    assert len({dossier.name for dossier in crowd.dossiers}) > 2900
    for dossier in crowd.dossiers:
        assert len(dossier.history) == 3
        assert all(entry.at.date() < WEDNESDAY for entry in dossier.history)


def test_a_large_crowd_leaves_a_day_readable() -> None:
    slots = Sample(WEDNESDAY, list(generated_dossiers(6000, WEDNESDAY, IS_WORKING))).slots()
    assert slots[day_slot(WEDNESDAY)] == DAY_LIMIT
    days = [count for slot, count in slots.items() if slot.kind is SlotKind.DAY]
    assert max(days) == DAY_LIMIT
