"""Who leads, and what they and those who prepare for them may reach."""

from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate

from pesue.example.models import (
    Assistant,
    Handover,
    Inside,
    InsideChannel,
    InsidePost,
)
from pesue.guidance.models import Topic
from pesue.people.access import only
from pesue.people.models import Grant, Member
from pesue.sharing.models import Share, Voice


def leading() -> QuerySet[Member]:
    """Those who lead: by the organisation's word, a team, or as owners of a topic."""
    leads = Grant.objects.filter(member=OuterRef("pk"), role=Grant.Role.LEAD)
    owns = Topic.owners.through.objects.filter(member=OuterRef("pk"))
    return Member.objects.filter(
        Q(leader=True) | Exists(leads) | Exists(owns), state=Member.State.ACTIVE
    )


def is_leader(member: Member) -> bool:
    return leading().filter(pk=member.pk).exists()


leaders = only(is_leader)  # others get 403


def own_draft(member: Member, share_id: int) -> Share:
    """A draft of the member's own; 404 for anyone else's."""
    rows = Share.objects.select_related("item", "member")
    return get_object_or_404(rows, pk=share_id, member=member, state=Share.State.DRAFT)


def own_inside(member: Member, inside_id: int) -> Inside:
    """What the member told inside; 404 for anyone else's."""
    return get_object_or_404(Inside, pk=inside_id, member=member)


def own_inside_post(member: Member, inside_id: int, post_id: int) -> InsidePost:
    """Where the member's words went; 404 for anyone else's."""
    rows = InsidePost.objects.select_related("inside", "channel", "member")
    return get_object_or_404(rows, pk=post_id, inside=inside_id, member=member)


def inside_posts(told: Inside) -> QuerySet[InsidePost]:
    """Where one's own words went."""
    return InsidePost.objects.filter(inside=told).select_related("channel")


def inside_channels(kind: str = "") -> QuerySet[InsideChannel]:
    """Channels that take posts; of one kind, or all."""
    rows = InsideChannel.objects.all()
    return rows.filter(kind=kind) if kind else rows


def inside_channel(channel_id: int) -> InsideChannel:
    return get_object_or_404(InsideChannel, pk=channel_id)


def assisting(named_id: int, member: Member) -> Assistant:
    """What ties a leader and an assistant, for one of the two; 404 for others."""
    rows = Assistant.objects.select_related("leader", "assistant")
    return get_object_or_404(
        rows.filter(Q(leader=member) | Q(assistant=member)), pk=named_id
    )


def own_handover(member: Member, handed_id: int) -> Handover:
    """What the member handed over; 404 for anyone else's."""
    rows = Handover.objects.select_related("share__item", "leader", "assistant")
    return get_object_or_404(rows, pk=handed_id, leader=member)


def to_prepare(member: Member, *, today: date) -> QuerySet[Handover]:
    """Drafts that leaders handed to the member, while all of this holds: they were
    handed to just this member; who handed it leads, with this member for assistant
    still; both are here; it is a draft yet, being prepared or prepared."""
    named = Assistant.objects.filter(
        leader=OuterRef("leader"),
        assistant=member,
        state=Assistant.State.GOING,
        until__gte=today,
    )
    return Handover.objects.select_related("share__item", "leader").filter(
        Exists(named),
        Exists(leading().filter(pk=OuterRef("leader"))),
        assistant=member,
        assistant__state=Member.State.ACTIVE,
        state__in=(Handover.State.ASKED, Handover.State.PREPARED),
        share__state=Share.State.DRAFT,
        share__member=F("leader"),
    )


def handed_to(member: Member, handed_id: int) -> Handover:
    """A draft handed to the member to prepare; 404 otherwise, whatever they may do."""
    return get_object_or_404(to_prepare(member, today=localdate()), pk=handed_id)


def handed_voices(handed: Handover) -> QuerySet[Voice]:
    """The voice notes that came with a draft: those kept before it was handed over."""
    kept = Voice.objects.filter(
        share=handed.share_id, member=handed.leader_id, at__lte=handed.asked_at
    )
    return kept.order_by("at", "pk") if handed.voices else kept.none()


def handed_voice(member: Member, handed_id: int, voice_id: int) -> Voice:
    return get_object_or_404(handed_voices(handed_to(member, handed_id)), pk=voice_id)
