"""The dossier beside the page: its tabs, its history, its documents."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from dossier_app.domain.mail import Mail, MailAddress
from dossier_app.exchange.eml_writer import as_eml
from dossier_app.services.import_planning import OpenedFile
from dossier_app.services.importing import import_files
from dossier_app.services.mail_importing import mail_file
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.contact import ContactDialog
from dossier_app.ui.dossier.history_list import HistoryList
from dossier_app.ui.dossier.panel import Part
from dossier_app.ui.main_window import MainWindow
from scenes.stage import Act, Scene, child, open_client, settle, uid_of


def scenes() -> Iterator[Scene]:
    yield Scene("panel-card", _tab(Part.CARD))
    yield Scene("panel-history", _tab(Part.HISTORY))
    yield Scene("panel-sheet", _tab(Part.SHEET))
    yield Scene("panel-documents", _tab(Part.DOCUMENTS))
    yield Scene("panel-forms", _tab(Part.FORMS))
    yield Scene("panel-new-promise", _new_promise)
    yield Scene("promise", _promise)
    yield Scene("contact", _contact)
    yield Scene("contact-changed", _contact_changed)
    yield Scene("letter", _letter)
    yield Scene("conversation", _conversation)
    yield Scene("conversation-unfolded", _conversation_unfolded)


def _tab(part: Part) -> Act:
    def act(window: MainWindow) -> None:
        open_client(window)
        window.panel.turn_to(part)
        settle(300)

    return act


def _history(window: MainWindow) -> HistoryList:
    _tab(Part.HISTORY)(window)
    rows = window.panel.history.list
    rows.setFocus()
    rows.setCurrentIndex(rows.entries.index(0))
    return rows


def _new_promise(window: MainWindow) -> None:
    open_client(window)
    duties = window.panel.overview.duties
    duties.open_field()
    duties.field.edit.setText("я, до пт: прислать фото монтажа")


def _promise(window: MainWindow) -> None:
    open_client(window)
    window.panel.overview.duties.rows[0].change_wanted.emit()


def _contact(window: MainWindow) -> None:
    _history(window).change()


def _contact_changed(window: MainWindow) -> None:
    """A contact that said something else before."""
    _contact(window)
    dialog = child(window, ContactDialog)
    dialog.text.setPlainText("Смету с доставкой получила, до конца месяца решит сама.")
    dialog.primary_button.click()
    settle()
    _contact(window)


def _letter(window: MainWindow) -> None:
    _history(window).write_letter()


def _conversation(window: MainWindow) -> None:
    _import_mails(window.desk, uid_of("Иванова Марина"))
    _history(window)


def _conversation_unfolded(window: MainWindow) -> None:
    _conversation(window)
    rows = window.panel.history.list
    rows.entries.unfold(rows.entries.fold_at(0), True)


def _import_mails(desk: Desk, uid: str) -> None:
    """A conversation of three mails, the last of them of today."""
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
        sender, recipient = (client, seller) if number % 2 == 0 else (seller, client)
        mail = Mail(
            message_id=f"<{number}@example.ru>",
            at=at,
            sender=sender,
            to=[recipient],
            subject="Re: " * bool(number) + "Габариты кромочного станка",
            text=text,
            references=[f"<{before}@example.ru>" for before in range(number)],
        )
        name = f"{number}.eml"
        opened.append(OpenedFile(name, None, mail=mail_file(name, as_eml(mail))))
    desk.act(lambda: import_files(opened, into=uid)[1])
