"""Which figures may be shown, so that none tells of fewer than k people.

Figures form a tree: a total, its parts, their parts. What can be had from the shown
figures by adding and subtracting is exactly the sums of their *remainders*: a shown
figure less the largest shown figures inside it. (Remainders do not overlap, and each
shown figure is a sum of them.) So the figures are safe if and only if each remainder
holds the acts of at least k people, or nothing was left out of it at all.

People are counted, not acts: a hundred posts by one person are one.
Source: the linear view of complementary suppression in A. Hundepool et al.,
"Statistical Disclosure Control" (Wiley 2012), chapter 4, for one tree.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Node:
    """A figure: the people whose acts are in it beside its parts, and its parts."""

    key: Hashable
    own: frozenset[int] = frozenset()
    parts: tuple["Node", ...] = ()

    @cached_property
    def people(self) -> frozenset[int]:
        return self.own.union(*(part.people for part in self.parts))


def may_be_shown(root: Node, k: int, *, root_too: bool = True) -> set[Hashable]:
    """The keys of the figures that may be shown, `root`'s among them if any.

    Without `root_too` the root is kept hidden, so its parts may not add up to it.

    A figure of fewer than k people is hidden, and all inside it. If what a shown
    figure leaves when its shown parts are taken away is then of fewer than k
    people, its smallest shown part is hidden, too, and so on. A hidden part without
    people counts as hidden: that nobody acted in it is not told either.
    """
    if len(root.people) < k:
        return set()
    by_size = sorted(root.parts, key=lambda part: (len(part.people), str(part.key)))
    kept = [part for part in by_size if len(part.people) >= k]
    left = root.own.union(*(p.people for p in by_size if len(p.people) < k))
    anything_left = bool(root.own) or len(kept) < len(by_size) or not root_too
    while kept and anything_left and len(left) < k:
        left |= kept.pop(0).people
    shown = {root.key} if root_too else set()
    return shown.union(*(may_be_shown(part, k) for part in kept))
