"""Composition root of the window: options, folder, language, Qt."""

from __future__ import annotations

import argparse
import gc
import sys
from pathlib import Path

from dossier_app.domain.errors import Refusal


def run_window(arguments: list[str]) -> int:
    """Open the window; returns the exit status of the process."""
    gc.disable()  # what the start makes stays; looking for garbage in it costs 20 ms
    options = _options(arguments)
    # Before Qt: its import hook reads the source of every module that comes after it.
    import dossier_app.services.binder
    import dossier_app.services.session  # noqa: F401
    from dossier_app.start import (
        Preferences,
        data_folder,
        read_passphrase,
        start_clock,
        start_language,
    )

    folder = data_folder(options.data_dir)
    preferences = Preferences.load(folder)
    try:
        start_language(options.lang, preferences)
        start_clock(options.today)
        passphrase = read_passphrase(options.passphrase_file)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)  # noqa: T201
        return 1
    from PySide6.QtGui import QGuiApplication

    from dossier_app.ui.program import Program

    QGuiApplication.setDesktopFileName("dossier-app")
    qt = Program(["dossier-app"])
    qt.setApplicationName("Dossier")
    from dossier_app.ui.application import Application

    application = Application(folder, preferences, passphrase, options.package)
    application.start()
    gc.freeze()
    gc.enable()
    return qt.exec()


def _options(arguments: list[str]) -> argparse.Namespace:
    """The global options, which `dossier_app.cli.base` documents, and a package to open."""
    parser = argparse.ArgumentParser(prog="dossier-app", allow_abbrev=False)
    for name in ("--data-dir", "--lang", "--today", "--passphrase-file"):
        parser.add_argument(name)
    parser.add_argument("package", nargs="?", type=Path)
    return parser.parse_args(arguments)
