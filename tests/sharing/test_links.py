from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pesue.guidance.models import Concept
from pesue.sharing.actions import links as actions
from pesue.sharing.clicks.door import ALPHABET, LENGTH
from pesue.sharing.clicks.targets import BadTarget, tagged
from pesue.sharing.models import Link
from pesue.sharing.queries import links as queries
from tests.make import NOON
from tests.make.content import an_item
from tests.make.sharing import a_share

TAGS = "utm_source={channel}&utm_medium=employee"


@pytest.mark.parametrize(
    ("url", "leads_to"),
    [
        ("https://a.fi", "https://a.fi?utm_source=x&utm_medium=employee"),
        ("https://a.fi/p?", "https://a.fi/p?utm_source=x&utm_medium=employee"),
        (
            "https://a.fi/p?q=1&b=%20c&b=;d#osa",
            "https://a.fi/p?q=1&b=%20c&b=;d&utm_source=x&utm_medium=employee#osa",
        ),
        (
            "https://a.fi/?utm_source=rss&id=7",
            "https://a.fi/?id=7&utm_source=x&utm_medium=employee",
        ),
        (
            "http://Jäätelö.fi:8080/kesä/päivä?mitä=hyvää#jäätä",
            "http://xn--jtel-loaa3k.fi:8080/kes%C3%A4/p%C3%A4iv%C3%A4"
            "?mit%C3%A4=hyv%C3%A4%C3%A4&utm_source=x&utm_medium=employee#j%C3%A4%C3%A4t%C3%A4",
        ),
        (
            "https://[::1]:81/a b\r\nSet-Cookie: c",
            "https://[::1]:81/a%20bSet-Cookie:%20c?utm_source=x&utm_medium=employee",
        ),
    ],
)
def test_tags_are_added_and_nothing_else_changes(url, leads_to):
    assert tagged(url, TAGS, {"channel": "x"}) == leads_to


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://a.fi/x",
        "//a.fi/x",
        "a.fi/x",
        "https:///x",
        "https://a.fi:99999/",
        "https://a b.fi/",
        'https://a"onload=.fi/',
        "https://bank.fi@evil.example/",
        "https://a.fi/" + "x" * 2000,
        "",
    ],
)
def test_what_not_everyone_can_follow_is_refused(url):
    with pytest.raises(BadTarget):
        tagged(url, TAGS, {"channel": "x"})


@given(
    path=st.text(max_size=30),
    query=st.lists(st.tuples(st.text(min_size=1), st.text()), max_size=4),
    word=st.text(max_size=20),
)
def test_whatever_stood_in_the_query_still_does(path, query, word):
    from urllib.parse import quote, urlencode

    asked = urlencode(query)
    url = f"https://a.fi/{quote(path)}?{asked}"
    parts = urlsplit(tagged(url, "utm_source={channel}", {"channel": word}))
    assert parts.geturl().isascii()
    assert parts.path == f"/{quote(path)}"
    found = parse_qsl(parts.query, keep_blank_values=True)
    assert found == [*query, ("utm_source", word)]


@pytest.mark.django_db
def test_a_share_gets_one_link_that_names_the_concept_and_not_the_person(settings):
    concept = Concept.objects.create(
        name="Hyvää yötä", brief="b", starts=NOON, ends=NOON
    )
    share = a_share(item=an_item(url="https://a.fi/yö", concept=concept), channel="x")
    link = actions.make_link(share, now=NOON)
    assert actions.make_link(share, now=NOON + timedelta(days=1)) == link
    assert len(link.slug) == LENGTH
    assert set(link.slug) <= set(ALPHABET)
    tags = dict(parse_qsl(urlsplit(link.target).query))
    assert tags == {
        "utm_source": "x",
        "utm_medium": "employee",
        "utm_campaign": "hyvää-yötä",
        "utm_content": link.slug,
    }
    assert str(share.member.pk) not in tags.values()
    assert queries.short_address(link) == f"{settings.LINK_ADDRESS}/{link.slug}"


@pytest.mark.django_db
def test_a_taken_slug_is_not_given_twice(monkeypatch):
    drawn = iter("b" * LENGTH + "b" * LENGTH + "c" * LENGTH)
    monkeypatch.setattr(actions.secrets, "choice", lambda _letters: next(drawn))
    first = actions.make_link(a_share(), now=NOON)
    second = actions.make_link(a_share(), now=NOON)
    assert (first.slug, second.slug) == ("b" * LENGTH, "c" * LENGTH)


@pytest.mark.django_db
@pytest.mark.parametrize("url", ["", "https://u:p@a.fi/", "https://a.fi/" + "x" * 980])
def test_a_story_without_a_usable_address_is_explained(url, settings):
    settings.UTM_TEMPLATE = "utm_source=" + "y" * 1100
    with pytest.raises(actions.NothingToLink, match=r"\w\."):
        actions.make_link(a_share(item=an_item(url=url)), now=NOON)
    assert not Link.objects.exists()


@pytest.mark.django_db
def test_closing_keeps_the_first_time():
    link = actions.make_link(a_share(), now=NOON)
    actions.close_link(link, now=NOON + timedelta(hours=1))
    actions.close_link(link, now=NOON + timedelta(hours=2))
    assert link.closed_at == link.changed_at == NOON + timedelta(hours=1)
    way = queries.way(link.slug)
    assert way is not None
    assert way.target == ""


@pytest.mark.django_db
def test_only_the_newest_links_are_read_when_there_are_too_many():
    made = [actions.make_link(a_share(), now=NOON).slug for _ in range(4)]
    assert [slug for slug, _ in queries.newest_ways(2)] == made[2:]
    assert [slug for slug, _ in queries.newest_ways(9)] == made
