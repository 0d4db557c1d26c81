"""The docs folder as pages. Imports no Django."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pesue.foundation.markdown import cleaned, rendered

_HERE = Path(__file__).resolve().parents[1]
# In a wheel the docs lie inside the package, in a checkout beside it.
DOCS = next(
    (folder for folder in (_HERE / "docs", _HERE.parent / "docs") if folder.is_dir()),
    _HERE / "docs",
)
PICTURES = {".png": "image/png", ".webp": "image/webp", ".svg": "image/svg+xml"}


@dataclass(frozen=True)
class Doc:
    name: str
    title: str
    html: str  # cleaned


def names() -> list[str]:
    """The documents there are, in alphabetical order."""
    return sorted(path.stem for path in DOCS.glob("*.md"))


def _statistics() -> set[str]:
    """A page for each method; the document "statistics" leads to them."""
    return {f"stats/{path.stem}" for path in (DOCS / "stats").glob("*.md")}


def doc(name: str) -> Doc | None:
    """A document by its name, or of a method; None if there is no such one."""
    return _made(name) if name in {*names(), *_statistics()} else None


@cache
def _made(name: str) -> Doc:
    text = (DOCS / f"{name}.md").read_text(encoding="utf-8")
    title = next(
        (line.lstrip("# ") for line in text.splitlines() if line.startswith("# ")), name
    )
    text = re.sub(r"\A# .*\n", "", text)
    return Doc(name, title, cleaned(_linked(_anchored(rendered(text)))))


def _linked(html: str) -> str:
    """Links between the files become links between the pages."""
    pattern = r'href="(?:docs/)?((?:\.\./|stats/)?[a-z_-]+)\.md(#[^"]*)?"'
    return re.sub(pattern, r'href="\1\2"', html)


def _anchored(html: str) -> str:
    def heading(found: re.Match[str]) -> str:
        level, words = found.groups()
        plain = re.sub(r"<[^>]+>|[^\w\s-]", "", words).strip().lower()
        anchor = re.sub(r"\s+", "-", plain)
        return f'<h{level} id="{anchor}">{words}</h{level}>'

    return re.sub(r"<h([1-6])>(.*?)</h\1>", heading, html)


@dataclass(frozen=True)
class DocPicture:
    data: bytes
    mime: str


def picture(name: str) -> DocPicture | None:
    """A picture beside the documents; None if there is no such one."""
    mime = PICTURES.get(Path(name).suffix)
    if mime is None or name not in {path.name for path in DOCS.iterdir()}:
        return None
    return DocPicture((DOCS / name).read_bytes(), mime)
