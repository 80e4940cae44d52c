"""The command line: every main job without a window (names and keys are a contract)."""

from __future__ import annotations

import io
import sys

from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import tr


def run_command(arguments: list[str]) -> int:
    """Run one command; returns the exit status: 0 done, 1 refused, 2 wrong usage, 3 in part."""
    from dossier_app.cli import (  # noqa: F401 - importing them registers their commands
        absences,
        documents,
        exchanging,
        forms,
        handover,
        merging,
        planning,
        reading,
        reviewing,
        safety,
        slips,
        writing,
    )
    from dossier_app.cli.base import STATE, app

    rest, STATE.json = _without_json(arguments)
    _ready_stdout(as_json=STATE.json)
    try:
        app(args=rest, prog_name="dossier-app")
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else 1
    except Refusal as refusal:
        return _refused(refusal)
    except UnicodeEncodeError:
        # Bytes of the shell that are no text; the action they were for was rolled back.
        return _refused(tr("A text on the command line is not valid UTF-8; nothing was changed."))
    return 0


def _refused(sentence: object) -> int:
    print(sentence, file=sys.stderr)  # noqa: T201
    return 1


def _ready_stdout(*, as_json: bool) -> None:
    """JSON is UTF-8 on every computer; what another encoding lacks is written as an escape."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        encoding = "utf-8" if as_json else None
        sys.stdout.reconfigure(encoding=encoding, errors="backslashreplace")


def _without_json(arguments: list[str]) -> tuple[list[str], bool]:
    """The arguments without ``--json``, which may stand anywhere; and whether it stood."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    rest = [item for item in arguments[:end] if item != "--json"]
    return rest + arguments[end:], len(rest) < end
