"""What a leader and their assistant read of a handed draft."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from pesue.example.models import Assistant, Handover
from pesue.guidance.differences import Piece, difference
from pesue.guidance.models import Guideline
from pesue.guidance.queries.overview import fitting
from pesue.people.models import Member
from pesue.sharing.composing import words_of
from pesue.sharing.models import Share


@dataclass(frozen=True)
class ToHand:
    """What the assistant will see of a draft."""

    share: Share
    said: str
    voices: int


@dataclass(frozen=True)
class Compared:
    """The leader's words beside what was prepared."""

    said: str
    text: str
    pieces: Sequence[Piece]


def to_hand(share: Share) -> ToHand:
    said = words_of(share.text, share.disclosure)
    return ToHand(share, said, share.voices.count())


def compared(handed: Handover) -> Compared:
    """With the draft as it stands; once taken, with what stood in it before."""
    said = handed.said
    if handed.state == Handover.State.PREPARED:
        said = words_of(handed.share.text, handed.share.disclosure)
    if handed.state not in (Handover.State.PREPARED, Handover.State.TAKEN):
        return Compared(said, "", [])
    return Compared(said, handed.text, difference(said, handed.text))


def prepared_for(member: Member, share: Share) -> Handover | None:
    """What became of the draft at the member's assistant, for the composer."""
    rows = Handover.objects.filter(share=share, leader=member)
    return rows.exclude(state=Handover.State.ENDED).select_related("assistant").first()


def assisted(member: Member, *, today: date) -> QuerySet[Assistant]:
    """For whom the member prepares."""
    rows = Assistant.objects.filter(
        assistant=member, state=Assistant.State.GOING, until__gte=today
    )
    return rows.select_related("leader").order_by("until", "pk")


def guidelines(handed: Handover) -> list[Guideline]:
    item = handed.share.item
    return fitting(item.topics.all(), item.concept)
