"""Python's own looking for garbage, held back while a job makes things by the hundred thousand.

Looking through all of them again and again takes a tenth of the job, and would stop the
window for a fifth of a second each time.
"""

from __future__ import annotations

import gc
from threading import Lock

_NEVER = 10**9  # collections of the middle generation before one of all


class _NoGreatCleaning:
    """``with no_great_cleaning:``, in any thread and inside one another."""

    def __init__(self) -> None:
        self._lock, self._users = Lock(), 0
        self._usual = gc.get_threshold()

    def __enter__(self) -> None:
        with self._lock:
            self._users += 1
            if self._users == 1:
                self._usual = gc.get_threshold()
                gc.set_threshold(*self._usual[:2], _NEVER)

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._users -= 1
            if not self._users:
                gc.set_threshold(*self._usual)


no_great_cleaning = _NoGreatCleaning()
