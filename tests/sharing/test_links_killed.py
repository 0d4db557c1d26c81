"""Two kills of each kind; tests/long/test_kill_links.py is the campaign."""

import asyncio
import random
import time
from datetime import UTC, datetime

import pytest

from pesue.sharing.actions.links import make_link
from pesue.sharing.clicks import segments
from pesue.sharing.models import Landing, LandingDay, LinkDay
from pesue.sharing.steps.links import ingest
from tests.make import NOON
from tests.make.content import a_story, an_item
from tests.make.people import an_organisation
from tests.make.sharing import a_share
from tests.sharing import clicking


def killed(
    tmp_path, settings, server_kills: int, ingester_kills: int, seed: int, most: int
) -> None:
    """Clicks under load while servers and ingesters are killed, then the count."""
    rng = random.Random(seed)
    settings.CLICK_LOG = tmp_path / "clicks"
    slugs = [make_link(a_share(), now=NOON).slug for _ in range(3)]
    env = clicking.environment(tmp_path)
    with clicking.a_server(env) as (server, port):
        ingester = clicking.Process(clicking.python(clicking.INGESTER), env)

        def kill_server() -> None:
            server.kill()
            server.start()

        def kill_ingester() -> None:
            ingester.kill()
            ingester.start()

        kinds = [kill_server, server.kill_a_child]
        acts = [kinds[n % 2] for n in range(server_kills)]
        acts += [kill_ingester] * ingester_kills
        rng.shuffle(acts)
        visitors = clicking.Visitors(port, slugs, server.revive)
        try:
            asyncio.run(clicking.disturbed(visitors, acts, rng, most))
        finally:
            ingester.kill()
    until = time.monotonic() + 30  # the killed ones let their locks go a little later
    while segments.names(settings.CLICK_LOG) and time.monotonic() < until:
        ingest(datetime.now(UTC)) or time.sleep(0.01)
    assert segments.names(settings.CLICK_LOG) == []
    surplus = clicking.assert_each_once(visitors, server_kills)
    assert sum(day.people for day in LinkDay.objects.all()) == (
        len(visitors.answered) + surplus
    )
    print(
        f"{server_kills} kills of the server, {ingester_kills} of the ingester: "
        f"{len(visitors.answered)} answered, 0 lost, 0 twice, {surplus} in flight"
    )


@pytest.mark.thorough
@pytest.mark.django_db(transaction=True)
def test_kills_under_load_lose_no_click_and_count_none_twice(tmp_path, settings):
    killed(tmp_path, settings, server_kills=2, ingester_kills=2, seed=2, most=400)


@pytest.mark.thorough
@pytest.mark.django_db(transaction=True)
def test_kills_of_the_pages_lose_no_reader_of_a_story(tmp_path, settings):
    """Of the process that shows the page, and of the one that stores."""
    rng = random.Random(3)
    settings.CLICK_LOG = tmp_path / "clicks"
    an_organisation()
    item = an_item(url="https://pesue.example/s/ovens", url_key="ovens")
    a_story(slug="ovens", item=item, state="accepted", public=True, accepted_at=NOON)
    env = clicking.environment(tmp_path)
    with clicking.a_server(env, pages=True) as (server, port):
        ingester = clicking.Process(clicking.python(clicking.INGESTER), env)

        def kill_server() -> None:
            server.kill()
            server.start()

        def kill_ingester() -> None:
            ingester.kill()
            ingester.start()

        acts = [kill_server, kill_ingester, server.kill_a_child, kill_ingester]
        visitors = clicking.Visitors(port, ["/s/ovens"], server.revive)
        try:
            asyncio.run(clicking.disturbed(visitors, acts, rng, most=80))
        finally:
            ingester.kill()
    until = time.monotonic() + 30
    while segments.names(settings.CLICK_LOG) and time.monotonic() < until:
        ingest(datetime.now(UTC)) or time.sleep(0.01)
    assert segments.names(settings.CLICK_LOG) == []
    surplus = clicking.assert_each_once(visitors, 2, Landing)
    [tally] = LandingDay.objects.all()
    assert tally.people == len(visitors.answered) + surplus
