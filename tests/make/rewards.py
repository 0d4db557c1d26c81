from typing import Any
from uuid import uuid4

from pesue.encouragement.actions import ledger, redemptions
from pesue.encouragement.models import Purse, Redemption, Reward
from pesue.people.models import Member
from tests.make import NOON
from tests.make.people import a_lead, a_member


def a_reward(name: str = "A day in the forest", **fields: Any) -> Reward:
    return Reward.objects.create(
        name=name,
        **{
            "kind": "time",
            "points": 50,
            "hours": 8,
            "tax_class": "untaxed",
            **fields,
        },
    )


def a_thing(name: str = "A bread knife", **fields: Any) -> Reward:
    """Worth 40 euros, and wage."""
    given = {"kind": "goods", "hours": None, "cents": 4000, "tax_class": "wage"}
    return a_reward(name, **{**given, **fields})


def a_claim(member: Member | None = None, **fields: Any) -> Redemption:
    """Asked for by the real action, with points enough."""
    member = member or a_member()
    reward = fields.pop("reward", None) or a_reward()
    points(member, reward.points)
    return redemptions.ask(
        member,
        reward,
        **{"price": reward.points, "once": str(uuid4()), "now": NOON, **fields},
    )


def a_gift(member: Member | None = None, **fields: Any) -> Redemption:
    """Asked for, approved and given at noon."""
    claim, lead = a_claim(member, **fields), a_lead()
    redemptions.approve(claim, by=lead, now=NOON)
    redemptions.give(claim, by=lead, now=NOON)
    return claim


def points(member: Member, amount: int) -> None:
    ledger.transfer(
        debit=ledger.house("point"),
        credit=ledger.purse(member, "point"),
        amount=amount,
        reason="A story that was accepted",
        now=NOON,
    )


def rewarded(member: Member, colleague: Member) -> None:
    """The member in every table of rewards."""
    a_gift(member, reward=a_thing(by=member))
    claim = a_claim(colleague)
    redemptions.approve(claim, by=member, now=NOON)


def balance_of(kind: str, unit: str = "point") -> int:
    """What lies on all accounts of a kind."""
    rows = Purse.objects.filter(kind=kind, unit=unit)
    return sum(rows.values_list("balance", flat=True))
