"""``print dossier --append``."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

from dossier_app.cli import run_command
from dossier_app.storage.folder import DataFolder

Run = Callable[..., Any]


@pytest.fixture
def run(folder: DataFolder, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command on 25 November 2026: its JSON, or the sentence of a refusal."""

    def command(*arguments: object, status: int = 0) -> Any:
        options = ["--data-dir", str(folder.path), "--lang", "en", "--today", "2026-11-25"]
        capsys.readouterr()
        told = run_command([*options, *map(str, arguments), "--json"])
        out, err = capsys.readouterr()
        assert told == status, err
        return err.strip() if status else json.loads(out)

    return command


def test_documents_are_printed_behind_the_dossier(run: Run, tmp_path: Path) -> None:
    uid = run("new", "--name", "Ромашкина Анна")["uid"]
    paths = [tmp_path / "offer.pdf", tmp_path / "plan.pdf", tmp_path / "note.txt"]
    for path in paths[:2]:
        canvas = Canvas(str(path))
        canvas.drawString(100, 700, f"Text of {path.stem}")
        canvas.save()
    paths[2].write_text("note")
    run("attach", uid, *paths)
    out = tmp_path / "out.pdf"

    def told(*options: object) -> str:
        answer = run("print", "dossier", uid, "-o", out, *options)
        reader = PdfReader(out)
        assert answer == {"file": str(out), "pages": len(reader.pages)}
        return " ".join(page.extract_text() for page in reader.pages)

    assert "Text of" not in told()
    only = told("--append", "plan.pdf")
    assert "Text of plan" in only
    assert "Text of offer" not in only
    both = told("--append-all")
    assert "Text of plan" in both
    assert "Text of offer" in both
    assert "neither a PDF file" in run(
        "print", "dossier", uid, "-o", out, "--append", "note.txt", status=1
    )
    assert "behind one dossier only" in run(
        "print", "brief", uid, "-o", out, "--append-all", status=1
    )
