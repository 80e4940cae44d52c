"""The scale of a chart, on paper and on the screen."""

from __future__ import annotations


def scale_step(highest: int) -> int:
    """The distance of a chart's lines: 1, 2 or 5 and so on, so that there are at most five."""
    unit = 1
    while True:
        for factor in (1, 2, 5):
            if highest <= unit * factor * 4:
                return unit * factor
        unit *= 10
