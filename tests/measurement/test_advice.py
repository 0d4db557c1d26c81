"""What is advised when: as a table."""

from datetime import timedelta

import pytest
from django.utils import translation

from pesue.measurement.advice import Advice, Ground, advise
from pesue.measurement.calibrated import Measured, Said
from pesue.stats.grades import Grade
from tests.make import NOON
from tests.make.reports import a_tried

TODAY = NOON.date()
DAY = timedelta(days=1)
FIGURE = Measured(3, 1, 5)


def a_ground(*tried, **fields) -> Ground:
    return Ground(**{"today": TODAY, "tried": tried, "has_web": True, **fields})


def one(said: Said, number: int = 1, **fields):
    about = {"trial": number, "lever": f"lever.{number}", "over": TODAY - 10 * DAY}
    return a_tried(said, **{**about, **fields})


HELD = one(Said.LIKELY, 9, kind="holdout", outcome="pages.visits", measured=FIGURE)


@pytest.mark.parametrize(
    ("ground", "keys"),
    [
        (Ground(TODAY), ["web", "try"]),
        (a_ground(), ["hold-out", "try"]),
        (a_ground(running={"items.offered"}), []),
        (a_ground(HELD), ["try"]),
        (a_ground(one(Said.VERY_LIKELY), HELD), ["keep:1:new"]),
        (a_ground(one(Said.LIKELY), HELD), ["again:1"]),
        (a_ground(one(Said.CANNOT_TELL), HELD), ["again:1"]),
        (a_ground(one(Said.LIKELY_LESS), HELD), ["stop:1:new"]),
        (a_ground(one(Said.VERY_LIKELY_LESS), HELD), ["stop:1:new"]),
        # what was not to get worse did, however well it went otherwise
        (
            a_ground(one(Said.VERY_LIKELY, harmed=("members.resting",)), HELD),
            ["stop:1:new"],
        ),
        # it is being tried again already
        (a_ground(one(Said.CANNOT_TELL), HELD, running={"lever.1"}), []),
        (a_ground(one(Said.LIKELY_LESS), HELD, running={"lever.1"}), []),
        # the last trial of a lever counts, not an older one
        (
            a_ground(
                one(Said.VERY_LIKELY, 2, lever="same"),
                one(Said.LIKELY_LESS, 1, lever="same"),
                HELD,
            ),
            ["keep:2:new"],
        ),
        # what was not kept as drawn, or is long ago, advises nothing
        (a_ground(one(Said.VERY_LIKELY, sound=False), HELD), ["try"]),
        (a_ground(one(Said.VERY_LIKELY, over=TODAY - 400 * DAY), HELD), ["try"]),
        # a hold-out without a figure, or of long ago, leaves it unknown
        (a_ground(a_tried(kind="holdout", measured=None, over=TODAY)), None),
        # harm first, then what helps; three at most
        (
            Ground(
                TODAY,
                [
                    one(Said.CANNOT_TELL, 1),
                    one(Said.VERY_LIKELY, 2),
                    one(Said.VERY_LIKELY_LESS, 3),
                ],
            ),
            ["stop:3:new", "keep:2:new", "web"],
        ),
    ],
)
def test_what_is_advised(ground, keys):
    found = [advice.key for advice in advise(ground)]
    assert found == (["hold-out", "try"] if keys is None else keys)


def test_a_house_in_which_nobody_has_told_anything_is_not_told_to_measure():
    assert [advice.key for advice in advise(Ground(TODAY))] == ["web", "try"]
    assert advise(Ground(TODAY, told=False)) == []


def test_what_was_put_aside_makes_room_for_the_next():
    ground = Ground(TODAY, [one(Said.CANNOT_TELL), one(Said.VERY_LIKELY, 2)])
    assert [a.key for a in advise(ground)] == ["keep:2:new", "web", "again:1"]
    assert [a.key for a in advise(ground, {"web", "keep:2:new"})] == ["again:1"]


def test_each_has_its_reason_and_its_grade():
    with translation.override("en"):
        _each_has_its_reason_and_its_grade()


def _each_has_its_reason_and_its_grade():
    by_key: dict[str, Advice] = {}
    for ground in (
        Ground(TODAY),
        a_ground(),
        a_ground(one(Said.VERY_LIKELY, kind="rollout"), one(Said.LIKELY_LESS, 2)),
    ):
        by_key |= {advice.key: advice for advice in advise(ground)}
    assert {a.grade for a in by_key.values()} == {
        *(Grade.OPINION, Grade.ANALOGOUS_TRIAL, Grade.OWN_TRIAL)
    }
    assert all(a.reason and a.what and a.rests for a in by_key.values())
    assert by_key["keep:1:new"].what.startswith("Keep what")
