"""What can be asked about examples. Each is a fixed number of queries."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from pesue.encouragement.queries import thanked
from pesue.example.access import shown
from pesue.example.choosing import Candidate, Reader, choose
from pesue.example.models import Seen, Showcase
from pesue.people.models import Member
from pesue.sharing.models import Share

NEWEST = 200
NEWEST_IN_TEAM = 50


@dataclass(frozen=True)
class Example:
    """A post that its author lets colleagues see, as one reader sees it."""

    showcase: Showcase
    thanked: bool
    own: bool

    @property
    def share(self) -> Share:
        return self.showcase.share

    @property
    def author(self) -> Member:
        return self.showcase.author

    @property
    def good(self) -> str:
        return self.showcase.good


def as_seen(showcases: list[Showcase], reader: Member) -> list[Example]:
    done = thanked(reader, [showcase.share_id for showcase in showcases])
    return [
        Example(showcase, showcase.share_id in done, showcase.author_id == reader.pk)
        for showcase in showcases
    ]


def example(showcase_id: int, reader: Member) -> Example | None:
    found = shown().filter(pk=showcase_id).first()
    return as_seen([found], reader)[0] if found else None


def newest(item_id: int | None = None) -> QuerySet[Showcase]:
    """Examples, newest first; of one item if it is given."""
    rows = shown().order_by("-state_since", "-pk")
    return rows if item_id is None else rows.filter(share__item_id=item_id)


def of_share(share: Share) -> Showcase | None:
    return Showcase.objects.filter(share=share).first()


def posts_at(url: str) -> QuerySet[Share]:
    """Public posts at exactly this address, of which one may know none.

    Says also that the address is not empty, so that the index over those serves.
    """
    return Share.objects.filter(url=url, state=Share.State.SHARED).exclude(url="")


def seen(member: Member) -> Seen | None:
    return Seen.objects.filter(member=member).select_related("showcase").first()


def choice(member: Member, day: date, *, without: int | None) -> int | None:
    """The id of the member's example for `day`, by another author than `without`."""
    rows = newest().exclude(author=member).exclude(share__text="")
    if without is not None:
        rows = rows.exclude(author_id=without)
    found = _candidates(rows[:NEWEST])
    if member.team_id:
        near = rows.filter(author__team_id=member.team_id)
        found |= _candidates(near[:NEWEST_IN_TEAM])
    tried = member.shares.filter(state=Share.State.SHARED).order_by()
    reader = Reader(
        member.pk,
        member.team.path if member.team else "",
        member.language,
        frozenset(tried.values_list("channel", flat=True).distinct()),
    )
    return choose(list(found), reader, day.toordinal())


def _candidates(rows: QuerySet[Showcase]) -> set[Candidate]:
    columns = ("pk", "author_id", "author__team__path", "share__language")
    return {
        Candidate(pk, author, path or "", language, channel)
        for pk, author, path, language, channel in rows.values_list(
            *columns, "share__channel"
        )
    }
