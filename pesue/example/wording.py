"""A leader's words as each place inside wants them: Slack, Teams, a page, a talk.

They are written in light Markdown: **bold**, _italic_, lists, [words](address).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from pesue.foundation.markdown import cleaned

READER = MarkdownIt("commonmark", {"html": False, "breaks": True})


@dataclass(frozen=True)
class Way:
    """How a place writes what stands out."""

    strong: str
    italic: str
    dot: str
    link: Callable[[str, str], str]  # its words, its address
    said: Callable[[str], str] = str


def _spoken(words: str, url: str) -> str:
    return words if words == url else f"{words} ({url})"


def escaped(words: str) -> str:
    """Slack reads these three as its own."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _slack_link(words: str, url: str) -> str:
    return f"<{escaped(url)}|{words}>" if "|" not in url else _spoken(words, url)


PLAIN = Way("", "", "- ", _spoken)
PASTED = Way("*", "_", "• ", _spoken)  # mrkdwn, as one types it in Slack
SENT = Way("*", "_", "• ", _slack_link, escaped)  # mrkdwn, as a program sends it


def html(text: str) -> str:
    """For Teams, mail and the intranet; clean."""
    return cleaned(READER.render(text))


def written(text: str, way: Way) -> str:
    """The whole in one of these ways, paragraph by paragraph."""
    return "\n\n".join(_blocks(READER.parse(text), way))


def paragraphs(text: str) -> list[str]:
    """As they were written, for a card of Teams, which reads Markdown itself."""
    return [part.strip() for part in text.split("\n\n") if part.strip()]


def _blocks(tokens: Sequence[Token], way: Way) -> list[str]:
    found: list[str] = []
    lists: list[int] = []  # the next number of each list we are in; 0: dots
    item = ""
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            numbered = token.type.startswith("ordered")
            lists.append(int(token.attrGet("start") or 1) if numbered else 0)
            if len(lists) == 1:
                found.append("")
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            item = f"{lists[-1]}. " if lists[-1] else way.dot
            lists[-1] += bool(lists[-1])
        elif token.type in ("inline", "fence", "code_block"):
            words = _inline(token, way)
            if lists:
                lead = "  " * (len(lists) - 1) + item
                found[-1] += ("\n" if found[-1] else "") + lead + words
                item = "  "
            else:
                found.append(words)
    return found


def _inline(token: Token, way: Way) -> str:
    """The words of one paragraph."""
    if token.type != "inline":
        return way.said(token.content.rstrip("\n"))
    marks = {"strong": way.strong, "em": way.italic}
    said: list[str] = []
    opened: list[tuple[int, str]] = []  # where a link's words begin, and its address
    for child in token.children or []:
        name = child.type.removesuffix("_open").removesuffix("_close")
        if child.type == "link_open":
            opened.append((len(said), str(child.attrGet("href") or "")))
        elif child.type == "link_close":
            at, url = opened.pop()
            words = "".join(said[at:])
            said[at:] = [way.link(words, url)]
        elif child.type in ("softbreak", "hardbreak"):
            said.append("\n")
        elif name in marks:
            said.append(marks[name])
        else:
            said.append(way.said(child.content))
    return "".join(said)
