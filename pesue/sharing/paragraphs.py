"""Putting answers into a text as paragraphs, without touching the rest of it."""

GAP = "\n\n"


def woven(words: str, old: str, new: str, *, after: str = "") -> str:
    """`words`, where the paragraph `old` has become `new`.

    Where `old` does not stand as it was, the person has gone on with it: then it is
    left alone. A new paragraph comes behind `after` where that stands, else last. An
    empty `new` takes `old` away.
    """
    new = new.strip()
    at = _place(words, old)
    if at is not None:
        before, behind = words[:at].rstrip(), words[at + len(old) :].lstrip("\n")
        return GAP.join(part for part in (before, new, behind) if part)
    if not new or _place(words, new) is not None:
        return words
    at = _place(words, after)
    end = len(words) if at is None else at + len(after)
    before, behind = words[:end].rstrip(), words[end:].lstrip("\n")
    return GAP.join(part for part in (before, new, behind) if part)


def _place(words: str, paragraph: str) -> int | None:
    """Where a paragraph stands whole; None: nowhere."""
    at = words.find(paragraph) if paragraph else -1
    while at >= 0:
        end = at + len(paragraph)
        opens = at == 0 or words[:at].endswith(GAP)
        closes = not words[end:].strip() or words[end:].startswith(GAP)
        if opens and closes:
            return at
        at = words.find(paragraph, at + 1)
    return None
