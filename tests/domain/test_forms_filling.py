from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier_app.domain.errors import Refusal
from dossier_app.domain.forms.filling import (
    answers_of,
    completeness,
    facts,
    form_of,
    is_old,
    put,
    worth_asking,
)
from dossier_app.domain.forms.template import Field, FieldType, Scope, Template, Text
from dossier_app.domain.language import LANGUAGES, using_language
from dossier_app.domain.records import (
    Answer,
    Category,
    ContactKind,
    ContactPoint,
    Dossier,
    FilledForm,
    Person,
)

TODAY = date(2026, 11, 25)


def client() -> tuple[Dossier, Person]:
    anna = Person(surname="Ромашкина", given="Анна", main=True)
    anna.contact_points = [
        ContactPoint(ContactKind.EMAIL, "anna@example.ru"),
        ContactPoint(ContactKind.PHONE, "8 (900) 000-00-01", "mobile"),
        ContactPoint(ContactKind.PHONE, "+7 900 000-00-02", "home", private=True),
    ]
    return Dossier(company="ООО «Ромашка»", people=[anna]), anna


def values(template: Template, dossier: Dossier, person: Person | None) -> dict[str, Any]:
    return {key: answer.value for key, answer in answers_of(template, dossier, person).items()}


def test_the_cards_first_fields_are_the_dossiers_own_data(card: Template) -> None:
    dossier, anna = client()
    dossier.contact_points = [
        ContactPoint(ContactKind.ADDRESS, "Тула, ул. Старая, 1", "юридический"),
        ContactPoint(ContactKind.ADDRESS, "Тула, ул. Мира, 5"),
    ]
    known = values(card, dossier, anna)
    assert list(known) == ["full_name", "company", "phones"]
    assert known["full_name"] == {"surname": "Ромашкина", "given": "Анна", "patronymic": ""}
    assert known["company"] == {"name": "ООО «Ромашка»", "address": "Тула, ул. Мира, 5"}
    assert [row["label"] for row in known["phones"]] == ["mobile", "home"]
    assert anna.forms == []


def test_bound_fields_change_the_own_data(card: Template) -> None:
    dossier, anna = client()
    put(card, dossier, anna, "full_name.patronymic", "Петровна")
    put(card, dossier, anna, "company.address", "Тула, ул. Мира, 5")
    put(card, dossier, anna, "home_address", "Тула, ул. Садовая, 3")
    assert anna.full_name == "Ромашкина Анна Петровна"
    assert dossier.company == "ООО «Ромашка»"
    [office] = dossier.contact_points
    assert (office.kind, office.value) == (ContactKind.ADDRESS, "Тула, ул. Мира, 5")
    home = anna.contact_points[-1]
    assert (home.label, home.private) == ("home", True)
    assert anna.forms == []
    put(card, dossier, anna, "home_address", None)
    assert [point.kind for point in anna.contact_points].count(ContactKind.ADDRESS) == 0
    put(card, dossier, anna, "company", None)
    assert dossier.company == ""
    assert dossier.contact_points == []


def test_a_phone_written_differently_stays_the_same_point(card: Template) -> None:
    dossier, anna = client()
    email, mobile, home = anna.contact_points
    rows = [
        {"value": "+7 900 000-00-02", "label": "дом"},
        {"value": "8 900 000-00-03", "label": ""},
        {"value": "+7 900 000 00 01", "label": "mobile"},
    ]
    put(card, dossier, anna, "phones", rows)
    assert anna.contact_points[0] is email
    phones = anna.contact_points[1:]
    assert phones[0] is home
    assert (home.label, home.private) == ("дом", True)
    assert phones[2] is mobile
    assert mobile.value == "+7 900 000 00 01"
    assert values(card, dossier, anna)["phones"] == rows


def test_an_answer_is_put_taken_and_put_away(card: Template) -> None:
    dossier, anna = client()
    put(card, dossier, anna, "birth.date", "03-08", source="секретарь", confirmed=TODAY)
    put(card, dossier, anna, "birth.place", "Тула", source="сама", confirmed=TODAY)
    answer = answers_of(card, dossier, anna)["birth"]
    assert answer == Answer({"date": "03-08", "place": "Тула"}, "сама", TODAY)
    [form] = anna.forms
    assert (form.template, form.filled_on) == ("relationship_card", TODAY)
    put(card, dossier, anna, "birth.date", "")
    put(card, dossier, anna, "birth.place", None)
    assert form.answers == {}
    put(card, dossier, anna, "children.0.name", "Лев")
    put(card, dossier, anna, "children.0.birth", "05-12")
    assert values(card, dossier, anna)["children"] == [{"name": "Лев", "birth": "05-12"}]
    assert anna.forms == [form]


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        ("shoe_size", "43", "no field shoe_size"),
        ("birth.hour", "8", "has no part hour"),
        ("birth", "8 March", "not of the field's kind"),
        ("marital_status", "happy", "no choice happy"),
        ("reliability.score", 9, "from 1 to 5"),
    ],
)
def test_a_wrong_answer_is_refused_and_changes_nothing(
    card: Template, path: str, value: Any, sentence: str
) -> None:
    dossier, anna = client()
    with pytest.raises(Refusal, match=sentence):
        put(card, dossier, anna, path, value)
    assert anna.forms == []


def test_a_card_needs_a_person(card: Template) -> None:
    dossier = Dossier(company="ООО «Ромашка»")
    with pytest.raises(Refusal, match="choose one"):
        put(card, dossier, None, "education", "ТулГУ")
    assert completeness(card, dossier, None)[1] == 31


def test_the_info_sheet_is_about_the_dossier(info_sheet: Template) -> None:
    dossier, _ = client()
    put(info_sheet, dossier, None, "category", "partner")
    put(info_sheet, dossier, None, "tags", ["дилер", " "])
    put(info_sheet, dossier, None, "websites", ["example.ru"])
    put(info_sheet, dossier, None, "legal_address", "Тула, ул. Старая, 1")
    put(info_sheet, dossier, None, "inn", "99 1234 5672")
    assert (dossier.category, dossier.tags) == (Category.PARTNER, ["дилер"])
    assert [point.kind for point in dossier.contact_points] == ["web", "address"]
    assert values(info_sheet, dossier, None) == {
        "company": "ООО «Ромашка»",
        "category": "partner",
        "tags": ["дилер"],
        "websites": ["example.ru"],
        "legal_address": "Тула, ул. Старая, 1",
        "inn": "9912345672",
    }
    put(info_sheet, dossier, None, "category", None)
    assert dossier.category is Category.NONE
    with pytest.raises(Refusal, match="check digit"):
        put(info_sheet, dossier, None, "inn", "9912345673")


def test_without_private_nothing_private_is_told(card: Template) -> None:
    dossier, anna = client()
    for path, value in [
        ("religion", "тайна"),
        ("home_address", "тайна"),
        ("children", [{"name": "тайна"}]),
        ("education", "ТулГУ"),
    ]:
        put(card, dossier, anna, path, value)
    anna.forms[0].answers["left_long_ago"] = Answer("тайна")
    shown = facts(card, dossier, anna, private=False)
    assert [fact.field.key for fact in shown] == ["full_name", "company", "phones", "education"]
    assert not any("тайна" in fact.text or "00-02" in fact.text for fact in shown)
    everything = facts(card, dossier, anna, private=True)
    assert [fact.field.key for fact in everything if fact.private] == [
        "home_address",
        "children",
        "religion",
        "left_long_ago",
    ]
    assert everything[-1].label == "left_long_ago"


def test_facts_speak_the_current_language(card: Template) -> None:
    dossier, anna = client()
    put(card, dossier, anna, "birth", {"date": "03-08"})
    shown = []
    for language in LANGUAGES:
        with using_language(language):
            fact = facts(card, dossier, anna, private=False)[-1]
            shown.append((fact.label, fact.text))
    assert shown == [
        ("Дата и место рождения", "8 марта"),
        ("Date and place of birth", "8 March"),
    ]


def test_answers_of_an_old_template_are_shown_as_they_are(card: Template) -> None:
    dossier, anna = client()
    anna.forms = [
        FilledForm(
            "relationship_card",
            {
                "birth": Answer("весной"),
                "children": Answer([{"name": "Лев"}, "и дочь"]),
                "marital_status": Answer("complicated"),
                "shoe_size": Answer({"eu": 43, "us": None}),
            },
        )
    ]
    told = {fact.field.key: fact.text for fact in facts(card, dossier, anna, private=True)}
    assert told["birth"] == "весной"
    assert told["children"] == "Лев; и дочь"
    assert told["marital_status"] == "complicated"
    assert told["shoe_size"] == "43"


def test_completeness_counts_filled_fields(card: Template) -> None:
    dossier, anna = client()
    assert completeness(card, dossier, anna) == (3, 31)
    put(card, dossier, anna, "education", "ТулГУ")
    assert completeness(card, dossier, anna) == (4, 31)
    assert completeness(card, Dossier(), Person()) == (0, 31)


def test_a_fact_ages_two_years_after_it_was_confirmed() -> None:
    assert not is_old(Answer("x", confirmed=date(2024, 11, 25)), TODAY)
    assert is_old(Answer("x", confirmed=date(2024, 11, 24)), TODAY)
    assert not is_old(Answer("x"), TODAY)


def test_questions_come_from_different_groups_best_first(card: Template) -> None:
    dossier, anna = client()
    fields = worth_asking(card, dossier, anna, private=False)
    assert [field.key for field in fields] == ["birth", "hobbies_sports", "short_term_goals"]
    put(card, dossier, anna, "birth.date", "03-08")
    assert fields[0] not in worth_asking(card, dossier, anna, private=False)


def test_a_second_question_of_a_group_waits_for_the_other_groups() -> None:
    fields = tuple(
        Field(key, FieldType.TEXT, Text(key, key), ask=Text(key, key), worth=worth, group=key[0])
        for key, worth in [("a1", 1), ("a2", 9), ("a3", 8), ("b1", 2), ("c1", 3)]
    )
    template = Template("t", Text("т", "t"), Scope.DOSSIER, 1, fields, {})
    asked = worth_asking(template, Dossier(), None, private=False, limit=5)
    assert [field.key for field in asked] == ["a2", "c1", "b1", "a3", "a1"]


def test_private_questions_only_when_asked_for(card: Template) -> None:
    dossier, anna = client()
    discreet = worth_asking(card, dossier, anna, private=False, limit=99)
    everything = worth_asking(card, dossier, anna, private=True, limit=99)
    private = [field for field in card.fields if field.private and field.ask]
    assert private
    assert not any(field.private for field in discreet)
    assert all(field in everything for field in private)
    assert len(everything) == len({field.key for field in everything})


def test_a_retired_field_is_shown_but_not_asked() -> None:
    old = Field("fax", FieldType.TEXT, Text("Факс", "Fax"), ask=Text("?", "?"), retired=True)
    template = Template("t", Text("т", "t"), Scope.DOSSIER, 1, (old,), {})
    dossier = Dossier(forms=[FilledForm("t", {"fax": Answer("123")})])
    assert [fact.text for fact in facts(template, dossier, None, private=False)] == ["123"]
    assert completeness(template, dossier, None) == (0, 0)
    assert worth_asking(template, Dossier(), None, private=True) == []


def test_a_sheet_that_is_filled_anew_is_told_by_its_form() -> None:
    field = Field("matter", FieldType.TEXT, Text("Вопрос", "Matter"))
    calls = Template("call", Text("т", "t"), Scope.DOSSIER, 1, (field,), {}, repeatable=True)
    first, second = FilledForm("call"), FilledForm("call")
    dossier = Dossier(forms=[first, second])
    put(calls, dossier, None, "matter", "счёт", form=first)
    put(calls, dossier, None, "matter", "доставка")
    assert form_of(calls, dossier, None) is second
    assert answers_of(calls, dossier, None)["matter"].value == "доставка"
    assert answers_of(calls, dossier, None, form=first)["matter"].value == "счёт"


plain = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8)
dates = st.sampled_from(["03-08", "1976", "1976-03", "1976-03-08"])
parts = st.fixed_dictionaries({}, optional={"name": plain, "birth": dates}).filter(bool)


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "education": plain,
            "birth": st.fixed_dictionaries({"date": dates}, optional={"place": plain}),
            "children": st.lists(parts, min_size=1, max_size=3),
            "memberships": st.lists(plain, min_size=1, max_size=3),
            "reliability": st.fixed_dictionaries({"score": st.integers(1, 5), "text": plain}),
            "marital_status": st.sampled_from(["single", "married"]),
            "home_address": plain,
            "phones": st.lists(
                st.fixed_dictionaries(
                    {"value": st.from_regex(r"[0-9]{5,11}", fullmatch=True), "label": plain}
                ),
                min_size=1,
                max_size=3,
            ),
        },
    )
)
@settings(max_examples=60, deadline=None)
def test_what_was_put_is_what_is_known(card: Template, given_values: dict[str, Any]) -> None:
    dossier, anna = Dossier(), Person()
    dossier.people = [anna]
    for key, value in given_values.items():
        put(card, dossier, anna, key, value)
    assert values(card, dossier, anna) == given_values
