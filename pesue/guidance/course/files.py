"""The lessons that come with the package, a file for each language."""

from functools import cache
from hashlib import sha256
from pathlib import Path

LESSONS = Path(__file__).resolve().parents[2] / "lessons"
COURSES = ("advocate", "further", "lead", "leader")


@cache
def keys(course: str) -> tuple[str, ...]:
    """The lessons of a course in their order, by what their files are called."""
    found = sorted(
        {path.name.split(".")[0] for path in (LESSONS / course).glob("*.md")}
    )
    return tuple(name.partition("-")[2] for name in found)


@cache
def text(course: str, lesson: str, language: str) -> str:
    """The package's own wording. KeyError where there is no such lesson."""
    found = (LESSONS / course).glob(f"[0-9][0-9]-{lesson}.{language}.md")
    for path in found if course in COURSES and lesson in keys(course) else ():
        return path.read_text(encoding="utf-8")
    raise KeyError(course, lesson, language)


def edition(words: str) -> str:
    """What tells one wording from another."""
    return sha256(words.encode()).hexdigest()
