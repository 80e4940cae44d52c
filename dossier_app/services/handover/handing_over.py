"""Handing over to several colleagues at once: all packages are sealed, then one action."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from dossier_app.domain import clock
from dossier_app.domain.changes import Changes
from dossier_app.domain.errors import Refusal
from dossier_app.domain.filenames import same_name
from dossier_app.domain.handover import ENDING
from dossier_app.domain.handover.absence import Absence
from dossier_app.domain.handover.passphrase import check_passphrase
from dossier_app.domain.language import tr
from dossier_app.domain.reasons import writing
from dossier_app.services.handover import giving, packages, planning
from dossier_app.services.handover.giving import Prepared, Wish
from dossier_app.services.handover.packages import Sealed
from dossier_app.storage import journal


@dataclass(frozen=True, slots=True)
class Order:
    """A package that is wanted: where it is to lie, and its passphrase when ``wish`` has no
    recipient."""

    wish: Wish
    path: Path
    passphrase: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Ready:
    """A package that is sealed and waits for the action."""

    prepared: Prepared
    sealed: Sealed


def check(orders: Sequence[Order]) -> None:
    """Raises Refusal for what cannot be done, before anything takes long."""
    for order in orders:
        if not order.path.name.removesuffix(ENDING).strip():
            raise Refusal(tr("The file for {name} needs a name.", name=order.wish.colleague))
        with writing(order.path):
            if not order.path.parent.is_dir():
                raise Refusal(tr("There is no folder {folder}.", folder=order.path.parent))
            taken = order.path.exists() or sum(_same(order, other) for other in orders) > 1
        if taken:
            raise Refusal(tr("{file} is there already; choose another name.", file=order.path.name))
        if not order.wish.recipient:
            check_passphrase(order.passphrase)


def _same(one: Order, other: Order) -> bool:
    """Whether both would be one file, also where letters of both cases are one."""
    return one.path.parent == other.path.parent and same_name(one.path.name, other.path.name)


def free_path(folder: Path, name: str) -> Path:
    """The path of a new file called ``name``, with a number when there is one already."""
    number, path = 2, folder / f"{name}{ENDING}"
    while path.exists():
        number, path = number + 1, folder / f"{name} {number}{ENDING}"
    return path


def sealing_all(orders: Sequence[Order]) -> Generator[int, None, list[Ready]]:
    """Prepare and seal one package after the other. Yields how many bytes are written.

    When it is closed before its end, or raises Refusal, nothing of any package stays.
    """
    check(orders)
    done = 0
    with ExitStack() as waiting:
        ready = []
        for order in orders:
            prepared = giving.prepare(order.wish)
            steps = packages.sealing(prepared.package, order.path, order.passphrase)
            sealed = yield from _after(done, steps)
            waiting.callback(sealed.drop)
            ready.append(Ready(prepared, sealed))
            done += prepared.package.size
        waiting.pop_all()
    return ready


def hand_over_all(ready: Sequence[Ready], *, days_off: Absence | None = None) -> Changes:
    """Put all packages in their places and mark what is in them as away, as one action; the
    days of ``days_off`` become days off with it. When one file cannot be written, none is
    there afterwards and nothing was changed."""
    with ExitStack() as waiting:
        for one in ready:
            waiting.enter_context(one.sealed)
        with journal.action("hand_over", clock.stamp()) as changes:
            for one in ready:
                giving.hand_over(one.prepared, one.sealed)
            if days_off is not None:
                planning.mark_days_off(days_off)
    return changes


def _after(done: int, steps: Generator[int, None, Sealed]) -> Generator[int, None, Sealed]:
    """``steps``, counted on from ``done``."""
    try:
        while True:
            yield done + next(steps)
    except StopIteration as end:
        sealed: Sealed = end.value
        return sealed
    finally:
        steps.close()
