"""The sample binder: invented clients to look at and to try things on."""

from __future__ import annotations

from dossier_app.assets import asset
from dossier_app.domain import clock
from dossier_app.domain.errors import Refusal
from dossier_app.domain.language import tr
from dossier_app.domain.sample import generated_dossiers, sample_dossiers
from dossier_app.services.calendar import working_calendar
from dossier_app.services.settings import load as load_settings
from dossier_app.storage import dossiers, journal

BATCH = 2_000


def fill_with_sample(clients: int | None = None) -> int:
    """Fill an empty binder with the sample clients; returns how many.

    With ``clients`` above the number of the written ones, generated ones are added.
    Raises Refusal when there are dossiers already.
    """
    if dossiers.count():
        raise Refusal(tr("The binder is not empty, so the sample was not added."))
    today = clock.today()
    calendar = working_calendar(load_settings())
    texts = [
        path.read_text(encoding="utf-8")
        for path in sorted(asset("resources", "sample").glob("*.toml"))
    ]
    written = sample_dossiers(texts, today, calendar.is_working, journal.author())
    if clients is not None:
        written = written[:clients]
    with journal.action("sample", clock.stamp()):
        total = dossiers.insert(written)
        more = generated_dossiers(max(0, (clients or 0) - total), today, calendar.is_working)
        total += dossiers.insert(more)
    return total
