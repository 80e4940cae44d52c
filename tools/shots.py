"""Every screen and dialog as a picture, from the sample binder.

``python tools/shots.py FOLDER [--only WORD]`` writes ``FOLDER/<language>-<theme>-<scale>/
<scene>.png``. A scale needs a process of its own, so the script starts itself for each.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

TODAY = date(2026, 11, 25)
SIZES = {"": (1280, 800), "-small": (1024, 640), "-large": (1920, 1080)}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="scenes whose name holds this word")
    parser.add_argument("--variant", help="language-theme-scale, e.g. ru-light-100")
    options = parser.parse_args()
    if options.variant:
        draw(options.folder / options.variant, *options.variant.split("-"), options.only)
        return
    for language in ("ru", "en"):
        for theme in ("light", "dark"):
            for scale in ("100", "150"):
                variant = f"{language}-{theme}-{scale}"
                environment = {**os.environ, "QT_SCALE_FACTOR": str(int(scale) / 100)}
                environment.setdefault("QT_QPA_PLATFORM", "offscreen")
                command = [sys.executable, __file__, str(options.folder), "--variant", variant]
                subprocess.run([*command, "--only", options.only], env=environment, check=True)
                print(options.folder / variant)


def draw(folder: Path, language: str, theme: str, _scale: str, only: str) -> None:
    """Draw all scenes in one language and theme."""
    from PySide6.QtWidgets import QApplication

    from dossier_app.domain import clock
    from dossier_app.services import settings
    from dossier_app.services.sample import fill_with_sample
    from dossier_app.services.session import open_session
    from dossier_app.start import Preferences, start_language
    from dossier_app.storage.folder import DataFolder
    from dossier_app.ui.theme import apply_theme

    application = QApplication([])
    start_language(language, Preferences())
    clock.set_today(TODAY)
    apply_theme(application, theme == "dark")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data:
        session = open_session(DataFolder(Path(data)))
        settings.save(settings.Settings(author="Ольга Седова"))
        fill_with_sample()
        for name, scene in scenes():
            if only in name:
                for suffix, size in SIZES.items():
                    if suffix and not name.startswith("window"):
                        continue
                    shoot(folder / f"{name}{suffix}.png", scene, session, size)
        session.close()
        for name, made in windows(Path(data)):
            if only in name:
                window = made()
                window.show()
                settle()
                window.grab().save(str(folder / f"{name}.png"))
                window.close()


def shoot(path: Path, scene: Callable, session, size: tuple[int, int]) -> None:
    """Draw the main window in the state that ``scene`` brings about, with its dialog."""
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QDialog, QMenu

    from dossier_app.ui.desk import Desk
    from dossier_app.ui.main_window import MainWindow

    desk = Desk(session)
    window = MainWindow(desk)
    window.resize(*size)
    window.show()
    settle()
    scene(window)
    settle()
    picture = window.grab()
    painter = QPainter(picture)
    for kind in (QDialog, QMenu):
        for dialog in window.findChildren(kind):
            if dialog.isVisible():
                spot = dialog.mapToGlobal(QPoint()) - window.mapToGlobal(QPoint())
                painter.drawPixmap(spot, dialog.grab())
    painter.end()
    picture.save(str(path))
    for dialog in window.findChildren(QDialog):
        dialog.done(0)
    window.close()
    settle()
    desk._timer.stop()
    window.deleteLater()
    settle()


def settle(milliseconds: int = 60) -> None:
    """Let everything that is due happen."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def scenes() -> Iterator[tuple[str, Callable]]:
    """Name and what to do with the main window."""
    from dossier_app.domain.binder import IN_TRAY, LEFT_BEHIND, TO_SPREAD, Slot, SlotKind, day_slot
    from dossier_app.domain.place import Month
    from dossier_app.services.searching import find
    from dossier_app.ui.dossier.panel import Part

    def ivanova(window):
        window.open_dossier(find("Иванова Марина")[0].uid)

    def slot(where):
        return lambda window: window.open_slot(where)

    def tab(key):
        def show(window):
            ivanova(window)
            window.panel.turn_to(Part(key))

        return show

    def action(name, *, before=ivanova):
        def show(window):
            before(window)
            getattr(window.actions_, name)()
            if "print" in name:
                settle(1500)  # the preview is drawn by a worker

        return show

    def log_typed(window):
        from PySide6.QtWidgets import QDialog

        ivanova(window)
        window.actions_.log_current()
        settle()
        dialog = window.findChild(QDialog)
        dialog.text.setPlainText(
            "Смету с доставкой получила, сравнила с прежним поставщиком. Дороже на 4 %, но срок"
            " лучше."
        )
        dialog.agreed.setText("Показать монтаж на «Прогрессе»")
        dialog.promise.edit.setText("я, до пт: прислать фото монтажа")
        dialog.step.text.insert("Встреча: поездка на «Прогресс»")
        dialog.when.edit.setText("вт через неделю в 10")

    def searching(window):
        from PySide6.QtTest import QTest

        window.actions_.find()
        QTest.keyClicks(window.topbar.search.edit, "926")

    def menu(window):
        window.actions_.menu().popup(window.mapToGlobal(window.rect().topRight()))

    def toast(window):
        from dossier_app.domain.place import day_place
        from dossier_app.services import undoing

        uid = window.page.sheet.uid
        window.refile([uid], day_place(TODAY + timedelta(days=13)))
        settle()
        undoing.undo()

    yield "window", ivanova
    yield "window-toast", toast
    yield "window-tomorrow", slot(day_slot(TODAY + timedelta(days=1)))
    yield "window-left-behind", slot(LEFT_BEHIND)
    yield "window-to-spread", slot(TO_SPREAD)
    yield "window-tray", slot(IN_TRAY)
    yield "window-empty-day", slot(day_slot(TODAY + timedelta(days=3)))
    yield "window-month", slot(Slot(SlotKind.MONTH, month=Month(2027, 1)))
    yield "panel-card", tab("card")
    yield "panel-history", tab("history")
    yield "panel-sheet", tab("sheet")
    yield "log", action("log_current")
    yield "log-typed", log_typed
    yield "log-not-reached", action("not_reached_current")
    yield "move", action("move_current")
    yield "new", action("new_dossier")
    yield "print", action("print_current")
    yield "print-day", action("print_day")
    yield "print-more", action("print_more")
    yield "export", action("export")
    yield "protect", action("protect")
    yield "settings", action("settings")
    yield "keys", action("help")
    yield "search", searching
    yield "menu", menu
    yield from review_scenes()
    yield from slip_scenes()
    yield from planning_scenes()


def slip_scenes() -> Iterator[tuple[str, Callable]]:
    """Slips, checkpoints and promises; reminders in the corner."""
    from datetime import time

    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QDialog

    from dossier_app.domain.binder import day_slot
    from dossier_app.domain.records import Slip, SlipKind
    from dossier_app.domain.sheets import SheetType
    from dossier_app.services import slips
    from dossier_app.services.searching import find

    def busy(window):
        """Today with a loose sheet and a slip that comes again, at their times."""
        from dossier_app.services.undoing import undo

        uid = find("Иванова Марина")[0].uid
        window.destroyed.connect(lambda: [undo(), undo()])
        sheet = Slip(SlipKind.REMINDER, TODAY, "Сдать авансовый отчёт за командировку", time(0, 5))
        again = Slip(
            SlipKind.REMINDER, TODAY, "Сверить остатки по счёту", time(0, 10), repeat="FREQ=WEEKLY"
        )
        window.desk.act(lambda: slips.add_slip(sheet))
        window.desk.act(lambda: slips.add_slip(again, uid))
        window.open_slot(day_slot(TODAY))
        window.page.select(sheet.uid)

    def row_menu(window):
        busy(window)
        row = next(item for item in window.page.rows.sheets.sheets if item.type is SheetType.SLIP)
        window.page.select(row.uid)
        window.rows_.menu().popup(window.page.rows.mapToGlobal(QPoint(120, 120)))

    def reminders(window):
        from dossier_app.ui.reminders import ReminderWatch

        busy(window)
        watch = ReminderWatch(window.desk)
        window.show_reminders(watch)
        watch.look()
        window.corner.more.click()

    def slip_again(window):
        window.open_dossier(find("Иванова Марина")[0].uid)
        window.actions_.new_slip()
        settle()
        dialog = window.findChild(QDialog)
        dialog.text.setText("Спросить, как идёт монтаж на «Прогрессе»")
        dialog.repeat.edit.setText("каждый второй вторник")
        dialog.when.edit.setText("вт 15:30")

    def checkpoints(window):
        window.open_dossier(find("Иванова Марина")[0].uid)
        window.actions_.checkpoints_current()
        settle()
        dialog = window.findChild(QDialog)
        dialog.job.setText("Электрика нового цеха")
        dialog.end.edit.setText("15.02")

    def promise(window):
        window.open_dossier(find("Иванова Марина")[0].uid)
        window.panel.overview.duties.rows[0].change_wanted.emit()

    def new_promise(window):
        window.open_dossier(find("Иванова Марина")[0].uid)
        window.panel.overview.duties.open_field()
        window.panel.overview.duties.field.edit.setText("я, до пт: прислать фото монтажа")

    yield "window-slips", busy
    yield "window-reminder", reminders
    yield "row-menu", row_menu
    yield "slip", slip_again
    yield "loose-sheet", lambda window: window.actions_.new_loose_sheet()
    yield "checkpoints", checkpoints
    yield "promise", promise
    yield "panel-new-promise", new_promise


def planning_scenes() -> Iterator[tuple[str, Callable]]:
    """Days that are too full, left behind, or off. They change the settings: the last."""
    from dossier_app.domain.binder import LEFT_BEHIND, day_slot

    def overfull(window):
        """Tomorrow with more than fits."""
        from dataclasses import replace

        desk = window.desk
        desk.save_settings(replace(desk.settings, contacts=[6] * 7))
        window.open_slot(day_slot(TODAY + timedelta(days=1)))

    def balance(window):
        overfull(window)
        window.actions_.balance()

    def one_day_left(window):
        window.open_slot(LEFT_BEHIND)
        window.page.step_day(1)

    def left_gets_dates(window):
        window.actions_.give_dates(LEFT_BEHIND)

    def away(window):
        window.actions_.catch_up(TODAY - timedelta(days=9))

    def leave(window):
        from dossier_app.ui.dialogs.calendar_editor import CalendarDialog, LeaveDialog

        window.actions_.calendar()
        settle()
        window.findChild(CalendarDialog).leave_button.click()
        settle()
        dialog = window.findChild(LeaveDialog)
        dialog.first.set_text("7.12")
        dialog.last.set_text("18.12")

    yield "window-one-day-left", one_day_left
    yield "give-dates", left_gets_dates
    yield "catch-up", away
    yield "calendar", lambda window: window.actions_.calendar()
    yield "calendar-leave", leave
    yield "window-overfull", overfull
    yield "balance", balance


def review_scenes() -> Iterator[tuple[str, Callable]]:
    """The look back. These scenes change what the others show: they come last."""

    def worked(window):
        """Today's work as it is in the evening: most of it is done."""
        from dossier_app.domain.place import day_place
        from dossier_app.domain.records import Channel, Direction
        from dossier_app.domain.when import When
        from dossier_app.services import printing, refiling
        from dossier_app.services.contacts import Contact, log_contact

        soon = When(day_place(TODAY + timedelta(days=2)))
        contacts = (
            Contact(text="Смету получила, сравнила с прежним поставщиком", minutes=14),
            Contact(reached=False),
            Contact(Channel.MEETING, text="Осмотрели площадку, фундамент годится", minutes=65),
            Contact(Channel.EMAIL, text="Отправлено предложение"),
            Contact(text="Перезвонить в пятницу", minutes=7),
            Contact(direction=Direction.IN, text="Спросил о сроке поставки", minutes=9),
        )
        uids = printing.dossiers_of_day(TODAY)
        for uid, contact in zip(uids, contacts, strict=False):
            contact.next = soon
            log_contact(uid, contact)
        refiling.refile(uids[6:8], day_place(TODAY + timedelta(days=1)))
        window.refresh()

    def review(span="day", day=TODAY):
        def show(window):
            from dossier_app.ui.review.dialog import ReviewDialog, Span

            window.actions_.review()
            window.findChild(ReviewDialog).look_at(Span(span), day)
            settle(1000)  # the days are read one after the other

        return show

    def review_evening(window):
        worked(window)
        review()(window)

    def review_closed(window):
        from dossier_app.domain.place import day_place
        from dossier_app.services import printing, refiling

        refiling.refile(printing.dossiers_of_day(TODAY), day_place(TODAY + timedelta(days=1)))
        review()(window)

    def review_print(window):
        review("week")(window)
        from dossier_app.ui.review.dialog import ReviewDialog

        window.findChild(ReviewDialog).print_review()
        settle(2000)

    yield "review", review_evening
    yield "review-week", review("week")
    yield "review-month", review("month")
    yield "review-unknown-day", review(day=TODAY - timedelta(days=1))
    yield "review-empty-day", review(day=date(2026, 3, 8))
    yield "review-print", review_print
    yield "review-closed", review_closed


def windows(data: Path) -> Iterator[tuple[str, Callable]]:
    """Name and maker of the windows that come before the binder."""
    from dossier_app.storage.folder import DataFolder
    from dossier_app.ui.welcome import RefusedWindow, UnlockWindow, WelcomeWindow

    folder = DataFolder(data)
    yield "welcome", lambda: WelcomeWindow(folder)
    yield "unlock", lambda: UnlockWindow(folder)
    yield "refused", lambda: RefusedWindow("The binder is open in another window.")


if __name__ == "__main__":
    main()
