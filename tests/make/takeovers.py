from datetime import timedelta
from typing import Any

from django.utils.timezone import localdate

from pesue.example.actions.takeovers import Plan
from pesue.example.models import Takeover, TakeoverPost
from pesue.people.models import Member
from tests.make import NOON

DAY = timedelta(days=1)


def a_plan(**fields: Any) -> Plan:
    starts = fields.pop("starts", localdate(NOON) + 3 * DAY)
    return Plan(
        **{
            "channel": "instagram",
            "account": "@litter",
            "starts": starts,
            "ends": starts + DAY,
            "says": "A night in the galley",
            "way": Takeover.Way.FILES,
            **fields,
        }
    )


def taken_over(member: Member, colleague: Member) -> None:
    """All that ties two members in this noun."""
    agreed = {"state": Takeover.State.AGREED, "state_since": NOON}
    for teller, keeper in ((member, colleague), (colleague, member)):
        plan = vars(a_plan(keeper=keeper))
        made = Takeover.objects.create(member=teller, lead=keeper, **plan, **agreed)
        TakeoverPost.objects.create(
            takeover=made, member=teller, url="https://example.org/p/1"
        )
