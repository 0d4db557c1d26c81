from itertools import count
from typing import Any

from pesue.content.models import Item
from pesue.people.models import Member
from pesue.sharing.models import Share
from tests.make import NOON
from tests.make.content import an_item
from tests.make.people import a_member

_number = count(1)


def a_share(
    *, member: Member | None = None, item: Item | None = None, **fields: Any
) -> Share:
    return Share.objects.create(
        member=member or a_member(),
        item=item or an_item(),
        **{
            "channel": "mastodon",
            "way": "api",
            "key": f"{next(_number):013}",
            "text": "Proud of this.",
            "language": "en",
            "state": Share.State.DRAFT,
            "state_since": NOON,
            "drafted_at": NOON,
            **fields,
        },
    )
