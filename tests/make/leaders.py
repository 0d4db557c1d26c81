from datetime import timedelta
from typing import Any

from django.utils.timezone import localdate

from pesue.example.models import (
    Assistant,
    Echo,
    Handover,
    Inside,
    InsidePost,
    LeaderPlan,
)
from pesue.people.models import Member
from pesue.sharing.models import Share
from tests.make import NOON
from tests.make.people import a_member
from tests.make.sharing import a_share


def a_leader(name: str = "Liisa Johtaja", **fields: Any) -> Member:
    return a_member(name, **{"leader": True, **fields})


def an_assistant(
    leader: Member | None = None, assistant: Member | None = None, **fields: Any
) -> Assistant:
    """Named for half a year from NOON."""
    return Assistant.objects.create(
        leader=leader or a_leader(),
        assistant=assistant or a_member("Anton Avustaja"),
        **{
            "until": localdate(NOON) + timedelta(days=180),
            "state": Assistant.State.GOING,
            "state_since": NOON,
            **fields,
        },
    )


def a_handover(
    named: Assistant | None = None, share: Share | None = None, **fields: Any
) -> Handover:
    named = named or an_assistant()
    return Handover.objects.create(
        share=share or a_share(member=named.leader),
        leader=named.leader,
        assistant=named.assistant,
        **{
            "said": "What I said.",
            "state": Handover.State.ASKED,
            "state_since": NOON,
            "asked_at": NOON,
            **fields,
        },
    )


def leading(member: Member, colleague: Member) -> None:
    """All that a leader has in this room; each of the two also prepares."""
    a_handover(an_assistant(member, colleague))
    a_handover(an_assistant(colleague, member))
    LeaderPlan.objects.create(member=member, every="week", next_on=NOON)
    told = Inside.objects.create(
        member=member, place="slack", text="Well done.", at=NOON
    )
    InsidePost.objects.create(inside=told, member=member, state="out", state_since=NOON)
    Echo.objects.create(member=member, month=NOON, saw=9)
