"""Who may do what in this room, and the only way from a request to a row."""

from datetime import date

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from pesue.encouragement.models import Budget, Redemption, Reward
from pesue.encouragement.own_work import OWN_WORK, Work
from pesue.encouragement.queries.rewards import catalogue, currency, offered, own
from pesue.people.access import Role, may, only, teams_of, within
from pesue.people.models import Member


def work(fact: str) -> Work:
    found = OWN_WORK.get(fact)
    if found is None:
        raise Http404
    return found


def budgets() -> QuerySet[Budget]:
    """Every budget, the newest first, with what it holds."""
    return Budget.objects.select_related("account", "owner")


def budget(budget_id: int) -> Budget:
    return get_object_or_404(budgets(), pk=budget_id)


def open_budgets() -> bool:
    """Whether there is one that rules can draw on."""
    return budgets().filter(state=Budget.State.OPEN, out_at=None).exists()


# --- Rewards


def reward_to_ask(member: Member, reward_id: int, *, today: date) -> Reward:
    """One that is offered to the member now; others do not exist for them."""
    return get_object_or_404(offered(member, today=today), pk=reward_id)


def reward_to_keep(reward_id: int) -> Reward:
    return get_object_or_404(catalogue(), pk=reward_id)


def budgets_to_pay() -> QuerySet[Budget]:
    """Those in use that hold what the house pays in."""
    return Budget.objects.filter(state=Budget.State.OPEN, unit=currency())


def own_redemption(member: Member, redemption_id: int) -> Redemption:
    return get_object_or_404(own(member), pk=redemption_id)


def answers_claims(member: Member) -> bool:
    """Leads of some team or of all, and owners of budgets."""
    return may(member, Role.LEAD) or member.budgets.exists()


answerers = only(answers_claims)


def redemptions_to_answer(member: Member) -> QuerySet[Redemption]:
    """Those of the teams one leads and of the budgets one owns; never one's own."""
    paths = teams_of(member, Role.LEAD)
    mine = within(paths, "member__team__path") | Q(reward__budget__owner=member)
    rows = Redemption.objects.select_related(
        "reward__budget", "member__team", "team", "by"
    ).exclude(member=member)
    return rows if paths is None else rows.filter(mine)


def redemption_to_answer(member: Member, redemption_id: int) -> Redemption:
    return get_object_or_404(redemptions_to_answer(member), pk=redemption_id)
