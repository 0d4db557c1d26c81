"""What two releases tell beside each other."""

from collections import Counter
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pesue.encouragement.motives import STRONGEST
from pesue.encouragement.renewing import CHANGED, Figure, renewed
from pesue.surveys.counting import Asked, Place, counted

HOUSE = [
    Place(1, None, "/1/"),
    Place(2, 1, "/1/2/"),
    Place(3, 1, "/1/3/"),
    Place(4, None, "/4/"),
]
FIRST = {
    None: (20, 20, 20, 4),
    1: (12, 12, 12, 0),
    2: (6, 6, 6, 0),
    3: (6, 6, 6, 0),
    4: (8, 8, 8, 4),
}


def changed(**by_team) -> dict:
    """FIRST with other figures for some teams, by "t2"; those above add up."""
    new = dict(FIRST) | {int(name[1:]): figure for name, figure in by_team.items()}
    new[1] = tuple(map(sum, zip(new[2], new[3], strict=True)))
    new[None] = tuple(map(sum, zip(new[1], new[4], strict=True)))
    return new


def test_the_first_release_tells_all_that_may_be_shown():
    assert renewed(FIRST, {}, HOUSE) == set(FIRST)
    assert renewed({}, FIRST, HOUSE) == set()


def test_one_who_goes_changes_no_figure():
    assert renewed(changed(t2=(6, 5, 6, 0)), FIRST, HOUSE) == set()
    assert renewed(FIRST, FIRST, HOUSE) == set()


def test_one_who_goes_is_not_told_by_the_sum_either():
    """Many came to team 3; team 1 is 2 and 3 together, and one left team 2."""
    new = changed(t2=(6, 5, 6, 0), t3=(10, 8, 8, 0))
    found = renewed(new, FIRST, HOUSE)
    assert found == {None, 1}
    assert not {2, 3} & found


def test_enough_of_both_are_told():
    new = changed(t2=(1, 8, 6, 0), t3=(12, 8, 8, 0))
    assert renewed(new, FIRST, HOUSE) == {None, 1, 2, 3}


def test_five_who_said_the_same_are_not_told_by_their_going():
    assert renewed(changed(t4=(3, 8, 8, 4)), FIRST, HOUSE) == set()


def test_a_newcomer_is_not_told_where_others_only_moved():
    """Four moved from 3 to 2, as they were, and one came."""
    new = changed(t2=(9, 8, 6, 0), t3=(4, 4, 6, 0))
    assert renewed(new, FIRST, HOUSE) == set()


def test_a_team_that_was_too_small_is_told_with_the_one_above():
    before = {team: figure for team, figure in FIRST.items() if team not in (2, 3)}
    few = changed(t2=(7, 6, 6, 0))
    assert renewed(few, before, HOUSE) == set()
    many = changed(t2=(9, 9, 6, 0))
    assert renewed(many, before, HOUSE) == {None, 1, 2, 3}


INSIDE = {None: (1, 2, 3, 4, 5), 1: (1, 2, 3), 2: (2,), 3: (3,), 4: (4,)}
NAMES = STRONGEST.keys
Person = tuple[int, str]  # a team (5: none), a motive
PERSON = st.tuples(st.sampled_from([1, 2, 3, 4, 5]), st.sampled_from(NAMES[:3]))


def figures(people: Iterable[Person]) -> dict[int | None, Figure]:
    rows = [(None if team == 5 else team, {0: said}) for team, said in people]
    told = counted(rows, [Asked(0, STRONGEST.name, 10)], HOUSE).tallies
    return {t: tuple(tally[n] for n in NAMES) for (_q, t), tally in told.items()}


@pytest.mark.thorough
@given(
    st.lists(PERSON, min_size=30, max_size=70),
    st.dictionaries(st.integers(0, 80), st.none() | PERSON, max_size=25),
)
@settings(max_examples=300)
def test_what_two_releases_leave_between_them_tells_of_five_or_of_nobody(
    people, changes
):
    """Some go, come, move and change their mind. Whatever is renewed, less what is
    renewed inside it, differs by what five people said at least."""
    before = dict(enumerate(people))
    after = {n: p for n, p in {**before, **changes}.items() if p is not None}
    released, new = figures(before.values()), figures(after.values())
    again = renewed(new, released, HOUSE) if released else set()
    for team in again & set(released):
        inside = [t for t in again & set(released) if t in INSIDE[team] and t != team]
        places = set(INSIDE[team]) - {p for t in inside for p in INSIDE[t]}

        def said(house, who, places=places):
            place, motive = house.get(who, (0, ""))
            return motive if place in places else ""

        differ = [n for n in {**before, **after} if said(before, n) != said(after, n)]
        figure = Counter(said(after, n) for n in differ)
        figure.subtract(Counter(said(before, n) for n in differ))
        del figure[""]
        moved = any(figure.values())
        assert not moved or len(differ) >= CHANGED


def test_the_property_sees_what_is_renewed():
    """Else it would hold of a rule that never renews anything."""
    people = [(team, said) for team in (1, 2, 3, 4) for said in NAMES[:3] * 5]
    more = [*people, *((2, said) for said in NAMES[:3] * 3)]
    assert renewed(figures(more), figures(people), HOUSE) == {None, 1, 2}
