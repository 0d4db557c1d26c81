from datetime import timedelta

import pytest
from django.test import Client

from pesue.content.actions import poll
from pesue.content.models import Item, Source
from pesue.content.steps import poll_sources, read_pages, release_stuck
from tests.make import NOON
from tests.make.content import a_feed, a_photo, a_source, an_entry
from tests.make.people import a_member
from tests.make.web import Answer, Site, a_site

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]
RSS = "application/rss+xml"
HALF_HOUR = timedelta(minutes=30)


def of(site: Site, path: str = "/feed", **fields: object) -> Source:
    return a_source(f"{site.url}{path}", host="127.0.0.1", **fields)


def test_a_feed_becomes_items_in_the_library(client: Client) -> None:
    with a_site() as site:
        entry = an_entry(1, link=f"{site.url}/1", enclosure="")
        picture = f'<enclosure url="{site.url}/p.jpg" type="image/jpeg" length="1"/>'
        site.answers["/feed"] = Answer(a_feed(entry + picture), RSS)
        site.answers["/p.jpg"] = Answer(a_photo(), "image/jpeg")
        source = of(site, straight=True)
        assert poll_sources(NOON) == 1
        assert read_pages(NOON) == 1
    item = Item.objects.get()
    assert (item.title, item.state, item.source) == ("News 1", "ready", source)
    assert item.picture
    client.force_login(a_member())
    page = client.get("/library").content.decode()
    assert "News 1" in page
    assert item.picture.small_url in page
    answer = client.get(item.picture.small_url)
    assert answer["Content-Type"] == "image/jpeg"
    assert answer.getvalue()[:2] == b"\xff\xd8"


def again(source: Source) -> Source:
    source.refresh_from_db()
    return source


def test_the_same_entry_never_comes_twice() -> None:
    with a_site() as site:
        site.answers["/feed"] = Answer(a_feed(an_entry(1), an_entry(2)), RSS)
        source = of(site)
        assert poll(source, now=NOON) == 2
        site.answers["/feed"] = Answer(
            a_feed(an_entry(3), an_entry(1, title="Edited"), an_entry(2, guid="new")),
            RSS,
        )
        assert poll(again(source), now=NOON + HALF_HOUR) == 1
        assert poll(again(source), now=NOON + 2 * HALF_HOUR) == 0
    titles = list(Item.objects.order_by("pk").values_list("title", flat=True))
    assert titles == ["News 2", "News 1", "News 3"], "the oldest first"


def test_the_same_article_from_two_feeds_is_one_item() -> None:
    with a_site() as site:
        tracked = an_entry(
            1, guid="b", link="http://www.example.org/news/1/?utm_source=b"
        )
        site.answers["/feed"] = Answer(a_feed(an_entry(1)), RSS)
        site.answers["/other"] = Answer(a_feed(tracked), RSS)
        assert poll(of(site), now=NOON) + poll(of(site, "/other"), now=NOON) == 1


def test_a_server_that_knows_etags_is_asked_politely() -> None:
    with a_site() as site:
        site.answers["/feed"] = Answer(
            a_feed(an_entry(1)), RSS, headers={"ETag": '"1"', "Last-Modified": "Sun"}
        )
        source = of(site)
        poll(source, now=NOON)
        site.answers["/feed"] = Answer(status=304, type="")
        poll(again(source), now=NOON + HALF_HOUR)
        asked = site.asked[1][1]
    assert (asked["If-None-Match"], asked["If-Modified-Since"]) == ('"1"', "Sun")
    assert again(source).next_at == NOON + 2 * HALF_HOUR
    assert (source.why, source.etag) == ("", '"1"')


def test_nothing_is_asked_before_its_time() -> None:
    with a_site() as site:
        of(site, next_at=NOON + timedelta(seconds=1))
        of(site, "/stopped", state=Source.State.STOPPED)
        assert poll_sources(NOON) == 0
        assert site.asked == []


def test_a_failing_feed_is_asked_ever_more_seldom_and_says_why() -> None:
    with a_site() as site:
        site.answers["/feed"] = Answer(status=500)
        source = of(site)
        pauses = []
        for _ in range(8):
            poll(source, now=source.next_at)
            pauses.append(again(source).next_at - source.state_since)
        assert pauses[:3] == [HALF_HOUR, 2 * HALF_HOUR, 4 * HALF_HOUR]
        assert pauses[-1] == timedelta(days=1)
        assert (source.reason, source.about["status"]) == ("error", 500)
        assert "500" in source.why
        site.answers["/feed"] = Answer(a_feed(an_entry(1)), RSS)
        assert poll(source, now=source.next_at) == 1
    assert (again(source).failures, source.why) == (0, "")


def test_retry_after_is_kept() -> None:
    with a_site() as site:
        later = {"Retry-After": "36000"}
        site.answers["/feed"] = Answer(status=429, headers=later)
        source = of(site)
        poll(source, now=NOON)
    assert again(source).next_at == NOON + timedelta(hours=10)


def test_a_feed_that_moved_is_followed_for_good() -> None:
    with a_site() as site:
        site.answers["/feed"] = Answer(status=301, headers={"Location": "/new"})
        site.answers["/new"] = Answer(a_feed(an_entry(1)), RSS)
        source = of(site)
        assert poll(source, now=NOON) == 1
        assert again(source).url == f"{site.url}/new"
        site.answers["/new"] = Answer(status=302, headers={"Location": "/other"})
        site.answers["/other"] = Answer(a_feed(an_entry(1)), RSS)
        poll(source, now=NOON + HALF_HOUR)
        assert again(source).url == f"{site.url}/new", "a visit is no move"


def test_a_page_that_names_its_feed_becomes_that_feed() -> None:
    page = b'<link rel="alternate" type="application/rss+xml" href="/feed">'
    with a_site() as site:
        site.answers["/"] = Answer(b"<html><head>" + page + b"</head></html>")
        site.answers["/feed"] = Answer(a_feed(an_entry(1)), RSS)
        source = of(site, "/")
        poll(source, now=NOON)
        assert again(source).url == f"{site.url}/feed"
        assert poll(source, now=NOON) == 1
        lost = of(site, "/lost")
        site.answers["/lost"] = Answer(b"<html>nothing</html>")
        poll(lost, now=NOON)
    assert again(lost).reason == "no feed"


def test_a_host_is_asked_by_one_worker_at_a_time() -> None:
    with a_site() as site:
        site.answers["/feed"] = Answer(a_feed(an_entry(1)), RSS)
        of(site, "/other", state=Source.State.READING)
        source = of(site, state_since=NOON - HALF_HOUR)
        assert poll(source, now=NOON) == 0
        assert site.asked == []
        twin = Source.objects.get(pk=source.pk)
        Source.objects.filter(url__endswith="/other").delete()
        assert poll(source, now=NOON) == 1
        assert poll(twin, now=NOON) == 0, "the second of two workers"
        assert len(site.asked) == 1


def test_what_a_dead_worker_held_is_put_back() -> None:
    source = a_source(state=Source.State.READING)
    assert release_stuck(NOON + timedelta(minutes=5)) == 0
    assert release_stuck(NOON + timedelta(minutes=11)) == 1
    assert again(source).state == "waiting"


def test_history_is_not_news() -> None:
    with a_site() as site:
        old = an_entry(1, pubDate="Wed, 01 Oct 2025 08:00:00 GMT")
        dateless = an_entry(2, pubDate="")
        site.answers["/feed"] = Answer(a_feed(old, dateless), RSS)
        assert poll(of(site), now=NOON) == 1
    assert Item.objects.get().title == "News 2"


def test_a_bad_entry_takes_no_other_along() -> None:
    with a_site() as site:
        wild = an_entry(1, link="https://example.org/" + "x" * 3000, title="")
        site.answers["/feed"] = Answer(a_feed(wild, an_entry(2)), RSS)
        assert poll(of(site), now=NOON) == 2


def test_a_page_fills_only_what_is_empty(client: Client) -> None:
    head = (
        b'<meta property="og:title" content="Theirs"><meta property="og:description" '
        b'content="Their words"><meta property="og:image" content="/p.jpg">'
    )
    with a_site() as site:
        site.answers["/1"] = Answer(b"<html><head>" + head + b"</head></html>")
        site.answers["/p.jpg"] = Answer(b"<svg/>", "image/svg+xml")
        member = a_member()
        client.force_login(member)
        asked = {"url": f"{site.url}/1?utm_source=x", "title": "Mine", "text": ""}
        client.post("/suggest", asked)
        client.post("/suggest", asked)
        item = Item.objects.get()
        assert (item.state, item.suggested_by, item.url) == (
            "inbox",
            member,
            f"{site.url}/1",
        )
        read_pages(NOON + timedelta(days=36500))
        item.refresh_from_db()
        assert (item.title, item.summary, item.picture) == ("Mine", "Their words", None)
        assert (
            "we cannot use" in item.reading.why or "not a picture" in item.reading.why
        )
        again_asked = site.paths().count("/1")
        read_pages(NOON + timedelta(days=36500))
        assert site.paths().count("/1") == again_asked
