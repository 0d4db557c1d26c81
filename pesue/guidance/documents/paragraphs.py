"""The paragraphs, lists, tables, boxes and notes of a Word file, as they read when
changes are accepted. WordprocessingML, ECMA-376 part 1, chapter 17."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from pesue.guidance.documents.lines import marked, of_table

SPACES = re.compile(
    r"\{http://(?:schemas\.openxmlformats\.org/wordprocessingml/2006/main|"
    r"purl\.oclc\.org/ooxml/wordprocessingml/main|"
    r"schemas\.openxmlformats\.org/markup-compatibility/2006)\}"
)
LEFT_OUT = {
    *("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "sectPr", "sdtPr"),
    *("tblPr", "tblGrid"),
}
SIGNS = {
    **{"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n"},
    **{"noBreakHyphen": "-", "softHyphen": ""},
}
NO = {"0", "false", "off", "none"}


def lines_of(part: Any, looks: "Looks") -> Iterator[str]:
    """The lines of a part, a cell or a box."""
    held = ""  # of a paragraph that the next one goes on
    for block in _inside(part, {"p", "tbl"}):
        if _name(block) == "tbl":
            yield from _table(block, looks)
            continue
        about, said = _child(block, "pPr"), held + "".join(_words(block))
        held = ""
        if _goes_on(about):
            held = said
        elif not looks.is_contents(about):
            yield from marked(said, looks.mark(about))
        for box in _inside(block, {"txbxContent"}):
            yield from lines_of(box, looks)
    yield from marked(held)


def _goes_on(about: Any) -> bool:
    """Whether somebody deleted the paragraph's end, or it is a large first letter."""
    frame = _child(about, "framePr")
    large = "" if frame is None else _attribute(frame, "dropCap")
    return _child(_child(about, "rPr"), "del") is not None or large in {
        "drop",
        "margin",
    }


def _table(table: Any, looks: "Looks") -> list[str]:
    rows = [
        [list(lines_of(cell, looks)) for cell in _inside(row, {"tc"})]
        for row in _inside(table, {"tr"})
        if _child(_child(row, "trPr"), "del") is None
    ]
    return of_table(rows)


def _inside(node: Any, names: set[str]) -> Iterator[Any]:
    """The nearest elements of these names, whatever they are wrapped in."""
    waiting = [_held(node)]
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
        elif _name(child) in names:
            yield child
        else:
            waiting.append(_held(child))


def _held(node: Any) -> Iterator[Any]:
    """What is read of the children: one form of what comes in two, no prompts."""
    if _name(node) == "AlternateContent":
        return iter(node[:1])
    return (
        child
        for child in node
        if _name(child) not in LEFT_OUT and not _is_prompt(child)
    )


def _is_prompt(node: Any) -> bool:
    """A field nobody has filled in, or a list of contents that Word has made."""
    if _name(node) != "sdt":
        return False
    about = _child(node, "sdtPr")
    gallery = _child(_child(about, "docPartObj"), "docPartGallery")
    prompt = _child(about, "showingPlcHdr")
    return "contents" in _value(gallery).lower() or _is_on(prompt)


def _words(paragraph: Any) -> Iterator[str]:
    """Boxes that hang on the paragraph are read after it."""
    waiting = [_held(paragraph)]
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
            continue
        name = _name(child)
        if name == "t":
            yield child.text or ""
        elif name in SIGNS:
            yield SIGNS[name]
        elif name != "txbxContent" and not (name == "r" and _is_hidden(child)):
            waiting.append(_held(child))


def _is_hidden(run: Any) -> bool:
    """Not to be seen, or struck through."""
    look = _child(run, "rPr")
    return any(_is_on(_child(look, name)) for name in ("vanish", "strike", "dstrike"))


class Looks:
    """What the styles of a file mean: their ids are in the language of the program
    that wrote them, the names they come from in English."""

    def __init__(self, styles: Iterable[Any]) -> None:
        self._styles = {
            _attribute(one, "styleId"): one for one in styles if _name(one) == "style"
        }

    def mark(self, about: Any) -> str:
        """Of a paragraph, by its properties: "# " heads, "- " is an item of a list."""
        chain = [about, *self._chain(about)]
        names = self._names(about)
        level = next(filter(None, (_value(_child(a, "outlineLvl")) for a in chain)), "")
        if level in set("012345678") or any(
            name.startswith(("heading", "title", "subtitle", "otsikko", "rubrik"))
            for name in names
        ):
            return "# "
        lists = (_child(_child(one, "numPr"), "numId") for one in chain)
        number = next(filter(None, (_value(one) for one in lists)), "")
        if number:
            return "" if number == "0" else "- "
        return "- " if any(name.startswith("list") for name in names) else ""

    def is_contents(self, about: Any) -> bool:
        return any(name.startswith(("toc", "contents ")) for name in self._names(about))

    def _names(self, about: Any) -> list[str]:
        """The style's name and those it is based on; its id, where it is not told."""
        id = _value(_child(about, "pStyle"))
        found = [_value(_child(style, "name")).lower() for style in self._based(id)]
        return found or [id.lower()]

    def _chain(self, about: Any) -> list[Any]:
        id = _value(_child(about, "pStyle"))
        return [_child(style, "pPr") for style in self._based(id)]

    def _based(self, id: str) -> Iterator[Any]:
        seen: set[str] = set()
        while id in self._styles and id not in seen:
            seen.add(id)
            yield self._styles[id]
            id = _value(_child(self._styles[id], "basedOn"))


def _name(node: Any) -> str:
    tag: str = node.tag
    return SPACES.sub("", tag, count=1)


def _child(node: Any, name: str) -> Any:
    if node is None:
        return None
    return next((child for child in node if _name(child) == name), None)


def _attribute(node: Any, name: str) -> str:
    found = (text for key, text in node.items() if key.rpartition("}")[2] == name)
    return str(next(found, ""))


def _value(node: Any) -> str:
    return "" if node is None else _attribute(node, "val")


def _is_on(node: Any) -> bool:
    return node is not None and _value(node).lower() not in NO
