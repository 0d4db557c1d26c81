import io
from itertools import count
from pathlib import Path
from typing import Any

import av
from av.video.stream import VideoStream
from PIL import Image

from pesue.content.models import Item, Source, Story
from pesue.content.queries.search import index
from tests.make import NOON
from tests.make.people import a_member

_number = count(1)


def an_item(title: str = "How we cut our water use by half", **fields: Any) -> Item:
    item = Item.objects.create(
        **{
            "title": title,
            "url": "https://example.org/water",
            "language": "en",
            "state": Item.State.READY,
            "state_since": NOON,
            "added_at": NOON,
            "ready_at": NOON,
            **fields,
        }
    )
    index([item])
    return item


def a_source(url: str = "", **fields: Any) -> Source:
    return Source.objects.create(
        **{
            "url": url or f"https://news{next(_number)}.example.org/feed",
            "host": f"news{next(_number)}.example.org",
            "language": "en",
            "state": Source.State.WAITING,
            "state_since": NOON,
            "added_at": NOON,
            "next_at": NOON,
            **fields,
        }
    )


def a_story(title: str = "A night at the oven", **fields: Any) -> Story:
    return Story.objects.create(
        **{
            "title": title,
            "text": "At four the rye is ready.",
            "language": "en",
            "author": fields.pop("author", None) or a_member(),
            "state": Story.State.DRAFT,
            "state_since": NOON,
            "made_at": NOON,
            **fields,
        }
    )


def a_photo(width: int = 1200, height: int = 800, kind: str = "JPEG") -> bytes:
    """A picture file that no two calls make alike."""
    colour = (next(_number) % 256, 120, 200)
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, kind)
    return out.getvalue()


def a_feed(*entries: str, title: str = "Newsroom", extra: str = "") -> bytes:
    """RSS 2.0 with these <item> contents."""
    items = "".join(f"<item>{entry}</item>" for entry in entries)
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"<title>{title}</title><link>https://example.org/</link>{extra}{items}"
        "</channel></rss>"
    ).encode()


def an_entry(n: int = 1, **parts: str) -> str:
    """The content of one <item>; a part given as "" is left out."""
    whole = {
        "title": f"News {n}",
        "link": f"https://example.org/news/{n}",
        "guid": f"id-{n}",
        "description": f"What happened on day {n}.",
        "pubDate": "Sun, 01 Mar 2026 08:00:00 GMT",
        **parts,
    }
    return "".join(f"<{k}>{v}</{k}>" for k, v in whole.items() if v)


def a_video(
    path: Path, *, codec: str = "libx264", seconds: int = 1, rate: int = 10
) -> bytes:
    """A film of grey frames, 64 by 48, that tells where it was made."""
    with av.open(str(path), "w") as made:
        made.metadata["comment"] = "secret place"
        stream = made.add_stream(codec, rate=rate)
        assert isinstance(stream, VideoStream)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for _ in range(seconds * rate):
            made.mux(stream.encode(av.VideoFrame(64, 48, "yuv420p")))
        made.mux(stream.encode())
    return path.read_bytes()
