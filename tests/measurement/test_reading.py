"""From the draw to what colleagues did, what it changed, and the file to do it anew."""

import random
from datetime import timedelta
from statistics import mean

import pytest
from django.utils.timezone import localdate, now

from pesue.measurement import steps
from pesue.measurement.models import (
    CoveredDay,
    PageVisits,
    TrialReading,
    VisitedPage,
)
from pesue.measurement.queries import readings
from pesue.measurement.reading import Plan, Unit, read, waves
from pesue.measurement.reading.waves import Row
from pesue.measurement.seeing import History, sight
from pesue.stats.estimates import Why
from pesue.trials import actions
from pesue.trials.steps import end_trials
from tests.make import NOON
from tests.make.content import an_item
from tests.make.people import a_lead, a_member, an_organisation
from tests.make.trials import ITEMS, MAIL, a_running, a_trial, teams, tell, treated

DAY = timedelta(days=1)
END = NOON + 28 * DAY


def test_what_it_changed_is_found_and_kept_when_it_is_over(ran, client):
    live = readings.found(ran, today=localdate(NOON + 9 * DAY))
    assert live == {"waits": ran.ends}, "teams: not on any day"
    assert steps.read_trials(END) == 0
    end_trials(END + DAY)
    ran.refresh_from_db()
    assert steps.read_trials(END + DAY) == 1
    assert steps.read_trials(END + DAY) == 0
    found = readings.found(ran, today=localdate(END + 9 * DAY))
    [compared] = found["compared"]
    assert 0.2 < compared["effect"]["estimate"] < 1
    assert compared["effect"]["low"] > 0
    assert compared["lot"] < 0.01
    assert not found["broken"]
    client.force_login(a_member(language="en"))
    page = client.get(f"/trials/{ran.pk}/reading").content.decode()
    assert "More: +" in page
    assert "percentage points" in page


@pytest.mark.django_db
def test_before_it_starts_one_is_told_what_it_could_see(client):
    an_organisation()
    members, item = teams(10, each=12), an_item()
    tell(members[::4], now() - 5 * DAY, item)
    trial = a_trial(MAIL, unit="team")
    client.force_login(a_lead(language="en"))
    sees = readings.what_it_sees(trial, today=localdate())
    assert 0.1 < sees.smallest < 0.5
    assert not sees.sees_a_nudge
    page = client.get(f"/trials/{trial.pk}/reading").content.decode()
    assert "cannot see a typical nudge" in page
    posts = a_trial(MAIL, unit="team", outcome="shares.posts")
    page = client.get(f"/trials/{posts.pk}/reading").content.decode()
    assert "The smallest change" in page
    assert "typical nudge" not in page, "that is known of people, not of posts"
    client.force_login(a_member())
    assert client.get(f"/trials/{trial.pk}/reading").status_code == 403


@pytest.mark.django_db
def test_a_hold_out_is_read_from_all_visits_or_not_at_all(client):
    trial = a_running(ITEMS, held=20, ends=NOON.date() + 59 * DAY, days=7)
    found = [
        an_item(url=f"https://news.example/{n}", url_key=f"k{n}") for n in range(120)
    ]
    held = {item.pk for item in found if actions.appear(ITEMS, item.pk, NOON)}
    chance = random.Random(2)
    over = NOON + 61 * DAY
    end_trials(over)
    assert readings.fresh(trial, until=localdate(over))[1] == [], "nothing is known"
    for n in range(60):
        day = NOON.date() + n * DAY
        CoveredDay.objects.create(
            source="csv/visits", site="news.example", day=day, whole=True, at=over
        )
    visits = {True: [], False: []}
    for item in found:
        page = VisitedPage.objects.create(
            key=item.url_key, address=item.url, site="news.example"
        )
        more = 0 if item.pk in held else 3
        visits[item.pk in held].append(20 + more + chance.randrange(5))
        PageVisits.objects.create(
            source="csv/visits",
            page=page,
            day=NOON.date() + DAY,
            visits=visits[item.pk in held][-1],
        )
    steps.read_trials(over)
    [compared] = TrialReading.objects.get().found["compared"]
    # The interval holds the 3 in 95 of 100 lots; the difference is the same in all.
    assert compared["effect"]["estimate"] == pytest.approx(
        mean(visits[False]) - mean(visits[True])
    )
    assert 0 < compared["effect"]["low"] < compared["effect"]["high"] < 6
    client.force_login(a_member(language="en"))
    page = client.get(f"/trials/{trial.pk}/reading").content.decode()
    assert "in all" in page


@pytest.mark.django_db
def test_teams_are_looked_at_on_planned_days_and_each_is_told_with_its_own_error():
    members, item = teams(12, each=6), an_item()
    first, second = NOON.date() + 9 * DAY, NOON.date() + 18 * DAY
    trial = a_running(MAIL, unit="team", looks=[first, second])
    new = treated(trial)
    chance = random.Random(6)
    told = [m for m in members if chance.random() < (0.8 if m.team_id in new else 0.2)]
    tell(told, NOON + 2 * DAY, item)
    assert readings.found(trial, today=first) == {"waits": first}
    look = readings.found(trial, today=second)
    assert (look["look"], look["waits"]) == (first, second)
    later = readings.found(trial, today=second + DAY)
    end_trials(END + DAY)
    steps.read_trials(END + DAY)
    trial.refresh_from_db()
    final = readings.found(trial, today=localdate(END + DAY))
    widths = [
        one["compared"][0]["effect"]["high"] - one["compared"][0]["effect"]["low"]
        for one in (look, later, final)
    ]
    assert widths[0] > 1.2 * widths[1] > 1.2 * widths[2], "early looks decide less"


@pytest.mark.django_db
def test_what_must_not_get_worse_is_read_too(client):
    members = teams(12, each=6)
    trial = a_running(MAIL, unit="team", guards=["members.resting"], ends=END.date())
    new = treated(trial)
    chance = random.Random(8)
    for member in members:
        if chance.random() < (0.8 if member.team_id in new else 0.1):
            member.paused_until = END.date() + 30 * DAY
            member.save()
    tell(members[::5], NOON + 2 * DAY, an_item())
    end_trials(END + DAY)
    steps.read_trials(END + DAY)
    [guard] = TrialReading.objects.get().found["guards"]
    assert guard["harms"]
    client.force_login(a_member(language="en"))
    page = client.get(f"/trials/{trial.pk}/reading").content.decode()
    assert "What must not get worse" in page


def test_one_page_with_most_of_the_visits_is_told():
    plan = Plan("a", (("a", 1), ("b", 4)), "item")
    visits = some("a", [9, 10, 11, 12, 10], 1) + some("b", [20, 21, 19, 20] * 5, 1)
    assert read(visits, plan, over=True).heaviest < 0.1
    robots = [*visits, Unit(99, "b", 5000.0)]
    assert read(robots, plan, over=True).heaviest > 0.9
    assert read([Unit(1, "a", 0.0)], plan, over=True).heaviest == 0.0


PLAN = Plan("a", (("a", 1), ("b", 1)), "team")


def some(arm: str, outcomes, people: int = 9) -> list[Unit]:
    return [Unit(n, arm, y, 0.5, people) for n, y in enumerate(outcomes)]


@pytest.mark.parametrize(
    ("units", "why"),
    [
        ([], Why.ONE_ARM),
        (some("a", [1, 2, 3] * 4), Why.ONE_ARM),
        (some("a", [0.1, 0.2]) + some("b", [0.3, 0.5]), Why.FEW_CLUSTERS),
        (some("a", [0.0] * 6) + some("b", [0.0] * 6), Why.CONSTANT),
        (some("a", [0.1, 0.2, 0.4]) + some("b", [0.1, 0.5, 0.4], 1), Why.FEW),
        (
            some("a", [0.1, 0.2, 0.4]) + some("b", [float("nan"), 0.5, 0.4]),
            Why.NOT_FINITE,
        ),
    ],
)
def test_what_cannot_be_told_says_why(units, why):
    [compared] = read(units, PLAN, over=True).compared
    assert compared.effect is None
    assert compared.why == why


def test_all_alike_in_each_group_is_no_certainty():
    """No spread at all is no error of nought: the lot's own chance is all there is."""
    units = some("a", [0.0] * 6) + some("b", [1.0] * 6)
    [found] = read(units, PLAN, over=True).compared
    assert (found.effect, found.why) == (None, Why.CONSTANT)
    assert found.lot < 0.01


def test_an_arm_that_nobody_came_into_leaves_the_others_as_they_are():
    plan = Plan("a", (("a", 1), ("b", 1), ("c", 1)), "team")
    units = some("a", [0.1, 0.2, 0.4]) + some("b", [0.1, 0.5, 0.4])
    one, other = read(units, plan, over=True).compared
    assert one.effect is not None
    assert (other.effect, other.why) == (None, Why.ONE_ARM)


def test_a_draw_that_is_not_as_planned_is_told():
    units = some("a", [0.1, 0.2] * 40) + some("b", [0.1, 0.3] * 10)
    assert read(units, PLAN, over=True).broken
    even = some("a", [0.1, 0.2] * 20) + some("b", [0.1, 0.3] * 20)
    assert not read(even, PLAN, over=True).broken


def test_an_interval_that_may_be_looked_at_any_day_is_wider():
    chance = random.Random(1)
    units = [Unit(n, "ab"[n % 2], chance.random(), chance.random()) for n in range(400)]
    plan = Plan("a", (("a", 1), ("b", 1)), "member", planned=400)
    [live] = read(units, plan, over=False).compared
    [final] = read(units, plan, over=True).compared
    ratio = (live.effect.high - live.effect.low) / (
        final.effect.high - final.effect.low
    )
    assert 1.3 < ratio < 1.8
    assert final.cannot_tell


def test_nobody_who_ever_told_can_be_read():
    history = History([0.0] * 40, [0.0] * 40, [1, 2, 3, 4] * 10)
    assert sight(history, by="team", share=0.5).why == Why.CONSTANT


MEMBERS = Plan("a", (("a", 1), ("b", 1)), "member", planned=400)


def members(number: int, share: float = 0.5, effect: float = 0.0) -> list[Unit]:
    chance = random.Random(7)
    arms = ["b" if n < share * number else "a" for n in range(number)]
    return [
        Unit(n, arm, chance.gauss(effect * (arm == "b"), 1), chance.random())
        for n, arm in enumerate(arms)
    ]


def width(found) -> float:
    return found.effect.high - found.effect.low


def test_ended_early_it_keeps_the_interval_of_any_day():
    """Whoever ended it may have done so for what they saw."""
    units = members(400)
    [live] = read(units, MEMBERS, over=False).compared
    stopped = read(units, MEMBERS, over=True, early=True)
    assert stopped.always
    assert stopped.compared == (live,)
    few = read(members(100), MEMBERS, over=True, early=True)
    assert not few.always, "nothing was told that it could have been ended for"
    assert few.compared[0].effect is not None


def test_nothing_is_told_live_of_a_small_arm():
    [found] = read(members(400, share=0.1), MEMBERS, over=False).compared
    assert (found.effect, found.why) == (None, Why.FEW)
    assert read(members(400, share=0.1), MEMBERS, over=True).compared[0].effect


def test_the_live_interval_is_tuned_at_what_was_planned_and_not_at_what_came():
    """Else it would be the same number of errors wide for ever, and not hold."""
    plan = Plan("a", (("a", 1), ("b", 1)), "item")
    errors = [
        width(found) / found.effect.se
        for number in (200, 4000)
        for found in read(members(number), plan, over=False).compared
    ]
    assert errors[1] > errors[0] + 0.5


def test_the_lots_test_is_of_what_the_time_before_leaves():
    chance = random.Random(3)
    units = []
    for n in range(40):
        before = 10 * chance.random()
        arm = "ab"[n % 2]
        after = before + 0.8 * (arm == "b") + chance.gauss(0, 0.4)
        units.append(Unit(n, arm, after, before))
    [found] = read(units, MEMBERS, over=True).compared
    assert found.effect.low > 0
    assert found.lot < 0.01
    assert found.plain.low < 0 < found.plain.high


def test_with_a_few_teams_in_an_arm_nothing_is_adjusted():
    units = some("a", [0.1, 0.2, 0.4]) + some("b", [0.3, 0.5, 0.45])
    [found] = read(units, PLAN, over=True).compared
    assert found.effect == found.plain


def rows(number: int) -> list[Row]:
    chance = random.Random(5)
    return [
        Row(n, 2 + n % 3, tuple(chance.gauss(0, 1) for _ in range(4)), 9, "ab"[n % 2])
        for n in range(number)
    ]


def test_a_roll_out_that_runs_has_no_interval_of_its_end():
    [live] = waves.read(rows(30), before=2, over=False).compared
    assert (live.effect, live.lot, live.why) == (None, None, Why.FEW)
    assert waves.read(rows(30), before=2, over=False).always
    over = waves.read(rows(240), before=2, over=True)
    early = waves.read(rows(240), before=2, over=True, early=True)
    assert (over.always, early.always) == (False, True)
    assert width(early.compared[0]) > 1.3 * width(over.compared[0])
    assert over.compared[0].lot is not None


def test_what_teams_could_see_counts_each_team_the_same():
    """As the reading does: small teams make it see less than their mean size says."""
    chance = random.Random(2)
    sizes = [2] * 10 + [38] * 10
    teams = [team for team, size in enumerate(sizes) for _ in range(size)]
    after = [chance.gauss(0, 1) for _ in teams]
    found = sight(History(after, [0.0] * 400, teams), by="team", share=0.5)
    even = [n // 20 for n in range(400)]
    alike = sight(History(after, [0.0] * 400, even), by="team", share=0.5)
    assert found.smallest > 1.3 * alike.smallest
    part = sight(History(after, [0.0] * 400, even), by="member", share=0.5, part=0.5)
    whole = sight(History(after, [0.0] * 400, even), by="member", share=0.5)
    assert part.smallest == pytest.approx(2**0.5 * whole.smallest)
