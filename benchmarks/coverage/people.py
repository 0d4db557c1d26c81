"""Trials that draw people one by one: S1, S3, S7, S8 and S9."""

from functools import partial

import numpy as np

from benchmarks.coverage.organisation import Nature, Organisation, Trial
from benchmarks.coverage.rows import Columns, Row, mean, share
from benchmarks.coverage.running import Check
from pesue.stats import checks, means, multiplicity, sequences
from pesue.stats.estimates import Estimate
from pesue.stats.joint import joint
from pesue.stats.randomisation import Bernoulli
from pesue.stats.regression import design, ols

Runs = dict[str, float]


def covers(found: Estimate, truth: float) -> bool:
    return found.low <= truth <= found.high


# --- S1: two arms, 480 people, eight weeks


def ab(rng: np.random.Generator) -> Runs:
    people = Organisation.drawn(rng, Nature())
    effect = np.array([0.0, 0.15, 0.3])[people.motive]
    trial = Trial.of(rng, people, effect, people.people(rng))
    found = means.adjusted(trial.outcome, trial.treated, trial.before)
    run: Runs = {"ratio": found.variance_ratio}
    for name, one in (("plain", found.unadjusted), ("cuped", found.estimate)):
        run[f"{name} covers"] = covers(one, trial.truth)
        run[f"{name} error"] = one.estimate - trial.truth
        run[f"{name} se"] = one.se
    return run


def ab_rows(c: Columns) -> list[Row]:
    rows = []
    for name, told in (("plain", "HC2"), ("cuped", "CUPED")):
        usual = c[f"{name} se"].mean()
        covered, bias = c[f"{name} covers"], c[f"{name} error"] / usual
        rows.append(share("S1", f"{told}: interval covers", covered, 0.935, 0.965))
        rows.append(mean("S1", f"{told}: bias, in standard errors", bias, -0.1, 0.1))
    return [*rows, mean("S1", "CUPED: variance ratio", c["ratio"], high=0.5)]


# --- S3: 52 weekly looks at a trial without effect

WEEKS, ARRIVING = 52, 20


def looks(rng: np.random.Generator) -> Runs:
    return {**arriving(rng), **staying(rng)}


def arriving(rng: np.random.Generator) -> Runs:
    """People come in, ten to each arm a week; each is followed for four weeks."""
    n = WEEKS * ARRIVING
    people = Organisation.drawn(rng, Nature(teams=n // 10))
    shares = rng.poisson(people.rate(range(4)))[rng.permutation(people.n)[:n]]
    one, other = shares[::2].astype(float), shares[1::2].astype(float)
    usual = ours = False
    for week in range(2, WEEKS + 1):
        k = week * ARRIVING // 2
        plain = means.difference(one[:k], other[:k])
        usual |= plain.p <= 0.05
        if 2 * k >= sequences.PEOPLE:
            valid = sequences.mean_difference(one[:k], other[:k], planned=n)
            ours |= valid.low > 0 or valid.high < 0
    width = (valid.high - valid.low) / (plain.high - plain.low)
    return {"usual": usual, "ours": ours, "width": width}


def staying(rng: np.random.Generator) -> Runs:
    """The same 480 people all year; what they do adds up."""
    people = Organisation.drawn(rng, Nature())
    shares = rng.poisson(people.rates(range(WEEKS))).cumsum(axis=1).astype(float)
    arm = people.people(rng)
    usual = ours = False
    for so_far in shares.T[1:]:
        plain = means.difference(so_far[arm], so_far[~arm])
        valid = sequences.always_valid(
            plain.estimate, plain.se, n=people.n, planned=people.n
        )
        usual |= plain.p <= 0.05
        ours |= valid.low > 0 or valid.high < 0
    return {"usual, same": usual, "ours, same": ours}


def looks_rows(c: Columns) -> list[Row]:
    told = partial(share, "S3")
    return [
        told("52 looks, usual interval: false win", c["usual"]),
        told("52 looks, sequence: false win", c["ours"], high=0.05),
        mean("S3", "sequence: width over the usual", c["width"], high=1.7, digits=2),
        told("same people, usual interval: false win", c["usual, same"]),
        told("same people, sequence: false win", c["ours, same"], high=0.05),
    ]


# --- S7: twenty figures, none of which changed

FIGURES = 20


def figures(rng: np.random.Generator) -> Runs:
    people = Organisation.drawn(rng, Nature())
    arm, rate = people.people(rng), people.rate(range(8))
    # Each figure is another thing people do, more or less by the same people.
    others = rng.normal(0, 1, (FIGURES, people.n))
    # Of logarithms: of counts of which few people have most, the t-test is so shy far
    # out that Holm would never be put to the test.
    done = np.log1p(rng.poisson(rate * np.exp(others)))
    p = [means.difference(one[arm], one[~arm]).p for one in done]
    return {
        "raw": min(p) <= 0.05,
        "holm": multiplicity.holm(p).min() <= 0.05,
        "bh": multiplicity.benjamini_hochberg(p).min() <= 0.05,
    }


def figures_rows(c: Columns) -> list[Row]:
    told = partial(share, "S7")
    return [
        told("20 null figures, p as it is: any win", c["raw"]),
        told("Holm: any win", c["holm"], high=0.065),
        told("Benjamini-Hochberg: any win", c["bh"], high=0.065),
    ]


# --- S8: does the lever suit the motive?


def motives(rng: np.random.Generator) -> Runs:
    people = Organisation.drawn(rng, Nature(teams=80))
    arm = people.people(rng)
    run: Runs = {}
    for name, effects in (("null", (0.25, 0.25, 0.25)), ("real", (0.0, 0.25, 0.5))):
        trial = Trial.of(rng, people, np.array(effects)[people.motive], arm)
        run[name] = differs(trial, people) <= 0.05
    return run


def differs(trial: Trial, people: Organisation) -> float:
    """The p of the effect being the same for all motives, as far as these are told.

    Of logarithms: an effect of so many per cent is then the same for all.
    """
    y, x = np.log1p(trial.outcome), np.log1p(trial.before)
    told = [people.told == motive for motive in (1, 2)]
    products = [trial.treated * one for one in told]
    fit = ols(y, design(trial.treated, *told, x - x.mean(), *products))
    asked = [fit.k - 2, fit.k - 1]
    return joint(fit, fit.covariance("HC2"), asked, df=fit.n - fit.k).p


def motives_rows(c: Columns) -> list[Row]:
    return [
        share("S8", "same effect for all motives: found", c["null"], high=0.065),
        share("S8", "effects 0, .25, .5 by motive: found", c["real"], 0.65),
    ]


# --- S9: people in the arms are not as many as planned


def ratios(rng: np.random.Generator) -> Runs:
    def alarm(shares: tuple[float, float]) -> bool:
        drawn = Bernoulli(480, shares).draw(rng, 1)[0]
        return checks.sample_ratio(np.bincount(drawn, minlength=2)).alarm

    return {"false": alarm((0.5, 0.5)), "true": alarm((0.42, 0.58))}


def ratios_rows(c: Columns) -> list[Row]:
    told = partial(share, "S9", digits=2)
    return [
        told("480 people drawn half and half: alarm", c["false"], high=0.002),
        told("drawn 58 to 42: alarm", c["true"]),
    ]


CHECKS = (
    Check("S1", ab, ab_rows),
    Check("S3", looks, looks_rows),
    Check("S7", figures, figures_rows),
    Check("S8", motives, motives_rows),
    # One alarm in a thousand: it takes many runs to see one.
    Check("S9", ratios, ratios_rows, times=10),
)
