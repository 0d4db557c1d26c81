"""The week's step for everybody at once: each their own, and one a week."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pesue.content.models import Item
from pesue.encouragement.actions import offers
from pesue.encouragement.levers import WEEK_STEP
from pesue.encouragement.models import Offer
from pesue.encouragement.queries.offers import week_of
from pesue.encouragement.rungs import Rung
from pesue.example.models import Showcase
from pesue.example.queries import posts
from pesue.foundation.models import Run, name_of
from pesue.guidance.models import Topic
from pesue.pages.course.queries import matched
from pesue.pages.steps import offer_steps
from pesue.people.models import Member
from pesue.sharing.models import Share
from pesue.trials.models import OptOut
from pesue.trials.queries import has
from tests.make import NOON
from tests.make.content import a_story, an_item
from tests.make.encouragement import an_offer, some_thanks
from tests.make.example import a_showcase
from tests.make.guidance import a_concept
from tests.make.people import a_member, a_team
from tests.make.sharing import a_reply, a_share
from tests.make.told import a_told
from tests.make.trials import a_running, afresh

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]
Part = Member.Part
WEEK = timedelta(days=7)


def the_offer(member, at=NOON) -> Offer:
    return Offer.objects.get(member=member, week=week_of(at))


def weeks_on(member, *answers) -> list[str]:
    """What is offered week after week, each answered so."""
    found = []
    for n, answer in enumerate([*answers, "none"]):
        at = NOON + n * WEEK
        offer_steps(at)
        offer = Offer.objects.filter(member=member, week=week_of(at)).first()
        found.append(Rung(offer.rung).name if offer else "")
        if answer != "none":
            Offer.objects.filter(pk=offer.pk).update(answered=answer, answered_at=at)
    return found


def test_each_active_member_has_one_step_however_often_it_runs():
    here, an = a_member(), an_item()
    for state in (Member.State.INVITED, Member.State.LEFT):
        a_member(state=state)
    a_member(paused_until=NOON.date() + WEEK)
    assert offer_steps(NOON) == 1
    assert offer_steps(NOON + timedelta(days=2)) == 0
    offer = the_offer(here)
    assert (offer.rung, offer.item, offer.why) == (Rung.READ, an, "first")


def test_a_week_is_looked_at_once_and_who_was_missed_is_not_lost():
    an_item()
    a_member()
    Run.objects.create(step=name_of(offer_steps), finished_at=NOON)
    with CaptureQueriesContext(connection) as asked:
        assert offer_steps(NOON + timedelta(days=6)) == 0
    assert len(asked) == 1
    assert offer_steps(NOON + timedelta(days=7)) == 1


def test_a_run_that_fell_over_halfway_is_done_again(monkeypatch):
    an_item()
    people = [a_member() for _ in range(5)]
    monkeypatch.setattr(offers, "BATCH", 2)
    chosen, calls = offers._chosen, []

    def falls(*args, **kwargs):
        calls.append(1)
        if len(calls) == 2:
            raise InterruptedError
        return chosen(*args, **kwargs)

    monkeypatch.setattr(offers, "_chosen", falls)
    with pytest.raises(InterruptedError):
        offer_steps(NOON)
    assert Offer.objects.count() == 2
    assert offer_steps(NOON) == 3
    assert {the_offer(one).item_id for one in people} == {Item.objects.get().pk}


def test_not_this_leads_to_another_kind_next_week():
    an_item()
    a_showcase(share=a_told(item=Item.objects.get()))
    member = a_member(part=Part.SHARER)
    first, second = weeks_on(member, "not_this")
    assert first == "ANSWER"
    assert second in {"REACT", "COMMENT"}


def test_nothing_this_week_makes_it_smaller_and_then_rarer():
    for n in range(9):
        an_item(f"Item {n}", ready_at=NOON + n * WEEK, url=f"https://example.org/{n}")
    member = a_member(part=Part.SHARER)
    said = ["nothing", "nothing", "nothing"]
    assert weeks_on(member, *said) == ["ANSWER", "READ", "READ", ""]
    assert offer_steps(NOON + 4 * WEEK) == 1


def test_it_climbs_by_what_rows_tell():
    item = an_item()
    member = a_member(part=Part.READER)
    an_offer(member=member, week=week_of(NOON - 2 * WEEK), item=item)
    an_offer(member=member, week=week_of(NOON - WEEK))
    shown = a_showcase().share
    some_thanks(giver=member, share=shown, at=NOON - WEEK)
    some_thanks(giver=member, share=a_told(), at=NOON - 2 * WEEK)
    a_showcase()
    offer_steps(NOON)
    offer = the_offer(member)
    assert (offer.rung, offer.why, offer.after) == (Rung.REACT, "last", Rung.REACT)
    assert offer.share_id != shown.pk  # thanked for already


@pytest.mark.parametrize(
    ("did", "rung"),
    [
        (lambda m: a_reply(share=a_share(member=m)), Rung.ANSWER),
        (lambda m: a_told(member=m), Rung.LINE),
        (lambda m: a_story(author=m, state="sent"), Rung.WRITE),
    ],
)
def test_each_deed_is_read_off_its_row(did, rung):
    member = a_member(part=Part.COACH)
    a_told(member=member, at=NOON - 30 * WEEK)  # has posted, long ago
    did(member)
    for n in range(3):
        an_item(f"Item {n}")
    at = NOON + WEEK
    offer_steps(at)
    assert the_offer(member, at).after == rung


def test_that_somebody_leads_changes_nothing():
    an_item()
    team = a_team()
    leader, other = a_member(team=team, leader=True), a_member(team=team)
    offer_steps(NOON)
    seen = [the_offer(one) for one in (leader, other)]
    assert len({(o.rung, o.why, o.item_id) for o in seen}) == 1


def test_a_newcomer_is_named_only_to_one_who_helps_in_the_same_team():
    team = a_team()
    coach = a_member(part=Part.COACH, team=team, joined_at=NOON - 40 * WEEK)
    a_told(member=coach, at=NOON - WEEK)
    for n in (1, 2):
        an_offer(member=coach, week=week_of(NOON - n * WEEK), rung=Rung.HELP)
    Offer.objects.update(answered="done", answered_at=NOON - WEEK)
    a_member(team=a_team())
    a_member(team=team, paused_until=NOON.date() + WEEK)
    new = a_member("Uusi", team=team)
    offer_steps(NOON)
    assert (the_offer(coach).rung, the_offer(coach).colleague) == (Rung.HELP, new)
    assert not Offer.objects.exclude(member=coach).filter(colleague__isnull=False)


def test_many_get_what_one_would_choose_from_the_library():
    """Another way to the same item, by the database's own ordering."""
    teams, concept = [a_team(), a_team()], a_concept()
    topics = [Topic.objects.create(name=name) for name in ("Bread", "Sea")]
    for n in range(12):
        item = an_item(
            f"Item {n}",
            language="fi" if n % 3 else "en",
            ready_at=NOON - timedelta(hours=7 * n % 50),
            concept=concept if n % 4 == 0 else None,
            valid_until=NOON.date() - timedelta(days=1) if n == 5 else None,
        )
        if n % 5 == 0:
            item.topics.add(topics[n % 2])
        if n % 6 == 0:
            item.audience.add(teams[0])
    people = [
        a_member(team=teams[n % 2], language="fi" if n % 3 else "sv") for n in range(6)
    ]
    topics[0].followers.set(people[:3])
    a_share(member=people[0], item=matched(people[0], now=NOON).first())
    wanted = {one.pk: matched(one, now=NOON).first() for one in people}
    offer_steps(NOON)
    assert {one.pk: the_offer(one).item for one in people} == wanted


def test_it_asks_as_much_for_three_as_for_one():
    an_item()
    a_showcase()

    def asked(at) -> int:
        with CaptureQueriesContext(connection) as queries:
            offer_steps(at)
        return len(queries)

    a_member(team=a_team())
    first = asked(NOON)
    for _ in range(3):
        a_member(team=a_team())
    assert asked(NOON + WEEK) == first


def test_those_to_whom_it_has_not_come_are_offered_to_read():
    an_item()
    people = [a_member(team=a_team(), part=Part.SHARER) for _ in range(2)]
    a_running(WEEK_STEP.key, days=7)
    late = [a_member(team=a_team(), part=Part.SHARER) for _ in range(3)]
    out = [a_member(team=one.team, part=Part.SHARER) for one in people]
    for one in out:
        OptOut.objects.create(member=one, at=NOON)
    offer_steps(NOON)
    got = {one.pk: the_offer(one).rung == Rung.ANSWER for one in people + late}
    assert got == {
        one.pk: has(WEEK_STEP.key, afresh(one), NOON) for one in people + late
    }
    assert {got[one.pk] for one in people} == {True, False}
    assert {the_offer(one).rung for one in out} == {Rung.ANSWER}


def test_what_is_too_old_to_decide_is_deleted():
    old = an_offer(week=week_of(NOON - 17 * WEEK))
    kept = an_offer(week=week_of(NOON - 15 * WEEK))
    offer_steps(NOON)
    left = set(Offer.objects.values_list("pk", flat=True))
    assert kept.pk in left
    assert old.pk not in left


def test_posts_are_those_that_may_be_seen():
    shown = a_showcase()
    a_showcase(state=Showcase.State.ASKED)
    a_showcase(share=a_told(state=Share.State.DELETED))
    assert [post.id for post in posts(today=NOON.date())] == [shown.share_id]
