from datetime import datetime, timedelta
from typing import Any

from pesue.content.levers import HOLD_OUT
from pesue.encouragement.levers import IMPACT_SUBJECT
from pesue.guidance.levers import NEXT_LESSON
from pesue.people.models import Member
from pesue.sharing.levers import DELAY
from pesue.trials import actions
from pesue.trials.actions import ArmDesign, Design
from pesue.trials.levers import LEVERS
from pesue.trials.models import Assignment, Exposure, OptOut, Trial
from tests.make import NOON
from tests.make.people import a_member, a_team
from tests.make.sharing import a_share

DAY = timedelta(days=1)
TODAY = NOON.date()
LESSON, MAIL, ITEMS = NEXT_LESSON.key, IMPACT_SUBJECT.key, HOLD_OUT.key
POSTS = DELAY.key
WORDS = {
    "subject": {
        "fi": "Sanasi toivat {people} lukijaa",
        "sv": "Dina ord fick {people} läsare",
        "en": "{people} people read on",
    }
}


def a_design(lever: str = LESSON, /, **fields: Any) -> Design:
    """A roll-out of lessons, other wordings of a mail, or a hold-out of items."""
    kind = LEVERS[lever].kinds[0]
    two = [
        ArmDesign("now", "As now", is_control=True),
        ArmDesign("new", "Shorter", payload=WORDS),
    ]
    return Design(
        **{
            "name": "Sooner or later",
            "question": "Does it help?",
            "lever": lever,
            "kind": kind,
            "unit": "item" if kind == "holdout" else "team",
            "begins": TODAY,
            "ends": TODAY + 27 * DAY,
            "outcome": "shares.people",
            "arms": two if lever == MAIL else (),
            "days": LEVERS[lever].days or 7,
            **fields,
        }
    )


def a_trial(lever: str = LESSON, **fields: Any) -> Trial:
    """One that is planned."""
    seed = fields.pop("seed", None)
    trial = actions.propose(a_design(lever, **fields), by=None, now=NOON)
    if seed is not None:
        Trial.objects.filter(pk=trial.pk).update(seed=seed)
        trial.refresh_from_db()
    return trial


def a_running(lever: str = LESSON, **fields: Any) -> Trial:
    """One that has drawn whoever is there."""
    trial = a_trial(lever, **fields)
    actions.start(trial, now=NOON)
    return trial


def teams(count: int = 4, each: int = 2) -> list[Member]:
    """So many teams with so many members; the members, team by team."""
    return [
        a_member(team=team)
        for team in [a_team() for _ in range(count)]
        for _ in range(each)
    ]


def afresh(member: Member) -> Member:
    """The member as another request would have them."""
    return Member.objects.select_related("team").get(pk=member.pk)


def tell(members, at: datetime, item) -> None:
    for member in members:
        a_share(
            member=member, item=item, state="shared", shared_at=at, team=member.team
        )


def treated(trial: Trial) -> set[int]:
    rows = Assignment.objects.filter(trial=trial, arm__is_control=False)
    return set(rows.values_list("unit", flat=True))


def tried_out(member: Member, colleague: Member) -> None:
    """The member in every table of trials, named in every field."""
    mine = a_trial(MAIL, unit="member")
    actions.start(mine, now=NOON)
    Trial.objects.filter(pk=mine.pk).update(by=member, stopped_by=member)
    arm = mine.arms.get(key="new")
    Exposure.objects.create(trial=mine, arm=arm, member=member, first_at=NOON)
    Assignment.objects.create(trial=mine, kind="item", unit=1, by=member, at=NOON)
    for one in (member, colleague):
        OptOut.objects.create(member=one, at=NOON, back_at=NOON)
