"""Numbers of rows, as addresses and forms give them. No Django."""

LONGEST = 18  # digits that every database takes


def row_number(text: str) -> int | None:
    """A row's number; None for anything else, which names no row."""
    known = text.isascii() and text.isdecimal() and len(text) <= LONGEST
    return int(text) if known else None
