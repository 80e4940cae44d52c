"""Every screen and dialog as a picture, from the sample binder.

``python tools/shots.py FOLDER [--only WORD] [--variant V]`` writes ``FOLDER/<variant>/
<scene>.png`` at three sizes of the window; a variant is language-theme-scale. The scenes are
in ``tools/scenes``. A scale needs a process of its own, so the script starts itself for each.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from scenes.stage import Scene

    from dossier_app.services.session import Session

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
    for variant in map("-".join, product(("ru", "en"), ("light", "dark"), ("100", "150"))):
        command = [sys.executable, __file__, str(options.folder), "--variant", variant]
        subprocess.run([*command, "--only", options.only], check=True)
        print(options.folder / variant)


def draw(folder: Path, language: str, theme: str, scale: str, only: str) -> None:
    """Draw the scenes in one language, theme and scale (percent)."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QT_SCALE_FACTOR"] = str(int(scale) / 100)  # read when Qt begins
    from PySide6.QtWidgets import QApplication
    from scenes import all_scenes
    from scenes.binders import on_stage
    from scenes.program import windows
    from scenes.stage import Scene, settle

    from dossier_app.start import Preferences, start_language
    from dossier_app.ui.theme import apply_theme

    application = QApplication([])
    start_language(language, Preferences())
    apply_theme(application, theme == "dark")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data:
        for scene in all_scenes():
            for suffix in sizes_of(scene.name) if only in scene.name else ():
                with on_stage(scene, Path(data)) as session:
                    shoot(folder / f"{scene.name}{suffix}.png", scene, session, suffix)
        with on_stage(Scene("start", settle), Path(data)) as session:
            for name, make in windows(session):
                if only in name:
                    window = make()
                    window.show()
                    settle()
                    window.grab().save(str(folder / f"{name}.png"))
                    window.close()


def sizes_of(name: str) -> list[str]:
    """Everything fits a small window; a large one changes only what fills it."""
    return list(SIZES) if name.startswith(("window", "panel")) else ["", "-small"]


def shoot(path: Path, scene: Scene, session: Session, size: str) -> None:
    """Draw the main window in the state of the scene, with its dialogs and menus."""
    from PySide6.QtWidgets import QDialog
    from scenes.stage import settle

    from dossier_app.ui.desk import Desk
    from dossier_app.ui.main_window import MainWindow

    desk = Desk(session)
    window = MainWindow(desk)
    window.resize(*SIZES[size])
    window.show()
    settle()
    scene.act(window)
    settle(200)  # what was just opened lays itself out in several steps
    picture_of(window, path)
    for dialog in window.findChildren(QDialog):
        dialog.done(0)
    window.close()
    settle()
    desk.is_open = False
    desk._timer.stop()
    window.deleteLater()
    settle()


def picture_of(window: QWidget, path: Path) -> None:
    """Save what the screen would show of the window and of what stands before it."""
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QDialog, QMenu

    picture = window.grab()
    painter = QPainter(picture)
    for kind in (QDialog, QMenu):
        for shown in window.findChildren(kind):
            if shown.isVisible():
                spot = shown.mapToGlobal(QPoint()) - window.mapToGlobal(QPoint())
                painter.drawPixmap(spot, shown.grab())
    painter.end()
    picture.save(str(path))


if __name__ == "__main__":
    main()
