"""What the Today page is made of: each part one query, however full the house is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F
from django.utils.timezone import localdate

from pesue.content.models import Item
from pesue.encouragement.access.recognition import concerning
from pesue.encouragement.models import AwardRound, Honour, Impact, Letter, Offer, Thanks
from pesue.encouragement.queries.goals import Bar
from pesue.encouragement.rungs import Rung, Why, said
from pesue.example.models import Showcase
from pesue.example.queries import Example
from pesue.guidance.check.quiet import Quiet
from pesue.guidance.models import Ask
from pesue.guidance.queries.course import Step as Lesson
from pesue.pages.concepts.queries import Together
from pesue.people.models import Member
from pesue.sharing.models import Share
from pesue.sharing.queries.links import people
from pesue.surveys.models import Survey

REMEMBERED = timedelta(days=14)  # how long a draft or a hand-off is asked about
TOLD = timedelta(days=30)  # how long Today tells what words did


@dataclass(frozen=True)
class Step:
    """The one next small step. `kind` names its template's words."""

    # "confirm", "unknown", "asked", "draft": begun; "offer", "done", "later": the
    # week's; "rest", "none"
    kind: str
    share: Share | None = None
    item: Item | None = None
    showcase: Showcase | None = None
    offer: Offer | None = None
    example: Example | None = None  # the colleague's post that the offer is about

    @property
    def is_free(self) -> bool:
        """Whether nothing begun waits, and the member does not rest."""
        return self.kind in {"offer", "done", "later", "none"}

    @property
    def is_quiet(self) -> bool:
        """Whether nothing is offered now."""
        return self.kind in {"rest", "none", "done", "later"}

    @property
    def rung(self) -> str:
        return Rung(self.offer.rung).name.lower() if self.offer else ""

    @property
    def why(self) -> str:
        """Why just this, in one sentence."""
        offer = self.offer
        if offer is None:
            return ""
        after = None if offer.after is None else Rung(offer.after)
        return said(Why(offer.why), Rung(offer.rung), after)


@dataclass(frozen=True)
class Today:
    """All of the page; never more than fits four minutes."""

    step: Step
    example: Example | None
    impacts: list[Impact]
    thanks: list[Thanks]
    thanks_first: bool = False  # before what words did
    together: Together | None = None  # a running concept
    quiets: Sequence[Quiet] = ()  # quiet periods that concern the member
    asks: Sequence[Ask] = ()  # questions that wait for the member's answer
    lesson: Lesson | None = None  # to read next
    survey: Survey | None = None  # to answer
    award: AwardRound | None = None  # that calls for names, or for a vote
    goal: Bar | None = None  # of the member's team
    honours: Sequence[Honour] = ()  # that the member was given lately
    letters: Sequence[Letter] = ()  # that concern the member


def begun_step(member: Member, *, now: datetime) -> Step | None:
    """What waits for the member's word, the nearest to done first; a week off is
    kept. None: nothing new need wait."""
    begun = _begun(member, now=now)
    if begun and begun.state != Share.State.DRAFT:
        kind = "confirm" if begun.state == Share.State.HANDED else "unknown"
        return Step(kind, share=begun, item=begun.item)
    asked = _asked(member)
    if asked:
        return Step("asked", share=asked.share, showcase=asked)
    if member.paused_until and member.paused_until > localdate(now):
        return Step("rest")
    return Step("draft", share=begun, item=begun.item) if begun else None


def _begun(member: Member, *, now: datetime) -> Share | None:
    """What waits for the member's word: an unsettled post before a draft."""
    waiting = [Share.State.UNKNOWN, Share.State.HANDED, Share.State.DRAFT]
    return (
        member.shares.filter(state__in=waiting, drafted_at__gt=now - REMEMBERED)
        .select_related("item__picture")
        .only(
            "member",
            "state",
            "text",
            "item__title",
            "item__summary",
            *_of("item__picture"),
        )
        .order_by(F("state").desc(), "-drafted_at")  # unknown, handed, draft
        .first()
    )


def _asked(member: Member) -> Showcase | None:
    return (
        Showcase.objects.filter(author=member, state=Showcase.State.ASKED)
        .select_related("share", "story", "asked_by")
        .order_by("-state_since")
        .first()
    )


def _of(picture: str) -> list[str]:
    """What showing a picture takes."""
    return [f"{picture}__{name}" for name in ("file", "alt", "width")]


def impacts(member: Member, *, now: datetime) -> list[Impact]:
    """The member's last shares that reached someone, each with all it has by now."""
    told = (
        member.impacts.filter(at__gt=now - TOLD)
        .select_related("share__item")
        .only("member", "people", "share__item__title")
        .order_by("-at", "-people")[:20]
    )
    furthest: dict[int, Impact] = {}
    for impact in told:
        known = furthest.get(impact.share_id)
        if known is None or impact.people > known.people:
            furthest[impact.share_id] = impact
    shown = list(furthest.values())[:3]
    read = people([impact.share_id for impact in shown])
    for impact in shown:  # the same number as My shares has
        impact.people = max(impact.people, read.get(impact.share_id, 0))
    return shown


def thanks(member: Member, *, now: datetime) -> list[Thanks]:
    """The last thanks the member got, newest first."""
    return list(
        Thanks.objects.filter(receiver=member, at__gt=now - TOLD)
        .select_related("giver", "share__item")
        .only("what", "words", "giver__name", "share__item__title")
        .order_by("-at")[:3]
    )


def honours(member: Member, *, now: datetime) -> list[Honour]:
    """What the member was honoured for lately."""
    rows = Honour.objects.filter(receiver=member, at__gt=now - TOLD)
    return list(rows.select_related("giver").order_by("-at")[:1])


def letters(member: Member, *, now: datetime) -> list[Letter]:
    """What somebody wrote lately that concerns the member."""
    rows = concerning(member, today=localdate(now)).filter(at__gt=now - TOLD)
    return list(rows.order_by("-at")[:1])
