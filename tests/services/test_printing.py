"""What the prints of a day or of the binder take from it, and what stays at home."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from pypdf import PdfReader

from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import current_language
from dossier_app.domain.place import CLOSED, TRAY, Month, Place, day_place
from dossier_app.domain.records import (
    Answer,
    Channel,
    ContactKind,
    ContactPoint,
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
from dossier_app.services import calendar_editing, print_lists, printing, reviewing, settings
from dossier_app.services.contacts import Contact, log_contact
from dossier_app.services.dossiers import create_dossier
from dossier_app.services.printing import DossierPart, KitPart, Prepared, PrintKind
from dossier_app.services.session import Session

TODAY, FRIDAY = date(2026, 11, 25), date(2026, 11, 27)


@pytest.fixture
def clients(binder_open: Session) -> Session:
    """Two under today, one under Friday, one in the tray, one closed. The one in the tray
    has slips under today: of a promise, of a private promise, a birthday noted by hand; and
    a child with a birthday today."""
    for surname, place in (
        ("Антонова", day_place(TODAY)),
        ("Борисова", day_place(TODAY)),
        ("Васильева", day_place(FRIDAY)),
        ("Закрытова", CLOSED),
    ):
        make(surname, place)
    open_promise, secret = Promise(Side.OURS, "Каталог"), Promise(Side.OURS, "Тайна", private=True)
    child = {"name": "Ребёнок", "birth": "11-25"}
    person = Person("Гусева", main=True)
    person.forms = [FilledForm("relationship_card", {"children": Answer([child])})]
    create_dossier(
        Dossier(
            people=[person],
            place=TRAY,
            promises=[open_promise, secret],
            slips=[
                Slip(SlipKind.PROMISE, TODAY, "Каталог", promise_uid=open_promise.uid),
                Slip(SlipKind.PROMISE, TODAY, "Тайна", promise_uid=secret.uid),
                Slip(SlipKind.BIRTHDAY, TODAY, "Супруга"),
                Slip(SlipKind.REMINDER, TODAY, "Позвонить в порт"),
            ],
        )
    )
    return binder_open


def make(surname: str, place: Place) -> None:
    step = NextStep(text=f"Дело {surname}") if place is not CLOSED else None
    create_dossier(Dossier(people=[Person(surname, main=True)], place=place, step=step))


def text_of(prepared: Prepared) -> str:
    reader = PdfReader(io.BytesIO(printing.draw(prepared).data))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


@pytest.mark.usefixtures("clients")
@pytest.mark.parametrize(
    "make_print",
    [lambda chosen: printing.prepare_pack(TODAY, 1, chosen), printing.prepare_binder],
)
def test_slips_of_what_is_private_stay_off_discreet_pages(
    make_print: Callable[[printing.PrintOptions], Prepared],
) -> None:
    discreet = text_of(make_print(printing.options()))
    private = text_of(make_print(printing.options(private=True)))
    for text in ("Каталог", "Позвонить в порт", "Антонова", "Борисова"):
        assert text in discreet
        assert text in private
    for secret in ("Тайна", "Супруга", "Ребёнок"):
        assert secret not in discreet
        assert secret in private


@pytest.mark.usefixtures("clients")
def test_coming_days_travel_along_and_empty_ones_do_not() -> None:
    one = printing.prepare_pack(TODAY, 1, printing.options())
    three = printing.prepare_pack(TODAY, 3, printing.options())
    assert printing.draw(one).pages == 3
    assert printing.draw(three).pages == 5
    assert "Васильева" not in text_of(one)
    assert "COMING DAYS Friday, 27 November" in text_of(three)
    assert "Thursday" not in text_of(three)
    assert printing.file_name(one) == "Day pack, 25 November.pdf"


@pytest.mark.usefixtures("clients")
def test_whole_dossiers_in_the_pack() -> None:
    text = text_of(printing.prepare_pack(TODAY, 1, printing.options(), whole=True))
    assert "Дело Антонова" in text
    assert "Meeting code" not in text


@pytest.mark.usefixtures("clients")
def test_the_binder_holds_all_but_the_closed_ones() -> None:
    text = text_of(printing.prepare_binder(printing.options()))
    for surname in ("Антонова", "Борисова", "Васильева", "Гусева"):
        assert surname in text
    assert "Закрытова" not in text
    assert text.index("Гусева") < text.index("Антонова") < text.index("Васильева")


@pytest.mark.usefixtures("binder_open")
def test_nothing_to_print_is_said() -> None:
    for make_print in (
        lambda: printing.prepare_pack(TODAY, 7, printing.options()),
        lambda: printing.prepare_binder(printing.options()),
    ):
        with pytest.raises(Refusal, match="nothing to print"):
            make_print()
    with pytest.raises(Refusal, match="“no_such” is not one of"):
        printing.prepare_blank("no_such", printing.options())
    for days, first in ((367, TODAY), (0, TODAY), (10, date(9999, 12, 30))):
        with pytest.raises(Refusal, match="At most 366"):
            printing.prepare_pack(first, days, printing.options())
        with pytest.raises(Refusal, match="At most 366"):
            printing.prepare_kit(printing.options(), first=first, days=days)


@pytest.mark.usefixtures("binder_open")
def test_dated_dividers_of_the_kit_are_working_days() -> None:
    kit = printing.prepare_kit(
        printing.options(), "en", parts=[KitPart.DATES], first=FRIDAY, days=2
    )
    assert text_of(kit) == "27 Friday November 2026 30 Monday November 2026"
    settings.save(settings.Settings(author="Седова Ольга"))
    calendar_editing.set_days(date(2026, 11, 30), date(2026, 11, 30), worked=False)
    kit = printing.prepare_kit(
        printing.options(), "ru", parts=[KitPart.DATES], first=FRIDAY, days=2
    )
    assert text_of(kit) == "27 Пятница Ноябрь 2026 1 Вторник Декабрь 2026"
    label = printing.prepare_kit(printing.options(), parts=[KitPart.SPINE])
    assert "Седова Ольга" in text_of(label)
    assert printing.draw(printing.prepare_kit(printing.options())).pages == 31 + 12 + 22 + 1 + 2


@pytest.mark.usefixtures("binder_open")
def test_a_blank_form_is_named_after_the_form() -> None:
    prepared = printing.prepare_blank("meeting_plan", printing.options(), "en")
    assert printing.file_name(prepared) == "Blank form Meeting plan.pdf"
    assert "Meeting plan" in text_of(prepared)


def test_a_private_number_is_no_title_on_discreet_paper(binder_open: Session) -> None:
    """A client without a name is called by his number; a private one stays at home."""
    for number, other in enumerate(([], [ContactPoint(ContactKind.EMAIL, "open@example.com")])):
        secret = ContactPoint(ContactKind.PHONE, f"+7 900 111-22-3{number}", private=True)
        create_dossier(
            Dossier(
                contact_points=[secret, *other],
                place=day_place(FRIDAY),
                slips=[Slip(SlipKind.REMINDER, TODAY, "Напомнить")],
            )
        )
    for make_print in (
        lambda chosen: printing.prepare_pack(TODAY, 3, chosen),
        printing.prepare_binder,
        lambda chosen: print_lists.prepare_audit(Month.of(TODAY), chosen),
    ):
        discreet = text_of(make_print(printing.options()))
        assert "900 111" not in discreet
        assert "No name" in discreet
        assert "open@example.com" in discreet
        assert "900 111" in text_of(make_print(printing.options(private=True)))


def test_a_private_number_is_no_title_in_a_review(binder_open: Session) -> None:
    secret = ContactPoint(ContactKind.PHONE, "+7 900 111-22-33", private=True)
    dossier = Dossier(contact_points=[secret], place=day_place(TODAY), step=NextStep())
    create_dossier(dossier)
    log_contact(dossier.uid, Contact(Channel.CALL, text="Поговорили"))
    found = reviewing.review(TODAY)
    discreet = text_of(reviewing.prepare_review(found, printing.options()))
    assert "Поговорили" in discreet
    assert "900 111" not in discreet
    assert "900 111" in text_of(reviewing.prepare_review(found, printing.options(private=True)))


@pytest.mark.usefixtures("binder_open")
def test_parts_that_are_not_wanted_are_left_out() -> None:
    history = [
        HistoryEntry(datetime(2026, 10, day, tzinfo=UTC), Channel.CALL, text=f"Разговор {day}.")
        for day in range(1, 13)
    ]
    uid = "with a history"
    create_dossier(Dossier("Север", uid=uid, place=day_place(TODAY), history=history))
    everything = text_of(printing.prepare(PrintKind.DOSSIER, [uid], printing.options()))
    assert "Разговор 1." in everything

    few = text_of(printing.prepare(PrintKind.DOSSIER, [uid], printing.options(last_contacts=10)))
    assert "Разговор 12." in few
    assert "Разговор 3." in few
    assert "Разговор 2." not in few
    assert "and 2 older" in few

    without = [part for part in DossierPart if part is not DossierPart.HISTORY]
    none = text_of(printing.prepare(PrintKind.DOSSIER, [uid], printing.options(parts=without)))
    assert "Разговор" not in none
    assert "Север" in none


@pytest.mark.usefixtures("clients")
def test_long_prints_are_read_and_drawn_in_steps() -> None:
    reading = printing.read_binder(printing.options(), "ru")
    for done in reading.steps:
        assert current_language() == "en"  # between two steps the window speaks its own
        assert done <= reading.total + 1  # an occasion is no stored sheet
    told: list[tuple[int, int]] = []
    prepared = printing.read_binder(printing.options(), "ru").at_once()
    printing.draw(prepared, lambda done, total: told.append((done, total)))
    # Three dividers and four dossiers, told again after each of their pages.
    assert list(dict.fromkeys(told)) == [(n, 7) for n in range(7)]
    kit: list[tuple[int, int]] = []
    printing.draw(printing.prepare_kit(printing.options()), lambda *step: kit.append(step))
    assert kit[0] == (1, 0)
    assert [done for done, _ in kit] == list(range(1, len(kit) + 1))


@pytest.mark.usefixtures("clients")
def test_drawing_stops_where_the_step_says_so() -> None:
    class Enough(Exception):
        pass

    def step(done: int, _total: int) -> None:
        if done == 2:
            raise Enough

    with pytest.raises(Enough):
        printing.draw(printing.prepare_binder(printing.options()), step)
