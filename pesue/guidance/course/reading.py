"""A lesson's text read: Markdown with a few blocks of its own.

A block begins on a line such as `::values::` or `::question trust::`. Those that hold
something go on to a line `::end::`. What each is, docs/course.md tells to people.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

import nh3
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

MARK = re.compile(r"::\s*([a-z-]+)(?:\s+([\w-]+))?\s*::")
KEY = re.compile(r"[a-z][a-z0-9-]{0,39}")
CHOICE = re.compile(r"- \[( |x|X)\]\s+(.+)")
KINDS = ("do", "ask", "instead")
OWN = {  # blocks made of what the organisation has
    *("values", "guidelines", "topics", "concepts", "contacts", "quiet"),
    *("asking", "asks", "instead", "learned", "stories", "first-post"),
}
HOLDING = {"question", "write"}
TAGS = {
    *("a", "blockquote", "br", "code", "em", "h2", "h3", "hr", "li", "ol", "p"),
    *("pre", "strong", "ul"),
}


class Mistake(Exception):
    """A block that cannot be read; says where, and what to do."""

    def __init__(self, line: int, words: str) -> None:
        super().__init__(_("Line %(line)d: %(words)s") % {"line": line, "words": words})
        self.line = line


@dataclass(frozen=True)
class Prose:
    html: str  # cleaned
    kind: str = "prose"


@dataclass(frozen=True)
class Own:
    kind: str
    which: str = ""  # of the guidelines: do, ask or instead


@dataclass(frozen=True)
class Choice:
    text: str
    right: bool
    said: str  # when it is chosen


@dataclass(frozen=True)
class Question:
    key: str
    ask: str  # cleaned HTML
    choices: tuple[Choice, ...]
    kind: str = "question"


@dataclass(frozen=True)
class Write:
    key: str
    ask: str  # cleaned HTML
    examples: tuple[str, ...]
    kind: str = "write"


Part: TypeAlias = Prose | Own | Question | Write


@dataclass(frozen=True)
class Text:
    title: str
    parts: tuple[Part, ...]

    def questions(self) -> list[Question]:
        return [part for part in self.parts if isinstance(part, Question)]


@dataclass
class _Open:
    """A block that has begun and not ended."""

    line: int
    kind: str
    key: str
    lines: list[tuple[int, str]] = field(default_factory=list)


def read(text: str) -> Text:
    """The lesson that `text` is. Raises Mistake at the first line that is none."""
    lines = list(enumerate(text.replace("\r\n", "\n").split("\n"), start=1))
    first = next((at for at, line in lines if line.strip()), 0)
    if not first or not lines[first - 1][1].startswith("# "):
        raise Mistake(first or 1, _("begin with the lesson's name: # and a name."))
    return Text(lines[first - 1][1][2:].strip(), tuple(_parts(lines[first:])))


def _parts(lines: list[tuple[int, str]]) -> Iterator[Part]:
    prose: list[str] = []
    opened: _Open | None = None
    seen: set[str] = set()
    for at, line in lines:
        mark = MARK.fullmatch(line.strip())
        if mark is None and line.strip().startswith("::"):
            raise Mistake(at, _("write a block so: ::values:: or ::question key::"))
        if opened is not None:
            if mark is None:
                opened.lines.append((at, line))
            elif mark[1] == "end":
                yield _closed(opened)
                opened = None
            else:
                raise Mistake(opened.line, _("this block needs its ::end:: first."))
            continue
        if mark is None:
            prose.append(line)
            continue
        yield from _prose(prose)
        prose = []
        if mark[1] in HOLDING:
            opened = _Open(at, mark[1], _key(at, mark[2], seen))
        else:
            yield _own(at, mark[1], mark[2] or "")
    if opened is not None:
        raise Mistake(opened.line, _("this block needs its ::end::"))
    yield from _prose(prose)


def _key(at: int, key: str | None, seen: set[str]) -> str:
    if not key or not KEY.fullmatch(key):
        raise Mistake(at, _("give it a key of small letters: ::question trust::"))
    if key in seen:
        raise Mistake(at, _("the key %(key)s stands here already.") % {"key": key})
    seen.add(key)
    return key


def _own(at: int, kind: str, which: str) -> Own:
    if kind == "end":
        raise Mistake(at, _("nothing is open here that could end."))
    if kind not in OWN:
        known = ", ".join(sorted(OWN | HOLDING))
        said = _("there is no block %(kind)s. There are: %(known)s.")
        raise Mistake(at, said % {"kind": kind, "known": known})
    if kind == "guidelines" and which not in KINDS:
        raise Mistake(at, _("say which: do, ask or instead."))
    return Own(kind, which)


def _closed(block: _Open) -> Part:
    ask: list[str] = []
    items: list[tuple[int, str, list[str]]] = []
    for at, line in block.lines:
        if line.startswith("- "):
            items.append((at, line, []))
        elif items and line.startswith("  "):
            items[-1][2].append(line.strip())
        elif items and line.strip():
            raise Mistake(at, _("begin the line with - or with two spaces."))
        else:
            ask.append(line)
    html = markdown("\n".join(ask))
    if not html:
        raise Mistake(block.line, _("say first what you ask."))
    if block.kind == "write":
        said = (" ".join([line[2:].strip(), *more]) for _at, line, more in items)
        return Write(block.key, html, tuple(said))
    choices = tuple(_choice(*item) for item in items)
    if len(choices) < 2 or sum(choice.right for choice in choices) != 1:
        said_so = _("give two choices or more, one of them right: - [x]")
        raise Mistake(block.line, said_so)
    return Question(block.key, html, choices)


def _choice(at: int, line: str, more: list[str]) -> Choice:
    found = CHOICE.fullmatch(line.rstrip())
    if found is None:
        raise Mistake(at, _("a choice is written so: - [ ] or - [x], then its words."))
    if not more:
        said = _("below the choice, after two spaces, say kindly what it means.")
        raise Mistake(at, said)
    return Choice(found[2].strip(), found[1] != " ", " ".join(more))


def _prose(lines: list[str]) -> Iterator[Prose]:
    html = markdown("\n".join(lines))
    if html:
        yield Prose(html)


def markdown(text: str) -> str:
    """Markdown as HTML that is safe to show, whoever wrote it."""
    html = MarkdownIt("commonmark", {"html": False}).render(text)
    return nh3.clean(html, tags=TAGS, attributes={"a": {"href"}}).strip()


def paragraph(name: str, case: str, ask: str) -> str:
    """A case and its question as safe HTML, made of plain words."""
    title = f"<strong>{nh3.clean_text(name)}</strong><br>" if name else ""
    quoted = f"<blockquote><p>{title}{nh3.clean_text(case)}</p></blockquote>"
    return nh3.clean(f"{quoted}<p>{nh3.clean_text(ask)}</p>", tags=TAGS)
