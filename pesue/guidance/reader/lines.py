"""A reading as lines: for machines, and for people at a terminal."""

import json
from collections.abc import Iterator

from pesue.guidance.reader import Reading


def as_json(reading: Reading) -> Iterator[str]:
    """One object a sentence; quote_start and quote_end count characters of the text."""
    for one in reading.sentences:
        told = {
            "sentence": one.text,
            "language": one.language,
            "label": one.label,
            "owners": [owner.name for owner in one.owners],
            "quote_start": one.start,
            "quote_end": one.end,
        }
        yield json.dumps(told, ensure_ascii=False)


def as_text(reading: Reading) -> Iterator[str]:
    for one in reading.sentences:
        yield f"{one.label:9} {one.text}"
        if one.instead:
            yield f"{'':9} instead: {one.instead}"
    yield f"Enabling score: {reading.score.value:.0f} of 100."
