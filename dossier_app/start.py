"""What window and command line share at the start: options, data folder, language."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path

from dossier_app.assets import asset
from dossier_app.domain import clock
from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import (
    LANGUAGES,
    current_language,
    set_catalogues,
    tr,
    use_language,
)
from dossier_app.storage.folder import DataFolder, write_whole

APP_FOLDER = "Dossier"


@dataclass
class Preferences:
    """What must be known before the binder is opened; holds nothing about clients."""

    language: str = ""  # empty: that of the system
    theme: str = "system"  # "system", "light" or "dark"

    @classmethod
    def load(cls, folder: DataFolder) -> Preferences:
        """The stored preferences; a file that cannot be read counts as none."""
        try:
            stored = json.loads(folder.preferences.read_bytes())
            known = {item.name for item in fields(cls)}
            return cls(**{key: str(value) for key, value in stored.items() if key in known})
        except (OSError, ValueError, AttributeError, TypeError):
            return cls()

    def save(self, folder: DataFolder) -> None:
        folder.make()
        write_whole(folder.preferences, json.dumps(asdict(self), indent=1).encode())


def data_folder(path: str | None) -> DataFolder:
    """The folder named, or this user's usual one."""
    if path:
        return DataFolder(Path(path).expanduser().absolute())
    import platformdirs

    return DataFolder(Path(platformdirs.user_data_dir(APP_FOLDER, appauthor=False)))


def start_language(chosen: str | None, preferences: Preferences) -> str:
    """Set the program's language: as chosen, else as preferred, else the system's."""
    set_catalogues(asset("resources", "translations"))
    preferred = preferences.language if preferences.language in LANGUAGES else ""
    use_language(preferred or _system_language())
    if chosen and chosen not in LANGUAGES:
        raise Refusal(tr("The language is ru or en, not {text}.", text=chosen))
    if chosen:
        use_language(chosen)
    return current_language()


def start_clock(text: str | None) -> None:
    """Let today be the ISO date ``text``, when one is given."""
    if not text:
        return
    try:
        clock.set_today(date.fromisoformat(text))
    except ValueError as error:
        raise Refusal(tr("“{text}” is not a date like 2026-11-25.", text=text)) from error


def read_passphrase(path: str | None) -> str | None:
    """The passphrase in a file (without its line end), or in DOSSIER_PASSPHRASE."""
    if path is None:
        return os.environ.get("DOSSIER_PASSPHRASE")
    try:
        # Editors on Windows may put a mark before the text.
        return Path(path).read_text(encoding="utf-8-sig").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal(tr("The passphrase file {file} cannot be read.", file=path)) from error


def _system_language() -> str:
    import locale

    spoken = os.environ.get("LC_ALL") or os.environ.get("LANG") or locale.getlocale()[0] or ""
    return "ru" if spoken.lower().startswith(("ru", "russian", "be", "uk", "kk")) else "en"
