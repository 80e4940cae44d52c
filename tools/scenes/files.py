"""Import, export, backups."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import Workbook

from dossier_app.services import backing_up
from dossier_app.services.exporting import ExportKind
from dossier_app.ui.dialogs.export_dialog import ExportDialog
from dossier_app.ui.dialogs.import_dialog import ImportDialog
from dossier_app.ui.main_window import MainWindow
from scenes.stage import Act, Scene, acting, child, settle

_TABLE = (
    ("Фамилия", "Имя", "Организация", "Должность", "Телефон", "Почта", "Дата рождения", "Код"),
    ("Тихонов", "Павел", "ООО «Кедр»", "снабженец", "8 916 200-10-20", "p@example.ru", "3.02", 7),
    ("Иванова", "Марина", "ООО «Ромашка»", "", "+7 926 000-45-67", "", "", 9),
    ("Жукова", "Нина", "ИП Жукова", "владелец", "+7 903 15", "не знаю", "31.02.1980", 12),
    ("", "", "ООО «Пустой дом»", "", "", "", "", 14),
    ("Орлов", "Степан", "Завод «Луч»", "главный инженер", "+7 495 300-30-30", "", "1975", ""),
)


def scenes() -> Iterator[Scene]:
    yield Scene("import", _import())
    yield Scene("import-columns", _import(columns=True))
    yield Scene("import-done", _import(written=True))
    yield Scene("export", acting("export"))
    yield Scene("export-person", _export_person)
    yield Scene("backups", _backups)
    yield Scene("backups-none", acting("backups", client=False))


def _import(*, columns: bool = False, written: bool = False) -> Act:
    """The preview of a workbook."""

    def act(window: MainWindow) -> None:
        book = Workbook()
        for row in _TABLE:
            book.active.append(row)
        with TemporaryDirectory() as folder:
            path = Path(folder) / "Клиенты с выставки.xlsx"
            book.save(path)
            window.actions_.import_files([path])
            settle(1500)  # read by a worker
        dialog = child(window, ImportDialog)
        if columns:
            dialog.sides.choose("columns")
            dialog.sides.chosen.emit("columns")
        if written:
            dialog.primary_button.click()
            settle(300)

    return act


def _export_person(window: MainWindow) -> None:
    acting("export")(window)
    child(window, ExportDialog).kinds[ExportKind.PERSON].click()


def _backups(window: MainWindow) -> None:
    session = window.desk.session
    backing_up.back_up(session.folder, bytes(session.key))
    window.actions_.backups()
    settle(300)
