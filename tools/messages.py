"""Keeps the message catalogue: ``update`` collects and compiles, ``check`` compares.

Messages are the English texts in ``tr``, ``ntr`` and ``mark`` calls. The Russian ones
are edited by hand in ``resources/translations/ru.po``.
"""

from __future__ import annotations

import ast
import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "translations"
FIRST_DAY = datetime(2026, 1, 1, tzinfo=UTC)
KEYWORDS = {"tr": None, "mark": None, "ntr": (1, 2)}


def collected() -> Catalog:
    """The messages of the code as an empty catalogue."""
    template = Catalog(locale="ru")
    found = extract_from_dir(
        ROOT / "dossier_app", keywords=KEYWORDS, method_map=[("**.py", "python")]
    )
    for file, _line, message, _comments, context in found:
        template.add(message, locations=[(f"dossier_app/{file}", None)], context=context)
    return template


def stored() -> Catalog:
    """The catalogue in the tree."""
    with (FOLDER / "ru.po").open("rb") as file:
        return read_po(file, locale="ru")


def compiled(catalogue: Catalog) -> bytes:
    """The catalogue as gettext reads it at run time."""
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def update() -> None:
    """Bring new messages into ``ru.po``, drop those that are gone, compile ``ru.mo``."""
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / "ru.po"
    catalogue = stored() if path.exists() else Catalog(locale="ru")
    catalogue.update(collected(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    # The same messages give the same files: no dates, no tool versions.
    catalogue.header_comment = "# Russian texts of the program, edited by hand."
    catalogue.project, catalogue.version = "dossier-app", ""
    catalogue.creation_date = catalogue.revision_date = FIRST_DAY
    catalogue.fuzzy = False
    with path.open("wb") as file:
        write_po(file, catalogue, width=100, sort_output=True, omit_header=False)
    (FOLDER / "ru.mo").write_bytes(compiled(catalogue))
    print(*problems(), sep="\n")


def hidden() -> list[str]:
    """Messages inside f-strings, which the collector does not see."""
    return [
        f"inside an f-string: {path.relative_to(ROOT)}:{node.lineno}"
        for path in sorted((ROOT / "dossier_app").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.JoinedStr) and any(map(_is_message, ast.walk(node)))
    ]


def _is_message(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in KEYWORDS
        and bool(node.args)
        and isinstance(node.args[0], ast.Constant)
    )


def problems() -> list[str]:
    """What is missing in the catalogue, or is not as the code has it."""
    catalogue, code = stored(), collected()
    have = {message.id for message in catalogue if message.id}
    want = {message.id for message in code if message.id}
    found = hidden()
    found += [f"not in ru.po: {item!r}" for item in want - have]
    found += [f"in ru.po, but not in the code: {item!r}" for item in have - want]
    for message in catalogue:
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.id and not all(texts):
            found.append(f"not translated: {message.id!r}")
        if message.fuzzy:
            found.append(f"marked as fuzzy: {message.id!r}")
    if (FOLDER / "ru.mo").read_bytes() != compiled(catalogue):
        found.append("ru.mo is not compiled from ru.po: run `make messages`")
    return found


if __name__ == "__main__":
    if sys.argv[1:] == ["update"]:
        update()
    else:
        found = problems()
        print(*found, sep="\n")
        sys.exit(bool(found))
