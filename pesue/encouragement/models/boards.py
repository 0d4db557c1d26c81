"""Boards that nobody is on who did not ask to be: leagues of teams, and of people."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from pesue.foundation.held import Held
from pesue.people.models import Member, Team


class Boards(models.Model):
    """Which boards there are in this house. None, until a lead opens one."""

    leagues = models.BooleanField(
        _("leagues of teams that are alike, for teams whose lead wants it"),
        default=False,
    )
    people = models.BooleanField(
        _("a board of people, for those who want to be on it"), default=False
    )

    class Meta:
        constraints = [
            models.CheckConstraint(name="boards_are_one_row", condition=Q(pk=1))
        ]

    def __str__(self) -> str:
        return "boards"


class LeagueTeam(models.Model):
    """A team whose lead wants it in a league, and where it stands in a month."""

    HELD = Held(_("to know who put a team into a league"), timedelta(0), "unname")

    class Work(models.TextChoices):
        """Teams are compared with those whose days are like theirs."""

        DESK = "desk", _("at desks")
        FLOOR = "floor", _("in shifts, shops, or on the road")
        MIXED = "mixed", _("some of both")

    team = models.OneToOneField(Team, models.CASCADE, related_name="league")
    work = models.CharField(_("how the team works"), max_length=8, choices=Work)
    by = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    joined_at = models.DateTimeField()
    counted_at = models.DateTimeField(null=True)
    month = models.DateField(null=True)  # its first day; of what follows
    league = models.CharField(max_length=20, blank=True)  # "desk 10"; empty: none
    place = models.PositiveIntegerField(null=True)  # in the upper half; else null

    class Meta:
        indexes = [
            models.Index(fields=["month", "league", "place"], name="leagues_by_place")
        ]

    def __str__(self) -> str:
        return f"{self.team_id} in {self.league}"


class Player(models.Model):
    """Somebody who wants to be on the board of people. Deleted when they leave it."""

    HELD = Held(_("because you wanted to be on the board"), timedelta(0), "erase")

    member = models.OneToOneField(Member, models.CASCADE, related_name="player")
    nickname = models.CharField(max_length=40)
    joined_at = models.DateTimeField()
    counted_at = models.DateTimeField(null=True)
    month = models.DateField(null=True)  # its first day
    works = models.PositiveIntegerField(default=0)  # of the member's own, in the month

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("nickname"), name="nicknames_differ")
        ]
        indexes = [
            models.Index(fields=["month", "-works", "id"], name="players_by_works"),
            models.Index(fields=["counted_at"], name="players_to_count"),
        ]

    def __str__(self) -> str:
        return self.nickname
