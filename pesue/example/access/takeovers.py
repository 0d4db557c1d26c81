"""Who may see, answer and film for which takeover."""

from datetime import date

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate

from pesue.content.models import Story, Video
from pesue.example.models import Takeover
from pesue.example.queries.takeovers import SEEN, has_begun, whole
from pesue.people.access import Role, may, needs, teams_of
from pesue.people.models import Member

leads = needs(Role.LEAD)  # of the whole or some of it; others get 403


def led_paths(member: Member) -> list[str] | None:
    """Subtrees whose wishes the member answers; None means all."""
    return teams_of(member, Role.LEAD) if may(member, Role.LEAD) else []


def leads_takeover(member: Member, takeover: Takeover) -> bool:
    """Whether the member leads the team of whoever would tell."""
    teller = takeover.member
    if teller is None or teller == member or not may(member, Role.LEAD):
        return False
    whole = teams_of(member, Role.LEAD) is None
    return whole or (teller.team is not None and may(member, Role.LEAD, teller.team))


def may_be_offered(lead: Member, member: Member) -> bool:
    """Whether the lead may offer a takeover to the member: one whom they lead, or they
    themselves."""
    whole = teams_of(lead, Role.LEAD) is None
    led = member.team is not None and may(lead, Role.LEAD, member.team)
    return member == lead or whole or led


def takeover(member: Member, takeover_id: int) -> Takeover:
    """A takeover that has to do with the member, or that is agreed; else 404."""
    found = get_object_or_404(whole().prefetch_related("posts"), pk=takeover_id)
    if found.state in SEEN or is_party(member, found):
        return found
    raise Http404


def is_party(member: Member, takeover: Takeover) -> bool:
    """Who tells, who helps, who offered it, and who leads: they see the sheet."""
    near = {takeover.member_id, takeover.keeper_id, takeover.lead_id}
    return member.pk in near or leads_takeover(member, takeover)


def takeover_of_party(member: Member, takeover_id: int) -> Takeover:
    found = takeover(member, takeover_id)
    if not is_party(member, found):
        raise Http404
    return found


def told_takeover(member: Member, takeover_id: int) -> Takeover:
    """One of which the member may say what was posted; 404 for anyone else."""
    found = takeover(member, takeover_id)
    if not may_say_told(member, found, today=localdate()):
        raise Http404
    return found


def may_say_told(member: Member, takeover: Takeover, *, today: date) -> bool:
    """Who told, and who keeps the channel, from the first day on."""
    near = member.pk in {takeover.member_id, takeover.keeper_id}
    return near and takeover.member is not None and has_begun(takeover, today=today)


def own_takeover(member: Member, takeover_id: int) -> Takeover:
    """One in which the member tells; 404 for anyone else."""
    rows = Takeover.objects.select_related("member", "lead", "keeper", "story")
    return get_object_or_404(rows, pk=takeover_id, member=member)


def led_takeover(member: Member, takeover_id: int) -> Takeover:
    """One of somebody whom the member leads; 404 for anyone else."""
    found = takeover(member, takeover_id)
    if not leads_takeover(member, found):
        raise Http404
    return found


def film_of(member: Member, takeover: Takeover) -> Video | None:
    """What was filmed for it, once it was kept whole: its author sees it at once, the
    keeper of the channel once it was sent."""
    story = takeover.story
    if story is None:
        return None
    sent = story.state in (Story.State.SENT, Story.State.ACCEPTED)
    keeps = member.pk == takeover.keeper_id and sent
    if not (keeps or member.pk == story.author_id):
        return None
    rows = Video.objects.select_related("poster", "story")
    return rows.filter(Video.SAID, story=story, state=Video.State.READY).first()
