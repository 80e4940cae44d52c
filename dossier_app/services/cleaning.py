"""Python's own looking for garbage, held back while threads work or much is made.

It runs in whatever thread makes the next object, and destroys what it finds there: parts of
a window that went out of use must not end in another thread than the window's, or the
program does. And looking through things by the hundred thousand again and again takes a
tenth of a job.
"""

from __future__ import annotations

import gc
from threading import Lock


class _NoCleaning:
    """``with no_cleaning:``, also inside one another; entered and left in the thread of the
    window where there is one."""

    def __init__(self) -> None:
        self._lock, self._users, self._was = Lock(), 0, True

    def begin(self) -> None:
        with self._lock:
            self._users += 1
            if self._users == 1:
                self._was = gc.isenabled()
                gc.disable()

    def end(self) -> None:
        with self._lock:
            self._users -= 1
            if not self._users and self._was:
                gc.enable()

    def __enter__(self) -> None:
        self.begin()

    def __exit__(self, *_: object) -> None:
        self.end()


no_cleaning = _NoCleaning()
