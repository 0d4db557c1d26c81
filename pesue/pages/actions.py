"""What a member does on the pages of this room."""

from datetime import datetime, timedelta

from django.utils.timezone import localdate

from pesue.example import actions as example
from pesue.guidance.queries.asks import open_asks
from pesue.guidance.queries.course import next_lesson
from pesue.guidance.queries.quiet import quiet_for
from pesue.pages import queries
from pesue.pages.concepts.queries import together
from pesue.people.actions import members
from pesue.people.models import Member


def open_today(member: Member, *, now: datetime) -> queries.Today:
    """The member's page of the day; its example stays the same until tomorrow."""
    return queries.Today(
        step=queries.next_step(member, now=now),
        example=example.today(member, now=now),
        impacts=queries.impacts(member, now=now),
        thanks=queries.thanks(member, now=now),
        together=together(member, now=now),
        quiets=quiet_for(member, today=localdate(now)),
        asks=list(open_asks(member)[:3]),
        lesson=next_lesson(member, now=now),
    )


def rest(member: Member, *, now: datetime) -> None:
    """Nothing more until next Monday; a longer pause stands."""
    today = localdate(now)
    monday = today + timedelta(days=7 - today.weekday())
    if member.paused_until is None or member.paused_until < monday:
        members.rest(member, until=monday)


def come_back(member: Member) -> None:
    """End the pause: something small may be shown again."""
    members.rest(member, until=None)


def speak(member: Member, language: str) -> None:
    """Make `language` (fi, sv or en) the member's own."""
    members.settle(member, name=member.name, language=language, part=member.part)
