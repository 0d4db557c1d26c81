from datetime import date
from typing import Any

from pesue.encouragement.actions import budgets, ledger
from pesue.encouragement.actions.motives import keep
from pesue.encouragement.ladder import monday
from pesue.encouragement.models import (
    Budget,
    Offer,
    Profile,
    Rule,
    RuleVersion,
    Thanks,
    Transfer,
)
from pesue.encouragement.motives import ITEMS
from pesue.encouragement.rungs import Rung
from pesue.people.models import Member
from pesue.sharing.models import Share
from tests.make import NOON
from tests.make.people import a_member
from tests.make.told import a_told


def some_thanks(
    *, giver: Member | None = None, share: Share | None = None, **fields: Any
) -> Thanks:
    share = share or a_told()
    return Thanks.objects.create(
        giver=giver or a_member("Kaj Kollega"),
        share=share,
        receiver=share.member,
        **{"at": NOON, **fields},
    )


def a_budget(amount: int = 1000, *, owner: Member | None = None, **of: Any) -> Budget:
    """Points for March, that of every test."""
    return budgets.open_budget(
        "Stories of spring",
        owner=owner or a_member("Leena Lead"),
        amount=amount,
        **{
            "unit": "point",
            "begins": date(2026, 3, 1),
            "ends": date(2026, 3, 31),
            "now": NOON,
            **of,
        },
    )


def a_rule(
    fact: str = "story.accepted", budget: Budget | None = None, **fields: Any
) -> RuleVersion:
    """Fifty points for each, a hundred a month, since long before."""
    rule, _new = Rule.objects.get_or_create(fact=fact, defaults={"made_at": NOON})
    return RuleVersion.objects.create(
        rule=rule,
        budget=budget or a_budget(),
        **{
            "number": rule.versions.count() + 1,
            "starts_on": date(2026, 1, 1),
            "amount": 50,
            "cap": 100,
            "at": NOON,
            **fields,
        },
    )


def some_points(member: Member, amount: int = 50, **fields: Any) -> Transfer:
    """Out of the house, for no rule."""
    made = ledger.transfer(
        debit=ledger.house("point"),
        credit=ledger.purse(member, "point"),
        amount=amount,
        reason="A story",
        **{"now": NOON, **fields},
    )
    assert made
    return made


def an_offer(
    *, member: Member | None = None, rung: Rung = Rung.READ, **fields: Any
) -> Offer:
    """The step of NOON's week."""
    return Offer.objects.create(
        member=member or a_member(),
        rung=rung,
        **{"week": monday(NOON.date()), "why": "first", "at": NOON, **fields},
    )


def saying(motive: str, **more: str) -> dict[str, str]:
    """Answers of one whom that motive moves most."""
    said = {key: "7" if own == motive else "2" for own in ITEMS for key in ITEMS[own]}
    return {**said, **more}


def a_profile(member: Member, motive: str = "recognition") -> Profile:
    return keep(member, saying(motive))
