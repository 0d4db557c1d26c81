"""A look before the end that was planned: it has a smaller chance of a false alarm."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from pesue.measurement.reading import Reading
from pesue.stats import sequences


def at_look(reading: Reading, times: Sequence[float], number: int) -> Reading:
    """The reading with the intervals of its look, the first being 1.

    `times` are the looks so far, this one the last, as shares of the trial's days.
    O'Brien and Fleming's spending: hardly anything is decided early, and the end keeps
    nearly all of its sharpness. Without any look it stays as it is.
    """
    if not times:
        return reading
    look = sequences.looks(times)[number - 1]
    compared = tuple(
        replace(one, effect=sequences.judged(one.effect, look).estimate)
        if one.effect
        else one
        for one in reading.compared
    )
    return replace(reading, compared=compared)


def shares(begins: date, ends: date, looks: Sequence[date]) -> list[float]:
    """The days of the looks as shares of the whole, rising to 1 on its last."""
    whole = (ends - begins).days + 1
    return [((day - begins).days + 1) / whole for day in sorted(looks)]
