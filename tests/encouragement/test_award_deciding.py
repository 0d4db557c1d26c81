"""The rule that adds up what people scored and voted."""

from itertools import combinations
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pesue.encouragement.deciding import (
    BLANK,
    Decided,
    decided,
    most_winners,
    shown,
)
from pesue.foundation.counts import K

NOMINEES = [1, 2, 3]


@pytest.mark.parametrize(
    ("scores", "votes", "weight", "tie", "winners"),
    [
        ({1: [5, 4], 2: [3, 3], 3: [2, 2]}, None, 100, "shared", {1}),
        (None, {1: 3, 2: 9, 3: 4}, 0, "shared", {2}),
        # One juror alone neither lifts nor sinks anybody.
        ({1: [4, 4, 1], 2: [3, 3, 5], 3: [2, 2, 2]}, None, 100, "shared", {1}),
        # Jury and vote put them the other way round: level, and parted as declared.
        ({1: [5], 2: [3], 3: [1]}, {1: 1, 2: 4, 3: 9}, 50, "shared", {1, 2, 3}),
        ({1: [5], 2: [3], 3: [1]}, {1: 1, 2: 4, 3: 9}, 50, "jury", {1}),
        ({1: [5], 2: [3], 3: [1]}, {1: 1, 2: 4, 3: 9}, 50, "vote", {3}),
        ({1: [5], 2: [3], 3: [1]}, {1: 1, 2: 4, 3: 9}, 51, "shared", {1}),
        ({1: [4], 2: [4], 3: [1]}, {1: 6, 2: 6, 3: 9}, 100, "vote", {1, 2}),
        # Nothing to go by.
        (None, None, 50, "jury", set()),
        (None, {1: 0, 2: 0, 3: 0}, 0, "jury", set()),
        ({1: [5], 2: [], 3: [1]}, None, 100, "jury", set()),  # 2 was scored by nobody
        ({1: [5], 2: [4], 3: [1]}, {1: 0, 2: 0, 3: 0}, 10, "vote", {1}),
    ],
)
def test_who_wins(scores, votes, weight, tie, winners):
    found = decided(NOMINEES, scores=scores, votes=votes, weight=weight, tie=tie)
    assert set(found.winners) == winners


def test_those_who_come_next():
    votes = {1: 9, 2: 5, 3: 5, 4: 1}
    found = decided([1, 2, 3, 4], scores=None, votes=votes, weight=0, tie="vote")
    assert found == Decided((1,), (2, 3))


POINTS = st.lists(st.sampled_from([1.0, 2.0, 2.5, 3.0, 4.0, 5.0]), min_size=1)
CASES = st.integers(2, 6).flatmap(
    lambda n: st.fixed_dictionaries(
        {
            "scores": st.fixed_dictionaries(dict.fromkeys(range(1, n + 1), POINTS)),
            "votes": st.fixed_dictionaries(
                dict.fromkeys(range(1, n + 1), st.integers(0, 30))
            ),
            "weight": st.integers(0, 100),
            "tie": st.sampled_from(["jury", "vote", "shared"]),
        }
    )
)


@settings(max_examples=40)
@given(CASES, st.randoms())
def test_it_depends_neither_on_the_order_nor_on_the_names(case, chance):
    nominees = list(case["scores"])
    found = decided(nominees, **case)
    shuffled = chance.sample(nominees, len(nominees))
    again = decided(shuffled, **case)
    assert set(found.winners) == set(again.winners)
    other = dict(zip(nominees, shuffled, strict=True))
    renamed = {
        **case,
        "scores": {other[n]: case["scores"][n] for n in nominees},
        "votes": {other[n]: case["votes"][n] for n in nominees},
    }
    told = decided(shuffled, **renamed)
    assert {other[n] for n in found.winners} == set(told.winners)


@pytest.mark.thorough
@settings(max_examples=40)
@given(CASES)
def test_who_is_first_with_both_wins(case):
    nominees = list(case["scores"])
    found = decided(nominees, **case)
    assert found.winners
    by_jury = {n: median(case["scores"][n]) for n in nominees}
    best_jury = {n for n in nominees if by_jury[n] == max(by_jury.values())}
    best_vote = {n for n in nominees if case["votes"][n] == max(case["votes"].values())}
    if len(best_jury) == len(best_vote) == 1 and best_jury == best_vote:
        assert set(found.winners) == best_jury


@pytest.mark.thorough
@settings(max_examples=40)
@given(CASES, st.data())
def test_one_more_vote_never_harms_who_wins(case, data):
    nominees = list(case["scores"])
    [winner, *_] = decided(nominees, **case).winners
    more = {**case, "votes": {**case["votes"], winner: case["votes"][winner] + 1}}
    if any(case["votes"].values()):  # the first vote of all brings in the vote's part
        assert winner in decided(nominees, **more).winners


@settings(max_examples=40)
@given(st.dictionaries(st.integers(0, 6), st.integers(0, 30), min_size=2))
def test_no_count_of_fewer_than_k_follows_from_what_is_told(votes):
    told = shown(votes)
    total = sum(votes.values())
    assert all(people >= K for people in told.values())
    for size in range(1, len(told) + 1):
        for some in combinations(told, size):
            left = total - sum(votes[one] for one in some)
            rest = {c: n for c, n in votes.items() if c not in some}
            only_blank = set(rest) <= {BLANK}
            assert left >= K or (left == 0 and only_blank)


@pytest.mark.parametrize(("people", "most"), [(5, 1), (13, 1), (14, 2), (240, 36)])
def test_an_award_stays_rare(people, most):
    assert most_winners(people) == most
