"""``dossier-app``: without a command it opens the window, alone or with a package in it;
with one it does the job."""

from __future__ import annotations

import sys

from dossier_app.domain.handover import ENDING

# Options that stand before a command and take a value.
_VALUED = ("--data-dir", "--lang", "--today", "--passphrase-file")


def main() -> int:
    """Run the program; returns its exit status."""
    arguments = sys.argv[1:]
    if _wants_window(arguments):
        # The command line's library would cost every start of the window 50 ms.
        from dossier_app.app import run_window

        return run_window(arguments)
    from dossier_app.cli import run_command

    return run_command(arguments)


def _wants_window(arguments: list[str]) -> bool:
    rest = list(arguments)
    while rest:
        option = rest.pop(0)
        name, equals, _ = option.partition("=")
        if name not in _VALUED:
            # A double click names a package; no command is called like that.
            return not rest and option.lower().endswith(ENDING)
        if not equals and rest:
            rest.pop(0)
    return True


if __name__ == "__main__":
    sys.exit(main())
