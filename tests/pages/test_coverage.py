from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from pesue.content.models import Item, Story
from pesue.guidance.models import Concept, Value
from pesue.measurement.steps import count
from pesue.pages.concepts.queries import harvest, living
from pesue.pages.coverage.queries import coverage, told_on
from tests.make import NOON
from tests.make.content import a_story, an_item
from tests.make.counts import tellers
from tests.make.guidance import a_concept, a_value
from tests.make.people import a_lead, a_member, a_team
from tests.make.told import a_told, some_readers

pytestmark = pytest.mark.django_db
APRIL = NOON + timedelta(days=28)
ACCEPTED = {"state": Story.State.ACCEPTED, "accepted_at": NOON}


def a_grown_concept(name: str = "Bread weeks") -> tuple[Value, Concept]:
    value, concept = a_value(f"Care in {name}"), a_concept(name)
    concept.values.add(value)
    return value, concept


def a_client(member) -> Client:
    client = Client()
    client.force_login(
        member, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    return client


def posts(concept, *, period="all", at=APRIL):
    """What the map says of the concept's posts."""
    grown = [g for b in coverage(now=at, period=period).branches for g in b.grown]
    return next(one.posts for one in grown if one.concept == concept)


def test_posts_of_four_people_are_not_shown_and_of_five_are():
    (_, few), (_, enough) = a_grown_concept("Few"), a_grown_concept("Enough")
    tellers(4, item=an_item(concept=few))
    tellers(5, item=an_item(concept=enough))
    tellers(6)  # so that the total does not betray the four
    count(APRIL)
    assert (posts(few), posts(enough)) == (None, 5)


def test_nothing_told_looks_like_what_may_not_be_shown():
    (_, few), (_, none) = a_grown_concept("Few"), a_grown_concept("None")
    tellers(4, item=an_item(concept=few))
    count(APRIL)
    assert posts(few) is posts(none) is None


def test_one_more_post_does_not_show_before_its_month_is_over():
    _, concept = a_grown_concept()
    item = an_item(concept=concept)
    tellers(5, item=item)
    count(APRIL)
    a_told(item=item, at=APRIL)
    count(APRIL + timedelta(days=1))
    assert posts(concept, at=APRIL + timedelta(days=1)) == 5


def test_no_period_less_another_tells_of_fewer_than_five():
    _, concept = a_grown_concept()
    item = an_item(concept=concept)
    a_told(item=item, at=NOON - timedelta(days=140))
    tellers(5, item=item)
    count(APRIL)
    shown = {posts(concept, period=period) for period in ("quarter", "year", "all")}
    assert shown == {5}


def test_a_card_of_few_people_beside_one_of_many_is_not_in_the_sum():
    _, concept = a_grown_concept()
    tellers(6, item=an_item(concept=concept))
    tellers(2, item=an_item(concept=concept))
    tellers(3)  # so that the two are hidden among five
    count(APRIL)
    assert posts(concept) == 6


def test_readers_are_shown_only_where_the_links_of_five_were_followed():
    _, concept = a_grown_concept()
    item = an_item(concept=concept)
    first, *_rest = tellers(5, item=item, readers=0)
    some_readers(first.shares.get(), 40)
    count(APRIL)
    found = harvest(concept, today=APRIL.date()).told
    assert (found.posts, found.tellers, found.readers) == (5, 5, None)


def test_a_value_is_only_said_until_something_is_told_on_it():
    value, concept = a_grown_concept()
    page = a_client(a_lead()).get("/coverage").content.decode()
    assert "nothing to show yet" in page
    a_story(concept=concept, **ACCEPTED)
    found = coverage(now=APRIL, period="all")
    assert [(b.value, b.told) for b in found.branches] == [(value, 1)]


def test_from_a_value_down_to_what_was_told_and_back():
    value, concept = a_grown_concept()
    member = a_member()
    item = an_item("The night oven", concept=concept)
    share = a_told(member=member, item=item)
    client = a_client(member)
    down = client.get(f"/coverage/values/{value.pk}").content.decode()
    for address in (f"/concepts/{concept.pk}", f"/library/{item.pk}"):
        assert address in down
        assert client.get(address).status_code == 200
    assert f"/shares/{share.pk}" in down
    for address in (f"/library/{item.pk}", f"/concepts/{concept.pk}"):
        assert reverse("value", args=[value.pk]) in client.get(address).content.decode()


def test_what_is_for_another_team_is_not_named():
    value, concept = a_grown_concept()
    theirs, item = a_team(), an_item("A secret oven", concept=concept)
    story = a_story("A secret night", concept=concept, item=item, **ACCEPTED)
    other = an_item("A secret shelf", concept=concept)
    for one in (item, other):
        one.audience.add(theirs)
    mine, insider = a_member(team=a_team()), a_member(team=theirs)
    for member, seen in ((mine, []), (insider, [story])):
        assert told_on(value, member, now=NOON).stories == seen
        assert living(concept, member, now=NOON).stories == seen
        assert bool(told_on(value, member, now=NOON).items) == bool(seen)


def test_a_story_whose_card_has_expired_stays_and_leads_nowhere_closed():
    _, concept = a_grown_concept()
    item = an_item(state=Item.State.EXPIRED, concept=concept)
    a_story("A night long ago", concept=concept, item=item, **ACCEPTED)
    page = a_client(a_member()).get(f"/concepts/{concept.pk}").content.decode()
    assert "A night long ago" in page
    assert f"/library/{item.pk}" not in page


def test_queries_do_not_grow(django_assert_max_num_queries):
    client = a_client(a_lead())
    counted = []
    for n in range(2):
        for m in range(1 + 2 * n):
            value, concept = a_grown_concept(f"{n} and {m}")
            a_story(concept=concept, item=an_item(concept=concept), **ACCEPTED)
            tellers(5, item=an_item(concept=concept), readers=1)
        count(APRIL)
        for page in ("/coverage", f"/coverage/values/{value.pk}"):
            client.get(page)
            with django_assert_max_num_queries(24) as asked:
                client.get(page)
            counted.append(len(asked))
    assert counted[:2] == counted[2:]
