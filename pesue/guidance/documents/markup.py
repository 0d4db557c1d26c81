"""Web pages and Markdown: what a reader would see, block by block."""

import re

from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser, LexborNode

from pesue.guidance.documents.blocks import Blocks

NEVER_SEEN = (
    "script, style, noscript, template, svg, math, iframe, object, canvas, audio, "
    "video, select, textarea, input, datalist, head, del, s, strike, "
    "[hidden]:not([hidden=until-found]), span[aria-hidden=true], i[aria-hidden=true], "
    "a[aria-hidden=true]"
)
# What the common systems write around a text, and marks that only lead elsewhere.
AROUND = (
    "nav, dialog, [role=navigation], [role=banner], [role=contentinfo], "
    "[role=search], [role=menu], [role=menubar], [role=doc-toc], "
    "[role=doc-noteref], [role=doc-backlink], .toc, .toc-macro, #toc, "
    "[class^=MsoToc], .breadcrumb, .breadcrumbs, #breadcrumbs, #breadcrumb-section, "
    ".page-metadata, .post-navigation, .skip-link, .screen-reader-text, .sr-only, "
    ".visually-hidden, #comments, .comments-area, #footer, .headerlink, "
    "#cookie-banner, .cookie-banner"
)
HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
NOTE_MARK = re.compile(r"\s*[\[(]?(?:\d{1,3}|[*†‡]+|[a-z])[\])]?\s*")
HEADLINES = "h1, h2, h3"
FRONT = re.compile(
    r"\A(---|\+\+\+)[ \t]*\n.*?\n(?:\1|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL
)
FENCE = re.compile(r"^\s*(?::::+.*|>\s*\[!\w+\]\s*)$", re.MULTILINE)
NOTE = re.compile(r"^\[\^[^\[\]\s]+\]:[ \t]*", re.MULTILINE)
NOTED = re.compile(r"\[\^[^\[\]\s]+\]")
TASK = re.compile(r"^(\s*(?:[-*+]|\d+[.)])\s+)\[[ xX]\]\s+", re.MULTILINE)
ANCHOR = re.compile(r"[ \t]*\{[#.][\w.# -]*\}[ \t]*$", re.MULTILINE)


def text_of_markdown(text: str) -> str:
    text = FRONT.sub("", text.lstrip("\ufeff").replace("\r\n", "\n"))
    text = NOTED.sub("", NOTE.sub("\n", FENCE.sub("", text)))
    text = ANCHOR.sub("", TASK.sub(r"\1", text))
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return text_of_html(parser.render(text))


def text_of_html(text: str) -> str:
    tree = LexborHTMLParser(text)
    left_out = {node.mem_id for node in tree.css(f"{NEVER_SEEN}, {AROUND}")}
    for node in tree.css("[style], button, sup, a"):
        if _is_left_out(node):
            left_out.add(node.mem_id)
    return "\n\n".join(_lines(tree, left_out))


def _is_left_out(node: LexborNode) -> bool:
    if HIDDEN.search(node.attributes.get("style") or ""):
        return True
    if node.tag == "button":  # but not that which opens what stands under a heading
        return not _stands_in(node, {"h1", "h2", "h3", "h4", "h5", "h6", "dt"})
    if node.tag == "sup":
        linked = node.css_first("a") is not None or _stands_in(node, {"a"})
        return (linked or _ends(node)) and bool(NOTE_MARK.fullmatch(node.text()))
    to_here = (node.attributes.get("href") or "").startswith("#")
    return node.tag == "a" and to_here and not re.search(r"\w", node.text())


def _stands_in(node: LexborNode, tags: set[str]) -> bool:
    above = node.parent
    for _ in range(4):
        if above is None or above.tag in tags:
            break
        above = above.parent
    return above is not None and above.tag in tags


def _ends(node: LexborNode) -> bool:
    """Whether a sentence has ended before it."""
    before = node.prev
    return before is not None and before.text().endswith((".", "!", "?", "”", '"'))


def _lines(tree: LexborHTMLParser, left_out: set[int]) -> list[str]:
    """Of where the text itself stands: a page has menus around it."""
    mains = (_walk(one, left_out) for one in tree.css("main, [role=main]"))
    mains_said = [lines for lines in mains if _letters(lines)]
    if len(mains_said) == 1:
        return mains_said[0]
    for node in tree.css("header, footer, aside"):
        inside = _stands_in(node, {"article", "main", "section", "blockquote"})
        if not inside and (node.tag != "header" or not node.css_first(HEADLINES)):
            left_out.add(node.mem_id)
    root = tree.body or tree.root
    whole = _walk(root, left_out) if root is not None else []
    articles = tree.css("article")
    if len(articles) == 1:
        article = _walk(articles[0], left_out)
        return article if 2 * _letters(article) > _letters(whole) else whole
    return whole


def _letters(lines: list[str]) -> int:
    return sum(letter.isalpha() for line in lines for letter in line)


def _walk(root: LexborNode, left_out: set[int]) -> list[str]:
    """Depth first, without recursion: a page may nest as deep as it likes."""
    blocks = Blocks()
    waiting: list[tuple[LexborNode, bool]] = [(root, False)]
    while waiting:
        node, over = waiting.pop()
        tag = node.tag or ""
        if over:
            blocks.close(tag)
        elif tag == "-text":
            blocks.say(node.text(deep=False))
        elif node.mem_id not in left_out:
            blocks.open(tag)
            waiting.append((node, True))
            children = []
            child = node.child
            while child is not None:
                children.append((child, False))
                child = child.next
            waiting.extend(reversed(children))
    return blocks.done()
