from datetime import timedelta

import pytest
from django.test import Client

from pesue.content.models import Item, Source
from pesue.content.steps import poll_sources, read_pages
from tests.make import NOON
from tests.make.content import a_feed, a_photo, a_source, an_entry
from tests.make.people import a_member
from tests.make.web import Answer, Site, a_site

pytestmark = pytest.mark.django_db
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
