"""What neighbours' arms do to a person, as far as chance decided them.

Who has many neighbours, or neighbours of a kind, was decided by no lot; how many of
them were treated was. So each person's exposure is compared with what it is on
average over the assignments that might have been, and the test is by drawing the
assignment again. The regression of a person's doing on what neighbours did before is
not offered: people choose neighbours like themselves, and it then finds "contagion"
where there is none.

Sources: K. Borusyak and P. Hull, "Nonrandom exposure to exogenous shocks",
Econometrica 91 (2023) 2155-2185 (recentring and its test); P. M. Aronow and C. Samii,
Annals of Applied Statistics 11 (2017) 1912-1947 (exposure mappings); D. Eckles,
R. F. Kizilcec and E. Bakshy, PNAS 113 (2016) 7316-7322 (encouraging peers).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pesue.stats.estimates import Floats, TooFew, Unusable, Why, floats, numbers
from pesue.stats.networks import Network, exposed
from pesue.stats.redrawing import Lots, Reference, Seed, invert


@dataclass(frozen=True)
class PeerEffect:
    """The effect of one unit of exposure (a share going from 0 to 1, one neighbour
    more, or any at all) in the unit of the outcome, from `n` people with neighbours.

    `p` and the interval are by the lot; `mean` is the permutation mean of the
    coefficient, near 0 where like is compared with like. Infinite ends: no bound.
    """

    estimate: float
    low: float
    high: float
    p: float
    mean: float
    n: int
    assignments: int
    exact: bool
    confidence: float


@dataclass(frozen=True)
class EncouragedEffect(PeerEffect):
    """The same of one unit of what neighbours did, moved by encouraging them.

    `first_stage` is by how much one unit of encouraged neighbours moved what they did,
    `first_stage_p` its p by the lot. Where that is above 1 - confidence the
    encouragement did too little, and the interval has no bounds. `p` may be small even
    then: no effect at all is excluded, and yet no size is.
    """

    first_stage: float
    first_stage_p: float


def effect(
    outcome: ArrayLike,
    network: Network,
    *,
    own: bool = True,
    controls: ArrayLike | None = None,
    units: ArrayLike | None = None,
    confidence: float = 0.95,
    draws: int = 1999,
    seed: Seed = 0,
) -> PeerEffect:
    """What treated neighbours do to a person's outcome (n,).

    The least-squares coefficient of recentred exposure, beside a constant, expected
    exposure (which takes off what hubs are like, without changing what is estimated),
    the person's own treatment if `own`, and `controls` (n, k) known before.
    `units` (n,) says whose outcomes are looked at. The test asks whether exposure
    changed nobody's outcome; an effect of own treatment, the same for all, is
    estimated and taken off.

    Raises Unusable: NOT_BY_LOT where somebody looked at sees people outside the lot
    (leave them out by `units`), SINGULAR where controls cannot be told apart; TooFew
    where outcomes or exposures do not vary.
    """
    expected = network.expected(draws=draws, seed=_apart(seed))
    trial = _Trial.of(outcome, network, own, controls, units, expected)
    redrawn = _redraw(trial, network.exposure, draws, seed)
    return PeerEffect(**redrawn.figures(confidence), n=trial.n)


def encouragement(
    outcome: ArrayLike,
    did: ArrayLike,
    network: Network,
    *,
    own: bool = True,
    controls: ArrayLike | None = None,
    units: ArrayLike | None = None,
    confidence: float = 0.95,
    draws: int = 1999,
    seed: Seed = 0,
) -> EncouragedEffect:
    """What neighbours' doing does to a person's outcome (n,), by encouraging them.

    `did` (n,) is what each person did (0 or 1, or how often); arm 1 was encouraged to.
    Recentred exposure to encouraged neighbours is the instrument for exposure to
    neighbours who did. It may act on a person only through what the neighbours did.
    `p` is of the instrument on the outcome, and the interval holds the effects which,
    taken off, leave the instrument without influence (Anderson and Rubin's way, by
    the lot): both are right with a weak instrument, too.

    Other arguments, and what is raised, as for `effect`.
    """
    expected = network.expected(draws=draws, seed=_apart(seed))
    trial = _Trial.of(outcome, network, own, controls, units, expected)
    (moved,) = numbers(did)
    if moved.shape != network.codes.shape:
        raise Unusable(Why.SHAPES, "One number for each person of the network.")
    redrawn = _redraw(trial, exposed(network.ties, moved, network.kind), draws, seed)
    first = Reference(redrawn.first, redrawn.weights, redrawn.exact)
    return EncouragedEffect(
        **redrawn.figures(confidence),
        n=trial.n,
        first_stage=redrawn.own_first,
        first_stage_p=first.p(redrawn.own_first),
    )


@dataclass(frozen=True)
class _Trial:
    """The people looked at, and what is taken off their numbers."""

    network: Network
    units: NDArray[np.bool_]
    outcome: Floats  # of these people only, as are the rows of `basis`
    basis: Floats  # orthonormal columns: the constant, controls, expected exposure
    own: bool

    @classmethod
    def of(
        cls,
        outcome: ArrayLike,
        network: Network,
        own: bool,
        controls: ArrayLike | None,
        units: ArrayLike | None,
        expected: Floats,
    ) -> "_Trial":
        size = len(network.codes)
        here = np.ones(size, bool) if units is None else numbers(units)[0] != 0
        known: ArrayLike = (
            [] if controls is None else np.atleast_2d(np.transpose(controls))
        )
        values, *columns = numbers(outcome, *floats(known))
        if values.shape != (size,) or here.shape != (size,):
            raise Unusable(Why.SHAPES, "One number for each person of the network.")
        if not here.any():
            raise TooFew(Why.EMPTY, "There is nobody to look at.")
        if np.ptp(values[here]) == 0:
            raise TooFew(Why.CONSTANT, "All outcomes are the same.")
        network.check(here)
        basis = _basis([np.ones(size)[here], *(column[here] for column in columns)])
        apart = expected[here] - basis @ (basis.T @ expected[here])
        if apart @ apart > 1e-12 * max(1e-12, expected[here] @ expected[here]):
            basis = np.column_stack([basis, apart / np.linalg.norm(apart)])
        return cls(network, here, values[here], basis, own)

    @property
    def n(self) -> int:
        seen = exposed(self.network.ties, np.ones(len(self.units)), "any")
        return int((seen[self.units] > 0).sum())

    def without(self, columns: Floats, treated: Floats) -> Floats:
        """The columns (units, m) less what the basis and own treatment explain:
        `treated` has a column for each of theirs, or one for all."""
        left = np.asarray(columns - self.basis @ (self.basis.T @ columns))
        if not self.own:
            return left
        own = treated - self.basis @ (self.basis.T @ treated)
        size = (own * own).sum(axis=0)
        size[size < 1e-9] = np.inf  # all or none of them treated: nothing to take off
        return np.asarray(left - own * ((own * left).sum(axis=0) / size))


def _basis(columns: list[Floats]) -> Floats:
    design = np.column_stack(columns)
    lengths = np.linalg.norm(design, axis=0)
    if not lengths.all() or np.linalg.matrix_rank(design / lengths) < len(columns):
        raise Unusable(Why.SINGULAR, "Controls cannot be told apart.")
    return np.asarray(np.linalg.qr(design / lengths)[0])


def _apart(seed: Seed) -> Seed:
    """A mean that is itself drawn must not know the assignments it is taken off."""
    if isinstance(seed, np.random.Generator):
        return seed
    return np.random.default_rng((seed, 1))


@dataclass(frozen=True)
class _Redrawn:
    """Coefficients on recentred exposure: of the outcome (`reduced`), and of what it
    moved (`first`), really and in each assignment."""

    own_reduced: float
    own_first: float
    reduced: Floats
    first: Floats
    weights: Floats
    exact: bool

    def over(self, size: float) -> Reference:
        return Reference(self.reduced - size * self.first, self.weights, self.exact)

    def figures(self, confidence: float) -> dict[str, Any]:
        estimate = self.own_reduced / self.own_first
        none = self.over(0.0)

        def p(size: float) -> float:
            return self.over(size).p(self.own_reduced - size * self.own_first)

        low, high = invert(p, estimate, none.spread / abs(self.own_first), confidence)
        return {
            "estimate": estimate,
            "low": low,
            "high": high,
            "p": none.p(self.own_reduced),
            "mean": none.mean,
            "assignments": none.n,
            "exact": none.exact,
            "confidence": confidence,
        }


def _redraw(trial: _Trial, moved: Floats, draws: int, seed: Seed) -> _Redrawn:
    """`moved` (n,) is the exposure whose effect is wanted, as it came out."""
    network, units = trial.network, trial.units
    ties = network.ties[units]
    own = (network.codes == 1).astype(np.float64)[units, None]
    fixed = trial.without(np.column_stack([trial.outcome, moved[units]]), own)

    def on_exposure(treated: Floats) -> Floats:  # (n, m) -> (m, 2)
        exposure = exposed(ties, treated, network.kind)
        # This takes off expected exposure, too, and so recentres.
        left = trial.without(exposure, treated[units])
        size = (left * left).sum(axis=0)
        size[size < 1e-12 * max(1.0, float((exposure**2).sum(axis=0).max()))] = np.nan
        return np.asarray((left.T @ fixed) / size[:, None])

    ((reduced, first),) = on_exposure((network.codes == 1).astype(np.float64)[:, None])
    if not np.isfinite(first) or abs(first) < 1e-12:
        raise TooFew(Why.CONSTANT, "No exposure varies by chance.")
    lots = Lots.of(network.mechanism, draws, seed)
    found = [(on_exposure(network.treated(rows)), part) for rows, part in lots]
    both, weights = (np.concatenate(part) for part in zip(*found, strict=True))
    return _Redrawn(
        float(reduced), float(first), both[:, 0], both[:, 1], weights, lots.exact
    )
