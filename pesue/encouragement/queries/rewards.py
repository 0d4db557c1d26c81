"""What can be asked about rewards: what is offered, asked for, and was given."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db.models import Count, Q, QuerySet, Sum

from pesue.encouragement import tax
from pesue.encouragement.amounts import CURRENCIES, in_words
from pesue.encouragement.models import Given, Redemption, Reward, Rule
from pesue.foundation.counts import K
from pesue.people.models import Grant, Member, Organisation

State, Kind, Tax = Redemption.State, Reward.Kind, Reward.Tax
MOST_TOLD = 3  # who are written to where no budget has an owner


def house_rules(today: date) -> tax.Rules:
    """The tax rules of the house's country, as of today: its own before ours."""
    house = Organisation.the()
    return tax.rules(house.rules, today.year, own_rules()) if house else tax.UNKNOWN


def law(today: date) -> dict[str, object]:
    """For a page that says which year's figures hold."""
    rules = house_rules(today)
    limit = in_words(rules.gift_limit, currency()) if rules.gift_limit else ""
    return {"rules": rules, "gift_limit": limit}


def own_rules() -> Path:
    """The folder of the house's own tax rules; most have none."""
    return Path(settings.DATA) / "tax"


def treatment(reward: Reward, *, today: date) -> tax.Treatment | None:
    """What the law says of what a reward counts as, if we know it."""
    said = house_rules(today).of(reward.kind)
    return next((one for one in said if one.tax_class == reward.tax_class), None)


def other_languages() -> list[str]:
    """The organisation's languages but its main one."""
    house = Organisation.the() or Organisation()
    return [code for code in house.languages if code != house.language]


def house_gives() -> bool:
    """Whether there is any reward or rule: many a house has none, and that is fine."""
    return Reward.objects.filter(retired_at=None).exists() or Rule.objects.exists()


def offered(member: Member, *, today: date) -> QuerySet[Reward]:
    """What the member may ask for now; what costs least first."""
    above = member.team.above() if member.team else []
    begun = Q(begins=None) | Q(begins__lte=today)
    on = Q(ends=None) | Q(ends__gte=today)
    rows = Reward.objects.filter(begun, on, retired_at=None)
    mine = rows.filter(Q(team=None) | Q(team__in=above))
    return mine.select_related("picture", "budget__account")


def catalogue() -> QuerySet[Reward]:
    """All there is and was, what is offered first."""
    waiting = Count("redemptions", filter=Q(redemptions__state__in=Redemption.OPEN))
    rows = Reward.objects.select_related("team", "budget").annotate(open=waiting)
    return rows.order_by("retired_at", "points", "pk")


def own(member: Member) -> QuerySet[Redemption]:
    """What the member has asked for, the newest first."""
    rows = Redemption.objects.filter(member=member).select_related("reward")
    return rows.order_by("-asked_at", "-pk")


def waiting(member: Member, reward: Reward) -> int:
    """How many times the member has asked for it and waits."""
    mine = Redemption.objects.filter(member=member, reward=reward)
    return mine.filter(state__in=Redemption.OPEN).count()


def to_answer(rows: QuerySet[Redemption]) -> QuerySet[Redemption]:
    """Those that wait for an answer or to be handed over, what waits longest first."""
    waiting = rows.filter(state__in=Redemption.OPEN)
    return waiting.order_by("-state", "asked_at", "pk")  # asked before approved


def answered(rows: QuerySet[Redemption]) -> QuerySet[Redemption]:
    """Those that were given, the newest first: one of them may come back."""
    return rows.filter(state=State.GIVEN).order_by("-state_since", "-pk")


def who_answers(redemption: Redemption) -> list[Member]:
    """Who is told that somebody asks: the budget's owner; else who leads the team."""
    asker, budget = redemption.member, redemption.reward.budget
    owner = budget.owner if budget else None
    if owner and owner.is_active and owner != asker:
        return [owner]
    above = asker.team.above() if asker and asker.team else []
    over = Q(grants__team=None) | Q(grants__team__in=above)
    leads = Member.objects.filter(
        over,
        grants__role__in=[Grant.Role.LEAD, Grant.Role.ADMIN],
        state=Member.State.ACTIVE,
    )
    others = leads.exclude(pk=asker.pk if asker else 0)
    # Those of a team before those of all.
    near = others.annotate(of_team=Count("grants__team")).order_by("-of_team", "pk")
    return list(near[:MOST_TOLD])


def getting_it(redemption: Redemption) -> QuerySet[Member]:
    """Who gets it: the asker, or all of the team who are here."""
    here = Member.objects.filter(state=Member.State.ACTIVE)
    if redemption.reward.kind == Kind.TEAM:
        return here.filter(team=redemption.team_id or 0)
    return here.filter(pk=redemption.member_id or 0)


def gifts_of_year(members: Iterable[int], year: int) -> dict[int, int]:
    """Cents of gifts to the whole staff that each has had in a calendar year.

    Only of what is given here: what the house gave otherwise it knows itself.
    """
    had: dict[int, list[int]] = defaultdict(list)
    rows = Given.objects.filter(
        member__in=list(members), tax_class=Tax.STAFF_GIFT, on__year=year
    )
    for member, cents in rows.values_list("member", "cents"):
        had[member or 0].append(cents)
    return {member: tax.total(sums) for member, sums in had.items()}


@dataclass(frozen=True)
class Gifts:
    """What somebody has had of this year's gifts to the whole staff, and the limit."""

    had: str
    most: str


def gifts(member: Member, *, today: date) -> Gifts | None:
    """The member's own meter; None where they had none, or there is no limit."""
    had = gifts_of_year([member.pk], today.year).get(member.pk, 0)
    limit = house_rules(today).gift_limit
    unit = currency()
    return Gifts(in_words(had, unit), in_words(limit, unit)) if had and limit else None


def currency() -> str:
    """What the house pays in."""
    house = Organisation.the()
    return CURRENCIES[house.rules] if house else "EUR"


def would_pass(redemption: Redemption, *, today: date) -> bool:
    """Whether giving it takes anybody over the year's limit of gifts to the staff."""
    if redemption.reward.tax_class != Tax.STAFF_GIFT:
        return False
    people = list(getting_it(redemption).values_list("pk", flat=True))
    had, rules = gifts_of_year(people, today.year), house_rules(today)
    return any(rules.passes_limit(had.get(pk, 0), redemption.each) for pk in people)


def given_to(member: Member) -> QuerySet[Given]:
    """What the member got, the newest first; causes got what they gave to those."""
    rows = Given.objects.filter(member=member).exclude(kind=Kind.CHARITY)
    return rows.order_by("-on", "-pk")


@dataclass(frozen=True)
class Cause:
    """What colleagues gave to a good cause together; None of fewer than five people."""

    reward: Reward
    cents: int | None

    @property
    def worth(self) -> str:
        return in_words(self.cents or 0, self.reward.unit)


def causes() -> list[Cause]:
    """Every good cause, with what it got so far."""
    given = Q(redemptions__state=State.GIVEN)
    rows = Reward.objects.filter(kind=Kind.CHARITY).annotate(
        givers=Count("redemptions__member", filter=given, distinct=True),
        total=Sum("redemptions__each", filter=given),
    )
    return [
        Cause(row, row.total if row.givers >= K else None)
        for row in rows.order_by("retired_at", "pk")
        if row.retired_at is None or row.givers >= K
    ]
