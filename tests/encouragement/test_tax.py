"""The rules of taxation are data: each with its source, and careful where unsure."""

import os

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
        assert rules.passes_limit(0, 1), "no limit is known, so payroll is asked"


def test_a_year_without_a_file_has_the_rules_of_the_last_one():
    assert tax.rules("FI", 2031) == FI
    assert (tax.rules("FI", 2031).year, tax.rules("FI", 2031).lags) == (2026, True)
    assert not FI.lags
    assert tax.rules("FI", 2025) == tax.UNKNOWN


def test_kinds_are_those_of_the_catalogue():
    assert set(tax.KINDS) == set(Reward.Kind.values)


def test_the_figures_say_whose_they_are_and_of_which_edition():
    told = {one.title.split(":")[0]: one.written for one in FI.sources}
    assert told["Verohallinto"] is not None
    assert len({one.source for one in FI.sources}) == len(FI.sources) == 3
    assert FI.knows
    assert not tax.rules("SE", 2026).knows


# --- A house's own files

OWN = """
staff_gift_limit = 12000
[[treatment]]
kind = "team"
class = "staff_gift"
source = "https://example.org/house"
checked = 2027-01-02
why.fi = "Talon oma"
"""


def test_a_file_of_the_house_comes_before_ours(tmp_path):
    (tmp_path / "fi-2026.toml").write_text(OWN)
    ours = tax.rules("FI", 2026, tmp_path)
    assert (ours.from_house, ours.gift_limit, ours.unread) == (True, 12000, ())
    assert ours.treatments[0].reason("sv") == "Talon oma"
    assert not ours.allows("time", "untaxed")
    (tmp_path / "fi-2026.toml").rename(tmp_path / "fi-2027.toml")
    assert tax.rules("FI", 2026, tmp_path) == FI
    assert tax.rules("FI", 2027, tmp_path).year == 2027


def test_a_file_that_changes_is_read_anew(tmp_path):
    path = tmp_path / "fi-2027.toml"
    path.write_text(OWN)
    assert tax.rules("FI", 2027, tmp_path).gift_limit == 12000
    path.write_text(OWN.replace("12000", "13000"))
    os.utime(path, (1, 1))
    assert tax.rules("FI", 2027, tmp_path).gift_limit == 13000


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("staff_gift_limit = 12000", ""),
        ("12000", '"many"'),
        ('"team"', '"gold"'),
        ('"staff_gift"', '"free"'),
        ("https:", "javascript:"),
        ('why.fi = "Talon oma"', ""),
        ("[[treatment]]", "[[treatment"),
        ("checked = 2027-01-02", ""),
    ],
)
def test_one_that_cannot_be_read_is_left_out_and_named(tmp_path, right, wrong):
    path = tmp_path / "fi-2027.toml"
    path.write_text(OWN.replace(right, wrong))
    found = tax.rules("FI", 2027, tmp_path)
    assert found == FI
    assert (found.unread, found.lags) == (("fi-2027.toml",), True)
    with pytest.raises(tax.Unreadable, match=r"fi-2027\.toml"):
        tax.read(path)


@pytest.mark.parametrize(
    ("had", "more", "over"),
    [(0, 10000, False), (0, 10001, True), (9999, 1, False), (9999, 2, True)],
)
def test_the_limit_of_a_year_is_a_hundred_euros(had, more, over):
    assert FI.passes_limit(had, more) is over


def test_what_was_taken_back_is_not_had():
    assert tax.total([5000, 3000, -3000]) == 5000
    assert tax.total([-3000]) == 0
