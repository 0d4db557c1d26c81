"""Building the demo: one seed, one life."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from django.db import transaction
from django.utils.timezone import localtime

from pesue.content.steps import expire_items
from pesue.demo import (
    asked,
    earned,
    heard,
    honoured,
    house,
    measured,
    moved,
    network,
    readers,
    rewarded,
)
from pesue.demo.company import stories
from pesue.demo.followed import look
from pesue.demo.goals import encourage
from pesue.demo.led import lead
from pesue.demo.proud import be_proud
from pesue.demo.public import be_public
from pesue.demo.study import study
from pesue.demo.takeovers import take_over
from pesue.demo.together import tell_together
from pesue.demo.weeks import Life
from pesue.encouragement.steps import (
    count_goals,
    count_leagues,
    count_players,
    make_cards,
)
from pesue.example.steps import count_followed, end_takeovers
from pesue.measurement.steps import count, keep_paths
from pesue.pages.steps import offer_steps
from pesue.people.models import Member, Organisation
from pesue.sharing.steps.links import destroy_salts, forget_visits
from pesue.worker import turn

WEEKS = 12
AFTERWARDS = (
    expire_items,
    forget_visits,
    destroy_salts,
    count_followed,
    end_takeovers,
    make_cards,
    offer_steps,
    count,
    keep_paths,
    count_goals,
    count_leagues,
    count_players,
)


class NotEmpty(Exception):
    """There is an organisation here already."""


def build(
    now: datetime,
    seed: int = 1,
    progress: Callable[[str], None] = print,
    *,
    people: int = 240,
    weeks: int = WEEKS,
) -> None:
    """Fill an empty installation with the demo organisation, up to `now`.

    The same seed gives the same people, words and numbers. Raises NotEmpty, and
    changes nothing, where there is an organisation already.
    """
    if Organisation.the() or Member.objects.exists():
        raise NotEmpty(
            "There is an organisation here already. Point PESUE_DATA at an empty "
            "folder, or DATABASE_URL at an empty database, and try again."
        )
    with transaction.atomic():  # whole or not at all, and in a third of the time
        _live(now, Random(seed), progress, people, weeks)
    turn(now, AFTERWARDS)
    progress(f"{weeks} weeks of life. Open the page and choose whom to be.")


def _live(
    now: datetime,
    chance: Random,
    progress: Callable[[str], None],
    people: int,
    weeks: int,
) -> None:
    dawn = localtime(now).replace(hour=6, minute=0, second=0, microsecond=0)
    began = dawn - timedelta(weeks=weeks)
    made = house.found(chance, people, began)
    house.guide(made, chance, began)
    tell_together(made, began)
    measured.hold_out(made, began, now=now)
    progress(f"{len(made.people)} people in their teams, and what guides them")
    with readers.door() as door, network.client() as http:
        life = Life(made, chance, door, http, began=began, now=now)
        life.plan([story for story in stories() if story.week >= WEEKS - weeks], weeks)
        life.live()
    asked.ask(made, now=now)
    asked.be_quiet(made, now=now)
    study(made, now=now)
    heard.hear(made, chance, now=now)
    measured.measure(made, chance, now=now)
    heard.try_out(made, now=now)
    measured.consult(made, now=now)
    earned.reward(made, began=began, now=now)
    rewarded.reward(made, now=now)
    moved.move(made, Random(chance.random()), now=now)
    be_proud(made, chance, now=now)
    encourage(made, now=now)
    honoured.honour(made, chance, founded=began, now=now)
    be_public(made, now=now)
    lead(made, now=now)
    look(made, chance, began=began, now=now)
    take_over(made, now=now)
