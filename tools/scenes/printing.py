"""What is seen before it is printed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from reportlab.pdfgen.canvas import Canvas

from dossier_app.services import documents
from dossier_app.ui.dialogs.print_dialog import PrintDialog
from dossier_app.ui.dialogs.print_more import MorePrint, PrintMoreDialog
from dossier_app.ui.main_window import MainWindow
from scenes.stage import Scene, acting, child, open_client, settle

_DRAWN = 1500  # milliseconds in which a worker draws the preview


def scenes() -> Iterator[Scene]:
    yield Scene("print", acting("print_current", wait=_DRAWN))
    yield Scene("print-documents", _documents)
    yield Scene("print-day", acting("print_day", wait=_DRAWN))
    yield Scene("print-day-whole", _whole_pack)
    yield Scene("print-more", acting("print_more", wait=_DRAWN))
    yield Scene("print-binder", _binder)


def _documents(window: MainWindow) -> None:
    """A dossier with a document behind it."""
    open_client(window)
    with TemporaryDirectory() as folder:
        for name in ("Предложение № 12.pdf", "Протокол встречи на площадке, 2-я ред.pdf"):
            path = Path(folder) / name
            canvas = Canvas(str(path))
            for height in range(700, 300, -16):
                canvas.line(80, height, 500, height)
            canvas.save()
            documents.add_files(window.page.sheet.uid, [path])
    window.actions_.print_current()
    dialog = child(window, PrintDialog)
    dialog.whole.click()
    next(iter(dialog.documents.boxes.values())).click()
    settle(2500)
    bar = dialog.preview.pages.verticalScrollBar()
    bar.setValue(round(0.83 * bar.maximum()))  # the head of its page


def _whole_pack(window: MainWindow) -> None:
    window.actions_.print_day()
    child(window, PrintDialog).whole_pack.click()
    settle(2500)


def _binder(window: MainWindow) -> None:
    window.actions_.print_more()
    child(window, PrintMoreDialog).kinds[MorePrint.BINDER].click()
    settle(900)
