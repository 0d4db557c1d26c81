"""Figures that leave the house: never of fewer than k, noise counted, files sound."""

import json
from dataclasses import replace

import numpy as np
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from pesue.foundation.signed import NotRead, Why
from pesue.surveys.comparing import FEWEST, Z95, compare, spread
from pesue.surveys.exchange import Told, opened, signed
from pesue.surveys.figures import Figure, asked_items, figures, noise_of
from pesue.surveys.scales import SCALES, SILENT

KEY = Ed25519PrivateKey.generate()
FIGURES = (
    Figure("P1", "", "mean", 4.5, 0.12, 80),
    Figure("P2", "", "mean", 5.25, 0.1, 79),
)
TOLD = Told(
    "pulse", "2026-03", "2026-04-01T12:00:00+00:00", "50-249", "FI", {}, FIGURES
)
MOTIVES = asked_items("motives")


def test_a_mean_with_its_error_as_in_a_textbook():
    said = {"1": 1, "3": 2, "4": 4, "7": 3, SILENT: 2}
    [one] = figures("pulse", {"P1": said})
    answers = [1, 3, 3, 4, 4, 4, 4, 7, 7, 7]
    assert (one.value, one.n) == (np.mean(answers), 10)
    exact = np.std(answers, ddof=1) / np.sqrt(10)
    assert exact <= one.se < exact + 0.001


@given(
    st.fixed_dictionaries(
        {
            item.key: st.fixed_dictionaries(
                {key: st.integers(0, 12) for key in SCALES[item.scale].keys}
            )
            for item in (MOTIVES[0], MOTIVES[9], MOTIVES[12])
        }
    )
)
def test_no_figure_is_of_fewer_than_k(tallies):
    """Nor can one be had by taking what is told from what must add up to one."""
    told = figures("motives", tallies)
    for item in MOTIVES:
        mine = [one for one in told if one.item == item.key]
        said = {k: n for k, n in tallies.get(item.key, {}).items() if k != SILENT}
        n = sum(said.values())
        if n < item.k or max(said.values()) == n:
            assert not mine
        for one in mine:
            assert one.n == n >= item.k == 10
            if one.option:
                assert item.k <= said[one.option] <= n - item.k
        options = {one.option for one in mine} - {""}
        if options and len(options) < len(said):
            assert n - sum(said[key] for key in options) >= item.k


def test_all_alike_is_not_told():
    assert figures("pulse", {"P1": {"7": 40}, "P2": {"7": 39, "1": 0}}) == []


@pytest.mark.parametrize("epsilon", [1.0, 2.0])
def test_the_interval_counts_the_noise(epsilon):
    """Of many files of one truth, 95 in 100 intervals hold it, chance and noise both;
    without the noise in the error it would be far fewer."""
    rng = np.random.default_rng(5)
    truth = np.array([0.05, 0.1, 0.1, 0.2, 0.25, 0.2, 0.1])
    mean, noise = float(truth @ np.arange(1, 8)), noise_of("pulse", epsilon)
    held = plain = told = 0
    for _ in range(600):
        counts = rng.multinomial(40, truth)
        tallies = {"P1": {str(at + 1): int(n) for at, n in enumerate(counts)}}
        for one in figures("pulse", tallies, noise, rng):
            told += 1
            held += abs(one.value - mean) <= Z95 * one.se
            plain += abs(one.value - mean) <= Z95 * np.sqrt(2.7 / 40)
    assert told > 550
    assert 0.93 <= held / told <= 0.985
    assert plain / told < held / told - 0.02


def test_noise_on_shares_is_counted_too():
    rng = np.random.default_rng(6)
    truth, noise = np.array([0.4, 0.3, 0.2, 0.1]), noise_of("motives", 2.0)
    names = ["time", "gift", "thanks", "cause"]
    held = told = 0
    for _ in range(400):
        counts = rng.multinomial(600, truth)
        tallies = {"T1most": dict(zip(names, map(int, counts), strict=True))}
        for one in figures("motives", tallies, noise, rng):
            told += 1
            held += abs(one.value - truth[names.index(one.option)]) <= Z95 * one.se
    assert told > 1200
    assert 0.93 <= held / told <= 0.985


def test_noise_that_would_drown_a_small_organisation_is_left_out():
    said = {str(answer): 3 for answer in range(1, 8)}
    tallies = {item.key: said for item in asked_items("annual")}
    rng = np.random.default_rng(7)
    noisy = figures("annual", tallies, noise_of("annual", 0.5), rng)
    assert all(one.se <= 1 and one.n >= 10 for one in noisy)
    assert len(noisy) < len(figures("annual", tallies)) / 2
    few = {"P1": {"1": 3, "7": 6}}
    assert not figures("pulse", few, noise_of("pulse", 2.0), rng), "below ten"


# --- The file


def test_what_is_signed_is_read_again():
    text = signed(TOLD, KEY)
    told, public = opened(text)
    assert told == TOLD
    assert opened(signed(TOLD, KEY))[1] == public
    assert opened(signed(TOLD, Ed25519PrivateKey.generate()))[1] != public


def changed(**fields: object) -> str:
    return json.dumps({**json.loads(signed(TOLD, KEY)), **fields})


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", Why.FOREIGN),
        ("[]", Why.FOREIGN),
        ("{}", Why.FOREIGN),
        ("[" * 100_000, Why.FOREIGN),
        ('{"format": "pesue-benchmark", "version": 1, "version": 1}', Why.FOREIGN),
        ('{"format": "pesue-benchmark", "version": NaN}', Why.FOREIGN),
        (changed(format="another"), Why.FOREIGN),
        (changed(version=2), Why.TOO_NEW),
        (changed(version="1"), Why.FOREIGN),
        (changed(size="5000-"), Why.CHANGED),
        (changed(more="of it"), Why.CHANGED),
        (changed(signature=""), Why.CHANGED),
        (changed(signature=None), Why.CHANGED),
        (changed(public_key="x"), Why.CHANGED),
        (signed(replace(TOLD, size="7"), KEY), Why.WRONG),
        (signed(replace(TOLD, country="Finland"), KEY), Why.WRONG),
        (signed(replace(TOLD, made="2026-04-01T12:00:00"), KEY), Why.WRONG),
        (signed(replace(TOLD, made="soon"), KEY), Why.WRONG),
        (signed(replace(TOLD, questionnaire="mine"), KEY), Why.WRONG),
        (signed(replace(TOLD, figures=()), KEY), Why.WRONG),
        (signed(replace(TOLD, figures=(FIGURES[0], FIGURES[0])), KEY), Why.WRONG),
    ],
    # keys and signatures differ from process to process: they are no names of tests
    ids=[f"file-{number}" for number in range(21)],
)
def test_what_is_refused_and_why(text, why):
    with pytest.raises(NotRead) as refused:
        opened(text)
    assert refused.value.why == why


@pytest.mark.parametrize(
    "fields",
    [
        {"n": 4},
        {"n": 80.5},
        {"n": True},
        {"n": 10**12},
        {"value": 0.5},
        {"value": 7.5},
        {"se": 0},
        {"se": -1},
        {"se": 10},
        {"unit": "share"},
        {"option": "time"},
        {"item": "B1"},
        {"item": "W1"},
        {"item": "value:3"},
    ],
)
def test_a_figure_that_cannot_be_is_refused(fields):
    figure = replace(FIGURES[0], **fields)
    with pytest.raises(NotRead) as refused:
        opened(signed(replace(TOLD, figures=(figure,)), KEY))
    assert refused.value.why == Why.WRONG


def test_any_changed_byte_is_seen():
    text = signed(TOLD, KEY)
    body = text[: text.index("public_key")]
    for at, letter in enumerate(body):
        if letter.isdigit():
            other = f"{body[:at]}{(int(letter) + 1) % 10}{text[at + 1 :]}"
            with pytest.raises(NotRead):
                opened(other)


# --- Beside others


def one(value: float, se: float = 0.2, n: int = 40) -> Figure:
    return Figure("P1", "", "mean", value, se, n)


def test_fewer_than_five_others_tell_nothing():
    ours = {("P1", ""): one(4.0)}
    for others in range(FEWEST):
        [row] = compare(ours, [{("P1", ""): one(5)}] * others)
        assert (row.spread, row.missing) == (None, FEWEST - others)
    [row] = compare(ours, [{("P1", ""): one(5)}] * FEWEST)
    assert row.spread
    assert row.missing == 0


def test_small_organisations_are_drawn_towards_the_middle():
    told = [one(4.0, 0.1), one(4.4, 0.1), one(4.2, 0.1), one(4.1, 0.1), one(6.9, 0.9)]
    found = spread(told)
    assert found.quarter <= found.middle <= found.three_quarters < 4.6
    assert 1 <= found.new_low < found.low < found.middle
    assert found.middle < found.high < found.new_high <= 7


def test_others_that_hardly_differ_and_ends_of_the_scale():
    same = spread([one(7.0, 0.01)] * 6)
    assert same.new_high == 7
    assert same.middle == pytest.approx(7)
