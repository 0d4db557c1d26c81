"""For random answers in a random tree: what is shown tells of no group under k."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pesue.foundation.counts import K
from pesue.stats.protection import may_be_shown
from pesue.surveys.counting import Place, tree_of

MOST = 7  # teams


@st.composite
def organisations(draw):
    """Teams, each under an earlier one or at the top, and how many answered."""
    teams = {}
    for pk in range(1, draw(st.integers(1, MOST)) + 1):
        parent = draw(st.sampled_from([None, *teams]))
        above = teams[parent].path if parent else "/"
        teams[pk] = Place(pk, parent, f"{above}{pk}/")
    people = {pk: draw(st.integers(0, 8)) for pk in [None, *teams]}
    return teams, people


@given(organisations())
def test_no_sum_or_difference_of_what_is_shown_is_of_fewer_than_k(organisation):
    teams, people = organisation
    shown = may_be_shown(tree_of(teams.values(), people), K)
    known = {frozenset(people)} if "all" in shown else set()
    for pk in shown - {"all"}:
        inside = teams[pk].path
        known.add(frozenset(p for p, t in teams.items() if t.path.startswith(inside)))
    for _ in range(3):
        for one, other in list(combinations(known, 2)):
            if one < other or other < one:
                known.add(one ^ other)
            elif not one & other:
                known.add(one | other)
    for region in known:
        number = sum(people[pk] for pk in region)
        parents = {t.parent for t in teams.values()} | {None}
        assert number >= K or (number == 0 and region <= parents)


@pytest.mark.parametrize(("small", "seen"), [(4, {"all"}), (5, {"all", 1, 2})])
def test_a_small_sibling_hides_the_other(small, seen):
    teams = [Place(pk, None, f"/{pk}/") for pk in (1, 2)]
    assert may_be_shown(tree_of(teams, {1: 9, 2: small}), K) == seen
