"""The one door for messages: what went wrong, and questions before what cannot be undone."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from types import TracebackType

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from dossier_app import __version__
from dossier_app.domain.language import tr
from dossier_app.ui.dialogs.base import PaperDialog
from dossier_app.ui.widgets import Button, Label, Look


class Message(PaperDialog):
    """One sentence and one button."""

    def __init__(self, window: QWidget, title: str, text: str) -> None:
        super().__init__(window, title, width=480)
        self.text = Label(text, wrap=True, selectable=True)
        self.body.addWidget(self.text)
        self.add_buttons(tr("Close"))
        self.cancel_button.hide()


class Question(PaperDialog):
    """A question with a button that does it; `then` is called when it is pressed."""

    def __init__(
        self, window: QWidget, title: str, text: str, yes: str, then: Callable[[], None]
    ) -> None:
        super().__init__(window, title, width=480)
        self.body.addWidget(Label(text, wrap=True))
        self.add_buttons(yes).set_look(Look.DANGER)
        self.accepted.connect(then)


class FaultReport(PaperDialog):
    """A bug: what it means for the data, and a report to copy that names no client."""

    def __init__(self, window: QWidget, report: str) -> None:
        super().__init__(window, tr("Something in the program went wrong"))
        self.body.addWidget(
            Label(
                tr("Your last action was not done and nothing was lost. You can go on. "
                   "Please send this report to the makers of the program; it holds no data "
                   "of your clients."),
                wrap=True,
            )
        )  # fmt: skip
        self.report = QPlainTextEdit(report)
        self.report.setReadOnly(True)
        self.report.setMinimumHeight(200)
        self.body.addWidget(self.report)
        copy = Button(tr("Copy the report"), Look.SECONDARY, icon="copy")
        copy.clicked.connect(self._copy)
        self.footer.addWidget(copy)
        self.add_buttons(tr("Close"))
        self.cancel_button.hide()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report.toPlainText())


def fault_report(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Where in the code it happened. The error's own words may quote a client: left out."""
    places = "".join(traceback.format_tb(trace))
    return f"Dossier {__version__}\n{kind.__name__}\n{places}"


def tell(window: QWidget, title: str, text: str) -> None:
    """Show a message."""
    Message(window, title, text).open()


def ask(window: QWidget, title: str, text: str, yes: str, then: Callable[[], None]) -> None:
    """Ask before something that cannot be taken back."""
    Question(window, title, text, yes, then).open()
