"""``print handover``, ``print handover-report`` and the parts of a printed dossier."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from dossier_app.cli import run_command

Run = Callable[..., Any]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command: its JSON, or the sentence of a refusal."""

    def command(*arguments: object, status: int = 0) -> Any:
        options = ["--data-dir", str(tmp_path / "data"), "--lang", "en", "--today", "2026-11-25"]
        capsys.readouterr()
        told = run_command([*options, *map(str, arguments), "--json"])
        out, err = capsys.readouterr()
        assert told == status, err
        return json.loads(out) if out else err.strip()

    return command


def text_of(path: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


def test_papers_of_a_handover(run: Run, tmp_path: Path) -> None:
    words, pdf = tmp_path / "words", tmp_path / "pack.pdf"
    words.write_text("five words nobody will guess", encoding="utf-8")
    run("demo", "--clients", 10)
    made = run(
        "handover", "create", "--to", "Петрова", "--from", "2026-11-26", "--until", "2026-12-09",
        "--handover-passphrase-file", words, "-o", tmp_path / "given.dossier",
    )  # fmt: skip
    told = run("print", "handover", made["handover"][:8], "-o", pdf)
    assert told["pages"] == len(PdfReader(pdf).pages) > len(made["dossiers"])
    assert "→ Петрова, 26 November – 9 December 2026" in text_of(pdf)
    run("print", "handover-report", made["handover"], "-o", pdf)
    assert "Nothing has come back yet." in text_of(pdf)

    for kind in ("handover", "handover-report"):
        refused = run("print", kind, made["handover"], "--private", "-o", pdf, status=1)
        assert "do not go along" in refused
        assert "Which handover?" in run("print", kind, "-o", pdf, status=1)


def test_parts_of_a_dossier(run: Run, tmp_path: Path) -> None:
    pdf = tmp_path / "dossier.pdf"
    uid = run("new", "--name", "Antonova Anna", "--next", "tomorrow")["uid"]
    run("log", uid, "--channel", "call", "--text", "They think about it")
    for options, expected in (
        ([], True),
        (["--parts", "people,forms"], False),
        (["--parts", "history", "--last-contacts", "1"], True),
    ):
        run("print", "dossier", uid, "-o", pdf, *options)
        assert ("They think about it" in text_of(pdf)) is expected
    refused = run("print", "dossier", uid, "-o", pdf, "--parts", "people,secrets", status=1)
    assert "“secrets” is not one of: promises, people" in refused
