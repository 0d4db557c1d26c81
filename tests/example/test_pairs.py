"""Two together for four weeks: both said yes, and either ends it in silence."""

from datetime import timedelta

import pytest
from django.utils import translation
from django.utils.timezone import localdate, now

from pesue.encouragement.queries.good import deeds
from pesue.encouragement.queries.offers import is_done, week_of
from pesue.encouragement.queries.weeks import Week, weeks
from pesue.encouragement.rungs import Rung
from pesue.example.actions import pairs as actions
from pesue.example.choosing import Candidate, Reader, nearest
from pesue.example.models import Pair, PairTask, RoleModel
from pesue.example.queries import pairs as queries
from pesue.example.steps import end_pairs
from pesue.people.actions import members
from pesue.people.models import Member
from pesue.reach.models import Message
from tests.make import NOON
from tests.make.encouragement import an_offer
from tests.make.example import a_guide
from tests.make.people import a_member, a_team

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]
DAY = timedelta(days=1)


def test_only_by_ones_own_yes():
    colleague, by = a_member("Kaj"), a_member("Bea")
    actions.propose(colleague, "film", by, now=NOON, learned="How to hold still")
    actions.propose(colleague, "film", a_member(), now=NOON, learned="Again")
    actions.propose(by, "film", by, now=NOON, learned="Myself")
    [asked] = RoleModel.objects.all()
    assert (asked.state, asked.learned) == ("asked", "How to hold still")
    assert Message.objects.filter(kind="pairing").count() == 1
    assert queries.role_models(a_member(), today=localdate(NOON)) == []
    actions.answer(asked, agrees=True, now=NOON)
    assert queries.role_models(a_member(), today=localdate(NOON)) == [asked]
    asked.refresh_from_db()
    actions.answer(asked, agrees=False, now=NOON)
    assert asked.state == "ended"
    assert queries.role_models(a_member(), today=localdate(NOON)) == []


def test_one_who_said_no_is_not_asked_again():
    colleague = a_member()
    actions.propose(colleague, "film", a_member(), now=NOON, learned="A")
    actions.answer(RoleModel.objects.get(), agrees=False, now=NOON)
    actions.propose(colleague, "film", a_member(), now=NOON, learned="B")
    assert RoleModel.objects.get().state == "declined"


def test_four_weeks_and_five_tasks(client):
    guide, beginner = a_guide(), a_member("Uusi", language="en")
    client.force_login(beginner)
    role = RoleModel.objects.get(member=guide)
    assert client.post(f"/examples/people/{role.pk}/ask").status_code == 302
    pair = Pair.objects.get()
    assert client.post(f"/examples/pairs/{pair.pk}/accept").status_code == 404
    client.force_login(guide)
    client.post(f"/examples/pairs/{pair.pk}/accept")
    for key in ("read", "read", "tell", "nothing"):
        client.post(f"/examples/pairs/{pair.pk}/tick", {"task": key, "done": "yes"})
    client.post(f"/examples/pairs/{pair.pk}/tick", {"task": "tell"})
    assert [task.key for task in PairTask.objects.all()] == ["read"]
    assert end_pairs(now() + 28 * DAY) == 0
    assert end_pairs(now() + 29 * DAY) == 1
    client.force_login(beginner)
    assert "four weeks are over" in client.get("/examples/pairs").content.decode()


@pytest.mark.parametrize("who", ["guide", "beginner"])
def test_either_ends_it_and_the_other_learns_no_more_than_that(client, who):
    pair = actions.ask(a_member("Uusi", language="en"), a_guide(), now=NOON)
    actions.accept(pair, now=NOON)
    mails = Message.objects.count()
    client.force_login(getattr(pair, who))
    client.post(f"/examples/pairs/{pair.pk}/end")
    other = pair.beginner if who == "guide" else pair.guide
    Member.objects.filter(pk=other.pk).update(language="en")
    client.force_login(Member.objects.get(pk=other.pk))
    page = client.get("/examples/pairs").content.decode()
    assert "This has ended." in page
    assert Message.objects.count() == mails


def test_without_one_of_the_two_it_has_ended():
    pair = actions.ask(a_member(), a_guide(), now=NOON)
    actions.accept(pair, now=NOON)
    members.leave(pair.guide, now=NOON)
    assert end_pairs(NOON) == 1
    pair.refresh_from_db()
    assert pair.state == "ended"


def test_a_third_can_do_nothing(client):
    pair = actions.ask(a_member(), a_guide(), now=NOON)
    client.force_login(a_member())
    for what in ("accept", "end", "tick"):
        assert client.post(f"/examples/pairs/{pair.pk}/{what}").status_code == 404
    pair.refresh_from_db()
    assert pair.state == "asked"


def test_one_guide_at_a_time_and_two_beginners_at_most():
    guide, other = a_guide("One"), a_guide("Two")
    first = a_member()
    pair = actions.ask(first, guide, now=NOON)
    with pytest.raises(actions.NotNow):
        actions.ask(first, other, now=NOON)
    actions.ask(a_member(), guide, now=NOON)
    with pytest.raises(actions.NotNow):
        actions.ask(a_member(), guide, now=NOON)
    with pytest.raises(actions.NotNow):
        actions.ask(guide, guide, now=NOON)
    with pytest.raises(actions.NotNow):
        actions.ask(a_member(), a_member(), now=NOON)  # who never offered
    actions.end(pair, now=NOON)
    assert actions.ask(a_member(), guide, now=NOON)
    assert queries.with_room(list(RoleModel.objects.all())) == {other.pk}


def test_near_ones_first_and_the_day_draws_among_them():
    reader = Reader(1, "/1/2/", "fi", frozenset())
    far = [Candidate(n, n, "/9/", "fi", "write") for n in range(10, 30)]
    near = [Candidate(n, n, "/1/2/", "fi", "write") for n in range(50, 60)]
    twice = [Candidate(99, 50, "/1/2/", "fi", "film")]
    days = [nearest(far + near + twice, reader, day, 12) for day in range(9)]
    for found in days:
        assert [one.path for one in found] == ["/1/2/"] * 10 + ["/9/"] * 2
        assert len({one.author for one in found}) == 12
    assert len({tuple(found) for found in days}) == 9


def test_the_pages_ask_a_constant_number_of_queries(
    client, django_assert_max_num_queries
):
    reader = a_member(team=a_team())
    client.force_login(reader)
    for number in (1, 2):
        for _ in range(number):
            guide = a_guide(team=reader.team)
            actions.ask(reader, guide, now=NOON) if number == 1 else None
        with django_assert_max_num_queries(18):
            assert client.get("/examples/people").status_code == 200
        with django_assert_max_num_queries(12):
            assert client.get("/examples/pairs").status_code == 200


def test_a_wrong_address_is_said_and_nothing_is_lost(client):
    client.force_login(a_member(language="en"))
    said = {"email": "none@example.com", "form": "film", "learned": "Light"}
    page = client.post("/examples/people/thank", said)
    assert page.status_code == 422
    assert "Light" in page.content.decode()
    assert "Nobody here has this address" in page.content.decode()


def test_each_task_done_together_is_a_good_deed_of_whoever_showed_how():
    pair = actions.ask(a_member(), a_guide(), now=NOON)
    actions.accept(pair, now=NOON)
    [week] = weeks_after(pair, "read", done=True)
    assert week.good == ["You helped a colleague begin"]
    assert not weeks(pair.beginner, now=NOON)  # what they do is told by their own rows
    today = NOON.date()
    assert {one.member for one in deeds("good", today, today)} == {pair.guide_id}
    assert weeks_after(pair, "read", done=False) == []


def weeks_after(pair: Pair, task: str, *, done: bool) -> list[Week]:
    actions.tick(pair, task, done=done, now=NOON)
    with translation.override("en"):
        return weeks(pair.guide, now=NOON)


def test_who_has_shown_how_this_week_has_done_the_step_of_helping():
    pair = actions.ask(a_member(), a_guide(), now=NOON)
    actions.accept(pair, now=NOON)
    offer = an_offer(member=pair.guide, rung=Rung.HELP, week=week_of(NOON))
    assert not is_done(offer)
    actions.tick(pair, "read", done=True, now=NOON)
    assert is_done(offer)
