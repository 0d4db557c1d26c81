"""What machines read of the pages for everybody: data, feeds, cards, frames."""

import json
import re
from io import BytesIO

import feedparser
import pytest
from django.test import Client
from PIL import Image

from pesue.content.actions import store_picture
from pesue.content.feeds import read_feed
from tests.make import NOON
from tests.make.content import a_photo
from tests.make.example import an_own_page
from tests.make.people import a_member, an_organisation
from tests.make.public import SITE, a_public_concept, data_of, told

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def organisation():
    return an_organisation(language="en")


# --- What machines read


def test_linked_data_says_what_the_page_says(client: Client):
    ana = a_member("Ana Aalto", title="baker")
    bad = "</script><script>alert(1)</script><!-- & \u2028"
    story = told(ana, bad)
    picture = store_picture(a_photo(), alt="An open oven", story=story)
    own = an_own_page(ana, slug="ana")
    answer = client.get(f"/s/{story.slug}")
    assert "<script>alert" not in answer.content.decode()
    thing = data_of(answer)
    assert thing["@context"] == "https://schema.org"
    assert (thing["@type"], thing["headline"]) == ("BlogPosting", bad)
    assert thing["image"][0]["url"] == f"{SITE}{picture.url}"
    assert thing["author"] == {
        "@type": "Person",
        "name": "Ana Aalto",
        "url": f"{SITE}{own.get_absolute_url()}",
        "jobTitle": "baker",
        "description": "I bake at night.",
    }
    profile = data_of(client.get("/p/ana"))
    assert profile["@type"] == "ProfilePage"
    assert profile["mainEntity"]["worksFor"]["name"] == "Saariston Leipä"
    assert [one["headline"] for one in profile["hasPart"]] == [bad]
    front = data_of(client.get("/s/"))
    [entry] = front["mainEntity"]["itemListElement"]
    assert (front["@type"], entry["position"]) == ("CollectionPage", 1)
    assert entry["item"]["url"] == f"{SITE}/s/{story.slug}"
    [person] = data_of(client.get("/p/"))["mainEntity"]["itemListElement"]
    assert person["item"]["@type"] == "Person"


@pytest.mark.parametrize("form", ["rss", "atom", "json"])
def test_a_reader_follows(client: Client, form: str):
    ana = a_member("Ana Aalto")
    concept = a_public_concept()
    text = "Rye <b>&</b> salt\x0b\n\nAt four."
    story = told(ana, "First &\x0c last", text=text, concept=concept)
    other = told(a_member())
    an_own_page(ana, slug="ana")
    for base, stories in (
        ("/s/", [other, story]),
        ("/p/ana", [story]),
        (f"/c/{concept.slug}", [story]),
    ):
        path = f"{base.rstrip('/')}/feed.{form}"
        page = client.get(base).content.decode()
        answer = client.get(path)
        kind = answer["Content-Type"].partition(";")[0]
        assert f'<link rel="alternate" type="{kind}"' in page
        assert f'href="{path}"' in page
        ours = read_feed(answer.content, url=f"{SITE}{path}", type=kind, now=NOON)
        assert [one.url for one in ours.entries] == [
            f"{SITE}/s/{one.slug}" for one in stories
        ], base
        assert ours.note == ""
        if form == "json":  # which feedparser does not read
            continue
        read = feedparser.parse(answer.content)
        assert not read.bozo
        last = read.entries[-1]
        assert (last.title, last.author) == ("First & last", "Ana Aalto")
        assert "Rye &lt;b&gt;&amp;&lt;/b&gt; salt" in last.summary
        assert last.tags[0].term == "Open ovens"


def test_json_feed_has_what_its_version_asks(client: Client):
    story = told(a_member("Ana Aalto"))
    picture = store_picture(a_photo(), alt="An oven", story=story)
    told_ = json.loads(client.get("/s/feed.json").content)
    assert told_["version"] == "https://jsonfeed.org/version/1.1"
    assert told_["feed_url"] == f"{SITE}/s/feed.json"
    [entry] = told_["items"]
    assert entry["id"] == entry["url"] == f"{SITE}/s/{story.slug}"
    assert entry["authors"] == [{"name": "Ana Aalto"}]
    assert entry["image"] == f"{SITE}{picture.url}"
    assert "At four the rye is ready." in entry["content_html"]


def test_an_empty_feed_is_the_same_each_time(client: Client):
    for form in ("rss", "atom", "json"):
        first, second = (client.get(f"/s/feed.{form}")["ETag"] for _ in range(2))
        assert first == second
        assert b"2000" in client.get(f"/s/feed.{form}").content or form == "json"


def test_the_site_map_names_what_is_public(client: Client):
    ana = a_member()
    story, own, concept = told(ana), an_own_page(ana), a_public_concept()
    a_public_concept(name="Closed", public=False)
    body = client.get("/sitemap.xml").content.decode()
    assert re.findall("<loc>(.*?)</loc>", body) == [
        f"{SITE}/s/",
        f"{SITE}/p/",
        f"{SITE}{own.get_absolute_url()}",
        f"{SITE}/c/{concept.slug}",
        f"{SITE}/s/{story.slug}",
    ]


def test_a_card_is_drawn_with_and_without_a_photograph(client: Client):
    ana = a_member("Ana Aalto")
    story = told(ana, "Pitkä " * 33)
    an_own_page(ana, slug="ana")
    cards = [f"/s/{story.slug}/card.png", "/s/card.png", "/p/ana/card.png"]
    plain = [client.get(path).content for path in cards]
    for body in plain:
        assert Image.open(BytesIO(body)).size == (1200, 630)
    picture = store_picture(a_photo(), alt="An oven", story=story)
    assert client.get(cards[0]).content != plain[0]
    page = client.get(f"/s/{story.slug}").content.decode()
    assert f'property="og:image" content="{SITE}{cards[0]}"' in page
    picture.file = f"{'0' * 64}.webp"  # lost from the disk
    picture.save()
    assert client.get(cards[0]).status_code == 200


# --- A concept


def test_a_concept_is_public_while_its_lead_says_so(client: Client):
    lead = a_member()
    concept = a_public_concept(public=False, was_public=False)
    concept.leads.add(lead)
    story = told(a_member(), concept=concept)
    client.force_login(lead)
    page = client.get(f"/guidance/concepts/{concept.pk}")
    form = page.context["form"].initial | {"people": lead.email, "values": []}
    form = {key: value for key, value in form.items() if value is not None}
    client.post(f"/guidance/concepts/{concept.pk}", {**form, "public": "on"})
    shown = client.get(f"/c/{concept.slug}").content.decode()
    assert "Come and smell." in shown
    assert "#ovens" in shown
    assert story.slug in shown
    form.pop("public")
    client.post(f"/guidance/concepts/{concept.pk}", form)
    assert client.get(f"/c/{concept.slug}").status_code == 410
    assert client.get(f"/c/{concept.slug}/feed.rss").status_code == 410


def test_a_concept_of_another_name_is_found_by_its_number(client: Client):
    concept = a_public_concept()
    answer = client.get(f"/c/old-name-{concept.pk}")
    assert (answer.status_code, answer["Location"]) == (302, f"/c/{concept.slug}")


# --- In other sites


def test_oembed_is_discovered_and_tells_of_a_frame(client: Client):
    ana = a_member("Ana Aalto")
    story = told(ana, 'Rye "and" <salt>')
    an_own_page(ana, slug="ana")
    page = client.get(f"/s/{story.slug}").content.decode()
    [found] = re.findall(r'type="application/json\+oembed"[^>]* href="([^"]+)"', page)
    answer = client.get(found.replace("&amp;", "&") + "&maxwidth=320&maxheight=9000")
    told_ = answer.json()
    assert (told_["version"], told_["type"]) == ("1.0", "rich")
    assert (told_["width"], told_["height"]) == (320, 420)
    assert told_["author_name"] == "Ana Aalto"
    assert told_["author_url"] == f"{SITE}/p/ana"
    assert 'title="Rye &quot;and&quot; &lt;salt&gt;"' in told_["html"]
    [frame] = re.findall(r'src="http://localhost:8000([^"]+)"', told_["html"])
    assert client.get(frame).status_code == 200


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"url": "https://elsewhere.example/s/x"}, 404),
        ({"url": "http://localhost:8000.evil.example/s/x"}, 404),
        ({"url": "ftp://localhost:8000/s/"}, 404),
        ({"url": "http://[/s/"}, 404),
        ({"url": f"{SITE}/library"}, 404),
        ({"url": f"{SITE}/s/none"}, 404),
        ({"url": f"{SITE}/s/"}, 200),
        ({"url": f"{SITE}/s/", "format": "xml"}, 501),
        ({"url": f"{SITE}/s/", "maxwidth": "wide"}, 400),
        ({"url": f"{SITE}/s/", "maxwidth": "0"}, 400),
        ({"url": f"{SITE}/s/", "maxheight": "-5"}, 400),
        ({"url": ""}, 400),
        ({}, 400),
    ],
)
def test_oembed_refuses_what_it_does_not_know(client: Client, asked, status):
    assert client.get("/oembed", asked).status_code == status


def test_only_the_embed_may_be_framed(client: Client):
    story = told(a_member())
    for path, framed in (
        (f"/s/{story.slug}", False),
        ("/s/", False),
        (f"/embed/s/{story.slug}", True),
        ("/embed/s/", True),
    ):
        answer = client.get(path)
        policy = answer["Content-Security-Policy"]
        assert ("frame-ancestors *" in policy) is framed, path
        assert ("frame-ancestors 'none'" in policy) is not framed, path
        assert ("X-Frame-Options" in answer.headers) is not framed, path
        assert "script-src 'self'" in policy
    assert "<script" not in client.get("/embed/s/").content.decode()
