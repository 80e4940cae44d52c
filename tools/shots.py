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
        shoot_handovers(folder, Path(data) / "handover", only)
        for name, made in windows(Path(data)):
            if only in name:
                window = made()
                window.show()
                settle()
                window.grab().save(str(folder / f"{name}.png"))
                window.close()


def shoot_handovers(folder: Path, data: Path, only: str) -> None:
    """Draw the scenes of a handover, each in the binder it belongs to."""
    import handover_scenes as handover

    wanted = [scene for scene in handover.scenes(data) if only in scene[0]]
    if wanted:
        handover.prepare(data)
    for name, who, today, scene in wanted:
        for suffix, size in SIZES.items():
            if suffix != "-large" or name.startswith("window"):
                with handover.at(data, who, today) as session:
                    shoot(folder / f"{name}{suffix}.png", scene, session, size)


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

    def backups(window) -> None:
        from dossier_app.services import backing_up

        session = window.desk.session
        backing_up.back_up(session.folder, bytes(session.key))
        window.actions_.backups()

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
    yield "backups", backups
    yield "protect", action("protect")
    yield "settings", action("settings")
    yield "keys", action("help")
    yield "search", searching
    yield "menu", menu
    yield from dossier_scenes()
    yield from review_scenes()
    yield from print_scenes(ivanova)
    yield from slip_scenes()
    yield from planning_scenes()
    yield from handover_scenes()


def print_scenes(ivanova: Callable) -> Iterator[tuple[str, Callable]]:
    """A dossier with a document behind it."""

    def print_documents(window) -> None:
        from tempfile import TemporaryDirectory

        from PySide6.QtWidgets import QDialog
        from reportlab.pdfgen.canvas import Canvas

        from dossier_app.services import documents

        ivanova(window)
        with TemporaryDirectory() as folder:
            for name in ("Предложение № 12.pdf", "Протокол встречи на площадке, 2-я ред.pdf"):
                path = Path(folder) / name
                canvas = Canvas(str(path))
                for height in range(700, 300, -16):
                    canvas.line(80, height, 500, height)
                canvas.save()
                documents.add_files(window.page.sheet.uid, [path])
        window.actions_.print_current()
        dialog = window.findChild(QDialog)
        dialog.whole.click()
        next(iter(dialog.documents.boxes.values())).click()
        settle(2500)
        bar = dialog.preview.pages.verticalScrollBar()
        bar.setValue(round(0.83 * bar.maximum()))  # the head of its page
        settle()

    yield "print-documents", print_documents

    def print_whole_pack(window) -> None:
        from PySide6.QtWidgets import QDialog

        window.actions_.print_day()
        window.findChild(QDialog).whole_pack.click()
        settle(2500)

    yield "print-day-whole", print_whole_pack

    def print_binder(window) -> None:
        from PySide6.QtWidgets import QDialog

        from dossier_app.ui.dialogs.print_more import MorePrint

        window.actions_.print_more()
        dialog = window.findChild(QDialog)
        dialog.kinds[MorePrint.BINDER].click()
        settle(900)

    yield "print-binder", print_binder


def dossier_scenes() -> Iterator[tuple[str, Callable]]:
    """Documents, a form to be filled, a contact to be changed, a form to be changed."""
    from dossier_app.services.searching import find
    from dossier_app.services.templates import templates
    from dossier_app.services.undoing import undo
    from dossier_app.ui.dossier.panel import Part
    from dossier_app.ui.forms_editor.editor import TemplateEditor

    def opened(window, part):
        window.open_dossier(find("Иванова Марина")[0].uid)
        window.panel.turn_to(part)
        return window.panel

    def documents(window):
        opened(window, Part.DOCUMENTS)

    def form(window):
        window.destroyed.connect(undo)
        opened(window, Part.FORMS).forms.begin("complaint", "")

    def contact(window):
        entries = opened(window, Part.HISTORY).history.list
        entries.setCurrentIndex(entries.entries.index(0))
        entries.change()

    def conversation(window):
        window.destroyed.connect(undo)
        import_mails(window.desk, find("Иванова Марина")[0].uid)
        rows = opened(window, Part.HISTORY).history.list
        rows.setFocus()
        rows.setCurrentIndex(rows.entries.index(0))

    def conversation_unfolded(window):
        conversation(window)
        rows = window.panel.history.list
        rows.entries.unfold(rows.entries.fold_at(0), True)

    def template(window):
        TemplateEditor(window, window.desk, templates()["complaint"]).open()
        settle(300)  # the form to be tried is drawn after a pause

    yield "panel-documents", documents
    yield "panel-form", form
    yield "contact", contact
    yield "conversation", conversation
    yield "conversation-unfolded", conversation_unfolded
    yield "template", template


def import_mails(desk, uid: str) -> None:
    """A conversation of three mails, the last of them of today."""
    from datetime import datetime

    from dossier_app.domain.mail import Mail, MailAddress
    from dossier_app.exchange.eml_writer import as_eml
    from dossier_app.services.importing import OpenedFile, import_files
    from dossier_app.services.mail_importing import mail_file

    texts = (
        "Добрый день! Пришлите, пожалуйста, габариты кромочного станка с подводами.",
        "Марина Сергеевна, во вложении чертёж. Подводы справа, на высоте 1,4 м.",
        "Спасибо, встаёт. По вытяжке спрошу главного инженера и отвечу до пятницы.",
    )
    client = MailAddress("Иванова Марина", "ivanova@romashka.example.ru")
    seller = MailAddress("Ольга Седова", "sedova@example.ru")
    opened = []
    for number, text in enumerate(texts):
        at = datetime.fromisoformat("2026-11-25T08:40:00+03:00") - timedelta(days=4 - 2 * number)
        subject = "Re: " * bool(number) + "Габариты кромочного станка"
        parties = (client, seller) if number % 2 == 0 else (seller, client)
        answers = [f"<{before}@example.ru>" for before in range(number)]
        mail = Mail(
            message_id=f"<{number}@example.ru>", at=at, sender=parties[0], to=[parties[1]],
            subject=subject, text=text, references=answers,
        )  # fmt: skip
        name = f"{number}.eml"
        opened.append(OpenedFile(name, None, mail=mail_file(name, as_eml(mail))))
    desk.act(lambda: import_files(opened, into=uid)[1])


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


def handover_scenes() -> Iterator[tuple[str, Callable]]:
    """Planning an absence, the packages, and what is with colleagues. They hand dossiers
    over: the very last."""
    from dataclasses import replace

    from PySide6.QtWidgets import QDialog

    names = ("Петрова Анна", "Орлов Илья")

    def plan(first=TODAY + timedelta(days=1), last=TODAY + timedelta(days=20)):
        def show(window):
            desk = window.desk
            desk.save_settings(replace(desk.settings, contacts=[30] * 7))
            window.actions_.plan_absence()
            settle()
            dialog = window.findChild(QDialog)
            dialog.days.show_absence(None)
            dialog.days.first.pick(first)
            dialog.days.last.pick(last)
            dialog.days.reason.setText("отпуск")
            dialog.read()
            return dialog

        return show

    def shared(window):
        """Two colleagues, and a few lines that nobody has."""
        dialog = plan()(window)
        uids = [entry.uid for entry in dialog.rows.entries.rows]
        for number, uid in enumerate(uids[:-4]):
            dialog._draft.give([uid], names[number % 3 == 0])
        dialog._draft.give(uids[-1:], "")
        dialog.read()
        dialog.rows.choose(2)
        return dialog

    def one_share(window):
        shared(window).look_at(names[0])

    def packages(window):
        shared(window).press_primary()

    def made(window):
        packages(window)
        settle()
        from dossier_app.ui.handover.seal_dialog import SealDialog

        dialog = window.findChild(SealDialog)
        with tempfile.TemporaryDirectory() as folder:
            dialog.lie_in(folder)
            dialog.press_primary()
            settle(6000)  # a passphrase takes a second each

    def handovers(window):
        """One of each: running, late, taken over, ended."""
        from dossier_app.domain import clock
        from dossier_app.domain.handover.records import Direction, Handover, State
        from dossier_app.services.dossiers import load_dossier
        from dossier_app.services.searching import find
        from dossier_app.storage import handovers as store
        from dossier_app.storage import journal

        taken = [load_dossier(found.uid) for found in find("Иванова")]
        with journal.action("hand_over", clock.stamp()):
            for direction, name, first, days, state, merged in (
                (Direction.GIVEN, "Белова Ирина", -160, 13, State.ENDED, 2),
                (Direction.GIVEN, "Седых Константин Львович", -16, 13, State.OPEN, 1),
                (Direction.TAKEN, "Громов Илья", -3, 13, State.OPEN, 0),
            ):
                begins = TODAY + timedelta(days=first)
                ends = begins + timedelta(days=days)
                handover = Handover(direction, name, "", begins, ends, merged=merged, state=state)
                store.insert(handover, taken if direction is Direction.TAKEN else [])
        window.actions_.handovers()

    def prolong(window):
        from dossier_app.services.handover import ending
        from dossier_app.ui.handover.handovers_dialog import HandoversDialog

        window.actions_.handovers()
        settle()
        dialog = window.findChild(HandoversDialog)
        dialog.choose(next(one.uid for one in ending.all_handovers() if one.merged == 1))
        dialog.prolong()

    def keys(window):
        from dossier_app.ui.handover.keys_dialog import KeysDialog

        KeysDialog(window, window.desk).open()

    yield "handovers-empty", lambda window: window.actions_.handovers()
    yield "absence-new", lambda window: window.actions_.plan_absence()
    yield "absence-nothing", plan(date(2027, 8, 2), date(2027, 8, 6))
    yield "absence", shared
    yield "absence-share", one_share
    yield "absence-packages", packages
    yield "absence-made", made
    yield "handovers", handovers
    yield "handover-prolong", prolong
    yield "handover-keys", keys


def windows(data: Path) -> Iterator[tuple[str, Callable]]:
    """Name and maker of the windows that come before the binder."""
    from dossier_app.storage.folder import DataFolder
    from dossier_app.ui.welcome import RefusedWindow, UnlockWindow, WelcomeWindow

    folder = DataFolder(data)
    yield "welcome", lambda: WelcomeWindow(folder)
    yield "unlock", lambda: UnlockWindow(folder)
    yield "refused", lambda: RefusedWindow("The binder is open in another window.", folder)


if __name__ == "__main__":
    main()
