"""What everybody may see: stories and people on the web, and their pages."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import Resolver404, resolve, reverse
from django.utils import translation
from django.utils.translation import gettext as _

from pesue.content import access as content
from pesue.content.models import Picture, Story
from pesue.content.queries.stories import told_to_all
from pesue.example.access import own_page as example
from pesue.example.models import OwnPage
from pesue.foundation.numbers import row_number
from pesue.guidance import access as guidance
from pesue.guidance.models import Concept
from pesue.guidance.queries import concepts
from pesue.people.access import house
from pesue.people.models import Organisation
from pesue.sharing.models import Share

SHELF = 12  # stories of one page, and of a feed
FACES = 8  # people on the front page: those who came last
FURTHER = 3  # stories beneath one


@dataclass(frozen=True)
class Shelf:
    """Stories that stand together: everybody's, a person's or a concept's."""

    kind: str  # "house", "person" or "concept"
    house: Organisation
    title: str
    words: str  # a line on it; may be empty
    path: str
    language: str
    stories: list[Story]
    older: int = 0  # ask for those before this one; 0: there are none
    first: bool = True
    person: OwnPage | None = None
    posts: Sequence[Share] = ()
    concept: Concept | None = None
    concepts: Sequence[Concept] = ()
    people: Sequence[OwnPage] = ()

    @property
    def named(self) -> bool:
        """Whether its stories say who tells: a person's own page has said it."""
        return self.person is None


@dataclass(frozen=True)
class Told:
    """A story's page, and what stands around it."""

    kind: str = field(default="story", init=False)
    house: Organisation
    story: Story
    pictures: list[Picture]
    page: OwnPage | None  # of its author
    posts: list[Share]  # where it can be talked about

    @property
    def title(self) -> str:
        return self.story.title

    @property
    def words(self) -> str:
        return " ".join(self.story.text.split())

    @property
    def language(self) -> str:
        return self.story.language

    @property
    def path(self) -> str:
        return reverse("story-public", args=[self.story.slug])


def page_of(story: Story) -> OwnPage | None:
    """The author's page, if there is one for everybody."""
    page: OwnPage | None = getattr(story.author, "own_page", None)
    return page if page and page.shown else None


def told(slug: str) -> Told:
    """Raises Gone; 404."""
    story = content.public_story(slug)
    author = story.author
    page = example.pages_on_the_web().filter(member=author).first()
    posts = page.posts.all() if page else Share.objects.none()
    mine = example.posts_to_show(page.member) if page else Share.objects.none()
    return Told(
        house=house(),
        story=story,
        pictures=list(story.pictures.all()),
        page=page,
        posts=list(mine.filter(pk__in=posts, item=story.item)) if story.item else [],
    )


def further(story: Story) -> list[Story]:
    """What to read next: those told before it; beneath the oldest, the newest."""
    earlier = list(_before(_rows(), story)[:FURTHER])
    if len(earlier) == FURTHER:
        return earlier
    known = [story.pk, *(one.pk for one in earlier)]
    return earlier + list(_rows().exclude(pk__in=known)[: FURTHER - len(earlier)])


def shelf(kind: str, slug: str = "", *, before: int = 0) -> Shelf:
    """Raises Gone; 404 for what never was."""
    return {"house": _house, "person": _person, "concept": _concept}[kind](slug, before)


def _house(_slug: str, before: int) -> Shelf:
    ours = house()
    stories, older = _some(_rows(), before)
    with translation.override(ours.language):
        title, words = (
            _("In our own words"),
            _("%(name)s: people tell about their work"),
        )
    return Shelf(
        kind="house",
        house=ours,
        title=title,
        words=words % {"name": ours.name},
        path=reverse("public-stories"),
        language=ours.language,
        stories=stories,
        older=older,
        first=not before,
        concepts=list(concepts.told_to_all()),
        people=list(example.pages_on_the_web().order_by("-pk")[:FACES]),
    )


def _person(slug: str, before: int) -> Shelf:
    page, ours = example.public_page(slug.lower()), house()
    left_out = page.left_out.values("pk")
    rows = _rows().filter(author=page.member).exclude(pk__in=left_out)
    stories, older = _some(rows, before)
    chosen = page.posts.values("pk")
    return Shelf(
        kind="person",
        house=ours,
        title=page.member.name,
        words=page.about,
        path=page.get_absolute_url(),
        language=page.member.language,
        stories=stories,
        older=older,
        first=not before,
        person=page,
        posts=list(example.posts_to_show(page.member).filter(pk__in=chosen)),
    )


def _concept(slug: str, before: int) -> Shelf:
    found, ours = guidance.public_concept(_number(slug.rpartition("-")[2])), house()
    stories, older = _some(_rows().filter(concept=found), before)
    return Shelf(
        kind="concept",
        house=ours,
        title=found.name,
        words=found.brief,
        path=concept_path(found),
        language=ours.language,
        stories=stories,
        older=older,
        first=not before,
        concept=found,
    )


def people() -> QuerySet[OwnPage]:
    """Those who want a page and are here, by name."""
    return example.pages_on_the_web().order_by("member__name", "pk")


def concept_path(concept: Concept) -> str:
    return reverse("public-concept", args=[concept.slug])


def at(address: str) -> Shelf | Told:
    """What stands at a whole address of ours. Raises Gone; 404 for others'."""
    ours = urlsplit(settings.ADDRESS)
    try:
        asked = urlsplit(address)
        match = resolve(asked.path)
    except (ValueError, Resolver404) as error:
        raise Http404 from error
    if asked.scheme not in ("http", "https") or asked.netloc != ours.netloc:
        raise Http404
    if match.url_name == "story-public":
        return told(match.kwargs["slug"])
    if match.url_name in ("public-stories", "public-person", "public-concept"):
        return shelf(**match.kwargs)
    raise Http404


def before(asked: str | None) -> int:
    """The story that an address goes on from; 404 for what is no number."""
    return _number(asked) if asked else 0


def _number(text: str) -> int:
    number = row_number(text)
    if number is None:
        raise Http404
    return number


def _rows() -> QuerySet[Story]:
    """With what a card of a story and a feed say, and no more: it is asked often."""
    rows = told_to_all().select_related("author__own_page", "concept", "video__poster")
    page = ("slug", "about", "titled", "shown", "member")
    return rows.only(
        *("title", "text", "slug", "language", "accepted_at", "concept__name"),
        *("author__name", "author__title", "video__story", "video__poster"),
        *(f"author__own_page__{name}" for name in page),
    ).prefetch_related("pictures")


def _some(rows: QuerySet[Story], before: int) -> tuple[list[Story], int]:
    """A page of stories, and from which the next goes on."""
    if before:
        last = get_object_or_404(Story, pk=before, accepted_at__isnull=False)
        rows = _before(rows, last)
    found = list(rows[: SHELF + 1])
    more = len(found) > SHELF
    return found[:SHELF], found[SHELF - 1].pk if more else 0


def _before(rows: QuerySet[Story], last: Story) -> QuerySet[Story]:
    """Those that were put on the web before it. The first bound says what the second
    does, but databases walk an index from it on."""
    same = Q(accepted_at=last.accepted_at, pk__lt=last.pk)
    rows = rows.filter(accepted_at__lte=last.accepted_at)
    return rows.filter(Q(accepted_at__lt=last.accepted_at) | same)
