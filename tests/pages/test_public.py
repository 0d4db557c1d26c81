"""Pages for everybody: people of the organisation in their own words."""

import gzip
import re
from urllib.parse import urlencode

import pytest
from django.test import Client

from pesue.content.actions import store_picture
from pesue.content.actions.stories import accept_story, show_to_all
from pesue.example.actions.own_page import SlugTaken
from pesue.example.models import GivenSlug, OwnPage
from pesue.pages.public.middleware import PLACES
from pesue.pages.public.urls import urlpatterns
from pesue.people.actions import members
from tests.make import NOON
from tests.make.content import a_photo, a_story
from tests.make.example import an_own_page
from tests.make.people import a_lead, a_member, an_organisation
from tests.make.public import SITE, a_public_concept, data_of, told
from tests.make.told import a_told

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def organisation():
    return an_organisation(language="en")


# --- The journey


def test_from_the_front_to_a_person_to_a_story(client: Client):
    ana = a_member("Ana Aalto", title="baker")
    story, own = told(ana), an_own_page(ana, slug="ana")
    front = client.get("/s/").content.decode()
    assert "In our own words" in front
    assert f'href="/s/{story.slug}"' in front
    assert f'href="{own.get_absolute_url()}"' in front
    assert "Ana Aalto" in client.get("/p/").content.decode()
    person = client.get("/p/ana").content.decode()
    assert "I bake at night." in person
    assert f'href="/s/{story.slug}"' in person
    page = client.get(f"/s/{story.slug}").content.decode()
    assert 'href="/p/ana" rel="author"' in page


def test_a_member_switches_it_on_chooses_and_switches_it_off(client: Client):
    ana = a_member("Ana Äijälä")
    kept, left = told(ana, "Kept"), told(ana, "Left out")
    post = a_told(member=ana)
    other = a_told(member=ana, url="https://social.example/other/2")
    a_told(member=ana, url="")
    client.force_login(ana)
    form = client.get("/settings/page").context["form"]
    assert form.initial["slug"] == "ana-aijala"
    assert not form.initial["shown"]
    assert client.get("/p/ana-aijala").status_code == 404, "never shown"
    chosen = {
        "slug": "Ana",
        "about": "Bread.",
        "stories": [kept.pk],
        "posts": [post.pk],
    }
    client.post("/settings/page", chosen)
    assert client.get("/p/ana").status_code == 404, "saved, and not shown"
    assert client.post("/settings/page", {**chosen, "shown": "on"}).status_code == 302
    page = client.get("/p/ana").content.decode()
    assert (kept.slug in page, left.slug in page) == (True, False)
    assert (post.url in page, other.url in page) == (True, False)
    new = told(ana, "New")
    assert new.slug in client.get("/p/ana").content.decode()
    again = client.get("/settings/page").context["form"]
    assert again.initial["stories"] == [str(new.pk), str(kept.pk)]
    client.post("/settings/page", chosen)
    assert client.get("/p/ana").status_code == 410


def test_nobody_stands_here_who_has_not_asked_for_it(client: Client):
    ana = a_member("Ana Aalto", title="baker")
    story = told(ana)
    an_own_page(a_member("Bo Berg"), shown=False)
    assert "Nobody has a page" in client.get("/p/").content.decode()
    page = client.get(f"/s/{story.slug}").content.decode()
    assert "baker" not in page, "the title is theirs to show"
    assert "/p/" not in str(data_of(client.get(f"/s/{story.slug}")))


def test_a_title_is_shown_only_if_wanted(client: Client):
    ana = a_member("Ana Aalto", title="baker")
    story = told(ana)
    an_own_page(ana, slug="ana", titled=False)
    for path in ("/p/ana", "/p/", "/s/", f"/s/{story.slug}"):
        assert "baker" not in client.get(path).content.decode(), path


# --- Gone is gone


def test_gone_at_once_everywhere_and_there_again(client: Client):
    ana = a_member("Ana Aalto")
    story = told(ana)
    an_own_page(ana, slug="ana")
    pages = ["/p/ana", f"/s/{story.slug}", "/p/ana/feed.atom", "/p/ana/card.png"]
    pages += [f"/s/{story.slug}/card.png", f"/embed/s/{story.slug}", "/embed/p/ana"]
    pages += [f"/oembed?{urlencode({'url': f'{SITE}/s/{story.slug}'})}"]
    lists = ["/s/", "/s/feed.rss", "/s/feed.json", "/sitemap.xml", "/p/"]
    assert {client.get(path).status_code for path in pages} == {200}
    members.leave(ana, now=NOON)
    assert {path: client.get(path).status_code for path in pages} == dict.fromkeys(
        pages, 410
    )
    for path in lists:
        assert "ana" not in client.get(path).content.decode().lower(), path
        assert story.slug not in client.get(path).content.decode(), path
    members.come_back(ana, now=NOON)
    assert {client.get(path).status_code for path in pages} == {200}


def test_a_copy_that_was_kept_is_not_said_to_stand(client: Client):
    ana = a_member()
    story = told(ana)
    own = an_own_page(ana)
    kept = {
        path: client.get(path)["ETag"]
        for path in (f"/s/{story.slug}", "/s/", "/s/feed.rss", own.get_absolute_url())
    }
    for path, tag in kept.items():
        same = client.get(path, headers={"if-none-match": tag})
        assert (same.status_code, same.content) == (304, b""), path
        assert same["ETag"] == tag
        assert same["Cache-Control"] == client.get(path)["Cache-Control"]
    show_to_all(story, public=False)
    for path, tag in kept.items():
        answer = client.get(path, headers={"if-none-match": tag})
        assert answer.status_code == (410 if story.slug in path else 200), path
    # by a date alone, a list would seem as it was
    assert "Last-Modified" not in client.get("/s/").headers


def test_what_never_was_is_unknown_and_not_gone(client: Client):
    hidden = a_story(state="sent")
    accept_story(hidden, by=a_lead(), now=NOON)
    secret = a_public_concept(public=False, was_public=False)
    for path in (
        *(f"/s/{hidden.slug}", f"/c/{secret.slug}", "/p/nobody", "/s/none", "/c/x"),
        *("/c/x-99999999999999999999", "/s/?before=x", "/s/?before=999", "/s/feed.xml"),
    ):
        assert client.get(path).status_code == 404, path


def test_an_address_is_never_anothers(client: Client):
    ana, bo = a_member(), a_member()
    an_own_page(ana, slug="ana")
    an_own_page(ana, slug="ana-two")
    assert client.get("/p/ana").status_code == 410
    for slug in ("ana", "ana-two"):
        with pytest.raises(SlugTaken):
            an_own_page(bo, slug=slug)
    an_own_page(ana, slug="ana")
    OwnPage.objects.all().delete()
    GivenSlug.objects.update(member=None)  # as when one is erased
    with pytest.raises(SlugTaken):
        an_own_page(bo, slug="ana")
    assert not OwnPage.objects.exists()
    assert client.get("/p/ana").status_code == 410
    client.force_login(bo)
    answer = client.post("/settings/page", {"slug": "ANA", "shown": "on"})
    assert answer.status_code == 422
    assert "or was" in answer.content.decode()


# --- For everybody alike


def test_a_page_says_nothing_about_who_asks(client: Client):
    ana = a_member(language="sv")
    story, own = told(ana), an_own_page(ana, slug="ana")
    concept = a_public_concept()
    paths = ["/s/", "/p/", f"/s/{story.slug}", own.get_absolute_url()]
    paths += [f"/c/{concept.slug}", "/s/feed.rss", "/sitemap.xml", "/robots.txt"]
    paths += ["/embed/s/", f"/embed/s/{story.slug}", "/s/card.png"]
    client.force_login(ana)
    for path in paths:
        mine = client.get(path, headers={"accept-language": "sv"})
        others = Client().get(path, headers={"accept-language": "fi"})
        assert mine.content == others.content, path
        assert "Set-Cookie" not in mine.headers, path
        packs = not path.endswith(".png")
        assert mine.get("Vary") == ("Accept-Encoding" if packs else None), path
        assert not mine.cookies, path
        one = path == f"/s/{story.slug}"
        wanted = "no-cache" if one else "max-age=300, public"
        said = sorted(mine["Cache-Control"].split(", "))
        assert ", ".join(said) == wanted, path


def test_a_page_travels_packed_to_whoever_takes_it_so(client: Client):
    story = told(a_member())
    for path in ("/s/", f"/s/{story.slug}", "/s/feed.atom"):
        plain = client.get(path)
        packed = client.get(path, headers={"accept-encoding": "br, gzip"})
        assert "Content-Encoding" not in plain.headers, path
        assert packed["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.content) == plain.content, path
        assert packed["Content-Length"] == str(len(packed.content))
        assert packed["ETag"] == plain["ETag"]
        again = {"accept-encoding": "gzip", "if-none-match": packed["ETag"]}
        assert client.get(path, headers=again).status_code == 304, path
    picture = client.get("/s/card.png", headers={"accept-encoding": "gzip"})
    assert "Content-Encoding" not in picture.headers


def test_beneath_a_story_stand_those_told_before_it(client: Client):
    ana = a_member()
    old, *others = (told(ana, f"Story {n}") for n in range(5))
    newest = others[-1]

    def beneath(slug: str) -> list[str]:
        page = client.get(f"/s/{slug}").content.decode()
        return re.findall(r'card-link" href="/s/([^"]+)"', page)

    assert beneath(newest.slug) == [one.slug for one in reversed(others[:-1])]
    assert beneath(old.slug) == [one.slug for one in reversed(others[1:])]
    show_to_all(others[1], public=False)
    assert others[1].slug not in beneath(newest.slug)


def test_a_page_is_in_the_language_of_what_stands_on_it(client: Client):
    story = told(a_member(language="sv"), language="fi")
    own = an_own_page(story.author)
    for path, language in (
        ("/s/", "en"),
        (f"/s/{story.slug}", "fi"),
        (own.get_absolute_url(), "sv"),
    ):
        answer = client.get(path)
        assert f'<html lang="{language}">' in answer.content.decode()
        assert answer["Content-Language"] == language


def test_every_address_is_one_where_nobody_is_known():
    for one in urlpatterns:
        assert f"/{one.pattern}".startswith(PLACES), one


def test_the_demo_is_not_for_search_engines(client: Client, organisation):
    assert "X-Robots-Tag" not in client.get("/s/").headers
    organisation.demo = True
    organisation.save()
    assert client.get("/s/")["X-Robots-Tag"] == "noindex"
    assert "Sitemap: http://localhost:8000/sitemap.xml" in (
        client.get("/robots.txt").content.decode()
    )


def test_queries_do_not_grow(client: Client, django_assert_max_num_queries):
    def fill() -> None:
        ana = a_member()
        an_own_page(ana)
        store_picture(a_photo(), alt="An oven", story=told(ana))

    own = an_own_page(told(a_member()).author)
    fill()
    fill()
    told(own.member)
    for path, most in (("/s/", 6), ("/p/", 3), (own.get_absolute_url(), 6)):
        with django_assert_max_num_queries(most):
            assert client.get(path).status_code == 200
    with django_assert_max_num_queries(5):
        client.get("/s/feed.json")


def test_older_stories_follow_without_a_gap(client: Client):
    ana = a_member()
    slugs = [told(ana, f"Story {n}").slug for n in range(15)]
    first = client.get("/s/").content.decode()
    [older] = re.findall(r'href="(/s/\?before=\d+)"', first)
    second = client.get(older).content.decode()
    seen = re.findall(r'card-link" href="/s/([^"]+)"', first + second)
    assert seen == slugs[::-1]
