"""A member about whom every table holds something."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from pesue.content.models import Picture, Story
from pesue.encouragement.models import Impact
from pesue.example.models import Seen
from pesue.people.models import (
    FormerAddress,
    Grant,
    ImportRow,
    Invitation,
    Look,
    Member,
    PeopleImport,
)
from pesue.reach.models import Message, Unsubscription
from pesue.sharing.models import Share
from tests.make import NOON
from tests.make.content import a_source, a_story, an_item
from tests.make.encouragement import some_thanks
from tests.make.example import a_showcase
from tests.make.guidance import guided
from tests.make.people import a_member
from tests.make.sharing import a_share, an_account


def a_whole_life(member: Member) -> Member:
    """A colleague who was met everywhere on the way."""
    colleague = a_member("Kaj Kollega")
    _own_rows(member)
    _with_others(member, colleague)
    return colleague


def _own_rows(member: Member) -> None:
    Grant.objects.create(member=member, role=Grant.Role.CURATOR)
    FormerAddress.objects.create(member=member, email="a@example.com", at=NOON)
    batch = PeopleImport.objects.create(
        by=member, at=NOON, size=1, name="x", state="done", state_since=NOON
    )
    ImportRow.objects.create(
        batch=batch, number=1, line=2, kind="known", email=member.email
    )
    ends = {"at": NOON, "ends_at": NOON + timedelta(days=1)}
    Invitation.objects.create(email=member.email, **ends)
    Invitation.objects.create(email="new@example.org", by=member, **ends)
    Message.objects.create(
        member=member,
        to=member.email,
        kind="account",
        once="x",
        at=NOON,
        not_before=NOON,
        state="sent",
        state_since=NOON,
    )
    Unsubscription.objects.create(member=member, kind="digest", at=NOON)
    EmailAddress.objects.create(user=member, email=member.email)
    Authenticator.objects.create(user=member, type="totp", data={"secret": "s"})
    UserSession.objects.create(
        user=member, ip="127.0.0.1", session_key="k", user_agent="a"
    )
    an_account(member=member)
    a_story(title="Seen by all", author=member, state=Story.State.ACCEPTED)
    a_story(title="A draft", author=member)


def _with_others(member: Member, colleague: Member) -> None:
    mine = a_share(member=member, state=Share.State.SHARED, shared_at=NOON)
    theirs = a_share(member=colleague, state=Share.State.SHARED, shared_at=NOON)
    some_thanks(giver=member, share=theirs)
    some_thanks(giver=colleague, share=mine)
    Impact.objects.create(member=member, share=mine, people=5, at=NOON)
    a_showcase(share=mine)
    showcase = a_showcase(share=theirs, asked_by=member)
    Seen.objects.create(member=colleague, showcase=showcase, day=NOON, before=member)
    Look.objects.create(by=member, member=colleague, what="page", at=NOON)
    Look.objects.create(by=colleague, member=member, what="page", at=NOON)
    Picture.objects.create(file="aa.webp", width=1, height=1, by=member)
    guided(member, colleague)
    a_source(by=member)
    an_item(owner=member, suggested_by=member)
    a_story(title="Reviewed", author=colleague, reviewer=member)
