"""One package before it is sealed, and when it is there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from dossier_app.domain.filenames import disk_name
from dossier_app.domain.handover import ENDING
from dossier_app.domain.handover.passphrase import propose_passphrase
from dossier_app.domain.language import tr
from dossier_app.services.handover.giving import Wish
from dossier_app.services.handover.handing_over import Order, free_path
from dossier_app.services.handover.keys import Colleague
from dossier_app.ui.handover import words
from dossier_app.ui.theme import SEMIBOLD, font, scale
from dossier_app.ui.widgets import Button, ElidedLabel, Label, Look, Segments, caps_label

PHRASE, KEY = "phrase", "key"


class LockChoice(QWidget):
    """By what a package opens: a passphrase that is told by phone, or the colleague's key."""

    def __init__(self, name: str, known: Colleague | None) -> None:
        super().__init__()
        self.how = Segments(
            [(PHRASE, tr("Passphrase")), (KEY, tr("Public key"))], name=tr("How it opens")
        )
        self.phrase = QLineEdit(propose_passphrase())
        self.phrase.setFont(font("body", SEMIBOLD, tabular=True))
        self.phrase.setAccessibleName(tr("Passphrase for {name}", name=name))
        self.copy = CopyButton(self.phrase.text)
        self.another = Button("", Look.QUIET, icon="refresh")
        self.another.setAccessibleName(tr("Another passphrase"))
        self.another.setToolTip(tr("Another passphrase"))
        self.another.clicked.connect(self._propose)
        self.key = QLineEdit(known.age_key if known else "")
        self.key.setCursorPosition(0)
        self.key.setPlaceholderText("age1…")
        self.key.setAccessibleName(tr("Public key of {name}", name=name))
        self._note = Label("", "small", role="muted", wrap=True)
        self._notes = {
            PHRASE: tr("Tell it on the phone; never write it in the mail that carries the file."),
            KEY: tr(
                "The key is known: its fingerprint is {fingerprint}.", fingerprint=known.fingerprint
            )
            if known
            else tr(
                "{name} finds the key under Handovers, Keys; it begins with “age1”. Compare on the "
                "phone what came by mail.",
                name=name,
            ),
        }
        self._fields = QStackedWidget()
        self._fields.addWidget(_row(self.phrase, self.copy, self.another))
        self._fields.addWidget(_row(self.key))
        self._fields.setFixedHeight(32)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scale().grid)
        line = QHBoxLayout()
        line.setSpacing(2 * scale().grid)
        line.addWidget(self.how)
        line.addWidget(self._fields, 1)
        column.addLayout(line)
        column.addWidget(self._note)
        self.how.chosen.connect(self._follow)
        self.how.choose(KEY if known else PHRASE)
        self._follow()

    @property
    def recipient(self) -> str:
        """The public key; empty when a passphrase opens it."""
        return self.key.text().strip() if self.how.value == KEY else ""

    @property
    def passphrase(self) -> str:
        return self.phrase.text() if self.how.value == PHRASE else ""

    @property
    def obstacle(self) -> str:
        if self.how.value == KEY and not self.recipient:
            return tr("Paste the public key, or take a passphrase.")
        return ""

    def _propose(self) -> None:
        self.phrase.setText(propose_passphrase())

    def _follow(self, *_: object) -> None:
        by_key = self.how.value == KEY
        self._fields.setCurrentIndex(int(by_key))
        self._note.setText(self._notes[KEY if by_key else PHRASE])


class PackageBox(QWidget):
    """One colleague: what goes along, the name of the file, and how it opens."""

    def __init__(self, wish: Wish, known: Colleague | None, folder: Path) -> None:
        super().__init__()
        self._wish = wish
        self.lock = LockChoice(wish.colleague, known)
        name = tr("For {name} {day}", name=wish.colleague, day=wish.first_day)
        self._name = disk_name(name)
        self.file = QLineEdit()
        self.file.setAccessibleName(tr("File for {name}", name=wish.colleague))
        self.lie_in(folder)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scale().grid)
        column.addWidget(ElidedLabel(wish.colleague, weight=SEMIBOLD))
        column.addWidget(Label(_what(wish), role="muted", wrap=True))
        column.addSpacing(scale().grid)
        ending = Label(ENDING, role="muted")
        ending.setFixedWidth(56)
        column.addWidget(caps_label(tr("File")))
        column.addWidget(_row(self.file, ending))
        column.addSpacing(scale().grid)
        column.addWidget(caps_label(tr("How it opens")))
        column.addWidget(self.lock)

    def lie_in(self, folder: Path) -> None:
        """Propose a name that is free in ``folder``, unless another one was typed."""
        if self.file.text() in ("", self._name):
            self._name = free_path(folder, self._name).name.removesuffix(ENDING)
            self.file.setText(self._name)

    def order(self, folder: Path) -> Order:
        """The package as it is wanted."""
        name = self.file.text().strip().removesuffix(ENDING)
        path = folder / (disk_name(name + ENDING) if name else "")
        wish = replace(self._wish, recipient=self.lock.recipient)
        return Order(wish, path, self.lock.passphrase)


class MadePackage(QWidget):
    """One package that is there: where, and what opens it."""

    print_wanted = Signal()

    def __init__(self, order: Order) -> None:
        super().__init__()
        name = order.wish.colleague
        self.path = ElidedLabel(str(order.path))
        self.print_button = Button(tr("Print the pack…"), Look.SECONDARY, icon="print")
        self.print_button.setAccessibleName(tr("Print the pack for {name}", name=name))
        self.print_button.clicked.connect(self.print_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scale().grid)
        column.addWidget(_row(ElidedLabel(name, weight=SEMIBOLD), self.print_button))
        column.addWidget(self.path)
        self.copy: CopyButton | None = None
        if order.passphrase:
            said = Label(order.passphrase, weight=SEMIBOLD, selectable=True)
            said.setFont(font("body", SEMIBOLD, tabular=True))
            self.copy = CopyButton(said.text, tr("Copy"))
            column.addWidget(_row(said, self.copy))
            how = tr("Send the file, and tell {name} this passphrase on the phone.", name=name)
        else:
            how = tr("Send the file; it opens with the key of {name} only.", name=name)
        column.addWidget(Label(how, "small", role="muted", wrap=True))


class CopyButton(Button):
    """Copies a text and shows that it did; with ``text`` it says what it is for."""

    def __init__(self, what: Callable[[], str], text: str = "") -> None:
        super().__init__(text, Look.SECONDARY, icon="copy")
        self.setAccessibleName(tr("Copy"))
        self.setToolTip(tr("Copy"))
        self._what = what
        self.clicked.connect(self._copy)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._what())
        self._icon = "check"
        self.setToolTip(tr("Copied"))
        if self.text():
            self.setText(tr("Copied"))
            self.updateGeometry()
        self.update()


def _row(*widgets: QWidget) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(scale().grid)
    for number, widget in enumerate(widgets):
        row.addWidget(widget, int(number == 0))
    return made


def _what(wish: Wish) -> str:
    """How much goes along, and on which terms."""
    return words.joined(
        words.dossier_count(len(wish.uids)) if wish.uids else "",
        words.sheet_count(len(wish.loose)) if wish.loose else "",
        tr("with private facts") if wish.private else tr("without private facts"),
        tr("copies may stay") if wish.may_keep else "",
    )
