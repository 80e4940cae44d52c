"""Search: whatever a rep wrote is found, and any text may be typed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dossier_app.domain import clock
from dossier_app.domain.records import (
    Answer,
    ContactKind,
    ContactPoint,
    Document,
    Dossier,
    FilledForm,
    HistoryEntry,
    NextStep,
    Person,
    Promise,
    Side,
    Slip,
    SlipKind,
)
from dossier_app.services.dossiers import load_dossier, save_dossier, set_field
from dossier_app.services.searching import find
from dossier_app.services.session import Session
from dossier_app.services.undoing import undo
from dossier_app.storage import dossiers, journal, search


def client() -> Dossier:
    anna = Person("Артёмова", "Анна", "Йосифовна", "снабженец", note="любит пунктуальность")
    anna.contact_points = [
        ContactPoint(ContactKind.PHONE, "8 (495) 123-45-67 доб. 12", "приёмная"),
        ContactPoint(ContactKind.EMAIL, "Anna.Artemova@example.ru"),
        ContactPoint(ContactKind.ADDRESS, "Тверь, Заречная, 7"),
    ]
    anna.forms = [
        FilledForm(
            "relationship_card",
            {
                "birth": Answer({"date": "03-08", "place": "Бежецк"}),
                "children": Answer([{"name": "Мирон", "birth": "2019-05-01"}]),
                "reliability": Answer({"score": 4, "text": "держит слово"}),
            },
        )
    ]
    return Dossier(
        company="ООО «Ёлочка-2000»",
        people=[anna],
        status="разовый",
        source="выставка",
        note="Заказ на 12 500 штук, договор № 7-КХ",
        tags=["опт", "VIP"],
        forms=[FilledForm("gone_template", {"x": Answer({"deep": ["глубоко", 77]})})],
        step=NextStep(text="уточнить смету"),
        history=[
            HistoryEntry(
                datetime(2026, 11, 20, 10, tzinfo=UTC),
                text="просила скидку",
                agreed="вернёмся весной",
                author="Петрова",
            )
        ],
        promises=[Promise(Side.OURS, "выслать каталог")],
        slips=[Slip(SlipKind.REMINDER, date(2026, 12, 1), "напомнить про образцы")],
        documents=[Document("Предложение-май.pdf", 1, "00", date(2026, 5, 1))],
    )


def insert(*made: Dossier) -> None:
    with journal.action("new", clock.stamp()):
        dossiers.insert(made)


@pytest.fixture
def anna(binder_open: Session) -> str:
    """uid of a full dossier among three others."""
    full = client()
    others = [Dossier(f"АО «Другое {n}»", people=[Person("Прочая", "Вера")]) for n in range(3)]
    insert(*others[:2], full, *others[2:])
    return full.uid


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Артёмова", ""),
        ("артемова анна", ""),
        ("АННА АРТЁМ", ""),
        ("fhn`vjdf", ""),  # Артёмова on the other layout
        ("Йосифовна", ""),
        ("ёлочка", ""),
        ("елочка 2000", ""),
        ("снабженец", "снабженец любит пунктуальность"),
        ("пунктуаль", "снабженец любит пунктуальность"),
        ("4951234567", "8 (495) 123-45-67 доб. 12 приёмная"),
        ("+7 495 123-45-67", "8 (495) 123-45-67 доб. 12 приёмная"),
        ("8 495 123", "8 (495) 123-45-67 доб. 12 приёмная"),
        ("45-67", "8 (495) 123-45-67 доб. 12 приёмная"),
        ("567", "8 (495) 123-45-67 доб. 12 приёмная"),
        ("приёмная", "8 (495) 123-45-67 доб. 12 приёмная"),
        ("anna.artemova@example.ru", "Anna.Artemova@example.ru"),
        ("заречная 7", "Тверь, Заречная, 7"),
        ("бежецк", "8 March, Бежецк"),
        ("8 марта", None),
        ("8 march", None),
        ("мирон", None),
        ("держит слово", None),
        ("глубоко", "глубоко 77"),
        ("разовый", "разовый"),
        ("выставка", "выставка"),
        ("12 500", "Заказ на 12 500 штук, договор № 7-КХ"),
        ("7-КХ", "Заказ на 12 500 штук, договор № 7-КХ"),
        ("vip", "VIP"),
        ("смету", "уточнить смету"),
        ("скидку", "просила скидку вернёмся весной Петрова"),
        ("вернемся", "просила скидку вернёмся весной Петрова"),
        ("каталог", "выслать каталог"),
        ("образцы", "напомнить про образцы"),
        ("предложение май", "Предложение-май.pdf"),
        ("артёмова скидку", "просила скидку вернёмся весной Петрова"),
    ],
)
def test_everything_in_a_dossier_is_found(anna: str, text: str, why: str | None) -> None:
    (hit,) = find(text)
    assert hit.uid == anna
    assert hit.name == "Артёмова Анна Йосифовна"
    assert hit.company == "ООО «Ёлочка-2000»"
    if why is not None:
        assert hit.why == why


@pytest.mark.parametrize("text", ["Артёмов Олег", "4951234568", "нет такого", "анна липатова"])
def test_what_is_not_there_is_not_found(anna: str, text: str) -> None:
    assert find(text) == []


@given(st.text(max_size=20))
@example('"')
@example("* OR NEAR( names:")
@example("-")
@example("\0")
@example("\ud800")
@example("AND")
@example("(" * 300)
@example("а" * 10_000)
@example("1" * 5_000)
def test_any_text_may_be_typed(anna: str, text: str) -> None:
    assert isinstance(find(text), list)


LETTERS = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяÄßİſǅéñžłабvwxyz"
WORDS = st.text(LETTERS, min_size=1, max_size=8)


@settings(max_examples=40)
@given(st.lists(WORDS, min_size=1, max_size=4), st.data())
def test_any_word_is_found_by_its_beginning(
    binder_open: Session, words: list[str], data: st.DataObject
) -> None:
    dossier = Dossier("АО «Проба»", note=" ".join(words))
    insert(dossier)
    word = data.draw(st.sampled_from(words))
    assert dossier.uid in {hit.uid for hit in find(word, 1000)}
    assert dossier.uid in {hit.uid for hit in find(word.upper(), 1000)}
    set_field(dossier.uid, "note", "")
    assert dossier.uid not in {hit.uid for hit in find(" ".join(words) + " нечто", 1000)}


def test_the_name_counts_most(binder_open: Session) -> None:
    insert(
        Dossier("АО «Первое»", note="Ромашкина " * 3, people=[Person("Иное", "Имя")]),
        Dossier("АО «Второе»", people=[Person("Ромашкина", "Анна")]),
    )
    assert [hit.name for hit in find("ромашкина")] == ["Ромашкина Анна", "Иное Имя"]
    assert len(find("ромашкина", limit=1)) == 1


def test_a_name_is_found_however_many_notes_have_the_word(
    binder_open: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "MOST_RANKED", 3)
    insert(*(Dossier(f"АО «Место {n}»", note="Ромашкина") for n in range(5)))
    insert(Dossier(people=[Person("Ромашкина", "Анна")]))
    names = [hit.name for hit in find("ромашкина")]
    assert names[0] == "Ромашкина Анна"
    assert len(set(names)) == len(names) == 4
    assert [hit.name for hit in find("анна ромаш", limit=1)] == ["Ромашкина Анна"]


def test_a_long_text_is_cut_around_what_was_found(anna: str) -> None:
    set_field(anna, "note", "слово " * 500 + "жемчужина " + "слово " * 500)
    (hit,) = find("жемчужина")
    assert "жемчужина" in hit.why
    assert hit.why.startswith("…") and hit.why.endswith("…")
    assert len(hit.why) <= 82


def test_a_dossier_of_a_phone_alone_is_called_by_it(binder_open: Session) -> None:
    insert(Dossier(contact_points=[ContactPoint(ContactKind.PHONE, "+7 495 000-00-07")]))
    (hit,) = find("0000007")
    assert hit.name == "+7 495 000-00-07"


def test_promises_and_slips_alone_are_kept_up(anna: str) -> None:
    dossier = load_dossier(anna)
    dossier.promises.append(Promise(Side.THEIRS, "прислать гарантию"))
    dossier.slips[0].text = "напомнить про витрину"
    save_dossier(dossier)
    assert find("гарантию") and find("витрину")
    assert not find("образцы")
    undo()
    assert not find("гарантию") and not find("витрину")
    assert find("образцы")


def test_rebuilding_changes_nothing_that_is_found(anna: str) -> None:
    texts = ["артёмова", "4951234567", "скидку", "каталог", "прочая"]
    before = [find(text) for text in texts]
    search.rebuild()
    assert [find(text) for text in texts] == before
