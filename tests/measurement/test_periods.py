from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pesue.measurement.periods import Month, monday


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_each_day_is_in_one_week_and_one_month_of_whole_weeks(day):
    month = Month.of(day)
    assert month.begins <= monday(day) <= day < month.ends
    assert month.begins.weekday() == month.ends.weekday() == 0
    assert len(list(month.weeks())) in (4, 5)
    assert Month.of(month.begins) == Month.of(month.ends - timedelta(days=1)) == month
    assert (month.begins + timedelta(days=7)).month == month.number


def test_examples():
    assert Month.of(date(2026, 3, 2)) == Month(2026, 3)
    assert Month(2026, 3).begins == date(2026, 3, 2)
    assert Month.of(date(2026, 1, 1)) == Month(2026, 1)
    assert Month(2026, 1).begins == date(2025, 12, 29)
    assert str(Month(2026, 12).next()) == "2027-01"
