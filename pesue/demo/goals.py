"""Goals that run and one that is over, a league, and a board of those who like one."""

from contextlib import suppress
from datetime import datetime, timedelta

from django.utils.timezone import localdate

from pesue.demo.house import House
from pesue.demo.study import read_lessons
from pesue.encouragement.actions import boards as actions
from pesue.encouragement.actions.goals import Design, set_goal
from pesue.encouragement.actions.refusals import NotDone
from pesue.encouragement.models import Goal, LeagueTeam
from pesue.guidance.course import files
from pesue.people.models import Team

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
What = Goal.What
NAMES = (
    *("Taikinajuuri", "Pullahiiri", "Ahkera ahven", "Majakka", "Lokki Lassinen"),
    *("Ruismuru", "Tyrni", "Meripihka", "Yön hiiva", "Kampela", "Nosturi", "Kanerva"),
)
"""What players are called, chosen by nobody in particular."""


def encourage(house: House, *, now: datetime) -> None:
    monday = localdate(now) - localdate(now).weekday() * DAY
    people = len(house.people)
    for team, what, target, begins, weeks in (
        (None, What.THANKED, people // 5, -6, 4),
        (None, What.TOLD, people // 3, -3, 6),
        (house.advocate.team, What.STORIES, 10, -3, 6),
        (None, What.LESSONS, people // 4, -3, 8),
    ):
        first = monday + begins * WEEK
        design = Design(team, what, target, first, first + weeks * WEEK - DAY)
        with suppress(NotDone):  # of a company too small for it
            set_goal(design, by=house.lead, now=now + begins * WEEK)
    actions.open_boards(leagues=True, people=True)
    for team in Team.objects.filter(children=None).order_by("pk"):
        actions.join_league(team, LeagueTeam.Work.FLOOR, by=house.lead, now=now)
    keys = files.keys("further")
    for number, name in enumerate(NAMES):
        member = house.people[3 + number]
        actions.play(member, name, now=now - WEEK)
        read_lessons(member, "further", keys[: 1 + number % len(keys)], at=now)
