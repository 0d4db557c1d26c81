"""The course as a member sees it: lessons, and the stories they grow out of."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When
from django.utils.timezone import localdate

from pesue.content.access import offered_to
from pesue.content.models import Item
from pesue.content.queries.stories import told_to_all
from pesue.encouragement.queries.offers import FRESH
from pesue.guidance.course import files
from pesue.guidance.course.names import NAMES, Name
from pesue.guidance.models import Certificate
from pesue.guidance.queries import course as guidance
from pesue.guidance.queries.concepts import running
from pesue.guidance.queries.material import Material, material
from pesue.people.models import Member
from pesue.sharing.models import Share

CHOICE = 3  # items to choose from for a first post
PICTURE = ("picture__file", "picture__alt", "picture__width")
CASES = 3  # stories in the further course


@dataclass(frozen=True)
class Page:
    """A lesson's line in the contents."""

    key: str
    title: str
    number: int
    done: bool


@dataclass(frozen=True)
class Book:
    """A course with how far its reader is."""

    key: str
    name: Name
    pages: list[Page]
    certificate: Certificate | None
    drafted: bool  # what the course asks for beside its lessons

    @property
    def read(self) -> bool:
        return bool(self.pages) and all(page.done for page in self.pages)

    @property
    def next(self) -> Page | None:
        return next((page for page in self.pages if not page.done), None)

    @property
    def ends(self) -> bool:
        return self.key in guidance.ENDING


def own(member: Member, *, now: datetime) -> Material:
    """What lessons are made of, with the stories that all may read."""
    return replace(material(member, now=now), stories=list(told_to_all()[:CASES]))


@dataclass(frozen=True)
class Shelf:
    """The member's courses, and what tells a device that their lessons are others."""

    books: list[Book]
    edition: str


def shelf(member: Member, *, now: datetime) -> Shelf:
    """A fixed number of queries."""
    done, drafted = guidance.finished(member), has_draft(member)
    given = {row.course: row for row in member.certificates.all()}
    around = own(member, now=now)
    words = [settings.VERSION, member.language, *around.words]
    found = []
    for course in guidance.courses_of(member):
        texts = guidance.texts(course, member.language)
        keys = guidance.grown(around) if course == "further" else [*texts]
        pages = [
            Page(key, texts[key].title, number, (course, key) in done)
            for number, key in enumerate(keys, start=1)
        ]
        needs = course != "advocate" or drafted
        found.append(Book(course, NAMES[course], pages, given.get(course), needs))
        words += [repr(texts[key]) for key in keys]
    return Shelf(found, files.edition("\0".join(words))[:16])


def has_draft(member: Member) -> bool:
    """Whether the member has ever begun to tell something in words of their own."""
    begun = Share.objects.filter(member=member).exclude(text="")
    return begun.exclude(text=F("disclosure")).exists()


def around(course: str, key: str, keys: Iterable[str]) -> tuple[int, int, str]:
    """A lesson's number, of how many, and the key of the one after it."""
    order = list(keys)
    at = order.index(key)
    return at + 1, len(order), order[at + 1] if at + 1 < len(order) else ""


def to_begin_with(member: Member, *, now: datetime) -> list[Item]:
    """A few items of the library for a first post."""
    return list(matched(member, now=now)[:CHOICE])


def matched(member: Member, *, now: datetime) -> QuerySet[Item]:
    """Fresh items the member has not told yet: own topics and language first."""
    topics = Item.topics.through.objects.filter(
        item=OuterRef("pk"), topic__followers=member
    )
    told = Share.objects.filter(member=member, item=OuterRef("pk"))
    return (
        offered_to(member, today=localdate(now))
        .filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=localdate(now)),
            ~Exists(told),
            ready_at__gt=now - FRESH,
        )
        .annotate(
            mine=Exists(topics),
            ours=Exists(running(today=localdate(now)).filter(pk=OuterRef("concept"))),
            own=Case(When(language=member.language, then=1), default=0),
        )
        .select_related("picture")
        .only("title", "summary", "language", *PICTURE)
        .order_by("-mine", "-own", "-ours", "-ready_at", "-pk")
    )
