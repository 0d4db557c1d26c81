"""A member about whom every table holds something."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from pesue.content.models import Picture, Story
from pesue.doors.models import Actor
from pesue.encouragement.models import Impact
from pesue.measurement.models import (
    HouseTrials,
    OpenReport,
    OutsideFile,
    PutAside,
    ToldTrials,
)
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
from tests.make.awards import honoured
from tests.make.content import a_source, a_story, an_item
from tests.make.encouragement import (
    a_budget,
    a_profile,
    a_rule,
    an_offer,
    some_points,
    some_thanks,
)
from tests.make.example import exemplary
from tests.make.goals import encouraged
from tests.make.guidance import guided
from tests.make.leaders import leading
from tests.make.outside import a_sender
from tests.make.people import a_member
from tests.make.recognition import a_card, a_letter, an_honour, thanks_in_words
from tests.make.reports import some_costs
from tests.make.rewards import rewarded
from tests.make.sharing import a_reply, a_share, a_voice, an_account
from tests.make.surveys import a_neighbour, a_panel, an_expert, an_export
from tests.make.takeovers import taken_over
from tests.make.trials import tried_out


def a_whole_life(member: Member) -> Member:
    """A colleague who was met everywhere on the way."""
    colleague = a_member("Kaj Kollega")
    _own_rows(member)
    _told_others(member)
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
    _from_outside(member)
    an_account(member=member)
    a_story(title="Seen by all", author=member, state=Story.State.ACCEPTED)
    a_story(title="A draft", author=member)
    some_points(member, by=member)
    a_rule(budget=a_budget(owner=member), by=member)
    a_card(member)


def _from_outside(member: Member) -> None:
    OutsideFile.objects.create(
        what="visits", by=member, at=NOON, name="x", state="kept", state_since=NOON
    )
    a_sender(by=member)
    an_expert(a_panel(by=member), email=member.email, name=member.name)
    an_export(by=member)
    a_neighbour(by=member)
    some_costs(by=member)
    OpenReport.objects.create(begins=NOON, token="t", by=member, at=NOON)
    PutAside.objects.create(member=member, key="web", at=NOON)


def _told_others(member: Member) -> None:
    ToldTrials.objects.create(by=member, at=NOON, text="{}")
    HouseTrials.objects.create(public="k", made=NOON, findings=[], by=member, at=NOON)


def _with_others(member: Member, colleague: Member) -> None:
    a_profile(member)
    mine = a_share(member=member, state=Share.State.SHARED, shared_at=NOON)
    theirs = a_share(member=colleague, state=Share.State.SHARED, shared_at=NOON)
    some_thanks(giver=member, share=theirs)
    some_thanks(giver=colleague, share=mine)
    thanks_in_words(member, giver=colleague, shown_at=NOON)
    an_honour(member, giver=colleague)
    an_honour(colleague, giver=member)
    a_letter(member=member, by=colleague)
    a_letter(member=colleague, by=member)
    Impact.objects.create(member=member, share=mine, people=5, at=NOON)
    exemplary(mine, theirs)
    Actor.objects.create(
        member=member, name="ana-aalto", state="open", state_since=NOON, made_at=NOON
    )
    leading(member, colleague)
    taken_over(member, colleague)
    an_offer(member=member, share=theirs)
    an_offer(member=colleague, colleague=member, share=mine)
    a_reply(share=mine)
    a_voice(share=mine)
    encouraged(member)
    Look.objects.create(by=member, member=colleague, what="page", at=NOON)
    Look.objects.create(by=colleague, member=member, what="page", at=NOON)
    Picture.objects.create(file="aa.webp", width=1, height=1, by=member)
    guided(member, colleague)
    tried_out(member, colleague)
    honoured(member, colleague)
    a_source(by=member)
    an_item(owner=member, suggested_by=member)
    a_story(title="Reviewed", author=colleague, reviewer=member)
    rewarded(member, colleague)
