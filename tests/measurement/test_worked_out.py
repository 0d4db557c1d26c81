"""Who doubts a trial works it out anew, and finds what the page says."""

import io
import json
import random
from datetime import timedelta
from zipfile import ZipFile

import pytest
from django.utils import translation
from django.utils.timezone import localdate

from pesue.measurement import steps
from pesue.measurement.archive import again, of_units
from pesue.measurement.models import (
    TrialReading,
)
from pesue.measurement.queries import readings
from pesue.measurement.reading import Plan, Unit, read
from pesue.measurement.views.trials import unit_of
from pesue.people.models import Team
from pesue.trials import actions
from pesue.trials.actions import ArmDesign
from pesue.trials.models import Assignment, Trial
from pesue.trials.steps import end_trials
from tests.make import NOON
from tests.make.content import an_item
from tests.make.people import a_lead, a_member
from tests.make.trials import MAIL, WORDS, a_running, teams, tell, treated

pytestmark = pytest.mark.thorough

DAY = timedelta(days=1)
END = NOON + 28 * DAY
MEMBERS = Plan("a", (("a", 1), ("b", 1)), "member", planned=400)


@pytest.fixture
def worked_out(client, tmp_path, monkeypatch):
    """What the notebook of a trial that is over comes to: its names, by name."""

    def work_out(trial: Trial) -> dict[str, object]:
        steps.read_trials(END + 60 * DAY)
        client.force_login(a_member(language="en"))
        answer = client.get(f"/trials/{trial.pk}/reading.zip")
        with ZipFile(io.BytesIO(answer.content)) as packed:
            packed.extractall(tmp_path)
        monkeypatch.chdir(tmp_path)
        done: dict[str, object] = {}
        for cell in json.loads((tmp_path / "again.ipynb").read_text())["cells"]:
            exec("".join(cell["source"]), done)
        return done

    return work_out


def is_on_the_page(client, trial, done) -> bool:
    """Whether what the notebook found stands on the page, as it is printed there."""
    page = client.get(f"/trials/{trial.pk}/reading").content.decode()
    unit = unit_of(trial.outcome)
    with translation.override("en"):
        found = [
            unit.told(number, sign=True)
            for one in done["read_again"].compared
            for number in (one.effect.low, one.effect.high)
        ]
    return all(number in page for number in found)


def is_same(done, compared) -> bool:
    """Whether the notebook found all that was kept, to the last digits but one."""
    found = readings.told(done["read_again"])["compared"]
    return all(
        one["effect"] == pytest.approx(kept["effect"])
        and one["plain"] == pytest.approx(kept["plain"])
        and (one["arm"], one["lot"]) == (kept["arm"], kept["lot"])
        for one, kept in zip(found, compared, strict=True)
    )


def test_the_sceptic_finds_the_same(ran, client, tmp_path, worked_out, capsys):
    end_trials(END + DAY)
    ran.refresh_from_db()
    done = worked_out(ran)
    assert is_on_the_page(client, ran, done)
    kept = TrialReading.objects.get().found
    assert is_same(done, kept["compared"])
    plain = TrialReading.objects.get().found["in_file"][0]["plain"]
    assert done["difference"] == pytest.approx(plain["estimate"])
    assert done["low"] == pytest.approx(plain["low"])
    assert "p by lot" in capsys.readouterr().out
    text = (tmp_path / "units.csv").read_text() + (tmp_path / "design.json").read_text()
    assert not any(team.name in text for team in Team.objects.all())


@pytest.mark.django_db
def test_a_roll_out_is_read_wave_by_wave(client, worked_out):
    members, item = teams(24, each=5), an_item()
    trial = a_running(ends=NOON.date() + 27 * DAY, days=7)
    starts = dict(
        Assignment.objects.filter(trial=trial).values_list("unit", "starts_on")
    )
    chance = random.Random(3)
    for week in range(-4, 4):
        at = NOON + (7 * week + 1) * DAY
        on = {team for team, day in starts.items() if day <= localdate(at)}
        tell(
            [m for m in members if chance.random() < (0.7 if m.team_id in on else 0.3)],
            at,
            item,
        )
    end_trials(END + DAY)
    steps.read_trials(END + DAY)
    [compared] = TrialReading.objects.get().found["compared"]
    assert 0.1 < compared["effect"]["estimate"] < 0.7
    assert compared["effect"]["low"] > 0
    done = worked_out(trial)
    assert is_on_the_page(client, trial, done)
    assert is_same(done, [compared])


THREE = [
    ArmDesign("now", "As now", is_control=True),
    ArmDesign("new", "Shorter", payload=WORDS),
    ArmDesign("bold", "Bolder", payload=WORDS),
]


@pytest.mark.django_db
def test_of_people_and_several_arms_the_sceptic_finds_the_same(client, worked_out):
    people, item = teams(30, each=10), an_item()
    trial = a_running(MAIL, unit="member", arms=THREE, ends=localdate(END))
    arms = dict(Assignment.objects.filter(trial=trial).values_list("unit", "arm__key"))
    chance = random.Random(9)
    likely = {"now": 0.4, "new": 0.5, "bold": 0.6}
    tell(people[::3], NOON - 20 * DAY, item)
    told = [m for m in people if chance.random() < likely[arms[m.pk]]]
    tell(told, NOON + 2 * DAY, item)
    end_trials(END + DAY)
    done = worked_out(trial)
    assert len(done["read_again"].compared) == 2
    assert is_on_the_page(client, trial, done)
    page = client.get(f"/trials/{trial.pk}/reading").content.decode()
    assert "10 of 100 such trials" in page


def test_of_a_small_group_the_file_says_less_and_the_same():
    chance = random.Random(1)
    units = [
        Unit(n, "ab"[n % 2], float(chance.random() < 0.5), float(n < 8))
        for n in range(80)
    ]
    kept = of_units(units, "member")
    found = again(
        kept.text,
        {
            **{"kind": "arms", "unit": "member", "control": "a", "planned": 80},
            **{"shares": [["a", 1], ["b", 1]], "stopped": False, "looks": []},
            "times": [],
        },
    )
    [whole] = read(units, MEMBERS, over=True).compared
    assert found.compared[0].plain == whole.plain
    assert found.compared[0].effect == found.compared[0].plain, "no time before"


@pytest.mark.django_db
def test_a_roll_out_to_people_is_kept_by_waves(client, worked_out, capsys):
    people, item = teams(8, each=5), an_item()
    trial = a_running(unit="member", ends=NOON.date() + 27 * DAY, days=7)
    chance = random.Random(3)
    for week in range(-3, 4):
        at = NOON + (7 * week + 1) * DAY
        tell([m for m in people if chance.random() < 0.4], at, item)
    end_trials(END + DAY)
    done = worked_out(trial)
    assert "unit" not in done["rows"][0]
    assert sum(int(row["people"]) for row in done["rows"]) == 40
    assert done["read_again"] is None
    assert "period_8" in capsys.readouterr().out


@pytest.mark.django_db
def test_ended_early_the_sceptic_finds_the_interval_of_any_day(client, worked_out):
    people, item = teams(40, each=6), an_item()
    trial = a_running(MAIL, unit="member", ends=localdate(END))
    tell(people[::2], NOON + 2 * DAY, item)
    actions.stop(trial, why="Enough", by=a_lead(), now=NOON + 9 * DAY)
    done = worked_out(trial)
    assert done["read_again"].always
    assert is_on_the_page(client, trial, done)


@pytest.mark.django_db
def test_a_look_on_the_last_day_is_the_end(client, worked_out):
    members, item = teams(12, each=6), an_item()
    looks = [NOON.date() + 9 * DAY, localdate(END)]
    trial = a_running(MAIL, unit="team", looks=looks, ends=localdate(END))
    new = treated(trial)
    chance = random.Random(6)
    told = [m for m in members if chance.random() < (0.8 if m.team_id in new else 0.2)]
    tell(told, NOON + 2 * DAY, item)
    end_trials(END + DAY)
    done = worked_out(trial)
    assert is_on_the_page(client, trial, done)
