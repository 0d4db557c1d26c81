from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pesue.stats.protection import Node, may_be_shown

pytestmark = pytest.mark.thorough

K = 5


def people(first: int, n: int) -> frozenset[int]:
    return frozenset(range(first, first + n))


def total(*parts: Node, own: frozenset[int] = frozenset()) -> Node:
    return Node("total", own, parts)


def test_four_people_are_hidden_and_five_are_shown():
    assert may_be_shown(Node("a", people(0, 4)), K) == set()
    assert may_be_shown(Node("a", people(0, 5)), K) == {"a"}


def test_of_two_siblings_neither_can_be_had_from_the_total():
    root = total(Node("big", people(0, 9)), Node("small", people(20, 3)))
    assert may_be_shown(root, K) == {"total"}


def test_a_lone_hidden_one_takes_the_next_smallest_with_it():
    root = total(
        Node("big", people(0, 9)),
        Node("middle", people(20, 6)),
        Node("small", people(40, 1)),
    )
    assert may_be_shown(root, K) == {"total", "big"}


def test_hidden_ones_of_five_people_together_take_nobody_with_them():
    root = total(
        Node("big", people(0, 9)),
        Node("one", people(20, 3)),
        Node("two", people(40, 2)),
    )
    assert may_be_shown(root, K) == {"total", "big"}


def test_the_same_person_in_two_hidden_ones_counts_once():
    root = total(
        Node("big", people(0, 9)),
        Node("middle", people(50, 5)),
        Node("one", people(20, 3)),
        Node("two", people(20, 3)),
    )
    assert may_be_shown(root, K) == {"total", "big"}


def test_a_part_without_people_is_hidden_like_others():
    root = total(Node("big", people(0, 9)), Node("middle", people(20, 5)), Node("none"))
    assert may_be_shown(root, K) == {"total", "big"}


def test_those_outside_all_parts_are_protected_too():
    root = total(Node("team", people(0, 9)), own=people(20, 2))
    assert may_be_shown(root, K) == {"total"}


def test_a_parent_and_its_child_do_not_betray_the_leader_between_them():
    team = Node("team", people(0, 1), (Node("crew", people(10, 8)),))
    other = Node("other", people(30, 7))
    assert may_be_shown(total(team, other), K) == {"total", "team", "other"}


def test_inside_a_hidden_part_nothing_is_shown():
    deep = Node("team", parts=(Node("crew", people(10, 5)),))
    small = Node("small", people(50, 2))
    assert may_be_shown(total(deep, small), K) == {"total"}


def trees() -> st.SearchStrategy[Node]:
    some = st.frozensets(st.integers(0, 25), max_size=7)
    leaves = st.builds(lambda own: (own, []), some)
    shapes = st.recursive(
        leaves, lambda below: st.tuples(some, st.lists(below, max_size=4)), max_leaves=9
    )

    def named(shape, name="0") -> Node:
        own, below = shape
        parts = [named(part, f"{name}.{n}") for n, part in enumerate(below)]
        return Node(name, own, tuple(parts))

    return shapes.map(named)


def cells(node: Node) -> list[tuple[str, frozenset[int]]]:
    """The finest figures: what is in each node beside its parts."""
    return [(str(node.key), node.own), *(c for part in node.parts for c in cells(part))]


@given(trees())
def test_no_sum_or_difference_of_shown_figures_tells_of_fewer_than_k(root):
    """The attacker tries every way to add up and take away shown figures, each up to
    once or twice, and reads any result that is a plain sum of some finest figures."""
    shown = may_be_shown(root, K)
    acting = dict(cells(root))
    inside = {
        key: frozenset(c for c in acting if c == key or c.startswith(f"{key}."))
        for key in shown
    }
    known = {frozenset(cells_) for cells_ in inside.values()}
    for _ in range(3):  # differences and disjoint sums of what is known, again
        for one, other in list(combinations(known, 2)):
            if one < other:
                known.add(other - one)
            elif other < one:
                known.add(one - other)
            elif not one & other:
                known.add(one | other)
        if len(known) > 300:
            break
    for region in known:
        there = frozenset().union(*(acting[c] for c in region))
        parts = [c for c in region if acting[c]]
        assert not region or len(there) >= K or (not parts and _only_own(region, root))


def _only_own(region: frozenset[str], root: Node) -> bool:
    """Whether nobody is in the region because it is no part of its own at all: a
    node whose people are all in its parts, which are all shown."""
    whole = {str(node.key) for node in _nodes(root) if node.parts}
    return region <= whole


def _nodes(node: Node) -> list[Node]:
    return [node, *(n for part in node.parts for n in _nodes(part))]


@given(trees())
def test_no_hidden_figure_follows_from_the_shown_ones(root):
    """Exactly, by elimination: a figure of fewer than k people is no linear
    combination of shown figures over those finest figures in which anybody acted."""
    shown = may_be_shown(root, K)
    acting = {key: own for key, own in cells(root) if own}
    places = {key: place for place, key in enumerate(acting)}

    def row(node: Node) -> list[Fraction]:
        inside = {key for key, _ in cells(node)}
        return [Fraction(key in inside) for key in places]

    known = [row(node) for node in _nodes(root) if node.key in shown]
    for node in _nodes(root):
        if 0 < len(node.people) < K:
            assert rank(known) < rank([*known, row(node)])


def rank(rows: list[list[Fraction]]) -> int:
    left = [list(row) for row in rows]
    found = 0
    for column in range(len(left[0]) if left else 0):
        pivot = next((row for row in left[found:] if row[column]), None)
        if pivot is None:
            continue
        left.remove(pivot)
        left.insert(found, pivot)
        for row in left[found + 1 :]:
            factor = row[column] / pivot[column]
            row[:] = [a - factor * b for a, b in zip(row, pivot, strict=True)]
        found += 1
    return found


@given(trees())
def test_as_much_is_shown_as_the_rule_allows_at_the_top(root):
    """A tree whose every part has k people, and nobody beside parts, hides nothing."""
    all_nodes = _nodes(root)
    big = all(len(node.people) >= K for node in all_nodes)
    tidy = all(
        not node.own or not node.parts or len(node.own) >= K for node in all_nodes
    )
    if big and tidy:
        assert may_be_shown(root, K) == {node.key for node in all_nodes}
