"""The text of a document that somebody brings: plain, Markdown, web page, Word or PDF.

What is in a file is judged by its content, its name only helps. Whatever the bytes
are, the answer is a Document or Unreadable, within bounded time and memory.
"""

from pesue.guidance.documents.bounded import read_apart
from pesue.guidance.documents.kinds import Document as Document
from pesue.guidance.documents.kinds import kind_of
from pesue.guidance.documents.refusals import Unreadable as Unreadable

MOST_BYTES = 30_000_000


def text_of(name: str, data: bytes) -> Document:
    """The words of a file, a paragraph, list item or row on a line of its own.

    Raises Unreadable, whose text says what to do.
    """
    if len(data) > MOST_BYTES:
        raise Unreadable("large")
    kind_of(name, data)  # the kinds that are not read need no process
    return read_apart(name, data)
