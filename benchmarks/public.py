"""Processor time of the pages for everybody: 100,000 members, 20,000 public stories.

    python -m benchmarks.public [MEMBERS]

On SQLite in a temporary folder, or with DATABASE_URL on that (empty) PostgreSQL. Of the
members 2 % have a page of their own, and each of these wrote ten stories. In turns in
the same run, the story as its signed-in author sees it; a ratio is to that. Processor
time, as the machine may have other work; on SQLite that is all the time there is.
"""

import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from benchmarks.place import an_empty_place

REPEATS = 25
EACH = 10  # stories of an author
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
PACKED = {"accept-encoding": "gzip"}  # as browsers ask
TEXT = "Kello neljä uuni on kuuma ja meri tyyni. " * 25


def fill(people: int) -> None:
    from benchmarks.large import bulk
    from pesue.example.models import OwnPage
    from pesue.guidance.models import Concept
    from pesue.people.models import Member, Organisation

    Organisation.objects.create(pk=1, name="Suuri Oy")
    here = {"state": "active", "state_since": NOW, "joined_at": NOW, "language": "fi"}
    bulk(
        (Member(email=f"m{n}@e.org", name=f"J {n}", **here) for n in range(people)),
        Member,
    )
    authors = list(Member.objects.order_by("pk")[: people // 50])
    shown = {"about": "Leivon merellä.", "shown": True, "shown_since": NOW}
    bulk((OwnPage(member=one, slug=f"m{one.pk}", **shown) for one in authors), OwnPage)
    days = {"starts": NOW.date(), "ends": NOW.date() + timedelta(days=30)}
    concept = Concept.objects.create(
        name="Aamu", brief="Yksi hetki.", public=True, was_public=True, **days
    )
    _tell(authors, concept)


def _tell(authors: list[Any], concept: Any) -> None:
    from benchmarks.large import analyse, bulk
    from pesue.content.models import Picture, Story

    told = {"text": TEXT, "language": "fi", "state": "accepted", "public": True}
    bulk(
        (
            Story(
                author=authors[n % len(authors)],
                title=f"Tarina {n}",
                slug=f"tarina-{n}",
                state_since=NOW,
                made_at=NOW,
                accepted_at=NOW - timedelta(minutes=17 * n),
                was_public=True,
                concept=concept if n % 10 == 0 else None,
                **told,
            )
            for n in range(EACH * len(authors))
        ),
        Story,
    )
    size = {"width": 1200, "height": 800}
    bulk(
        (
            Picture(file=f"{pk:064x}.webp", alt="Uuni", story_id=pk, **size)
            for pk in Story.objects.values_list("pk", flat=True)
        ),
        Picture,
    )
    analyse()


def asked() -> dict[str, Callable[[], Any]]:
    from django.test import Client

    from pesue.content.models import Story
    from pesue.guidance.models import Concept

    story = Story.objects.select_related("author").order_by("pk")[777]
    assert story.author
    visitor, author = (Client(headers={"host": "localhost"}) for _ in range(2))
    author.force_login(
        story.author, "allauth.account.auth_backends.AuthenticationBackend"
    )
    deep = Story.objects.order_by("-pk")[100].pk
    page = visitor.get(f"/s/{story.slug}")
    again = {"if-none-match": page["ETag"]}
    paths = {
        "the front page": "/s/",
        "the front page, years back": f"/s/?before={deep}",
        "a person": f"/p/m{story.author.pk}",
        "all people": "/p/",
        "a concept": f"/c/{Concept.objects.get().slug}",
        "a story": f"/s/{story.slug}",
        "the feed": "/s/feed.atom",
        "oEmbed": f"/oembed?url=http://localhost:8000/s/{story.slug}",
        "a card, drawn before": f"/s/{story.slug}/card.png",
        "the site map": "/sitemap.xml",
    }
    found: dict[str, Callable[[], Any]] = {
        "a story, signed in": lambda: author.get(f"/stories/{story.pk}")
    }
    for name, path in paths.items():
        found[name] = lambda path=path: visitor.get(path, headers=PACKED)
    kept = paths["a story"]
    found["a story, kept (304)"] = lambda: visitor.get(kept, headers=again)
    return found


def main() -> None:
    ways = asked()
    took: dict[str, list[float]] = {name: [] for name in ways}
    weight: dict[str, float] = {}
    for name, ask in ways.items():
        answer = ask()
        assert answer.status_code in (200, 304), (name, answer.status_code)
        weight[name] = len(answer.content) / 1000
    for _ in range(REPEATS):
        for name, ask in ways.items():
            began = time.process_time()
            ask()
            took[name].append(1000 * (time.process_time() - began))
    first = statistics.median(took["a story, signed in"])
    for name, times in took.items():
        median = statistics.median(times)
        ratio = median / first
        print(f"{name:28} {median:8.1f} ms  x {ratio:5.2f} {weight[name]:9.1f} kB")


if __name__ == "__main__":
    with an_empty_place():
        fill(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
        main()
