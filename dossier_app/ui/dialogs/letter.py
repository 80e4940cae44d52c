"""The letter after a meeting: drafted from what was agreed, then the rep's own words."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from dossier_app.domain.datewords import short_day
from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import current_language, tr
from dossier_app.domain.letters import Letter
from dossier_app.domain.records import HistoryEntry
from dossier_app.services import letters as service
from dossier_app.ui.desk import Desk
from dossier_app.ui.dialogs.base import MARGIN, PaperDialog
from dossier_app.ui.dialogs.drafts import drafts_of
from dossier_app.ui.dialogs.files import ask_where, write_whole
from dossier_app.ui.dialogs.labelled import Closing, labelled
from dossier_app.ui.theme import scale
from dossier_app.ui.widgets import Button, Look, Segments

_SIZE = (780, 680)
_COPY_KEYS, _MAIL_KEYS, _SAVE_KEYS = "Ctrl+Shift+C", "Ctrl+M", "Ctrl+S"


class LetterDialog(PaperDialog):
    """A letter about one contact of a dossier, in either language.

    Copying, mailing and saving leave it open; filing it in the history closes it. What was
    written and not filed waits while the binder is open.
    """

    def __init__(self, window: QWidget, desk: Desk, uid: str, entry: HistoryEntry) -> None:
        super().__init__(window, tr("Letter"), width=_SIZE[0])
        self.setFixedHeight(min(_SIZE[1], self.ground.height() - MARGIN))
        self._desk, self._uid, self._entry = desk, uid, entry
        # What was written in each language, also in the one that is not shown.
        self._written = drafts_of(desk).letters.pop(entry.uid, {})
        self._addressee = ""
        self.language = Segments([("ru", "Русский"), ("en", "English")], name=tr("Language"))
        self.language.choose(current_language())
        self.to, self.subject = QLineEdit(), QLineEdit()
        self.body_text = QPlainTextEdit()
        self.body_text.setTabChangesFocus(True)
        self.closing = Closing(1)
        self._lay_out()
        self._make_buttons()
        self.language.chosen.connect(self._turn)
        self._show()
        self.body_text.setFocus()

    @property
    def letter(self) -> Letter:
        """The letter as it stands."""
        return Letter(
            to=self.to.text().strip(),
            addressee=self._addressee,
            subject=self.subject.text().strip(),
            body=self.body_text.toPlainText(),
        )

    # --- what is done with it

    def copy(self) -> None:
        """Put the text on the clipboard."""
        QGuiApplication.clipboard().setText(self.letter.body)
        self.closing.say(tr("The text was copied."))

    def mail(self) -> None:
        """Open it in the mail program. A long text goes over the clipboard."""
        link, whole = service.mail_link(self.letter)
        if not whole:
            QGuiApplication.clipboard().setText(self.letter.body)
        opened = QDesktopServices.openUrl(QUrl.fromEncoded(link.encode("ascii")))
        if not opened:
            self.copy()
            self.closing.say(
                "", obstacle=tr("No mail program answers. The text was copied; paste it there.")
            )
        elif whole:
            self.closing.say(tr("The letter is in your mail program now. File it when it is sent."))
        else:
            self.closing.say(
                tr("The letter is too long to be handed over whole: its text was copied. Paste "
                   "it into the mail that has opened.")
            )  # fmt: skip

    def ask_file(self) -> None:
        """Ask where the PDF file shall lie."""
        day = short_day(self._entry.at.date(), self._desk.today)
        name = tr("Letter, {day}", day=day) + ".pdf"
        ask_where(self, tr("Save as PDF"), tr("PDF files (*.pdf)"), name, self.save)

    def save(self, path: str) -> None:
        """Write the letter as a PDF file."""
        printed = service.print_letter(self.letter, str(self.language.value))
        problem = write_whole(path, printed.data)
        self.show_problem(problem)
        if not problem:
            self.closing.say(tr("The letter was saved."))

    def submit(self) -> bool:
        if not self.letter.body.strip():
            self.show_problem(tr("The letter has no text."))
            return False
        action = partial(service.file_letter, self._uid, self.letter, self._entry.person_uid)
        said = tr("The letter is in the history.")
        return self._desk.act(action, initiator=self, said=said) is not None

    def reject(self) -> None:
        self._keep(str(self.language.value))
        if self._written:
            drafts_of(self._desk).letters[self._entry.uid] = self._written
        super().reject()

    # --- the two languages

    def _turn(self, language: object) -> None:
        self._keep("en" if language == "ru" else "ru")
        self._show()

    def _keep(self, language: str) -> None:
        """Remember what was written in ``language``, if it is not what was drafted."""
        drafted = self._drafted(language)
        if drafted is not None and self.letter != drafted:
            self._written[language] = self.letter
        else:
            self._written.pop(language, None)

    def _show(self) -> None:
        language = str(self.language.value)
        letter = self._written.get(language) or self._drafted(language)
        if letter is None:
            return
        self._addressee = letter.addressee
        self.to.setText(letter.to)
        self.subject.setText(letter.subject)
        self.body_text.setPlainText(letter.body)
        for line in (self.to, self.subject):
            line.setCursorPosition(0)

    def _drafted(self, language: str) -> Letter | None:
        try:
            letter = service.letter_about(self._uid, self._entry.uid, language)
        except Refusal as refusal:
            self.show_problem(str(refusal))
            return None
        return replace(letter, to=letter.to.strip(), subject=letter.subject.strip())

    # --- putting it together

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(4 * scale().grid)
        head.addLayout(labelled(tr("Recipient"), self.to), 1)
        language = labelled(tr("Language"), self.language)
        language.addStretch(1)  # its label stands beside that of the recipient
        head.addLayout(language)
        self.body.addLayout(head)
        self.body.addLayout(labelled(tr("Subject"), self.subject))
        self.body.addLayout(labelled(tr("Text"), self.body_text), 1)
        self.body.addWidget(self.closing)
        self.closing.say(
            tr("What was agreed, what is promised, what comes next. Private things are not in it.")
        )

    def _make_buttons(self) -> None:
        self.add_buttons(tr("File in the history"), cancel=tr("Close"))
        for place, (text, icon, keys, action) in enumerate(
            (
                (tr("Copy"), "copy", _COPY_KEYS, self.copy),
                (tr("E-mail"), "mail", _MAIL_KEYS, self.mail),
                (tr("Save as PDF…"), "", _SAVE_KEYS, self.ask_file),
            )
        ):
            button = Button(text, Look.SECONDARY, icon=icon)
            button.setToolTip(QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText))
            button.clicked.connect(action)
            QShortcut(QKeySequence(keys), self, action)
            self.footer.insertWidget(place, button)
