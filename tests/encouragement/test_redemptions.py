"""Asking for a reward: what is held, who answers, what comes back, who is told."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from pesue.encouragement.actions import budgets, redemptions
from pesue.encouragement.actions.refusals import NotDone
from pesue.encouragement.models import Given, Redemption, Reward
from pesue.encouragement.queries import ledger
from pesue.encouragement.queries.rewards import causes, offered, would_pass
from pesue.encouragement.steps import close_claims
from pesue.people.models import Member
from pesue.reach.models import Message
from tests.make import NOON
from tests.make.people import a_lead, a_member, a_team, an_organisation
from tests.make.rewards import a_claim, a_gift, a_reward, a_thing, balance_of, points

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]
DAY = timedelta(days=1)
TODAY = NOON.date()


def a_budget(cents=10_000, **fields):
    given = {"begins": TODAY, "ends": TODAY + 30 * DAY, "owner": a_lead()}
    return budgets.open_budget(
        "Gifts of spring", unit="EUR", amount=cents, now=NOON, **{**given, **fields}
    )


def ask(member, reward, **fields):
    given = {"price": reward.points, "once": "a", "now": NOON, **fields}
    return redemptions.ask(member, reward, **given)


# --- The way of a claim


def test_from_points_to_a_reward():
    member, lead, reward = a_member(), a_lead(), a_reward(points=30, stock=2)
    points(member, 50)
    claim = ask(member, reward, wish="In May")
    assert (ledger.balance(member), balance_of("held"), balance_of("spent")) == (
        20,
        30,
        0,
    )
    redemptions.approve(claim, by=lead, now=NOON)
    redemptions.give(claim, by=lead, now=NOON + DAY)
    assert (ledger.balance(member), balance_of("held"), balance_of("spent")) == (
        20,
        0,
        30,
    )
    reward.refresh_from_db()
    assert reward.stock == 1
    row = Given.objects.get()
    assert (row.member, row.on, row.payee.address) == (
        member,
        TODAY + DAY,
        member.email,
    )


@pytest.mark.parametrize("way", ["withdraw", "decline", "return", "return after"])
def test_all_comes_back_where_it_came_from(way):
    member, lead = a_member(), a_lead()
    reward = a_thing(points=30, stock=2, budget=a_budget(5000))
    points(member, 50)
    claim = ask(member, reward)
    assert (balance_of("budget", "EUR"), balance_of("held", "EUR")) == (1000, 4000)
    if way == "withdraw":
        redemptions.withdraw(claim, now=NOON)
    elif way == "decline":
        redemptions.decline(claim, by=lead, answer="Not in May.", now=NOON)
    else:
        redemptions.approve(claim, by=lead, now=NOON)
        if way == "return after":
            redemptions.give(claim, by=lead, now=NOON)
        redemptions.take_back(claim, by=lead, answer="It broke.", now=NOON)
    reward.refresh_from_db()
    assert (ledger.balance(member), reward.stock) == (50, 2)
    assert balance_of("budget", "EUR") == 5000
    for place in ("held", "spent"):
        assert (balance_of(place), balance_of(place, "EUR")) == (0, 0)
    assert [entry.amount for entry in ledger.statement(member)] == [30, -30, 50]


def test_what_is_answered_is_answered():
    lead = a_lead()
    claim = a_claim()
    redemptions.decline(claim, by=lead, answer="No.", now=NOON)
    old = Redemption.objects.get()
    for again in (
        lambda: redemptions.decline(old, by=lead, answer="No.", now=NOON),
        lambda: redemptions.approve(old, by=lead, now=NOON),
        lambda: redemptions.give(old, by=lead, now=NOON),
        lambda: redemptions.take_back(old, by=lead, answer="x", now=NOON),
        lambda: redemptions.withdraw(old, now=NOON),
    ):
        with pytest.raises(NotDone):
            again()
    assert balance_of("held") == 0
    assert ledger.balance(claim.member) == 50


def test_a_no_has_its_reason():
    claim, lead = a_claim(), a_lead()
    with pytest.raises(NotDone):
        redemptions.decline(claim, by=lead, answer="", now=NOON)
    assert Redemption.objects.get().state == "asked"


# --- What is refused


def test_too_few_points_and_nothing_is_taken():
    member, reward = a_member(), a_reward(points=51, stock=1)
    points(member, 50)
    with override("en"), pytest.raises(NotDone, match="51 points, and you have 50"):
        ask(member, reward)
    reward.refresh_from_db()
    assert (ledger.balance(member), reward.stock) == (50, 1)
    assert not Redemption.objects.exists()


def test_the_last_one_is_gone():
    reward = a_reward(stock=1)
    a_claim(reward=reward)
    second = a_member()
    points(second, 50)
    with override("en"), pytest.raises(NotDone, match="The last one is gone"):
        ask(second, Reward.objects.get())
    assert ledger.balance(second) == 50


def test_what_took_nothing_brings_nothing_back():
    """It was asked for before the lead counted how many there are."""
    claim = a_claim(reward=a_reward(stock=None))
    Reward.objects.update(stock=3)
    redemptions.withdraw(claim, now=NOON)
    assert Reward.objects.get().stock == 3


def test_the_database_itself_sells_nothing_that_is_not_there():
    reward = a_reward(stock=0)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reward.objects.filter(pk=reward.pk).update(stock=-1)


@pytest.mark.parametrize("ended", ["used up", "over", "not begun"])
def test_a_budget_that_ends_is_told_in_clear_words(ended):
    days = {"begins": TODAY + DAY} if ended == "not begun" else {}
    budget = a_budget(7999 if ended == "used up" else 10_000, **days)
    reward, member = a_thing(budget=budget), a_member()
    if ended == "used up":
        a_claim(reward=reward)
    if ended == "over":
        budgets.close(budget, now=NOON)
    points(member, 50)
    fresh = Reward.objects.get()
    with override("en"), pytest.raises(NotDone, match="has ended or is used up"):
        ask(member, fresh)
    assert ledger.balance(member) == 50


def test_what_was_asked_for_is_given_though_its_budget_has_ended():
    budget, lead = a_budget(), a_lead()
    claim = a_claim(reward=a_thing(budget=budget))
    redemptions.approve(claim, by=lead, now=NOON)
    budgets.close(budget, now=NOON + 40 * DAY)
    redemptions.give(claim, by=lead, now=NOON + 41 * DAY)
    assert balance_of("spent", "EUR") == 4000
    assert balance_of("house", "EUR") == -4000


@pytest.mark.parametrize(
    "fields",
    [
        {"retired_at": NOON},
        {"ends": TODAY - DAY},
        {"begins": TODAY + DAY},
    ],
)
def test_what_is_not_offered_cannot_be_asked_for(fields):
    member, reward = a_member(), a_reward(**fields)
    points(member, 50)
    assert list(offered(member, today=TODAY)) == []
    with pytest.raises(NotDone):
        ask(member, reward)


def test_nobody_pays_a_price_they_did_not_see():
    member, reward = a_member(), a_reward(points=40)
    points(member, 50)
    with pytest.raises(NotDone):
        ask(member, reward, price=30)


def test_so_many_wait_at_a_time():
    member, reward = a_member(), a_reward(points=1)
    points(member, 50)
    for number in range(redemptions.MOST_OPEN):
        ask(member, reward, once=str(number))
    with pytest.raises(NotDone):
        ask(member, reward, once="one more")


def test_one_press_asks_once():
    member, reward = a_member(), a_reward()
    points(member, 200)
    assert ask(member, reward) == ask(member, reward)
    assert (Redemption.objects.count(), ledger.balance(member)) == (1, 150)


def test_nobody_answers_what_they_asked_for_themselves():
    lead = a_lead()
    claim = a_claim(lead)
    for answer in (
        lambda: redemptions.approve(claim, by=lead, now=NOON),
        lambda: redemptions.decline(claim, by=lead, answer="x", now=NOON),
        lambda: redemptions.give(claim, by=lead, now=NOON),
        lambda: redemptions.take_back(claim, by=lead, answer="x", now=NOON),
    ):
        with pytest.raises(NotDone):
            answer()
    with pytest.raises(IntegrityError), transaction.atomic():
        Redemption.objects.update(by=lead)


# --- Who is told


def test_all_are_told_once_in_their_own_language():
    team = a_team()
    lead = a_lead(team=team, language="sv")
    a_lead(team=a_team())
    member = a_member("Ana Aalto", team=team, language="fi")
    claim = a_claim(member)
    [asked] = Message.objects.all()
    assert (asked.member, asked.language) == (lead, "sv")
    assert "Ana Aalto" in asked.text
    redemptions.approve(claim, by=lead, now=NOON)
    redemptions.give(claim, by=lead, now=NOON)
    to_member = Message.objects.filter(member=member)
    assert to_member.count() == 2
    assert {mail.language for mail in to_member} == {"fi"}


def test_the_owner_of_the_budget_is_asked_before_any_lead():
    owner = a_member("Olli Owner")
    a_lead()
    reward = a_thing(budget=a_budget(owner=owner))
    a_claim(reward=reward)
    assert {mail.member for mail in Message.objects.all()} == {owner}
    Message.objects.all().delete()
    a_claim(owner, reward=reward)
    assert owner not in {mail.member for mail in Message.objects.all()}
    assert Message.objects.exists()


# --- For all of a team, for a good cause


def test_a_gift_to_the_team_is_for_all_who_are_in_it_when_it_is_given():
    team = a_team()
    asker, *others = (a_member(team=team) for _ in range(3))
    a_member(team=a_team())
    budget, lead = a_budget(2000), a_lead()
    cake = a_reward(
        "Cake", kind="team", hours=None, cents=500, budget=budget, tax_class="ask"
    )
    claim = a_claim(asker, reward=cake)
    assert balance_of("held", "EUR") == 1500
    others[0].move(Member.State.LEFT, now=NOON)
    redemptions.approve(claim, by=lead, now=NOON)
    redemptions.give(claim, by=lead, now=NOON)
    assert set(Given.objects.values_list("member", flat=True)) == {
        asker.pk,
        others[1].pk,
    }
    assert (balance_of("spent", "EUR"), balance_of("budget", "EUR")) == (1000, 1000)
    redemptions.take_back(claim, by=lead, answer="It fell.", now=NOON)
    assert (balance_of("spent", "EUR"), balance_of("budget", "EUR")) == (0, 2000)
    assert sum(Given.objects.values_list("cents", flat=True)) == 0


def test_a_team_that_has_grown_beyond_the_budget():
    team, lead = a_team(), a_lead()
    asker = a_member(team=team)
    cake = a_reward(
        "Cake",
        kind="team",
        hours=None,
        cents=500,
        budget=a_budget(900),
        tax_class="ask",
    )
    claim = a_claim(asker, reward=cake)
    redemptions.approve(claim, by=lead, now=NOON)
    a_member(team=team)
    with override("en"), pytest.raises(NotDone, match="has grown"):
        redemptions.give(Redemption.objects.get(), by=lead, now=NOON)
    assert Redemption.objects.get().state == "approved"
    assert (balance_of("held", "EUR"), balance_of("held")) == (500, 50)
    assert not Given.objects.exists()


def test_who_is_in_no_team_has_none_to_give_to():
    member = a_member()
    cake = a_reward("Cake", kind="team", hours=None, tax_class="ask")
    points(member, 50)
    with pytest.raises(NotDone):
        ask(member, cake)


def test_a_good_cause_shows_its_sum_when_five_have_given():
    cause = a_reward(
        "Sea rescue", kind="charity", hours=None, cents=1000, tax_class="untaxed"
    )
    for _ in range(4):
        a_gift(reward=cause)
    twice = Given.objects.first().member
    a_gift(twice, reward=cause)
    assert [one.cents for one in causes()] == [None]
    a_gift(reward=cause)
    assert [one.cents for one in causes()] == [6000]
    cause.retired_at = NOON
    cause.save()
    assert len(causes()) == 1


# --- The limit of gifts to the whole staff


def test_over_the_limit_of_a_year_it_is_a_question_to_payroll():
    an_organisation()
    team = a_team()
    asker, colleague = a_member(team=team), a_member(team=team)
    gift = {"kind": "team", "hours": None, "tax_class": "staff_gift"}
    a_gift(asker, reward=a_reward("Basket", cents=6000, **gift))
    colleague_row = Given.objects.get(member=colleague)
    assert colleague_row.tax_class == "staff_gift"
    newcomer = a_member(team=team)
    second = a_claim(asker, reward=a_reward("Mug", cents=4001, **gift))
    assert would_pass(second, today=TODAY)
    assert not would_pass(second, today=date(2027, 1, 2))
    lead = a_lead()
    redemptions.approve(second, by=lead, now=NOON)
    redemptions.give(second, by=lead, now=NOON)
    classes = dict(second.given.values_list("member", "tax_class"))
    assert classes == {
        asker.pk: "ask",
        colleague.pk: "ask",
        newcomer.pk: "staff_gift",
    }


# --- Those who leave


def test_what_those_who_left_had_asked_for_is_there_again():
    reward = a_reward(stock=1)
    claim = a_claim(reward=reward)
    approved = a_claim()
    redemptions.approve(approved, by=a_lead(), now=NOON)
    assert close_claims(NOON) == 0
    for one in (claim, approved):
        one.member.move(Member.State.LEFT, now=NOON)
    assert close_claims(NOON) == 1
    assert close_claims(NOON) == 0
    reward.refresh_from_db()
    assert reward.stock == 1
    approved.refresh_from_db()
    assert approved.state == "approved"


def test_of_those_who_were_erased_the_points_still_find_home():
    claim = a_claim()
    Redemption.objects.update(member=None)
    assert close_claims(NOON) == 1
    assert ledger.balance(claim.member) == 50


def test_a_gift_to_one_who_has_gone_can_only_be_taken_back():
    claim, lead = a_claim(), a_lead()
    redemptions.approve(claim, by=lead, now=NOON)
    claim.member.move(Member.State.LEFT, now=NOON)
    with pytest.raises(NotDone):
        redemptions.give(claim, by=lead, now=NOON)
    redemptions.take_back(Redemption.objects.get(), by=lead, answer="Gone.", now=NOON)
    assert balance_of("held") == 0
