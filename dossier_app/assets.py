"""Files that travel with the program: `resources/` and `forms/`."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path


def asset(*parts: str) -> Path:
    """Path of a shipped file or folder, such as ``asset("resources", "theme.toml")``.

    The first part is ``resources`` or ``forms``. They lie beside the package in a
    checkout, in ``dossier_app/_data`` in a wheel, and in the unpacked folder of a frozen
    program. Whether the file exists is the caller's business.
    """
    return _root().joinpath(*parts)


@cache
def _root() -> Path:
    package = Path(__file__).resolve().parent
    frozen = getattr(sys, "_MEIPASS", None)
    places = [Path(frozen)] if frozen else [package / "_data", package.parent]
    for place in places:
        if (place / "resources").is_dir():
            return place
    raise FileNotFoundError(f"resources are missing from {places[-1]}")
