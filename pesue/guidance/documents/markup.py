"""Web pages and Markdown: what a reader would see, block by block."""

import re

from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser, LexborNode

NOISE = "script, style, noscript, template, svg, nav, form, iframe, head title, button"
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
BLOCKS = {
    *("p", "div", "section", "article", "main", "header", "footer", "aside", "li"),
    *("ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table"),
    *("blockquote", "pre", "figure", "figcaption", "hr", "br", "body", "details"),
    *("summary", "thead", "tbody", "caption"),
}


def text_of_markdown(text: str) -> str:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    return text_of_html(parser.render(text))


def text_of_html(text: str) -> str:
    tree = LexborHTMLParser(text)
    for node in tree.css(NOISE):
        node.decompose()
    root = tree.body or tree.root
    lines: list[str] = [""]
    if root is not None:
        _walk(root, lines)
    folded = [re.sub(r"[ \t\xa0\n]+", " ", line).strip() for line in lines]
    return "\n".join(line for line in folded if line not in {"", "-", "#"})


def _walk(root: LexborNode, lines: list[str]) -> None:
    """Depth first, without recursion: a page may nest as deep as it likes."""
    waiting: list[tuple[LexborNode, bool]] = [(root, False)]
    while waiting:
        node, over = waiting.pop()
        tag = node.tag or ""
        if over or tag in BLOCKS:
            lines.append("")
        if over:
            continue
        if tag == "-text":
            lines[-1] += node.text(deep=False)
            continue
        if tag == "li":
            lines[-1] = "- "
        elif tag in HEADINGS:
            lines[-1] = "# "
        elif tag in {"td", "th"} and lines[-1].strip():
            lines[-1] += " | "
        if tag in BLOCKS:
            waiting.append((node, True))
        children = []
        child = node.child
        while child is not None:
            children.append((child, False))
            child = child.next
        waiting.extend(reversed(children))
