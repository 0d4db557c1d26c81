"""Own work earns once, by the rule of its day, while there is something to give."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from pesue import worker
from pesue.content import facts as content_facts
from pesue.content.actions import stories
from pesue.content.models import Story, Video
from pesue.encouragement import facts as own_facts
from pesue.encouragement import steps
from pesue.encouragement.actions import ledger, rules
from pesue.encouragement.messages import earned as messages
from pesue.encouragement.models import Budget, Purse, Rule, Transfer
from pesue.encouragement.own_work import OWN_WORK, NotOwnWork
from pesue.encouragement.queries.ledger import balance, statement, unbalanced
from pesue.example import facts as example_facts
from pesue.guidance import facts as guidance_facts
from pesue.guidance.models import Ask, Lesson
from pesue.reach.models import Message
from pesue.sharing import facts as sharing_facts
from pesue.surveys import facts as survey_facts
from pesue.trials import facts as trial_facts
from tests.make import NOON
from tests.make.content import a_story
from tests.make.encouragement import a_budget, a_rule, some_points
from tests.make.guidance import an_ask
from tests.make.people import a_lead, a_member

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ROOMS = (
    *(content_facts, example_facts, guidance_facts, own_facts),
    *(sharing_facts, survey_facts, trial_facts),
)
FACTS = [fact for room in ROOMS for fact in room.FACTS]
NETWORKS = {fact.name for fact in sharing_facts.FACTS}


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def accepted(author, at=NOON, **fields):
    """A story of theirs that came into the library then."""
    state = {"state": Story.State.ACCEPTED, "state_since": at, "accepted_at": at}
    return a_story(author=author, **{**state, **fields})


def test_a_story_earns_once_and_its_author_is_told():
    ana = a_member()
    a_rule()
    accepted(ana)
    for turn in range(3):
        steps.earn(NOON + turn * HOUR)
    assert balance(ana) == 50
    [entry] = statement(ana)
    assert (entry.amount, entry.after, entry.transfer.row) == (
        50,
        50,
        entry.transfer.row,
    )
    mail = Message.objects.get(kind="earned")
    assert mail.subject == "Your work brought you 50 points"
    assert not unbalanced()


def test_every_kind_of_own_work_is_found_where_it_is_done():
    ana, asker = a_member(), a_member()
    budget = a_budget()
    for fact in OWN_WORK:
        a_rule(fact, budget, amount=10)
    story = accepted(ana)
    Video.objects.create(
        story=story, alt="x", upload="", state=Video.State.READY, state_since=NOON
    )
    an_ask(
        asker=asker,
        answered_by=ana,
        state=Ask.State.ANSWERED,
        state_since=NOON,
        verdict="go",
    )
    Lesson.objects.create(
        course="advocate",
        lesson="what",
        language="fi",
        text="x",
        changed_at=NOON,
        by=ana,
    )
    steps.earn(NOON)
    facts = Transfer.objects.filter(rule__isnull=False).values_list("fact", flat=True)
    assert set(facts) == set(OWN_WORK)
    assert balance(ana) == 40


def test_who_asks_oneself_earns_nothing():
    ana = a_member()
    a_rule("ask.answered")
    an_ask(asker=ana, answered_by=ana, state="answered", state_since=NOON, verdict="go")
    steps.earn(NOON)
    assert balance(ana) == 0


@pytest.mark.parametrize("name", [f.name for f in FACTS if f.name not in OWN_WORK])
def test_nothing_but_own_work_may_earn_in_code_or_in_the_database(name):
    terms = rules.Terms(1, 1, a_budget(), starts_on=date(2026, 3, 3))
    with pytest.raises(NotOwnWork, match="X forbids any reward"):
        rules.put_in_force(name, terms, now=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        Rule.objects.create(fact=name, made_at=NOON)


def test_no_act_on_a_network_is_own_work():
    assert not NETWORKS & set(OWN_WORK)
    assert {fact.name for fact in FACTS} >= set(OWN_WORK)


def test_a_rule_changed_in_the_month_pays_each_day_by_its_own_version():
    ana, budget = a_member(), a_budget()
    a_rule(budget=budget, amount=50, cap=500)
    terms = rules.Terms(20, 500, budget, starts_on=date(2026, 3, 10))
    rules.put_in_force("story.accepted", terms, now=NOON)
    late = datetime(2026, 3, 9, 21, 59, tzinfo=UTC)  # a minute to midnight in Helsinki
    accepted(ana, at=late)
    accepted(ana, at=late + timedelta(minutes=2))
    steps.earn(NOON + 20 * DAY)  # the worker was away; the version of now is the second
    assert sorted(entry.amount for entry in statement(ana)) == [20, 50]


@pytest.mark.parametrize("day", [date(2026, 3, 1), date(2026, 3, 2)])
def test_no_version_begins_in_the_past(day):
    terms = rules.Terms(1, 1, a_budget(), starts_on=day)
    with pytest.raises(rules.NotInForce, match="tomorrow"):
        rules.put_in_force("story.accepted", terms, now=NOON)


def test_a_version_follows_the_last():
    budget = a_budget()
    terms = rules.Terms(1, 1, budget, starts_on=date(2026, 3, 10))
    rules.put_in_force("story.accepted", terms, now=NOON)
    with pytest.raises(rules.NotInForce, match="later"):
        rules.put_in_force("story.accepted", terms, now=NOON)


def test_the_cap_is_of_a_month_and_is_not_filled_by_half():
    ana = a_member()
    a_rule(amount=40, cap=100, budget=a_budget(ends=date(2026, 4, 30)))
    for day in range(4):
        accepted(ana, at=NOON + day * DAY)
    accepted(ana, at=NOON + 31 * DAY)
    steps.earn(NOON + 40 * DAY)
    assert sorted(str(e.transfer.happened_at)[5:10] for e in statement(ana)) == [
        "03-02",
        "03-03",
        "04-02",
    ]


def test_a_budget_that_ends_in_the_run_pays_no_half_and_says_so_once():
    people, lead = [a_member() for _ in range(4)], a_lead()
    budget = a_budget(120, owner=lead)
    a_rule(budget=budget)
    a_rule("lesson.worded", budget, amount=10, cap=10)
    for nr, who in enumerate(people):
        accepted(who, at=NOON + nr * HOUR)
    Lesson.objects.create(  # the last; what is left would do for it
        course="advocate", lesson="what", language="fi", text="x", by=people[3],
        changed_at=NOON + 5 * HOUR,
    )  # fmt: skip
    for turn in range(3):
        steps.earn(NOON + DAY + turn * HOUR)
    assert [balance(who) for who in people] == [50, 50, 0, 0]
    budget.refresh_from_db()
    budget.account.refresh_from_db()
    assert (budget.account.balance, budget.out_at) == (20, NOON + DAY)
    assert Message.objects.filter(member=lead, kind="budgets").count() == 1


def test_what_a_budget_had_left_goes_back_when_all_was_seen():
    budget = a_budget(120)
    a_rule(budget=budget)
    over = NOON + 33 * DAY  # the 4th of April
    steps.close_budgets(over)
    assert Budget.objects.get().state == "open"  # nobody has looked since its end
    worker.run(steps.earn, over)
    worker.run(steps.close_budgets, over)
    assert Budget.objects.get().state == "over"
    assert set(Purse.objects.values_list("balance", flat=True)) == {0}
    assert not unbalanced()


def test_what_was_done_on_the_last_day_is_paid_though_the_worker_was_away():
    ana = a_member()
    a_rule()
    accepted(ana, at=datetime(2026, 3, 31, 20, tzinfo=UTC))
    later = NOON + 60 * DAY
    worker.turn(later, [steps.earn, steps.close_budgets])
    assert balance(ana) == 50


def test_what_is_withdrawn_soon_is_taken_back_and_later_stays():
    ana, bo = a_member(), a_member()
    a_rule()
    soon, late = accepted(ana), accepted(bo)
    steps.earn(NOON)
    stories.withdraw(soon, now=NOON + 13 * DAY)
    stories.withdraw(late, now=NOON + 15 * DAY)
    for _ in range(2):
        steps.take_back(NOON + 16 * DAY)
    assert (balance(ana), balance(bo)) == (0, 50)
    assert [entry.amount for entry in statement(ana)] == [-50, 50]
    assert not unbalanced()


def test_what_is_spent_stays_spent():
    ana = a_member()
    a_rule()
    story = accepted(ana)
    steps.earn(NOON)
    spent = ledger.named(Purse.Kind.SPENT, "point", "spent")
    ledger.transfer(
        debit=ledger.purse(ana, "point"), credit=spent, amount=30, reason="x", now=NOON
    )
    stories.withdraw(story, now=NOON + DAY)
    steps.take_back(NOON + DAY)
    assert balance(ana) == 20


def test_a_worker_that_falls_between_ledger_and_mail_loses_and_doubles_nothing(
    monkeypatch,
):
    ana = a_member()
    a_rule()
    accepted(ana)

    def falls(*args, **kwargs):
        raise OSError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(messages, "earned", falls)
        assert worker.run(steps.earn, NOON) is None
    assert balance(ana) == 0  # both or neither
    worker.run(steps.earn, NOON + HOUR)
    worker.run(steps.earn, NOON + 2 * HOUR)
    assert balance(ana) == 50
    assert Message.objects.filter(kind="earned").count() == 1


def test_those_who_were_erased_earn_nothing_more():
    a_rule()
    story = accepted(a_member())
    Story.objects.filter(pk=story.pk).update(author=None)
    assert steps.earn(NOON) == 0


def test_points_of_another_rule_do_not_count_for_a_cap():
    ana = a_member()
    some_points(ana, 90)
    a_rule()
    accepted(ana)
    steps.earn(NOON)
    assert balance(ana) == 140
