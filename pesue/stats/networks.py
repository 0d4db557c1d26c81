"""Networks of people, the lot among them, and who is exposed to whom.

Source: P. M. Aronow and C. Samii, "Estimating average causal effects under general
interference", Annals of Applied Statistics 11 (2017) 1912-1947 (exposure mappings).
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from pesue.stats.assignment import Codes, Mechanism
from pesue.stats.estimates import Floats, Unusable, Why, numbers
from pesue.stats.redrawing import Lots, Seed

Kind = Literal["share", "count", "any"]


def ties_of(adjacency: Any, weighted: bool = False) -> Any:
    """The (n, n) matrix as a scipy CSR array of strengths, each 1 unless `weighted`.

    Raises Unusable: SHAPES where it is not square, NOT_FINITE for a strength that is
    no number, NOT_IN_RANGE for one below 0 or a tie to oneself.
    """
    ties = sparse.csr_array(adjacency, dtype=np.float64, copy=True)
    ties.sum_duplicates()
    ties.eliminate_zeros()
    if ties.ndim != 2 or ties.shape[0] != ties.shape[1]:
        raise Unusable(Why.SHAPES, "A row and a column for each person.")
    if not np.isfinite(ties.data).all():
        raise Unusable(Why.NOT_FINITE, "The strength of a tie is missing or infinite.")
    if (ties.data < 0).any() or ties.diagonal().any():
        raise Unusable(Why.NOT_IN_RANGE, "A tie to oneself, or one below 0.")
    if not weighted:
        ties.data[:] = 1.0
    return ties


def exposed(ties: Any, treated: Floats, kind: str = "share") -> Floats:
    """Exposure of the people of each row to `treated` (n,) or (n, m) neighbours.

    "count" is their number, or summed strength; "share" that of all neighbours, 0
    where there are none; "any" 1 where there is one, else 0. Raises Unusable for
    another kind.
    """
    reached: Floats = np.asarray(ties @ treated)
    if kind == "count":
        return reached
    if kind == "any":
        return (reached > 0).astype(np.float64)
    if kind != "share":
        raise Unusable(Why.NOT_IN_RANGE, f"No such exposure: {kind}.")
    degree = np.asarray(ties.sum(axis=1)).reshape((-1,) + (1,) * (reached.ndim - 1))
    share = np.divide(reached, degree, where=degree > 0, out=np.zeros_like(reached))
    return np.asarray(share)


@dataclass(frozen=True, eq=False)
class Network:
    """Who sees whom, and the lot among them.

    `adjacency` is a sparse (n, n) matrix: row i holds those whom person i sees, with
    the strength of each tie; nobody is tied to themselves. `assigned` (n,) holds each
    person's arm, 1 being the treated one, and -1 for those outside the lot;
    `mechanism` is about those inside, in their order. `kind` is what exposure is: the
    "share" of a person's neighbours that is treated (0 for those without any), their
    "count", or whether there is "any"; `weighted` counts them by strength of tie.

    Raises Unusable: SHAPES where these do not fit each other, NOT_IN_RANGE for a tie
    to oneself or of a negative strength, NOT_BY_LOT where the assignment cannot have
    come from the mechanism.
    """

    adjacency: Any
    assigned: ArrayLike
    mechanism: Mechanism
    kind: Kind = "share"
    weighted: bool = False

    def __post_init__(self) -> None:
        if self.codes.shape != (self.ties.shape[0],):
            raise Unusable(Why.SHAPES, "One arm for each person of the network.")
        self.mechanism.check(self.codes[self.inside])

    @cached_property
    def ties(self) -> Any:
        return ties_of(self.adjacency, self.weighted)

    @cached_property
    def codes(self) -> Floats:
        return numbers(self.assigned)[0]

    @property
    def inside(self) -> NDArray[np.bool_]:
        """Who was in the lot (n,)."""
        return np.asarray(self.codes != -1)

    @property
    def exposure(self) -> Floats:
        """Each person's exposure (n,) as it came out."""
        return exposed(self.ties, (self.codes == 1).astype(np.float64), self.kind)

    def expected(self, *, draws: int = 1999, seed: Seed = 0) -> Floats:
        """Each person's exposure (n,) on average over the mechanism's assignments.

        Exact for shares and counts, from each person's chance of arm 1. For "any" the
        mean over all assignments where these are few, else over `draws` of them.
        Those outside the lot count as not treated.
        """
        if self.kind != "any":
            chances = np.zeros(len(self.codes))
            chances[self.inside] = self.mechanism.chance(1)
            return exposed(self.ties, chances, self.kind)
        total, weight = np.zeros(len(self.codes)), 0.0
        for rows, chances in Lots.of(self.mechanism, draws, seed):
            total += exposed(self.ties, self.treated(rows), "any") @ chances
            weight += float(chances.sum())
        return total / weight

    def treated(self, rows: Codes) -> Floats:
        """The assignments (m, inside) as 0 and 1 for everybody (n, m)."""
        everybody = np.zeros((len(self.codes), len(rows)))
        everybody[self.inside] = (rows == 1).T
        return everybody

    def check(self, units: NDArray[np.bool_]) -> None:
        """Raises Unusable, NOT_BY_LOT, where any of these see people outside the lot;
        `about["people"]` says how many do."""
        outside = (~self.inside).astype(np.float64)
        seeing = int((exposed(self.ties, outside, "any")[units] > 0).sum())
        if seeing:
            message = "Chance did not decide what these people were exposed to."
            raise Unusable(Why.NOT_BY_LOT, message, people=seeing)
