"""Who reads the stories that we show ourselves, by whatever way they came."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as within
from hypothesis import strategies as st

from pesue.content.actions.stories import accept_story, show_to_all
from pesue.content.models import Item, Story
from pesue.sharing.actions.landings import all_stored, land
from pesue.sharing.clicks import log
from pesue.sharing.clicks.wsgi import WithLinks
from pesue.sharing.models import Landing, LandingDay
from pesue.sharing.models.links import ClickSegment
from pesue.sharing.queries.landings import landed
from pesue.sharing.steps import links as steps
from tests.make import NOON
from tests.make.content import a_story, an_item
from tests.make.people import a_lead, an_organisation

pytestmark = pytest.mark.thorough

DAY = timedelta(days=1)
TODAY = NOON.date()
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Firefox/133.0"
ROBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"


def a_public_story(**fields: object) -> Story:
    story = a_story(state=Story.State.SENT, public=True, **fields)
    accept_story(story, by=a_lead(), now=NOON)
    story.refresh_from_db()
    return story


def a_landing(
    story: Story, visitor: int = 1, *, late: int = 0, kind: str = ""
) -> log.Landing:
    ms = int((NOON + timedelta(hours=late)).timestamp() * 1000)
    return log.Landing(ms, story.slug, f"{visitor:016x}", kind)


def tallies() -> list[tuple[int, date, int, int, int]]:
    rows = LandingDay.objects.order_by("item_id", "day")
    return list(rows.values_list("item_id", "day", "people", "hits", "robots"))


# --- Through the real thing


@pytest.fixture
def served(settings, tmp_path) -> Iterator[WithLinks]:
    settings.CLICK_LOG = tmp_path
    pages = WithLinks(WSGIHandler())
    yield pages
    pages.keeper().close()


def get(
    pages: WithLinks, path: str, *, method: str = "GET", agent: str = FIREFOX, **more
) -> tuple[str, dict[str, str]]:
    """A request as a server hands it on: status and headers of the answer."""
    told: list[tuple[str, list[tuple[str, str]]]] = []
    environ = Client(headers={"user-agent": agent})._base_environ(
        PATH_INFO=path, REQUEST_METHOD=method, **more
    )
    answer = pages(environ, lambda status, headers, *_: told.append((status, headers)))
    b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()
    [(status, headers)] = told
    return status, {name.lower(): value for name, value in headers}


@pytest.mark.django_db(transaction=True)
def test_everybody_who_reads_a_story_is_counted_once_a_day(served):
    an_organisation()
    story = a_public_story()
    path = f"/s/{story.slug}"
    status, headers = get(served, path)
    assert status == "200 OK"
    assert headers["cache-control"] == "no-cache"
    get(served, path)
    get(served, path, agent=FIREFOX.replace("133", "134"))
    get(served, path, agent=ROBOT)
    get(served, path, method="HEAD")
    get(served, "/s/no-such-story")
    get(served, path, method="POST")
    assert steps.ingest(NOON) == 5
    [(item, _today, people, hits, robots)] = tallies()
    assert (item, people, hits, robots) == (story.item_id, 2, 3, 2)
    assert Landing.objects.filter(first=True).count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_page_is_shown_where_nothing_can_be_written(served, monkeypatch):
    def fail(*_args: object) -> None:
        raise OSError

    an_organisation()
    path = f"/s/{a_public_story().slug}"
    monkeypatch.setattr(served.keeper().door, "land", fail)
    assert get(served, path)[0] == "200 OK"


# --- Stored once


@pytest.fixture
def folder(settings, tmp_path):
    settings.CLICK_LOG = tmp_path
    return tmp_path


def wrote(folder, *landings: log.Landing) -> None:
    with (folder / "clk-1-1-x.log").open("ab") as file:
        file.write(b"".join(map(log.line, landings)))


@pytest.mark.django_db
def test_a_batch_that_fails_leaves_nothing_and_is_taken_the_next_time(
    folder, monkeypatch
):
    story = a_public_story()
    wrote(folder, a_landing(story), a_landing(story, 2))

    def fail(*_args: object) -> None:
        raise ValueError

    with monkeypatch.context() as patch:
        patch.setattr("pesue.sharing.actions.landings._add", fail)
        with pytest.raises(ValueError):  # noqa: PT011
            steps.ingest(NOON)
    assert not Landing.objects.exists()
    kept = (folder / "clk-1-1-x.log").read_bytes()
    assert steps.ingest(NOON) == 2
    (folder / "clk-1-1-x.log").write_bytes(kept)  # back from a backup
    assert steps.ingest(NOON) == 0
    assert tallies() == [(story.item_id, TODAY, 2, 2, 0)]


@pytest.mark.django_db
def test_what_was_erased_is_lost_and_damage_is_counted(folder):
    story, gone = a_public_story(), a_public_story()
    wrote(folder, a_landing(story), a_landing(gone))
    Story.objects.filter(pk=gone.pk).delete()
    with (folder / "clk-1-1-x.log").open("ab") as file:
        file.write(log.line(a_landing(story))[:-4] + b"zz\n")
    steps.ingest(NOON)
    row = ClickSegment.objects.get()
    assert (row.lost, row.bad) == (1, 1)
    assert Landing.objects.count() == 1


@pytest.mark.django_db
@within(
    max_examples=40, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(
    batches=st.lists(
        st.lists(
            st.tuples(
                st.integers(0, 1),  # story
                st.integers(0, 3),  # visitor
                st.integers(0, 60),  # hours later
                st.sampled_from(["", "", "robot", "prefetch"]),
            ),
            max_size=12,
        ),
        max_size=5,
    )
)
def test_tallies_are_what_the_log_says(batches):
    LandingDay.objects.all().delete()
    Landing.objects.all().delete()
    stories = [*Story.objects.order_by("pk")[:2]]
    stories += [a_public_story() for _ in range(2 - len(stories))]
    people: dict[tuple[int, date], set[int]] = defaultdict(set)
    hits: dict[tuple[int, date], int] = defaultdict(int)
    robots: dict[tuple[int, date], int] = defaultdict(int)
    for batch in batches:
        land([a_landing(stories[s], who, late=h, kind=k) for s, who, h, k in batch])
        for s, who, hours, kind in batch:
            # Noon UTC is two in the afternoon in Helsinki: ten hours to midnight.
            key = stories[s].item_id, TODAY + (hours + 14) // 24 * DAY
            (robots if kind else hits)[key] += 1
            if not kind:
                people[key].add(who)
    expected = [
        (*key, len(people[key]), hits[key], robots[key])
        for key in sorted({*people, *hits, *robots})
    ]
    assert tallies() == expected
    assert Landing.objects.count() == sum(map(len, batches))
    assert Landing.objects.filter(first=True).count() == sum(map(len, people.values()))


# --- Asked


@pytest.mark.django_db
def test_nobody_came_is_told_only_of_whole_days_that_were_counted(
    django_assert_num_queries,
):
    story, hidden = a_public_story(), a_public_story()
    show_to_all(hidden, public=False)
    hidden.item.refresh_from_db()
    elsewhere = an_item()
    items = list(Item.objects.order_by("pk"))
    assert set(landed(items, TODAY, TODAY + DAY)[story.item_id].values()) == {None}
    all_stored(NOON)
    land([a_landing(story, late=24), a_landing(story, 2, late=24)])
    all_stored(NOON + 3 * DAY)
    with django_assert_num_queries(3):
        found = landed(items, TODAY, TODAY + 4 * DAY)
    assert list(found[story.item_id].values()) == [None, 2, 0, None]
    assert {hidden.item_id, elsewhere.pk}.isdisjoint(found)


@pytest.mark.django_db
def test_single_landings_go_and_tallies_stay(settings):
    story = a_public_story()
    land([a_landing(story)])
    assert steps.forget_visits(NOON + settings.KEEP_VISITS) == 0
    assert steps.forget_visits(NOON + settings.KEEP_VISITS + DAY) == 1
    assert tallies() == [(story.item_id, TODAY, 1, 1, 0)]


@pytest.mark.django_db
def test_it_is_noted_that_all_is_stored_only_when_it_is(folder, monkeypatch):
    steps.ingest(NOON)
    monkeypatch.setattr(steps, "TURN", -1.0)  # no time to read to the end
    steps.ingest(NOON + 2 * DAY)
    story = a_public_story()
    assert set(
        landed([story.item], TODAY, TODAY + 2 * DAY)[story.item_id].values()
    ) == {None}
