"""What everybody sees of trials, and what leads do with them."""

from http import HTTPStatus

import pytest
from django.test import Client
from django.utils.timezone import localdate, now

from pesue.trials import actions
from pesue.trials.models import Assignment, Exposure, OptOut, Trial
from tests.make.people import a_lead, a_member, a_team, an_organisation
from tests.make.trials import DAY, ITEMS, LESSON, MAIL, WORDS, a_trial

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def a_house():
    an_organisation()
    for team in (a_team(), a_team()):
        for _ in range(3):
            a_member(team=team)


def signed_in(member) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(member)
    return client


def running(lever=LESSON, **fields):
    today = localdate(now())
    days = {"begins": today, "ends": today + 27 * DAY, **fields}
    trial = a_trial(lever, **days)
    actions.start(trial, now=now())
    return trial


def a_plan(**fields):
    today = localdate(now())
    given = {
        "name": "A lesson sooner",
        "question": "Do more of us tell?",
        "unit": "team",
        "begins": today.isoformat(),
        "ends": (today + 27 * DAY).isoformat(),
        "days": "7",
        "outcome": "shares.people",
        "strata": ["size"],
    }
    return given | fields


# --- Leads


def test_a_lead_plans_starts_and_ends_one_and_all_can_follow():
    lead, reader = signed_in(a_lead()), signed_in(a_member())
    planned = lead.post(f"/trials/new/{LESSON}", a_plan())
    address = planned["location"]
    assert "being planned" in lead.get(address).content.decode()
    assert "A lesson sooner" not in reader.get("/tried").content.decode()

    asked = lead.get(f"{address}/start").content.decode()
    assert "The lots are drawn now" in asked
    assert Trial.objects.get().is_draft
    lead.post(f"{address}/start")
    assert Trial.objects.get().is_running
    said = reader.get("/tried").content.decode()
    for words in ("A lesson sooner", "Do more of us tell?", "When each team gets it"):
        assert words in said

    assert lead.post(f"{address}/stop", {"why": ""}).status_code == 422
    lead.post(f"{address}/stop", {"why": "The lesson had a mistake."})
    assert Trial.objects.get().state == "stopped"
    assert "The lesson had a mistake." in reader.get("/tried").content.decode()
    assert "ended early" in lead.get("/trials").content.decode()


def test_wordings_are_asked_in_each_language_and_shown_to_leads_only():
    lead = signed_in(a_lead())
    given = a_plan(name="Shorter")
    del given["days"]
    wrong = lead.post(f"/trials/new/{MAIL}", given)
    assert wrong.status_code == 422
    texts = {f"subject_{code}": text for code, text in WORDS["subject"].items()}
    mistaken = lead.post(f"/trials/new/{MAIL}", {**given, **texts, "subject_sv": "Hej"})
    assert mistaken.status_code == 422
    assert "Write {people} into it, once." in mistaken.content.decode()
    address = lead.post(f"/trials/new/{MAIL}", {**given, **texts})["location"]
    lead.post(f"{address}/start")
    assert "{people} people read on" in lead.get(address).content.decode()
    said = signed_in(a_member()).get("/tried").content.decode()
    assert "As now, New" in said
    assert "read on" not in said


def test_a_hold_out_is_planned_with_its_share():
    lead = signed_in(a_lead())
    assert lead.get(f"/trials/new/{ITEMS}").status_code == 200
    refused = lead.post(
        f"/trials/new/{ITEMS}", a_plan(held="40", outcome="pages.visits")
    )
    assert refused.status_code == 422
    lead.post(f"/trials/new/{ITEMS}", a_plan(held="20", outcome="pages.visits"))
    trial = Trial.objects.get()
    assert (trial.kind, trial.unit) == ("holdout", "item")
    assert dict(trial.arms.values_list("key", "share")) == {"held": 20, "offered": 80}


def test_a_plan_is_dropped_and_a_trial_is_not():
    lead, plan = signed_in(a_lead()), a_trial()
    lead.post(f"/trials/{plan.pk}/drop")
    assert not Trial.objects.exists()
    trial = running()
    lead.post(f"/trials/{trial.pk}/drop")
    assert Trial.objects.get().is_running


def test_only_those_who_lead_the_whole_start_trials():
    trial = a_trial()
    for other in (a_member(), a_lead(team=a_team())):
        client = signed_in(other)
        for address in ("/trials", f"/trials/new/{LESSON}", f"/trials/{trial.pk}"):
            assert client.get(address).status_code == 403
        for what in ("start", "stop", "drop"):
            answer = client.post(f"/trials/{trial.pk}/{what}", {"why": "x"})
            assert answer.status_code == 403
        assert client.get("/tried").status_code == 200
    assert Trial.objects.get().is_draft
    assert Client().get("/tried").status_code == 302
    lead = signed_in(a_lead())
    assert lead.get("/trials/new/no.such").status_code == 404
    assert lead.get("/trials/999").status_code == 404


def test_of_few_people_it_is_not_said_how_many_met_it():
    trial = running(MAIL)
    arm = trial.arms.get(key="new")
    lead = signed_in(a_lead())

    def met(count):
        for _ in range(count):
            Exposure.objects.create(
                trial=trial, arm=arm, member=a_member(), first_at=now()
            )
        return lead.get(f"/trials/{trial.pk}").content.decode()

    assert 'data-label="met so far">4</td>' not in met(4)
    assert 'data-label="met so far">5</td>' in met(1)


def test_what_was_changed_by_hand_is_said():
    trial = running()
    Trial.objects.filter(pk=trial.pk).update(outcome="visits.hits")
    page = signed_in(a_lead()).get(f"/trials/{trial.pk}").content.decode()
    assert "Do not rely on it" in page


# --- Everybody


def test_one_press_stays_out_and_another_comes_back():
    member = a_member()
    trial = running(MAIL, unit="member")
    assert Assignment.objects.filter(trial=trial, member=member).exists()
    client = signed_in(member)
    assert "/tried" in client.get("/privacy/").content.decode()
    assert "/tried" in client.get("/settings/").content.decode()
    said = client.post("/tried/stay-out", follow=True).content.decode()
    assert "You stay out of trials" in said
    assert not Assignment.objects.filter(member=member).exists()
    said = client.post("/tried/stay-out", {"back": "yes"}, follow=True).content.decode()
    assert "You may stay out" in said
    assert not OptOut.objects.get().is_out
    assert client.get("/tried/stay-out").status_code == 405


def test_nobody_sees_who_stays_out():
    member = a_member("Otso Oma")
    running(MAIL, unit="member")
    actions.stay_out(member, now=now())
    lead = signed_in(a_lead())
    for address in ("/trials", f"/trials/{Trial.objects.get().pk}", "/tried"):
        assert "Otso" not in lead.get(address).content.decode()


def test_each_kind_says_what_is_drawn():
    running(ITEMS)
    running(MAIL, unit="member")
    running(LESSON, begins=localdate(now()) + DAY)
    said = signed_in(a_member()).get("/tried").content.decode()
    assert "Nothing about you." in said
    assert "Which of these each of us gets" in said
    assert "Begins soon" in said


def test_lists_have_a_constant_number_of_queries(django_assert_max_num_queries):
    lead = signed_in(a_lead())
    for rows in (1, 3):
        for _ in range(rows):
            trial = running()
            actions.stop(trial, by=a_lead(), why="Enough.", now=now())
            a_trial(MAIL)
        for address in ("/tried", "/trials"):
            with django_assert_max_num_queries(10):
                lead.get(address)


def test_what_is_measured_is_chosen_and_told_in_words():
    lead = signed_in(a_lead())
    plan = lead.get(f"/trials/new/{LESSON}").content.decode()
    assert "people who told something" in plan
    assert "visits to an item" not in plan  # is read over items, not over teams
    other = lead.post(f"/trials/new/{LESSON}", a_plan(outcome="shoes.bought"))
    assert other.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    page = lead.get(f"/trials/{running().pk}").content.decode()
    assert "people who told something" in page
    assert "shares.people" not in page
