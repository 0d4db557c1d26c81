"""The pages of those who lead: rules, budgets, the laboratory."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate, now

from pesue.content.models import Story
from pesue.encouragement.models import Budget, Purse, RuleVersion
from tests.make.content import a_story
from tests.make.encouragement import a_budget, a_rule
from tests.make.people import a_lead, a_member, a_team, an_organisation

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]
PAGES = ["rules", "rules/story.accepted", "laboratory", "budgets"]
STORY = "story.accepted"


def of_now(**fields):
    today = localdate(now())
    dates = {"begins": today, "ends": today + timedelta(days=89), "now": now()}
    return a_budget(**{**dates, **fields})


@pytest.fixture
def lead(client):
    an_organisation()
    lead = a_lead()
    client.force_login(lead)
    return lead


def page(client, name):
    return client.get(f"/encouragement/{name}")


@pytest.mark.parametrize("name", PAGES)
def test_only_those_who_lead_the_whole_come_in(client, name):
    an_organisation()
    for who in (a_member(), a_lead(a_team())):
        client.force_login(who)
        assert page(client, name).status_code == 403
    client.logout()
    assert page(client, name).status_code == 302


def test_what_is_no_own_work_has_no_page(client, lead):
    assert page(client, "rules/share.published").status_code == 404


def test_from_nothing_to_a_rule_in_force(client, lead):
    assert "Open a budget" in page(client, "laboratory").text
    today = localdate(now())
    given = {
        "name": "Stories",
        "owner": lead.pk,
        "unit": "point",
        "amount": "500",
        "begins": str(today),
        "ends": str(today + timedelta(days=30)),
    }
    client.post("/encouragement/budgets", given)
    budget = Budget.objects.get()
    assert budget.account.balance == 500
    for _ in range(6):
        at = now() - timedelta(days=40)
        state = {"state": Story.State.ACCEPTED, "state_since": at, "accepted_at": at}
        a_story(**state)
    mix = {"budget": budget.pk, f"{STORY}-amount": "20", f"{STORY}-cap": "100"}
    tried = client.get("/encouragement/laboratory", {**mix, "months": "3"})
    assert "120 points" in tried.text
    assert "splitting one into 5" in tried.text
    assert not RuleVersion.objects.exists()  # trying changes nothing
    tomorrow = today + timedelta(days=1)
    client.post("/encouragement/laboratory", {**mix, "starts_on": str(tomorrow)})
    version = RuleVersion.objects.get()
    assert (version.amount, version.cap, version.by) == (20, 100, lead)
    assert version.starts_on == tomorrow
    assert "20 points each, 100 points a month at most" in page(client, "rules").text


def test_a_new_version_stands_beside_the_old(client, lead):
    budget = of_now()
    a_rule(budget=budget)
    tomorrow = localdate(now()) + timedelta(days=1)
    terms = {
        "budget": budget.pk,
        f"{STORY}-amount": "30",
        f"{STORY}-cap": "90",
        "starts_on": str(tomorrow),
    }
    client.post(f"/encouragement/rules/{STORY}", terms)
    text = page(client, f"rules/{STORY}").text
    assert "<del>50 points each" in text.replace("\n", "")
    assert "30 points each" in text


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"starts_on": "2026-01-01"}, "tomorrow"),
        ({f"{STORY}-amount": "2.5"}, "Points are whole"),
        ({f"{STORY}-cap": "10"}, "cannot be less"),
        ({f"{STORY}-cap": ""}, "Say how much"),
        ({"budget": "0"}, "Select a valid choice"),
    ],
)
def test_wrong_terms_are_not_put_in_force(client, lead, wrong, says):
    terms = {
        "budget": of_now().pk,
        f"{STORY}-amount": "30",
        f"{STORY}-cap": "90",
        "starts_on": str(localdate(now()) + timedelta(days=1)),
        **wrong,
    }
    for place in (f"rules/{STORY}", "laboratory"):
        answer = client.post(f"/encouragement/{place}", terms)
        assert answer.status_code == 422
        assert says in answer.text or place == "laboratory"
    assert not RuleVersion.objects.exists()


def test_money_is_typed_in_whole_and_hundredths(client, lead):
    today = localdate(now())
    given = {
        "name": "Prizes",
        "owner": lead.pk,
        "unit": "EUR",
        "amount": "12.50",
        "begins": str(today),
        "ends": str(today),
    }
    client.post("/encouragement/budgets", given)
    assert Budget.objects.get().amount == 1250
    assert "12.50\N{NO-BREAK SPACE}€" in page(client, "budgets").text


def test_nobody_answers_for_a_budget_who_is_not_trusted(client, lead):
    given = {
        "name": "Prizes",
        "owner": a_member().pk,
        "unit": "point",
        "amount": "5",
        "begins": "2026-03-01",
        "ends": "2026-03-02",
    }
    assert client.post("/encouragement/budgets", given).status_code == 422
    assert not Budget.objects.exists()


def test_a_budget_is_ended_once(client, lead):
    budget = of_now()
    for _ in range(2):
        client.post(f"/encouragement/budgets/{budget.pk}/close")
    assert set(Purse.objects.values_list("balance", flat=True)) == {0}
    client.force_login(a_member())
    closed = client.post(f"/encouragement/budgets/{budget.pk}/close")
    assert closed.status_code == 403


@pytest.mark.parametrize("name", ["rules", f"rules/{STORY}", "budgets"])
def test_a_longer_list_asks_no_more(client, lead, name):
    def asked():
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert page(client, name).status_code == 200
        return len(seen)

    a_rule(budget=of_now(), by=lead)
    page(client, name)
    once = asked()
    for day in (2, 3):
        a_rule(budget=of_now(), starts_on=date(2026, 1, day), by=a_lead())
    assert asked() == once
