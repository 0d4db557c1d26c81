"""On the wall hangs what people chose to show, and only while they choose so."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pesue.content.actions.stories import withdraw
from pesue.encouragement.actions import shown
from pesue.encouragement.queries import wall
from pesue.people.models import Member
from pesue.sharing.models import Share
from tests.make import NOON
from tests.make.content import a_story, an_item
from tests.make.encouragement import some_thanks
from tests.make.people import a_member, a_team
from tests.make.recognition import a_letter, an_honour, thanks_in_words
from tests.make.told import a_told

pytestmark = pytest.mark.thorough

DAY = timedelta(days=1)


def hangs(reader=None, *, team=None, after="", now=NOON):
    return wall.page(reader or a_member("Reader"), team=team, after=after, now=now)


def rows(page):
    return [(entry.kind, entry.row.pk) for entry in page.entries]


@pytest.mark.django_db
def test_all_four_newest_first_and_nothing_that_is_private():
    thanks_in_words(a_member())
    an_honour()
    a_letter()
    a_story(state="sent")
    one = thanks_in_words(a_member(), shown_at=NOON - 3 * DAY)
    two = a_letter(shown_at=NOON - 2 * DAY)
    three = a_story(state="accepted", accepted_at=NOON - DAY)
    four = an_honour(shown_at=NOON)
    assert rows(hangs()) == [
        ("honour", four.pk),
        ("story", three.pk),
        ("letter", two.pk),
        ("thanks", one.pk),
    ]


@pytest.mark.django_db
def test_it_leaves_at_once():
    thanks = thanks_in_words(a_member(), shown_at=NOON)
    honour = an_honour(shown_at=NOON)
    letter = a_letter(shown_at=NOON)
    story = a_story(state="accepted", accepted_at=NOON)
    assert len(rows(hangs())) == 4
    for row in (thanks, honour, letter):
        shown.hide(row)
    withdraw(story, now=NOON)
    assert rows(hangs()) == []


@pytest.mark.django_db
def test_with_a_leaver_it_leaves_and_with_a_deleted_post():
    gone = a_member("Gone")
    thanks_in_words(gone, shown_at=NOON)
    an_honour(gone, shown_at=NOON)
    a_letter(member=gone, shown_at=NOON)
    a_story(author=gone, state="accepted", accepted_at=NOON)
    share = a_told(member=gone)
    a_letter(share=share, shown_at=NOON)
    some_thanks(share=share, shown_at=NOON)
    deleted = a_told()
    some_thanks(share=deleted, shown_at=NOON)
    a_letter(share=deleted, shown_at=NOON)
    a_letter(shown_at=NOON, ends_on=NOON.date() - DAY)
    assert len(rows(hangs())) == 8
    Member.objects.filter(pk=gone.pk).update(state=Member.State.LEFT)
    Share.objects.filter(pk=deleted.pk).update(state=Share.State.DELETED)
    assert rows(hangs()) == []


@pytest.mark.django_db
def test_who_gave_it_and_left_is_not_named(client):
    giver = a_member("Kaj-Åke Kollega")  # no token has a hyphen, so none is he
    thanks_in_words(a_member("Ana"), giver=giver, shown_at=NOON)
    an_honour(a_member("Eva"), giver=giver, shown_at=NOON)
    client.force_login(a_member(language="en"))
    assert client.get("/encouragement/wall").content.decode().count("Kaj-Åke") == 2
    Member.objects.filter(pk=giver.pk).update(state=Member.State.LEFT)
    page = client.get("/encouragement/wall").content.decode()
    assert "Kaj-Åke" not in page
    assert "former colleague" in page


@pytest.mark.django_db
def test_of_a_team_and_all_below_it(client):
    ship = a_team("Ship")
    night, shore = a_team("Night", parent=ship), a_team("Shore")
    ours, theirs = (
        a_member("Ana-Liisa", team=night),
        a_member("Eva-Lotta", team=shore),  # no token has a hyphen
    )
    for member in (ours, theirs):
        thanks_in_words(member, shown_at=NOON)
        an_honour(member, shown_at=NOON)
        a_letter(member=member, shown_at=NOON)
        a_story(author=member, state="accepted", accepted_at=NOON)
    a_letter(team=night, shown_at=NOON)
    a_letter(item=an_item(), shown_at=NOON)  # of all of us
    assert len(rows(hangs())) == 10
    assert len(rows(hangs(team=ship))) == len(rows(hangs(team=night))) == 5
    assert len(rows(hangs(team=shore))) == 4
    client.force_login(ours)
    page = client.get("/encouragement/wall", {"team": ship.pk}).content.decode()
    assert "Ana-Liisa" in page
    assert "Eva-Lotta" not in page
    assert client.get("/encouragement/wall", {"team": 999}).status_code == 404


@pytest.mark.django_db
def test_a_story_for_one_team_hangs_for_that_team():
    ours, theirs = a_team(), a_team()
    item = an_item()
    item.audience.add(ours)
    a_story(item=item, state="accepted", accepted_at=NOON)
    assert rows(hangs(a_member(team=ours)))
    assert not rows(hangs(a_member(team=theirs)))


@pytest.mark.django_db
def test_page_by_page_each_hangs_once_though_many_came_at_one_moment():
    reader = a_member("Reader")
    receiver = a_member("Ana")
    for n in range(16):
        at = NOON - (n // 4) * DAY  # four of each kind at a time
        thanks_in_words(receiver, shown_at=at)
        an_honour(receiver, shown_at=at)
        a_letter(member=receiver, shown_at=at)
        a_story(author=receiver, state="accepted", accepted_at=at)
    found, after = [], ""
    while True:
        page = hangs(reader, after=after)
        found += page.entries
        after = page.older
        if not after:
            break
    assert len(found) == len({(one.kind, one.row.pk) for one in found}) == 64
    assert [one.place for one in found] == sorted(one.place for one in found)


MOMENTS = st.datetimes(
    datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)
)


@given(MOMENTS, st.sampled_from(wall.KINDS), st.integers(1, 10**18 - 1))
def test_a_cursor_is_read_as_it_was_written(at, kind, row):
    written = f"{at.isoformat()}~{kind}~{row}"
    assert wall.Cursor.read(written) == wall.Cursor(at, kind, row)


@given(st.text())
@pytest.mark.parametrize(
    "form", ["{}", "{}~thanks~1", "2026-03-02T12:00:00+00:00~{}~1", "{}~story~{}"]
)
def test_any_other_words_are_no_cursor_and_no_error(form, text):
    found = wall.Cursor.read(form.format(text, text))
    assert found is None or found.at.tzinfo


def test_kinds_are_in_the_order_that_paging_relies_on():
    assert list(wall.KINDS) == sorted(wall.KINDS)


@pytest.mark.django_db
def test_a_page_costs_the_same_with_one_row_and_with_three(
    client, django_assert_max_num_queries
):
    client.force_login(a_member(team=a_team()))
    costs = []
    for more in (1, 2):
        for _ in range(more):
            thanks_in_words(a_member(), shown_at=NOON)
            some_thanks(shown_at=NOON)
            an_honour(shown_at=NOON)
            later = NOON.date() + 9999 * DAY
            a_letter(shown_at=NOON, ends_on=later)
            a_letter(share=a_told(), shown_at=NOON, ends_on=later)
            a_letter(team=a_team(), shown_at=NOON, ends_on=later)
            a_story(state="accepted", accepted_at=NOON, item=an_item())
        with django_assert_max_num_queries(30) as seen:
            client.get("/encouragement/wall")
        costs.append(len(seen))
    assert costs[0] == costs[1]
