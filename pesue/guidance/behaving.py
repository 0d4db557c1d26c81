"""What values look like, as lines that a lead writes. Imports no Django.

    We call back the same day.
    At the till:
    I look up from the screen.

A line that ends in a colon names a role; the lines below it are that role's, up to an
empty line or the next role.
"""

from collections.abc import Iterable
from dataclasses import dataclass

LONGEST_ROLE = 60


@dataclass(frozen=True)
class Seen:
    role: str  # empty: everybody
    text: str


def parsed(text: str) -> list[Seen]:
    found, role = [], ""
    for line in text.splitlines():
        line = line.strip(" \t-*•")
        if not line:
            role = ""
        elif line.endswith(":") and len(line) <= LONGEST_ROLE:
            role = line[:-1].strip()
        else:
            found.append(Seen(role, line))
    return found


def written(seen: Iterable[Seen]) -> str:
    """As `parsed` reads it: what is everybody's first, then role by role."""
    by_role: dict[str, list[str]] = {"": []}
    for one in seen:
        by_role.setdefault(one.role, []).append(one.text)
    blocks = ["\n".join(by_role.pop(""))]
    blocks += [f"{role}:\n" + "\n".join(texts) for role, texts in by_role.items()]
    return "\n\n".join(block for block in blocks if block)


@dataclass(frozen=True)
class ValueRead:
    """A value as it is pasted: "Name: meaning", then what it looks like."""

    name: str
    meaning: str
    seen: list[Seen]


def values_read(text: str) -> list[ValueRead]:
    """Values parted by empty lines."""
    blocks = [block.strip() for block in text.replace("\r\n", "\n").split("\n\n")]
    found = []
    for block in filter(None, blocks):
        first, _line, rest = block.partition("\n")
        name, _colon, meaning = first.strip(" \t-*•#").partition(":")
        found.append(ValueRead(name.strip(), meaning.strip(), parsed(rest)))
    return found
