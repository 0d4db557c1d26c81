"""Honours are few, go round, are for something, and are nobody's but whose they are."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from pesue.encouragement.actions import honours as actions
from pesue.encouragement.drawing import drawn
from pesue.encouragement.models import Honour, Thanks
from pesue.encouragement.queries import honours as queries
from pesue.encouragement.scarcity import Group, full
from pesue.people.models import Member
from pesue.reach.models import Message
from tests.make import NOON
from tests.make.content import a_story
from tests.make.encouragement import some_thanks
from tests.make.people import a_lead, a_member, a_team, an_organisation
from tests.make.recognition import an_honour, thanks_in_words

pytestmark = pytest.mark.thorough

DAY = timedelta(days=1)
REASON = "You found the fault before anybody else did."
LONG_AGO = NOON - 400 * DAY
STATUS = Honour.Kind.ESTEEM


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def honour(receiver, by, *, now=NOON, reason=REASON, kind=STATUS):
    return actions.honour(receiver, by=by, kind=kind, reason=reason, now=now)


def a_crew(team, people):
    return Member.objects.bulk_create(
        Member(
            name=f"Crew {n}",
            email=f"crew{n}.{team.pk}@example.org",
            team=team,
            joined_at=LONG_AGO,
            language="en",
            state=Member.State.ACTIVE,
            state_since=NOON,
        )
        for n in range(people)
    )


# --- How many


@given(
    st.lists(st.integers(1, 400), min_size=1, max_size=5),
    st.lists(st.integers(0, 4), max_size=200),
)
def test_never_more_than_a_tenth_of_any_group_whoever_is_chosen(sizes, wishes):
    """Teams within an organisation, and honours wished for in any order."""
    honoured = [0] * len(sizes)
    for wish in wishes:
        team = wish % len(sizes)
        groups = [
            Group("team", sizes[team], honoured[team]),
            Group("all", sum(sizes), sum(honoured), whole=True),
        ]
        if full(groups) is None:
            honoured[team] += 1
    for size, some in zip(sizes, honoured, strict=True):
        assert size < 10 or some <= size / 10
    assert sum(honoured) <= max(1, sum(sizes) / 10)


@given(st.sets(st.integers(1, 10**9)), st.text(max_size=20))
def test_a_drawn_order_has_everybody_and_hangs_on_the_lot_alone(ids, lot):
    assert sorted(drawn(ids, lot)) == sorted(ids)
    assert drawn(sorted(ids), lot) == drawn(sorted(ids, reverse=True), lot)


def test_quarters():
    assert queries.quarter(datetime(2026, 2, 28, tzinfo=UTC).date()).month == 1
    for month, following in ((1, 4), (3, 4), (6, 7), (10, 1), (12, 1)):
        day = datetime(2026, month, 28, tzinfo=UTC).date()
        assert queries.next_quarter(day).month == following
        assert queries.next_quarter(day).day == 1


@pytest.mark.django_db
def test_everybody_wins_is_refused_with_its_reason():
    lead = a_lead(joined_at=LONG_AGO)
    above = a_team("Ship")
    crew = a_crew(a_team("Night", parent=above), 21)
    for member in crew[:2]:
        honour(member, lead)
    with pytest.raises(actions.NotHonoured, match=r"Night \d+: one in ten"):
        honour(crew[2], lead)
    a_crew(above, 30)  # room above makes none below
    with pytest.raises(actions.NotHonoured, match="Night"):
        honour(crew[2], lead)
    assert Honour.objects.count() == Message.objects.count() == 2
    honour(crew[2], lead, now=NOON + 31 * DAY)  # the next quarter


@pytest.mark.django_db
def test_small_teams_have_no_quota_of_their_own_but_share_one():
    """Five teams of four: two honours in all, not five."""
    lead = a_lead(joined_at=LONG_AGO)
    crews = [a_crew(a_team(), 4) for _ in range(5)]
    honour(crews[0][0], lead)
    honour(crews[1][0], lead)
    with pytest.raises(actions.NotHonoured, match="All of us"):
        honour(crews[2][0], lead)


@pytest.mark.django_db
def test_it_goes_round():
    lead = a_lead()
    crew = a_crew(a_team(), 30)
    honour(crew[0], lead)
    for days in (1, 100, 364):
        with pytest.raises(actions.NotHonoured, match="last year"):
            honour(crew[0], lead, now=NOON + days * DAY)
    honour(crew[0], lead, now=NOON + 366 * DAY)


@pytest.mark.django_db
def test_it_is_for_something_and_not_for_oneself_or_one_who_left():
    lead, ana = a_lead(), a_member()
    with pytest.raises(actions.NotHonoured, match="sentence"):
        honour(ana, lead, reason="Good job!")
    with pytest.raises(actions.NotHonoured, match="yourself"):
        honour(lead, lead)
    ana.state = Member.State.LEFT
    with pytest.raises(actions.NotHonoured, match="not here"):
        honour(ana, lead)
    with pytest.raises(IntegrityError), transaction.atomic():
        Honour.objects.create(giver=lead, receiver=lead, reason="I did", at=NOON)
    assert not Message.objects.exists()


@pytest.mark.django_db
def test_newcomers_are_welcomed_and_others_esteemed():
    new, long = a_member(joined_at=NOON - 30 * DAY), a_member(joined_at=LONG_AGO)
    assert queries.kind_for(new, now=NOON) == "welcome"
    assert queries.kind_for(long, now=NOON) == "esteem"
    assert queries.kind_for(a_member(joined_at=None), now=NOON) == "esteem"
    honour(new, a_lead(), kind=Honour.Kind.WELCOME)
    [mail] = Message.objects.all()
    assert mail.subject == "You belong here, says Leena Lead"
    assert REASON in mail.text


# --- Whom words speak for


@pytest.mark.django_db
def test_proposed_are_those_for_whom_words_speak_and_never_by_private_ones():
    lead, told, wrote = a_lead(), a_member("Told"), a_member("Wrote")
    thanks_in_words(a_member("Private"))
    some_thanks()  # one tap, without a word
    a_story("A draft", author=a_member("Drafting"))
    thanks_in_words(told, proposes=True)
    public = thanks_in_words(a_member("Public"), shown_at=NOON)
    a_story("At sea", author=wrote, state="accepted", accepted_at=NOON)
    thanks_in_words(lead, proposes=True)
    thanks_in_words(a_member("Gone", state=Member.State.LEFT), proposes=True)
    thanks_in_words(a_member("Old"), proposes=True, at=NOON - 91 * DAY)
    rested = an_honour(a_member("Rests"), at=NOON - 100 * DAY).receiver
    thanks_in_words(rested, proposes=True)
    back = an_honour(a_member("Back"), at=NOON - 370 * DAY).receiver
    thanks_in_words(back, proposes=True)

    found = queries.proposals(lead, now=NOON)

    assert {one.member for one in found} == {told, wrote, public.receiver, back}


@pytest.mark.django_db
def test_whoever_leads_some_teams_is_shown_those_alone(client):
    ours, theirs = a_team(), a_team()
    lead = a_lead(ours)
    near = a_member("Near", team=a_team(parent=ours))
    far = a_member("Far", team=theirs)
    for one in (near, far):
        thanks_in_words(one, proposes=True)
    assert [one.member for one in queries.proposals(lead, now=NOON)] == [near]
    client.force_login(lead)
    assert client.get(f"/encouragement/honours/new/{far.pk}").status_code == 404
    page = client.get("/encouragement/honours", {"q": "Far"}).content.decode()
    assert f"/honours/new/{far.pk}" not in page


@pytest.mark.django_db
def test_one_in_hundred_words_stands_beside_one_in_one():
    """Many thanks change neither whether, nor where, nor how much is shown."""
    lead = a_lead()
    loved, quiet = a_member("Loved"), a_member("Quiet")
    thanks_in_words(quiet, proposes=True)
    thanks_in_words(loved, proposes=True)
    before = [one.member for one in queries.proposals(lead, now=NOON)]
    for n in range(30):
        thanks_in_words(loved, proposes=True, what=f"Thing {n}")
    found = queries.proposals(lead, now=NOON)
    assert [one.member for one in found] == before
    assert not hasattr(found[0], "count")


@pytest.mark.django_db
def test_the_order_is_drawn_anew_each_week():
    lead = a_lead()
    for n in range(8):
        thanks_in_words(a_member(f"Crew {n}"), proposes=True)

    def order(now):
        return [one.member.pk for one in queries.proposals(lead, now=now)]

    assert order(NOON) == order(NOON + 3 * DAY)  # a Monday, and its Thursday
    assert order(NOON) != order(NOON + 7 * DAY)


# --- Pages


@pytest.mark.django_db
def test_a_lead_honours_and_only_the_one_honoured_decides_who_sees(client):
    an_organisation()
    lead, ana = a_lead(), a_member("Ana")
    client.force_login(lead)
    answer = client.post(
        f"/encouragement/honours/new/{ana.pk}", {"reason": REASON, "kind": "esteem"}
    )
    assert answer.status_code == 302
    row = Honour.objects.get()
    assert not row.is_shown
    assert client.post(
        f"/encouragement/honours/{row.pk}", {"show": ""}
    ).status_code == (404)
    client.force_login(ana)
    assert REASON in client.get("/").content.decode()
    client.post(f"/encouragement/honours/{row.pk}", {"show": "yes"})
    row.refresh_from_db()
    assert row.is_shown


@pytest.mark.django_db
def test_a_refusal_says_why_and_keeps_the_words(client):
    lead, ana = a_lead(), an_honour(at=NOON).receiver
    Honour.objects.update(at=datetime.now(UTC))
    client.force_login(lead)
    answer = client.post(
        f"/encouragement/honours/new/{ana.pk}", {"reason": REASON, "kind": "esteem"}
    )
    assert answer.status_code == 422
    assert "Others have their turn" in answer.content.decode()
    assert REASON in answer.content.decode()


@pytest.mark.django_db
def test_only_those_who_lead_come_in(client):
    ana = a_member()
    client.force_login(ana)
    for path in ("", f"/new/{a_member().pk}"):
        assert client.get(f"/encouragement/honours{path}").status_code == 403
    client.force_login(a_member("Kaarina", leader=True))
    assert client.get("/encouragement/honours").status_code == 200


@pytest.mark.django_db
def test_the_list_costs_the_same_with_one_row_and_with_three(
    client, django_assert_max_num_queries
):
    client.force_login(a_lead())
    costs = []
    for more in (1, 2):
        for n in range(more):
            member = a_member(f"Crew {n}", team=a_team())
            thanks_in_words(member, proposes=True)
            some_thanks(proposes=True, words="Good.")
            a_story(author=member, state="accepted", accepted_at=datetime.now(UTC))
        Thanks.objects.update(at=datetime.now(UTC))
        with django_assert_max_num_queries(30) as seen:
            client.get("/encouragement/honours", {"q": "Crew"})
        costs.append(len(seen))
    assert costs[0] == costs[1]
