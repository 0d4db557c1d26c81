"""How many may be honoured: few enough that it means something.

An honour moves people when it is scarce, and hardly when everybody gets one (Bradler,
Dur, Neckermann and Non 2016). So in each quarter at most every tenth of a group of ten
and more is honoured, in whichever of them one looks: the own team, each above it, all.
"""

from collections.abc import Iterable
from dataclasses import dataclass

ONE_IN = 10


@dataclass(frozen=True)
class Group:
    """People who are here, and how many of them were honoured this quarter."""

    name: str
    people: int
    honoured: int
    whole: bool = False  # the organisation: it is a group however small

    @property
    def most(self) -> int:
        """How many may be honoured in a quarter; 0 where it is too small to ask."""
        return max(int(self.whole), self.people // ONE_IN)

    @property
    def is_full(self) -> bool:
        return self.most > 0 and self.honoured >= self.most


def full(groups: Iterable[Group]) -> Group | None:
    """The first of somebody's groups, own team first, in which none is left."""
    return next((group for group in groups if group.is_full), None)
