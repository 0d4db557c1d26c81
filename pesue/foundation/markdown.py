"""Markdown as clean HTML. Imports no Django."""

import nh3
from markdown_it import MarkdownIt

ATTRIBUTES = {
    "a": {"href", "id"},
    "img": {"src", "alt"},
    "th": {"scope"},
    **{f"h{level}": {"id"} for level in range(1, 7)},
}


def rendered(text: str) -> str:
    """HTML of Markdown with tables, not cleaned."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    html: str = parser.render(text)
    return html


def cleaned(html: str) -> str:
    return nh3.clean(html, attributes=ATTRIBUTES, link_rel=None)


def html_of(text: str) -> str:
    return cleaned(rendered(text))
