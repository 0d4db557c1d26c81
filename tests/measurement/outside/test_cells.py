from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pesue.measurement.outside import cells

MARCH_4 = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("2026-03-04", "day"),
        ("2026-3-4", "day"),
        ("2026/03/04", "day"),
        ("20260304", "day"),
        ("2026-03-04T10:00:00Z", "month"),
        ("2026-03-04 00:00:00", "day"),
        ("4.3.2026", "month"),
        ("04.03.2026", "day"),
        ("4. 3. 2026", "day"),
        ("4.3.2026 12:30", "day"),
        ("04/03/2026", "day"),
        ("03/04/2026", "month"),
        ("3/4/2026", "month"),
        ("4-3-2026", "day"),
        (" 4.3.2026 ", "day"),
    ],
)
def test_days_in_many_spellings(text, order):
    assert cells.day(text, order) == MARCH_4


@pytest.mark.parametrize(
    "text",
    ["", "x", "31.2.2026", "2026-13-01", "2026304", "4.3.26", "1.1.1999", "2026-W10"],
)
def test_what_is_no_day(text):
    assert cells.day(text) is None


def test_one_number_over_twelve_settles_the_order_of_a_file():
    assert cells.order_of(["3/4/2026", "13/4/2026"]) == "day"
    assert cells.order_of(["3/4/2026", "4/13/2026"]) == "month"
    assert cells.order_of(["3.4.2026", "2026-04-03", "5/5/2026"]) == "day"


@pytest.mark.parametrize(
    ("days", "reason"),
    [(["3/4/2026", "4/5/2026"], "ambiguous"), (["13/4/2026", "4/13/2026"], "mixed")],
)
def test_an_order_that_nobody_can_tell_is_not_guessed(days, reason):
    with pytest.raises(cells.Unclear) as no:
        cells.order_of(days)
    assert no.value.reason == reason


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("1234", 1234),
        ("1 234", 1234),
        ("1\u00a0234\u00a0567", 1_234_567),
        ("1\u202f234", 1234),
        ("1,234", 1234),
        ("1.234.567", 1_234_567),
        ("1'234", 1234),
        ("12,0", 12),
        ("12.00", 12),
        ("1,234.0", 1234),
        ("1.234,00", 1234),
        (" 7 ", 7),
    ],
)
def test_numbers_in_many_spellings(text, number):
    assert cells.number(text) == number


@pytest.mark.parametrize(
    "text",
    ["", "-", "-3", "1.5", "1,25", "1e5", "12,34", "1.23,4", "١٢", "9" * 16, "5 %"],
)
def test_what_is_no_count(text):
    assert cells.number(text) is None


@given(st.text(max_size=30))
def test_nothing_makes_them_fall(text):
    cells.number(text)
    cells.day(text)
    cells.is_total(text)


@given(st.integers(0, 10**12))
def test_every_count_is_read_back_with_its_separators(number):
    for separator in (",", ".", " "):
        assert cells.number(f"{number:,}".replace(",", separator)) == number
