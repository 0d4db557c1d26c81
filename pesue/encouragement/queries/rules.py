"""What can be asked about rules."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Sum

from pesue.encouragement.laboratory import Try
from pesue.encouragement.models import Budget, Purse, Rule, RuleVersion, Transfer
from pesue.encouragement.own_work import OWN_WORK, Work
from pesue.foundation.days import following, midnight


@dataclass
class Versions:
    """Every version of every rule, read once. `in_force` is asked for each fact."""

    by_fact: dict[str, list[RuleVersion]] = field(
        default_factory=lambda: defaultdict(list)
    )

    @classmethod
    def read(cls) -> "Versions":
        found = cls()
        rows = RuleVersion.objects.select_related("rule", "budget__account")
        budgets: dict[int, Budget] = {}  # one object each, so that all know its end
        for version in rows.order_by("starts_on"):
            version.budget = budgets.setdefault(version.budget_id, version.budget)
            found.by_fact[version.rule.fact].append(version)
        return found

    def in_force(self, fact: str, day: date) -> RuleVersion | None:
        """The version that held on that day; None: nothing was earned by it then."""
        versions = self.by_fact.get(fact, [])
        place = bisect_right(versions, day, key=lambda version: version.starts_on)
        return versions[place - 1] if place else None

    def newest(self, fact: str) -> RuleVersion | None:
        """The last one there is, in force or to come."""
        versions = self.by_fact.get(fact, [])
        return versions[-1] if versions else None


def earned_in_month(purse: Purse, rule: Rule, day: date) -> int:
    """What a rule has brought to a purse for what happened in the month of `day`.

    What was taken back does not count.
    """
    reversed_ones = Transfer.objects.filter(reverses=OuterRef("pk"))
    rows = Transfer.objects.filter(credit=purse, rule__rule=rule, reverses=None)
    rows = rows.filter(~Exists(reversed_ones))
    begins, ends = midnight(day.replace(day=1)), midnight(following(day))
    rows = rows.filter(happened_at__gte=begins, happened_at__lt=ends)
    return rows.aggregate(sum=Sum("amount"))["sum"] or 0


@dataclass(frozen=True)
class Change:
    """A version beside the one it follows."""

    version: RuleVersion
    before: RuleVersion | None


@dataclass(frozen=True)
class Standing:
    """One kind of own work: what it earns today, and what is to come."""

    work: Work
    now: RuleVersion | None
    to_come: RuleVersion | None
    rests: bool  # its budget is over or has run out


def all_standing(today: date) -> list[Standing]:
    """Every kind of own work, with its rule. Two queries."""
    versions = Versions.read()
    return [_standing(work, versions, today) for work in OWN_WORK.values()]


def _standing(work: Work, versions: Versions, today: date) -> Standing:
    version = _earning(versions.in_force(work.fact, today))
    later = [v for v in versions.by_fact.get(work.fact, []) if v.starts_on > today]
    rests = version is not None and not version.budget.pays_on(today)
    return Standing(work, version, later[0] if later else None, rests)


def history(fact: str) -> list[Change]:
    """The versions of a rule, newest first, each beside the one before."""
    rows = RuleVersion.objects.filter(rule__fact=fact).select_related("budget", "by")
    versions = list(rows.order_by("starts_on"))
    pairs = zip(versions, [None, *versions], strict=False)  # the last has no next yet
    return [Change(version, before) for version, before in pairs][::-1]


def is_same(newest: RuleVersion | None, amount: int, cap: int, budget: Budget) -> bool:
    """Whether these terms are what the rule has already."""
    before = _earning(newest)
    if before is None:
        return not amount
    told = (before.amount, before.cap, before.budget_id)
    return told == (amount, cap, budget.pk)


def _earning(version: RuleVersion | None) -> RuleVersion | None:
    """The version, if anything is earned by it."""
    return version if version and version.amount else None


@dataclass(frozen=True)
class Differing:
    """What would be other than it is: the newest version, and what is tried."""

    work: Work
    before: RuleVersion | None  # None: it earns nothing now
    tried: Try


def changes(tries: Iterable[Try], budget: Budget) -> list[Differing]:
    """Which of the terms differ from the newest versions."""
    versions, found = Versions.read(), []
    for tried in tries:
        newest = versions.newest(tried.fact)
        if not is_same(newest, tried.amount, tried.cap, budget):
            found.append(Differing(OWN_WORK[tried.fact], _earning(newest), tried))
    return found


def is_out(budget: Budget) -> bool:
    """Whether it pays nothing more, by the database and not by an older reading."""
    return Budget.objects.filter(pk=budget.pk, out_at__isnull=False).exists()
