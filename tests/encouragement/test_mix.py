"""What moves communities, for their leads; a mix, proposed and tried by lot."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.utils.timezone import make_aware

from pesue.encouragement.actions.mix import plan
from pesue.encouragement.actions.releasing import release
from pesue.encouragement.given import KINDS
from pesue.encouragement.levers import MIX
from pesue.encouragement.mix import (
    ORDINARY,
    SENTENCES,
    SUITING,
    majority,
    proposed,
    sentences,
)
from pesue.encouragement.models import (
    GivenShare,
    Impact,
    MotiveShare,
    Prediction,
    Profile,
)
from pesue.encouragement.queries.mix import communities, mix_for, quality
from pesue.encouragement.steps import judge_motives, release_motives
from pesue.foundation.models import Run, name_of
from pesue.pages.actions import open_today
from pesue.people.models import Member
from pesue.stats.grades import Grade
from pesue.stats.proportions import wilson
from pesue.trials import actions as trials
from pesue.trials.models import Exposure, Trial
from pesue.trials.steps import end_trials
from tests.make import NOON
from tests.make.encouragement import a_profile, some_thanks
from tests.make.people import a_lead, a_member, a_team, an_admin, an_organisation
from tests.make.sharing import a_share
from tests.make.surveys import a_counted_survey
from tests.make.trials import DAY, afresh

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]
FIRST = date(2026, 3, 1)
PAGE = "/encouragement/mix"


@pytest.fixture
def house():
    """Two teams of twelve: one moved by recognition, one by money and meaning."""
    an_organisation()
    kitchen, shop = a_team("Kitchen"), a_team("Shop")
    for motives, team in ((["recognition"] * 11 + ["money"], kitchen), (MIXED, shop)):
        for motive in motives:
            a_profile(a_member(team=team), motive)
    return kitchen, shop


MIXED = ["money", "meaning"] * 6


def page_of(member) -> str:
    client = Client()
    client.force_login(member)
    return client.get(PAGE).content.decode()


# --- What is told


def test_a_lead_reads_what_moves_their_community_and_never_who(house):
    kitchen, shop = house
    release(on=FIRST)
    page = page_of(a_lead(kitchen, language="en"))
    assert kitchen.name in page
    assert shop.name not in page
    assert "The whole house" not in page
    assert "<b>Recognition</b>" in page
    assert "90 %" in page  # 11 of 12, to the nearest five
    assert "Plan the trial" not in page
    assert "Ana Aalto" not in page
    whole = page_of(a_lead(language="en"))
    assert "The whole house" in whole
    assert shop.name in whole
    assert "Plan the trial" in whole


def test_the_page_is_for_leads_and_the_trial_for_those_who_lead_the_whole(client):
    client.force_login(a_member())
    assert client.get(PAGE).status_code == 403
    client.force_login(a_lead(a_team()))
    assert client.get(PAGE).status_code == 200
    assert client.post(f"{PAGE}/try").status_code == 403
    client.force_login(an_admin())
    assert client.get(f"{PAGE}/try").status_code == 405


def test_fewer_than_ten_are_told_of_nowhere(house):
    kitchen, _shop = house
    few = a_team("Few")
    for _ in range(9):
        a_profile(a_member(team=few), "money")
    release(on=FIRST)
    assert not MotiveShare.objects.filter(team=few).exists()
    # Nor by what is left of the whole: with the few, ten at least are hidden.
    shown = MotiveShare.objects.exclude(team=None)
    left = MotiveShare.objects.get(team=None).people - sum(r.people for r in shown)
    assert left == 0 or left >= 10
    assert "takes 10 people" in page_of(a_lead(few, language="en"))
    assert kitchen.pk


def test_where_all_are_alike_no_team_is_told(house):
    alike = a_team("Alike")
    for _ in range(12):
        a_profile(a_member(team=alike), "meaning")
    release(on=FIRST)
    assert [row.team for row in MotiveShare.objects.all()] == [None]


def test_one_who_takes_it_back_is_not_told_by_the_next_release(house):
    kitchen, _shop = house
    release(on=FIRST)
    before = {row.team_id: row.recognition for row in MotiveShare.objects.all()}
    Profile.objects.filter(Profile.of(Member.objects.filter(team=kitchen)[0])).delete()
    release(on=date(2026, 4, 1))
    assert before == {r.team_id: r.recognition for r in MotiveShare.objects.all()}
    assert {row.on for row in MotiveShare.objects.all()} == {FIRST}
    for motive in ["money", "recognition", "meaning"] * 3:
        a_profile(a_member(team=kitchen), motive)
    release(on=date(2026, 5, 1))
    kept = MotiveShare.objects.get(team=kitchen)
    assert (kept.on, kept.people) == (date(2026, 5, 1), 20)


def test_who_has_gone_is_not_counted_and_too_few_are_hidden_again(house):
    kitchen, _shop = house
    release(on=FIRST)
    gone = Member.objects.filter(team=kitchen).values("pk")[:3]
    Member.objects.filter(pk__in=gone).update(state=Member.State.LEFT)
    release(on=date(2026, 4, 1))
    assert not MotiveShare.objects.get(team=kitchen).shown
    assert not any(one.team == kitchen for one in communities(None))


def test_it_is_told_on_the_first_and_on_no_other_day(house):
    ninth = make_aware(datetime(2026, 3, 9, 12))
    assert release_motives(ninth) == 0
    assert not MotiveShare.objects.exists()
    Run.objects.create(step=name_of(release_motives), finished_at=ninth)
    assert release_motives(ninth + DAY) == 0
    first = make_aware(datetime(2026, 4, 2, 0, 5))  # the worker stood still on the 1st
    assert release_motives(first) == 24
    assert MotiveShare.objects.get(team=None).on == date(2026, 4, 1)
    Run.objects.update(finished_at=first)
    assert release_motives(first + DAY) == 0
    assert MotiveShare.objects.count() == 3


def test_twice_is_once(house):
    release(on=FIRST)
    rows = list(MotiveShare.objects.order_by("pk").values())
    release(on=FIRST)
    assert list(MotiveShare.objects.order_by("pk").values()) == rows


def test_what_was_given_is_told_per_hundred_and_of_five_people_at_least(house):
    kitchen, shop = house
    february = make_aware(datetime(2026, 2, 10, 12))
    for member in Member.objects.filter(team=kitchen)[:6]:
        some_thanks(share=a_share(member=member), giver=a_member(), at=february)
    for member in Member.objects.filter(team=shop)[:4]:
        some_thanks(share=a_share(member=member), giver=a_member(), at=february)
        share = a_share(member=member)
        Impact.objects.create(member=member, share=share, people=5, at=NOON)  # March
    release(on=FIRST)
    told = {
        (row.team_id, row.kind): row.per_hundred for row in GivenShare.objects.all()
    }
    people = Member.objects.filter(state=Member.State.ACTIVE).count()
    assert (shop.pk, "honour") not in told
    assert (None, "meaning") not in told
    # Not even of the kitchen: what it leaves of the whole is of four people.
    assert told == {(None, "honour"): round(100 * 10 / people)}


def test_without_profiles_the_newest_survey_speaks():
    an_organisation()
    agree = {"7": 9, "2": 3}
    told = {key: agree if key[0] == "S" else {"6": 2, "1": 10} for key in KEYS}
    a_counted_survey("motives", told)
    [one] = communities(None)
    assert (one.motive, one.agreeing, one.people) == ("meaning", True, 10)
    assert [told.percent for told in one.shares] == [15, 15, 75]
    page = page_of(a_lead(language="en"))
    assert "Agreeing is easy" in page


KEYS = ("M1", "M2", "M3", "R1", "R2", "R3", "S1", "S2", "S3")


@pytest.mark.parametrize("teams", [1, 3])
def test_the_page_asks_as_often_for_three_teams_as_for_one(
    teams, django_assert_max_num_queries
):
    an_organisation()
    for _ in range(teams):
        team = a_team()
        for motive in MIXED:
            a_profile(a_member(team=team), motive)
    release(on=FIRST)
    client = Client()
    client.force_login(a_lead())
    client.get(PAGE)
    with django_assert_max_num_queries(20):
        client.get(PAGE)


def test_how_well_the_questions_measure_is_told_from_thirty_on(house):
    release(on=FIRST)
    assert quality() is None
    assert "it takes 30 people" in page_of(a_lead(language="en"))
    for motive in ["money", "recognition", "meaning"] * 4:
        a_profile(a_member(), motive)
    release(on=date(2026, 4, 1))
    assert [one["name"] for one in quality().factors] == [
        "Money",
        "Recognition",
        "Meaning",
    ]
    assert "\N{GREEK SMALL LETTER ALPHA}" in page_of(a_lead(language="en"))


# --- What is proposed


def test_a_motive_stands_out_where_its_interval_lies_above_chance():
    def of(*numbers):
        names = ("money", "recognition", "meaning")
        return [(n, wilson(k, 12)) for n, k in zip(names, numbers, strict=True)]

    assert majority(of(1, 10, 1)) == "recognition"
    assert majority(of(4, 5, 3)) == ""
    assert majority([]) == ""


def test_each_sentence_has_a_grade_and_its_source():
    for one in SENTENCES:
        assert isinstance(one.grade, Grade)
        assert bool(one.source) is (one.grade is not Grade.OPINION)
        assert one.grade < Grade.POOLED_TRIALS  # none was tried on advocacy
    for motive in (*SUITING, ""):
        assert set(proposed(motive).order) == set(KINDS)
        assert proposed(motive).private
        assert [one for one in SENTENCES if len(one.motives) > 1] == [
            one for one in sentences(motive) if len(one.motives) > 1
        ]
    assert len(sentences("money")) > len(sentences(""))


# --- What is tried


def planned(lead) -> Trial:
    client = Client()
    client.force_login(lead)
    answer = client.post(f"{PAGE}/try")
    trial = Trial.objects.get()
    assert answer["Location"] == f"/trials/{trial.pk}"
    assert client.get(answer["Location"]).status_code == 200
    return trial


def test_what_suits_a_team_comes_first_on_today_in_half_of_them(house):
    kitchen, shop = house
    release(on=FIRST)
    trial = planned(a_lead(language="en"))
    assert (trial.unit, trial.removal, trial.is_draft) == ("team", 28, True)
    begins = trial.begins + timedelta(days=1)
    now = make_aware(datetime.combine(begins, NOON.time()))
    trials.start(trial, now=now)
    arms = {a.unit: a.arm.key for a in trial.assignments.select_related("arm")}
    for team in (kitchen, shop):
        member = afresh(Member.objects.filter(team=team)[0])
        share = a_share(member=member, state="shared", shared_at=now)
        some_thanks(share=share, giver=a_member(), at=now)
        today = open_today(afresh(member), now=now)
        assert not today.thanks_first, "nothing to put in order"
        assert not Exposure.objects.filter(member=member).exists()
        Impact.objects.create(member=member, share=share, people=5, at=now)
        today = open_today(afresh(member), now=now)
        new = team == kitchen and arms[team.pk] == "new"
        assert today.thanks_first is new
        assert Exposure.objects.get(member=member).arm.key == arms[team.pk]
        after = make_aware(datetime.combine(trial.ends + DAY, NOON.time()))
        assert mix_for(afresh(member), after) == ORDINARY
    assert "It is being tried now" in page_of(a_lead(language="en"))


def test_the_nearest_community_above_counts_and_others_meet_the_ordinary():
    an_organisation()
    above = a_team()
    team, other = a_team(parent=above), a_team()
    members = [a_member(team=one) for one in (team, above, other, None)]
    orders = [
        [above.path, ["honour", "meaning", "reward"]],
        [team.path, ["reward", "honour", "meaning"]],
    ]
    design = trials.Design(
        name="x",
        question="x",
        lever=MIX.key,
        kind="arms",
        unit="team",
        begins=NOON.date(),
        ends=NOON.date() + 27 * DAY,
        outcome="shares.people",
        arms=(
            trials.ArmDesign("now", "now", is_control=True),
            trials.ArmDesign("new", "new", share=999, payload={"orders": orders}),
        ),
    )
    trial = trials.propose(design, by=None, now=NOON)
    trials.start(trial, now=NOON)
    arms = {a.unit: a.arm.key for a in trial.assignments.select_related("arm")}
    expected = {0: "reward", 1: "honour", 2: "meaning", 3: "meaning"}
    for n, member in enumerate(members):
        if arms[member.team_id or 0] == "new":
            assert mix_for(afresh(member), NOON).order[0] == expected[n]


def test_where_nothing_else_is_proposed_there_is_nothing_to_try(client):
    an_organisation()
    for motive in ["meaning"] * 11 + ["money"]:
        a_profile(a_member(), motive)
    release(on=FIRST)
    with pytest.raises(trials.NotDone):
        plan(by=a_lead(), now=NOON)
    client.force_login(a_lead(language="en"))
    page = client.post(f"{PAGE}/try", follow=True).content.decode()
    assert "nothing to try" in page
    assert not Trial.objects.exists()


def test_the_lever_is_planned_on_its_own_page(client):
    client.force_login(a_lead())
    answer = client.get(f"/trials/new/{MIX.key}")
    assert answer["Location"] == PAGE


# --- What it foretold


def an_ended(number: int, **fields) -> Prediction:
    at = NOON + number * DAY
    design = trials.Design(
        name=f"Wave {number}",
        question="x",
        lever=MIX.key,
        kind="arms",
        unit="team",
        begins=at.date(),
        ends=at.date() + 7 * DAY,
        outcome="shares.people",
        arms=(
            trials.ArmDesign("now", "now", is_control=True),
            trials.ArmDesign("new", "new"),
        ),
    )
    trial = trials.propose(design, by=None, now=at)
    return Prediction.objects.create(trial=trial, at=at, **fields)


def test_two_waves_without_prediction_and_the_profile_advises_no_more(house):
    release(on=FIRST)
    an_ended(1, p=0.4)
    assert any(one.motive for one in communities(None))
    an_ended(2, p=None)  # too few: no wave
    assert any(one.motive for one in communities(None))
    an_ended(3, p=0.9)
    assert not any(one.motive for one in communities(None))
    page = page_of(a_lead(language="en"))
    assert "has foretold nothing" in page
    assert "Give a reward together" not in page
    assert "No pay for a post" in page


def test_a_trial_that_is_over_is_judged_once(house):
    release(on=FIRST)
    trial = plan(by=a_lead(), now=NOON)
    trials.start(trial, now=NOON)
    assert judge_motives(NOON + DAY) == 0
    over = NOON + 100 * DAY
    end_trials(over)
    assert judge_motives(over) == 1
    assert judge_motives(over) == 0
    found = Prediction.objects.get()
    assert (found.people, found.p, found.foretold) == (24, None, False)
