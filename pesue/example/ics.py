"""Whole days as a calendar file (RFC 5545). No Django."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

LONGEST = 75  # bytes of a line, as the standard asks


@dataclass(frozen=True)
class Event:
    key: str
    first: date
    last: date
    title: str
    url: str


def calendar(events: Iterable[Event], *, host: str, stamp: datetime) -> str:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Pesue//takeovers//EN"]
    made = stamp.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    for event in events:
        after = event.last + timedelta(days=1)  # the end itself is left out
        lines += [
            "BEGIN:VEVENT",
            f"UID:{event.key}@{host}",
            f"DTSTAMP:{made}",
            f"DTSTART;VALUE=DATE:{event.first:%Y%m%d}",
            f"DTEND;VALUE=DATE:{after:%Y%m%d}",
            f"SUMMARY:{_escaped(event.title)}",
            f"URL:{event.url}",
            "END:VEVENT",
        ]
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _escaped(text: str) -> str:
    for char in "\\;,":
        text = text.replace(char, f"\\{char}")
    return " ".join(text.split())


def _folded(line: str) -> str:
    """No line over 75 bytes; the next goes on after a space, and no letter is cut."""
    parts: list[str] = []
    part = ""
    for letter in line:
        if len((part + letter).encode()) > LONGEST - bool(parts):
            parts.append(part)
            part = ""
        part += letter
    return "\r\n ".join([*parts, part])
