"""Log & re-file, and putting under another date."""

from __future__ import annotations

from collections.abc import Iterator

from dossier_app.ui.dialogs.log import LogDialog
from dossier_app.ui.main_window import MainWindow
from scenes.stage import Scene, acting, child


def scenes() -> Iterator[Scene]:
    yield Scene("log", acting("log_current"))
    yield Scene("log-typed", _typed)
    yield Scene("log-not-reached", acting("not_reached_current"))
    yield Scene("move", acting("move_current"))


def _typed(window: MainWindow) -> None:
    acting("log_current")(window)
    dialog = child(window, LogDialog)
    dialog.text.setPlainText(
        "Смету с доставкой получила, сравнила с прежним поставщиком. Дороже на 4 %, но срок лучше."
    )
    dialog.agreed.setText("Показать монтаж на «Прогрессе»")
    dialog.promise.edit.setText("я, до пт: прислать фото монтажа")
    dialog.step.text.insert("Встреча: поездка на «Прогресс»")
    dialog.when.edit.setText("вт через неделю в 10")
