"""The handover from both sides: two sample binders, packages between them, and the scenes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

TODAY = date(2026, 11, 25)
FIRST, LAST = date(2026, 11, 26), date(2026, 12, 9)
OWNER, COLLEAGUE = "Ольга Седова", "Елена Петрова"


@contextmanager
def at(folder: Path, who: str, today: date = TODAY) -> Iterator[object]:
    """The binder of ``who``, open."""
    from dossier_app.domain import clock
    from dossier_app.services import settings
    from dossier_app.services.session import open_session
    from dossier_app.storage.folder import DataFolder

    clock.set_today(today)
    session = open_session(DataFolder(folder / who))
    try:
        settings.save(replace(settings.load(), author=who))
        yield session
    finally:
        session.close()
        clock.set_today(TODAY)


def prepare(folder: Path) -> None:
    """Both binders before, and the packages ``there.dossier``, ``locked.dossier``,
    ``update.dossier`` and ``forged.dossier``."""
    from dossier_app.services.handover import ending, giving, keys, packages, returning, taking
    from dossier_app.services.sample import fill_with_sample

    with at(folder, COLLEAGUE):
        key = keys.identity().age_key
    with at(folder, OWNER):
        fill_with_sample(24)
        wish = giving.Wish(COLLEAGUE, FIRST, LAST, recipient=key, may_keep=True)
        giving.create(replace(wish, recipient=""), folder / "locked.dossier", "4821 0937 5516")
        ending.end(ending.all_handovers()[0])
        made = giving.create(wish, folder / "there.dossier")
    with at(folder, "forger"):
        fill_with_sample(24)
        keys.identity()
        from dossier_app.services import settings

        settings.save(replace(settings.load(), author=OWNER))
        giving.create(wish, folder / "forged.dossier")
    with at(folder, COLLEAGUE):
        taking.accept(packages.open_package(folder / "there.dossier", keys.known_identity()))
        work()
        returning.give_back(ending.find_handover(made.handover.uid), folder / "update.dossier")
    with at(folder, OWNER):
        work_meanwhile([dossier.uid for dossier in made.dossiers])
    with at(folder, "new colleague"):
        know_already(made.dossiers[:4])


def know_already(dossiers) -> None:
    """Some of these clients are in the open binder too."""
    from dossier_app.domain.records import ContactPoint, Dossier, Person
    from dossier_app.services.dossiers import create_dossier

    for dossier in dossiers:
        person = dossier.main_person
        points = [ContactPoint(point.kind, point.value) for point in person.contact_points]
        namesake = Person(person.surname, person.given, main=True, contact_points=points[:1])
        create_dossier(Dossier(people=[namesake]))


def work() -> None:
    """What the colleague did in a week."""
    from dossier_app.domain.place import day_place
    from dossier_app.domain.records import Channel, NextStep, Promise, Side, StepKind
    from dossier_app.domain.when import When
    from dossier_app.services.contacts import Contact, log_contact
    from dossier_app.services.documents import attach, finish, pasted, store
    from dossier_app.services.dossiers import set_field
    from dossier_app.services.handover import ending

    (taken,) = ending.all_handovers()
    uids = ending.dossiers_of(taken)
    said = (
        "Сравнила предложение с прошлогодним, просит скидку 3 % за предоплату",
        "Договорились о встрече на площадке, пропуск закажет сама",
        "Спросил, когда вернётесь; срочного ничего нет",
        "Получил счёт, оплата до пятницы",
    )
    for number, uid in enumerate(uids[:9]):
        next_ = When(day_place(LAST - timedelta(days=number % 3)))
        promise = Promise(Side.OURS, "прислать смету с доставкой", LAST - timedelta(days=2))
        log_contact(
            uid,
            Contact(
                Channel.CALL if number % 3 else Channel.MEETING,
                text=said[number % 4],
                agreed="Вернуться к вопросу после выходных" if number % 2 else "",
                promises=[promise] if number % 3 == 0 else [],
                next=next_,
                step=NextStep(StepKind.CALL, "узнать решение по смете"),
            ),
        )
    attach(uids[0], [finish(store(pasted("Смета с доставкой.pdf", b"x" * 183_000)))])
    for uid in uids[:2]:
        set_field(uid, "people.0.position", "директор по закупкам")
    set_field(uids[0], "source", "по рекомендации «Прогресса»")


def work_meanwhile(uids: list[str]) -> None:
    """What the owner changed in the same dossiers."""
    from dossier_app.services.dossiers import set_field

    set_field(uids[0], "people.0.position", "заместитель директора")
    set_field(uids[0], "source", "выставка «Стройэкспо»")


def settle(milliseconds: int) -> None:
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def handover():
    from dossier_app.services.handover import ending

    return ending.all_handovers()[0]


def drop(file: Path, passphrase: str = "") -> Callable:
    """The file on the window, and its passphrase typed."""

    def show(window):
        from dossier_app.ui.handover.opening import OpeningDialog

        window.actions_.open_package(file)
        settle(1500)
        if passphrase:
            dialog = window.findChild(OpeningDialog)
            dialog.passphrase.setText(passphrase)
            dialog.primary_button.click()
            settle(4000)

    return show


def give_back(how: str) -> Callable:
    def show(window):
        from dossier_app.ui.handover.give_back import GiveBackDialog

        window.actions_.handover(handover().uid)
        settle(200)
        dialog = window.findChild(GiveBackDialog)
        dialog.how.choose(how)
        dialog.how.chosen.emit(how)

    return show


def parting(window) -> None:
    from dossier_app.ui.handover.give_back import EndTakenDialog

    EndTakenDialog(window, window.desk, handover()).open()


def printed(what: str) -> Callable:
    """The paper of the handover before it is printed: "pack" or "report"."""

    def draw(window) -> None:
        from dossier_app.ui.dialogs.handover_print import AbsenceReportDialog, HandoverPackDialog

        made = {"pack": HandoverPackDialog, "report": AbsenceReportDialog}[what]
        dialog = made(window, window.desk, handover())
        dialog.open()
        settle(2000)
        if what == "pack":
            dialog.preview.pages.verticalScrollBar().setValue(700)
            settle(300)

    return draw


def banded(window) -> None:
    from dossier_app.services.handover import ending

    window.open_dossier(ending.dossiers_of(handover())[0])


def logging(window) -> None:
    banded(window)
    window.actions_.log_current()


def searched(window) -> None:
    from PySide6.QtTest import QTest

    window.actions_.find()
    QTest.keyClicks(window.topbar.search.edit, "926")


def scenes(folder: Path) -> Iterator[tuple[str, str, date, Callable]]:
    """Name, whose binder, the day, and what to do with the main window."""
    there, locked, update, forged = (
        folder / f"{name}.dossier" for name in ("there", "locked", "update", "forged")
    )
    late = LAST + timedelta(days=3)
    yield "handover-accept", "new colleague", TODAY, drop(locked, "4821 0937 5516")
    yield "handover-passphrase", "new colleague", TODAY, drop(locked, "4821 0937")
    yield "handover-accept-again", COLLEAGUE, TODAY, drop(there)
    yield "handover-accept-changed", COLLEAGUE, TODAY, drop(forged)
    yield "handover-review", OWNER, LAST, drop(update)
    yield "handover-give-back", COLLEAGUE, TODAY, give_back("update")
    yield "handover-give-back-final", COLLEAGUE, TODAY, give_back("final")
    yield "handover-parting", COLLEAGUE, LAST, parting
    yield "handover-print-pack", OWNER, TODAY, printed("pack")
    yield "handover-print-report", COLLEAGUE, LAST, printed("report")
    yield "window-band-given", OWNER, TODAY, banded
    yield "window-band-taken", COLLEAGUE, FIRST, banded
    yield "window-band-late", OWNER, late, banded
    yield "window-handover-late", OWNER, late, lambda _: settle(200)
    yield "handover-search", OWNER, TODAY, searched
    yield "handover-log", OWNER, TODAY, logging
