"""Telling on the first of a month what moves whom; judging what profiles foretold."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from pesue.encouragement.actions.releasing import release
from pesue.encouragement.levers import MIX
from pesue.encouragement.models import Prediction
from pesue.encouragement.motives import EVEN, scores
from pesue.encouragement.prediction import Person, foretold
from pesue.encouragement.queries.motives import all_said
from pesue.foundation.days import midnight
from pesue.foundation.models import Run
from pesue.people.models import Member
from pesue.sharing.models import Share
from pesue.sharing.statistics import POSTED
from pesue.trials.models import Trial
from pesue.trials.queries import drawn
from pesue.trials.queries.given import staying_out


def release_motives(now: datetime) -> int:
    """Tell anew on the first day of a month, and on no other: whoever could choose the
    day could see what changes from one to the next. Returns how many profiles it read.
    """
    first = localdate(now).replace(day=1)
    since = Run.last_finished(release_motives, now=now)
    is_due = localdate(now) == first if since is None else localdate(since) < first
    return release(on=first) if is_due else 0


def judge_motives(now: datetime) -> int:
    """Work out, once, what profiles foretold in each trial of the mix that is over."""
    over = Trial.objects.filter(
        lever=MIX.key,
        state__in=[Trial.State.ENDED, Trial.State.STOPPED],
        motive_prediction=None,
    ).exclude(began_at=None)
    done = 0
    for trial in over:
        found = foretold(_people(trial))
        row = Prediction(
            trial=trial,
            at=now,
            people=found.people,
            p=found.p,
            foretold=found.did,
            effects=found.effects,
        )
        try:
            with transaction.atomic():
                row.save()
            done += 1
        except IntegrityError:  # another worker was the first
            continue
    return done


def _people(trial: Trial) -> list[Person]:
    """Those with a profile, here and not staying out, and whether they told something
    while it ran."""
    arms = {key: place.arm for key, place in drawn(trial).places.items()}
    here = Member.objects.filter(state=Member.State.ACTIVE)
    out = staying_out(trial.began_at).values("member")
    rows = here.exclude(pk__in=out).values_list("pk", "team")
    teams = {pk: team or 0 for pk, team in rows.iterator(5000)}
    ends = localdate(trial.over_at) if trial.over_at else trial.ends
    last = min(ends, trial.ends) + timedelta(days=1)
    told = set(
        Share.objects.filter(
            state__in=POSTED,
            shared_at__gte=midnight(trial.begins),
            shared_at__lt=midnight(last),
        ).values_list("member", flat=True)
    )
    found = []
    for pk, said in all_said(teams):
        arm, one = arms.get(f"{Trial.Unit.TEAM}:{teams[pk]}"), scores(said)
        if arm and one and one.strongest != EVEN:
            is_new = arm == "new"
            found.append(Person(one.strongest, is_new, teams[pk], float(pk in told)))
    return found
