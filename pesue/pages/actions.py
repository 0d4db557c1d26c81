"""What a member does on the pages of this room, with their own row."""

from datetime import datetime, timedelta

from django.utils.timezone import localdate

from pesue.people.models import Member


def rest(member: Member, *, now: datetime) -> None:
    """Nothing more until next Monday; a longer pause stands."""
    today = localdate(now)
    monday = today + timedelta(days=7 - today.weekday())
    if member.paused_until is None or member.paused_until < monday:
        member.paused_until = monday
        member.save(update_fields=["paused_until"])


def come_back(member: Member) -> None:
    """End the pause: something small may be shown again."""
    member.paused_until = None
    member.save(update_fields=["paused_until"])


def speak(member: Member, language: str) -> None:
    """Make `language` (fi, sv or en) the member's own."""
    member.language = language
    member.save(update_fields=["language"])
