from typing import Any

from pesue.content.models import Item
from tests.make import NOON


def an_item(title: str = "How we cut our water use by half", **fields: Any) -> Item:
    return Item.objects.create(
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
