"""The guidance as Markdown, for an intranet or a file. Imports no Django."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

MARKS = re.compile(r"([\\`*_\[\]<>#|])")


@dataclass(frozen=True)
class Part:
    """A heading, and lines below it with what belongs to each."""

    title: str
    lines: list[tuple[str, list[str]]] = field(default_factory=list)


def written(title: str, parts: Iterable[Part]) -> str:
    """A document; what people wrote is text in it, never marks."""
    out = [f"# {plain(title)}"]
    for part in parts:
        out.append(f"## {plain(part.title)}")
        rows = []
        for line, below in part.lines:
            rows.append(f"- {plain(line)}")
            rows += [f"  - {plain(one)}" for one in below if one]
        out.append("\n".join(rows))
    return "\n\n".join(text for text in out if text) + "\n"


def plain(text: str) -> str:
    return MARKS.sub(r"\\\1", " ".join(text.split()))
