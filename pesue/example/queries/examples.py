"""What can be asked about examples. Each is a fixed number of queries."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from pesue.content.models import Picture, Story
from pesue.encouragement.matching import Post
from pesue.encouragement.queries.thanks import thanked
from pesue.example.access.examples import shown
from pesue.example.choosing import Candidate, Reader, choose
from pesue.example.choosing import Seen as Lately
from pesue.example.choosing import Tie as Near
from pesue.example.models import Followed, Seen, Showcase, Tie
from pesue.foundation.counts import K
from pesue.people.models import Member
from pesue.sharing.models import Share

NEWEST = 200
NEWEST_IN_TEAM = 50
NEWEST_OF_LEADERS = 50
DAY = timedelta(days=1)
WEEK = timedelta(days=6)  # before today


@dataclass(frozen=True)
class Example:
    """What its author lets colleagues see, as one reader sees it."""

    showcase: Showcase
    thanked: bool
    own: bool

    @property
    def share(self) -> Share | None:
        return self.showcase.share

    @property
    def author(self) -> Member:
        return self.showcase.author

    @property
    def good(self) -> str:
        return self.showcase.good

    @property
    def picture(self) -> Picture | None:
        return self.showcase.picture


def as_seen(showcases: list[Showcase], reader: Member) -> list[Example]:
    shares = [showcase.share_id for showcase in showcases if showcase.share_id]
    done = thanked(reader, shares)
    return [
        Example(showcase, showcase.share_id in done, showcase.author_id == reader.pk)
        for showcase in showcases
    ]


def example(showcase_id: int, reader: Member, *, today: date) -> Example | None:
    found = shown(today=today).filter(pk=showcase_id).first()
    return as_seen([found], reader)[0] if found else None


def newest(*, today: date, item_id: int | None = None) -> QuerySet[Showcase]:
    """Examples, newest first; of one item if it is given."""
    rows = shown(today=today).order_by("-state_since", "-pk")
    return rows if item_id is None else rows.filter(share__item_id=item_id)


def of_share(share: Share) -> Showcase | None:
    return Showcase.objects.filter(share=share).first()


def posts(*, today: date) -> list[Post]:
    """The newest examples, as what may be offered to thank for or comment on."""
    columns = ("share", "author", "author__team", "share__language", "share__url")
    rows = newest(today=today).filter(share__isnull=False).exclude(share__text="")
    return [
        Post(share, author, team or 0, language, bool(url))
        for share, author, team, language, url in rows.values_list(*columns)[:NEWEST]
    ]


def of_post(share_id: int, reader: Member, *, today: date) -> Example | None:
    """A post as the reader sees it, while colleagues may see it."""
    found = shown(today=today).filter(share=share_id).first()
    return as_seen([found], reader)[0] if found else None


def of_story(story: Story) -> Showcase | None:
    return Showcase.objects.filter(story=story).first()


def posts_at(url: str) -> QuerySet[Share]:
    """Public posts at exactly this address, of which one may know none.

    Says also that the address is not empty, so that the index over those serves.
    """
    return Share.objects.filter(url=url, state=Share.State.SHARED).exclude(url="")


def stories_at(url: str) -> QuerySet[Story]:
    """Stories on the web at this address of ours."""
    slug = url.removeprefix(f"{settings.ADDRESS}/s/").rstrip("/")
    found = Story.objects.filter(state=Story.State.ACCEPTED, public=True, slug=slug)
    return found if slug != url.rstrip("/") else found.none()


def lately(member: Member, day: date) -> dict[date, Seen]:
    """What the member was shown on `day` and in the days before it."""
    rows = Seen.objects.filter(member=member, day__range=(day - WEEK, day))
    return {row.day: row for row in rows.select_related("showcase")}


def choice(
    member: Member, day: date, seen: dict[date, Seen], *, only: Near | None = None
) -> tuple[int, Near] | None:
    """The id of the member's example for `day`, and the tie to its author.

    By others than those seen before it, in the week if that can be.
    """
    asks = reader(member)
    before = {at: row.showcase.author_id for at, row in seen.items() if at < day}
    resting = Lately(before.get(day - DAY), frozenset(before.values()))
    found = choose(
        _candidates(member, day), asks, day.toordinal(), seen=resting, only=only
    )
    return (found.id, found.tie(asks)) if found else None


def story(*, months: int = 6) -> list[tuple[date, list[Tie]]]:
    """By month, newest first: after whose examples people went on to tell.

    Ties of which at least K did, and at least K did not. No numbers: they would be
    read as what examples do, and they are not.
    """
    found: dict[date, list[Tie]] = {}
    rows = Followed.objects.order_by("-month", "tie")
    for row in rows[: months * len(Tie)]:
        ties = found.setdefault(row.month, [])
        if min(row.told, row.saw - row.told) >= K:
            ties.append(Tie(row.tie))
    return list(found.items())


def reader(member: Member) -> Reader:
    tried = member.shares.filter(state=Share.State.SHARED).order_by()
    return Reader(
        member.pk,
        member.team.path if member.team else "",
        member.language,
        frozenset(tried.values_list("channel", flat=True).distinct()),
    )


def _candidates(member: Member, day: date) -> set[Candidate]:
    rows = newest(today=day).exclude(author=member).exclude(share__text="")
    found = _of(rows[:NEWEST]) | _of(
        rows.filter(author__leader=True)[:NEWEST_OF_LEADERS]
    )
    if member.team_id:
        found |= _of(rows.filter(author__team_id=member.team_id)[:NEWEST_IN_TEAM])
    return found


def _of(rows: QuerySet[Showcase]) -> set[Candidate]:
    columns = rows.values_list(
        "pk",
        "author_id",
        "author__team__path",
        Coalesce("share__language", "story__language"),
        "share__channel",
        "author__leader",
    )
    return {
        Candidate(pk, author, path or "", language, channel or "story", leader)
        for pk, author, path, language, channel, leader in columns
    }
