from datetime import timedelta
from typing import Any

from pesue.encouragement.models import Card, Honour, Letter, Thanks
from pesue.people.models import Member
from tests.make import NOON
from tests.make.people import a_member


def thanks_in_words(
    receiver: Member, *, giver: Member | None = None, **fields: Any
) -> Thanks:
    return Thanks.objects.create(
        giver=giver or a_member("Kaj Kollega"),
        receiver=receiver,
        **{"what": "You stayed for the late ferry", "at": NOON, **fields},
    )


def an_honour(
    receiver: Member | None = None, *, giver: Member | None = None, **fields: Any
) -> Honour:
    return Honour.objects.create(
        giver=giver or a_member("Leena Lead"),
        receiver=receiver or a_member(),
        **{
            "kind": Honour.Kind.ESTEEM,
            "reason": "You found the fault before anybody else did.",
            "at": NOON,
            **fields,
        },
    )


def a_letter(**fields: Any) -> Letter:
    """About a member, unless `fields` say otherwise."""
    if not {"member", "team", "item", "share"} & set(fields):
        fields["member"] = a_member()
    return Letter.objects.create(
        **{
            "words": "The bread was still warm.",
            "sender": "A passenger",
            "came_on": NOON.date(),
            "wide": True,
            "at": NOON,
            "ends_on": NOON.date() + timedelta(days=365),
            **fields,
        }
    )


def a_card(member: Member | None = None, **fields: Any) -> Card:
    return Card.objects.create(
        member=member or a_member(),
        **{
            "month": NOON.date().replace(day=1),
            "people": 41,
            "of_item": 41,
            "at": NOON,
            **fields,
        },
    )
