"""Who could be honoured, and how many still may."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from pesue.content.models import Story
from pesue.encouragement.access.recognition import honoured_by
from pesue.encouragement.drawing import drawn
from pesue.encouragement.models import Honour, Thanks
from pesue.encouragement.scarcity import Group
from pesue.foundation.days import midnight
from pesue.people.models import Member, Team

RESTS = timedelta(days=365)  # an honour goes to others meanwhile
LATELY = timedelta(days=90)  # what was done before is not proposed any more
NEW = timedelta(days=180)  # here for less: a newcomer
SHOWN = 12


@dataclass(frozen=True)
class Proposal:
    """Somebody whom colleagues' words speak for; never how many of them."""

    member: Member
    thanks: Thanks | None
    story: Story | None
    kind: str  # an Honour.Kind, by how long they are here


def quarter(day: date) -> date:
    """The first day of its quarter."""
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)


def next_quarter(day: date) -> date:
    return quarter(quarter(day) + timedelta(days=95))


def kind_for(member: Member, *, now: datetime) -> str:
    """A welcome for newcomers, esteem for others: each moves the other hardly."""
    joined = member.joined_at
    new = joined is not None and now - joined < NEW
    return str(Honour.Kind.WELCOME if new else Honour.Kind.ESTEEM)


def rests_until(member: Member, *, now: datetime) -> datetime | None:
    """Until when others have their turn; None if the member was not honoured lately."""
    last = Honour.objects.filter(receiver=member, at__gt=now - RESTS)
    newest = last.order_by("-at").first()
    return newest.at + RESTS if newest else None


def groups_of(member: Member, *, now: datetime) -> list[Group]:
    """The member's team, each above it, and the organisation: with their honours of
    this quarter."""
    begins = midnight(quarter(localdate(now)))
    honours = Honour.objects.filter(at__gte=begins)
    here = Member.objects.filter(state=Member.State.ACTIVE)
    above = member.team.above() if member.team else []
    teams = Team.objects.filter(pk__in=above).order_by("-path")
    groups = [
        Group(
            team.name,
            here.filter(team__path__startswith=team.path).count(),
            honours.filter(receiver__team__path__startswith=team.path).count(),
        )
        for team in sorted(teams, key=lambda team: -len(team.path))
    ]
    all_of_us = Group(_("All of us"), here.count(), honours.count(), whole=True)
    return [*groups, all_of_us]


def proposals(lead: Member, *, now: datetime) -> list[Proposal]:
    """SHOWN colleagues at most, in a drawn order that changes each week.

    Spoken for by the words of a colleague, or a story of their own. Not read: how
    many thanks there are, who posts, who is read. Somebody honoured rests.
    """
    thanks, stories = _spoken(now), _told(now)
    ids = set(_within_reach(lead, thanks, "receiver", now))
    ids |= set(_within_reach(lead, stories, "author", now))
    week = localdate(now).isocalendar()
    lot = f"{lead.pk}|{week.year}|{week.week}"
    chosen = drawn(ids, lot)[:SHOWN]
    members = Member.objects.select_related("team").in_bulk(chosen)
    words = _one_each(thanks.filter(receiver__in=chosen), "receiver_id", lot)
    own = _one_each(stories.filter(author__in=chosen), "author_id", lot)
    return [
        Proposal(
            members[one],
            words.get(one),
            own.get(one),
            kind_for(members[one], now=now),
        )
        for one in chosen
    ]


def given_by(lead: Member) -> QuerySet[Honour]:
    rows = Honour.objects.filter(giver=lead).select_related("receiver")
    return rows.order_by("-at", "-pk")


def received(member: Member) -> QuerySet[Honour]:
    rows = Honour.objects.filter(receiver=member).select_related("giver")
    return rows.order_by("-at", "-pk")


def _spoken(now: datetime) -> QuerySet[Thanks]:
    """Words that their giver lets leads read, or their receiver all colleagues."""
    rows = Thanks.objects.filter(
        Q(proposes=True) | Q(shown_at__isnull=False), at__gt=now - LATELY
    )
    said = rows.exclude(what="", words="")
    return said.select_related("giver", "share__item")


def _told(now: datetime) -> QuerySet[Story]:
    return Story.objects.filter(
        state=Story.State.ACCEPTED, accepted_at__gt=now - LATELY
    )


def _within_reach(
    lead: Member, rows: "QuerySet[Thanks] | QuerySet[Story]", name: str, now: datetime
) -> Iterable[int]:
    """Whom the lead may honour of those these rows are about."""
    lately = Honour.objects.filter(receiver=OuterRef(name), at__gt=now - RESTS)
    mine = rows.filter(
        honoured_by(lead, f"{name}__team__path"),
        ~Exists(lately),
        **{f"{name}__state": Member.State.ACTIVE},
    ).exclude(**{name: lead})
    return mine.values_list(name, flat=True).distinct()


def _one_each(rows: "QuerySet[Any]", whose: str, lot: str) -> "dict[int, Any]":
    """Of each member's rows one, drawn: many say no more than one."""
    known = {row.pk: row for row in rows}
    found: dict[int, Any] = {}
    for one in drawn(known, lot):
        found.setdefault(getattr(known[one], whose), known[one])
    return found
