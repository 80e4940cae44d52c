"""Search as one types, letter by letter, over 100,000 dossiers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle

import pytest

from dossier_app.services.searching import find
from dossier_app.services.session import open_session
from dossier_app.storage.connection import database

from .conftest import TODAY, p95

# Names, a company, phones, an e-mail, a town, a word that most histories have, and two words.
TYPED = (
    "ибрагимова",
    "яковлев ян",
    "ооо свет",
    "9000000",
    "client77",
    "тверь",
    "просил",
    "оле мар",
)
LIMIT = 50  # ms


@pytest.fixture
def _open_binder(prepared) -> Iterator[None]:
    from dossier_app.domain import clock

    clock.set_today(TODAY)
    session = open_session(prepared(100_000), writing=False)
    yield
    session.close()


@pytest.mark.usefixtures("_open_binder")
def test_search_as_one_types(in_turns, report) -> None:
    texts = [text[: end + 1] for text in TYPED for end in range(len(text)) if text[end] != " "]
    ours, bare = cycle(texts), cycle(texts)

    def query() -> None:
        match = " AND ".join(f'"{word}"*' for word in next(bare).split())
        database.execute_sql(
            "SELECT rowid FROM search_index WHERE search_index MATCH ? ORDER BY rank LIMIT 20",
            (match,),
        ).fetchall()

    times, beside = in_turns(lambda: find(next(ours)), query, rounds=4 * len(texts))
    report.compare("search as one types, 100,000: p95 / bare FTS5", p95(times), p95(beside), 1.3)
    report.limit("search as one types, 100,000: p95", p95(times) * 1000, LIMIT, "ms")
