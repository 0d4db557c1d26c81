"""The rules of taxation are data: each with its source, and careful where unsure."""

import pytest

from pesue.encouragement import tax
from pesue.encouragement.models import Reward

FI = tax.rules("FI", 2026)


def every_rule():
    return [one for place in tax.files() for one in tax.rules(*place).treatments]


@pytest.mark.parametrize("rule", every_rule(), ids=lambda r: f"{r.kind}-{r.tax_class}")
def test_each_says_who_says_so_and_when_it_was_read(rule):
    assert rule.source.startswith("https://")
    assert rule.kind in Reward.Kind.values
    assert set(rule.why) == {"fi", "sv", "en"}
    assert rule.reason("de") == rule.why["en"]


@pytest.mark.parametrize("place", tax.files(), ids=str)
def test_each_country_knows_each_kind(place):
    assert {rule.kind for rule in tax.rules(*place).treatments} == {*Reward.Kind.values}


@pytest.mark.parametrize(
    ("kind", "usual", "also"),
    [
        ("money", "wage", []),
        ("goods", "wage", []),
        ("team", "ask", ["staff_gift"]),
        ("time", "untaxed", []),
        ("charity", "untaxed", []),
        ("learning", "untaxed", []),
    ],
)
def test_what_each_kind_may_count_as_in_finland(kind, usual, also):
    assert FI.usual(kind) == usual
    allowed = {one for one in tax.CLASSES if FI.allows(kind, one)}
    assert allowed == {"wage", "ask", usual, *also}


def test_where_we_know_nothing_payroll_is_asked():
    unknown = tax.rules("US", 2026)
    for rules in (unknown, tax.rules("SE", 2026)):
        assert {rules.usual(kind) for kind in Reward.Kind.values} == {"ask"}
        assert not rules.allows("time", "untaxed")
        assert not rules.passes_limit(10**9, 1)


def test_a_year_without_a_file_has_the_rules_of_the_last_one():
    assert tax.rules("FI", 2031) == FI
    assert tax.rules("FI", 2031).year == 2026
    assert tax.rules("FI", 2025) == tax.UNKNOWN


@pytest.mark.parametrize(
    ("had", "more", "over"),
    [(0, 10000, False), (0, 10001, True), (9999, 1, False), (9999, 2, True)],
)
def test_the_limit_of_a_year_is_a_hundred_euros(had, more, over):
    assert FI.passes_limit(had, more) is over


def test_what_was_taken_back_is_not_had():
    assert tax.total([5000, 3000, -3000]) == 5000
    assert tax.total([-3000]) == 0
