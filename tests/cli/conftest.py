"""Runs commands as a script would, inside this process."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from dossier_app.cli import run_command
from dossier_app.storage.folder import DataFolder

Json = Any
Run = Callable[..., Any]


class Cli:
    """Runs commands inside this process on one data folder."""

    def __init__(self, folder: DataFolder, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys = folder, capsys
        self.options = ["--data-dir", str(folder.path), "--lang", "en", "--today", "2026-11-25"]

    def __call__(self, *arguments: object, status: int = 0) -> Json:
        """The one JSON value on stdout; None when there was nothing."""
        out, _ = self.texts(*arguments, "--json", status=status)
        return json.loads(out) if out else None

    def texts(self, *arguments: object, status: int | None = 0) -> tuple[str, str]:
        """What stood on stdout and on stderr; ``status`` None is any but a fault."""
        self._capsys.readouterr()
        told = run_command([*self.options, *map(str, arguments)])
        out, err = self._capsys.readouterr()
        assert told == status or (status is None and told in (0, 1)), err
        return out, err

    def refuses(self, *arguments: object) -> str:
        """The one sentence with which a command is refused."""
        out, err = self.texts(*arguments, "--json", status=1)
        assert out == ""
        assert err.count("\n") == 1
        return err.strip()


@pytest.fixture
def cli(folder: DataFolder, capsys: pytest.CaptureFixture[str]) -> Cli:
    return Cli(folder, capsys)


@pytest.fixture
def anna(cli: Cli) -> str:
    """uid of a dossier under 1 December."""
    options = ["--phone", "8 495 000-00-01", "--email", "anna@example.ru", "--next", "2026-12-01"]
    new = cli("new", "--name", "Ромашкина Анна", "--company", "ООО «Ромашка»", *options)
    return str(new["uid"])


@pytest.fixture
def run(cli: Cli) -> Run:
    """Runs a command: its JSON, or the sentence of a refusal when ``status`` is 1."""

    def command(*arguments: object, status: int = 0) -> Any:
        return cli.refuses(*arguments) if status == 1 else cli(*arguments, status=status)

    return command
