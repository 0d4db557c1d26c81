"""What one said, as scores: each person beside themselves alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pesue.encouragement.motives import (
    EVEN,
    ITEMS,
    KEYS,
    MOTIVES,
    REWARDS,
    contradicts,
    scores,
)
from pesue.surveys.instruments import INSTRUMENTS
from pesue.surveys.scales import SCALES, SILENT
from tests.make.encouragement import saying


def test_the_questions_are_those_of_the_survey():
    asked = {item.key: item for item in INSTRUMENTS["motives"]}
    assert set(KEYS) == set(asked)
    assert all(asked[k].factor == m for m, keys in ITEMS.items() for k in keys)
    options = {key for name in ("rewards", "learning") for key in SCALES[name].keys}
    assert set(REWARDS) == options - {SILENT}


@pytest.mark.parametrize("motive", MOTIVES)
def test_what_one_says_most_of_stands_out(motive):
    found = scores(saying(motive))
    assert found.strongest == motive
    # 7 of one and 2 of the others: a mean of 11/3, and (7 - 11/3) / 4 of the way up.
    assert found.of(motive) == pytest.approx(50 + 50 * (7 - 11 / 3) / 4)


def test_who_agrees_with_everything_says_nothing_of_one_motive():
    for answer in "147":
        found = scores({key: answer for keys in ITEMS.values() for key in keys})
        assert (found.money, found.recognition, found.meaning) == (50, 50, 50)
        assert found.strongest == EVEN


def test_choices_weigh_as_much_as_scales():
    level = {key: "4" for keys in ITEMS.values() for key in keys}
    both = {"T1most": "thanks", "T1least": "gift", "T2most": "stage", "T2least": "help"}
    found = scores(level | both)
    assert (found.money, found.recognition, found.meaning) == (37.5, 75, 37.5)
    one = scores(level | {"T1most": "thanks", "T1least": "gift", "T2most": "stage"})
    assert (one.money, one.recognition, one.meaning) == (25, 75, 50)


def test_two_answers_on_each_motive_are_needed():
    said = saying("money")
    del said["S1"]
    assert scores(said).strongest == "money"
    assert scores(said | {"S2": SILENT}) is None


def test_the_same_reward_cannot_please_most_and_least():
    assert contradicts({"T1most": "gift", "T1least": "gift"})
    assert not contradicts({"T1most": SILENT, "T1least": SILENT})
    assert not contradicts({"T1most": "gift", "T1least": "thanks"})


answers = st.fixed_dictionaries(
    {key: st.sampled_from("1234567") for keys in ITEMS.values() for key in keys},
    optional={
        **{
            f"T1{end}": st.sampled_from(SCALES["rewards"].keys)
            for end in ("most", "least")
        },
        **{
            f"T2{end}": st.sampled_from(SCALES["learning"].keys)
            for end in ("most", "least")
        },
    },
)


@given(answers)
def test_scores_lie_on_their_scale_and_do_not_move_with_agreeing(said):
    found = scores(said)
    assert all(0 <= found.of(motive) <= 100 for motive in MOTIVES)
    told = [key for keys in ITEMS.values() for key in keys]
    if all(int(said[key]) < 7 for key in told):
        more = scores(said | {key: str(int(said[key]) + 1) for key in told})
        assert [more.of(m) for m in MOTIVES] == pytest.approx(
            [found.of(m) for m in MOTIVES]
        )
