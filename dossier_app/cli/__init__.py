"""The command line: every main job without a window (names and keys are a contract)."""

from __future__ import annotations

import sys

from dossier_app.domain.errors import Refusal


def run_command(arguments: list[str]) -> int:
    """Run one command; returns the exit status: 0 done, 1 refused, 2 wrong usage, 3 in part."""
    from dossier_app.cli import exchanging, reading, writing
    from dossier_app.cli.base import STATE, app

    assert all((exchanging, reading, writing))  # importing them registers their commands
    rest, STATE.json = _without_json(arguments)
    try:
        app(args=rest, prog_name="dossier-app")
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else 1
    except Refusal as refusal:
        print(refusal, file=sys.stderr)  # noqa: T201
        return 1
    return 0


def _without_json(arguments: list[str]) -> tuple[list[str], bool]:
    """The arguments without ``--json``, which may stand anywhere; and whether it stood."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    rest = [item for item in arguments[:end] if item != "--json"]
    return rest + arguments[end:], len(rest) < end
