"""What can be done with rules: a new version from a day to come. Nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from pesue.encouragement.models import Budget, Rule, RuleVersion
from pesue.encouragement.own_work import work_of
from pesue.encouragement.queries.rules import Versions, is_same
from pesue.people.models import Member


class NotInForce(Exception):
    """The version cannot come into force. str() says why."""


@dataclass(frozen=True)
class Terms:
    """What a version says: so much for one, so much a person and month at most."""

    amount: int  # points, or cents; 0: it earns no more
    cap: int
    budget: Budget
    starts_on: date


def put_in_force(
    fact: str, terms: Terms, *, now: datetime, by: Member | None = None
) -> RuleVersion:
    """A new version of the rule for that own work; the rule too, if it is new.

    What happened before `starts_on` is paid by the version of that day, so the day is
    one to come. Raises NotOwnWork, NotInForce.
    """
    work_of(fact)
    _check(terms, today=localdate(now))
    with transaction.atomic():
        rule, _new = Rule.objects.get_or_create(fact=fact, defaults={"made_at": now})
        last = rule.versions.aggregate(day=Max("starts_on"), number=Max("number"))
        if last["day"] and last["day"] >= terms.starts_on:
            raise NotInForce(_("A later version stands already. Choose a later day."))
        try:
            with transaction.atomic():
                return RuleVersion.objects.create(
                    rule=rule,
                    number=(last["number"] or 0) + 1,
                    starts_on=terms.starts_on,
                    amount=terms.amount,
                    cap=terms.cap,
                    budget=terms.budget,
                    at=now,
                    by=by,
                )
        except IntegrityError:  # somebody did the same at the same moment
            raise NotInForce(
                _("It has just been changed by somebody else. Look again.")
            ) from None


def put_all_in_force(
    mix: Mapping[str, Terms], *, now: datetime, by: Member | None = None
) -> list[RuleVersion]:
    """New versions of the rules whose terms differ from today's; all or none.

    Raises NotOwnWork, NotInForce.
    """
    versions = Versions.read()
    made = []
    with transaction.atomic():
        for fact, terms in mix.items():
            newest = versions.newest(fact)
            if not is_same(newest, terms.amount, terms.cap, terms.budget):
                made.append(put_in_force(fact, terms, now=now, by=by))
    return made


def _check(terms: Terms, *, today: date) -> None:
    if terms.starts_on <= today:
        raise NotInForce(
            _("Choose a day from tomorrow on: what has happened is not paid anew.")
        )
    if terms.cap < terms.amount:
        raise NotInForce(_("The most in a month cannot be less than what one brings."))
    budget = terms.budget
    if not terms.amount:
        return  # what earns no more needs no budget
    if budget.state != Budget.State.OPEN or budget.out_at or budget.ends < today:
        raise NotInForce(_("That budget is over. Choose another, or open one."))
