from datetime import date, timedelta

import pytest

from pesue.guidance.check.quiet import touching
from pesue.guidance.queries.quiet import quiet_for, quiet_on
from tests.make.guidance import a_quiet_period, a_topic
from tests.make.people import a_member, a_team

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 3, 1), date(2026, 3, 20)
DAY = timedelta(days=1)


def test_quiet_from_its_first_day_to_its_last():
    a_quiet_period()
    member = a_member()
    days = [FIRST - DAY, FIRST, LAST, LAST + DAY]
    assert [len(quiet_for(member, today=day)) for day in days] == [0, 1, 1, 0]
    assert [quiet_on(day).count() for day in days] == [0, 1, 1, 0]


def test_it_concerns_a_team_and_all_below_it():
    ships = a_team("Ships")
    galley = a_team("Galley", parent=ships)
    a_quiet_period().teams.set([ships, a_team("Elsewhere")])
    people = [
        a_member(team=ships),
        a_member(team=galley),
        a_member(team=a_team("Harbour")),
        a_member(),
    ]
    found = [len(quiet_for(member, today=FIRST)) for member in people]
    assert found == [1, 1, 0, 0]


def test_that_of_a_team_below_does_not_concern_those_above():
    ships = a_team("Ships")
    a_quiet_period().teams.add(a_team("Galley", parent=ships))
    assert quiet_for(a_member(team=ships), today=FIRST) == []


def test_the_strictest_and_longest_first():
    for name, effect, days in [
        ("flag", "flag", 9),
        ("short lock", "lock", 0),
        ("long lock", "lock", 5),
    ]:
        a_quiet_period(name=name, effect=effect, ends=LAST + days * DAY)
    names = [quiet.name for quiet in quiet_for(a_member(), today=FIRST)]
    assert names == ["long lock", "short lock", "flag"]


def test_what_the_check_is_told():
    contact, topic = a_member("Kaj Kontakt"), a_topic()
    period = a_quiet_period(
        effect="lock", why="By law.", words=" merger \n\nname X\n", contact=contact
    )
    period.topics.add(topic)
    [quiet] = quiet_for(a_member(), today=FIRST)
    assert (quiet.locks, quiet.topics) == (True, frozenset({topic.pk}))
    assert (quiet.words, quiet.ask) == (("merger", "name X"), "Kaj Kontakt")
    contact.state = "left"
    contact.save()
    assert quiet_for(a_member(), today=FIRST)[0].ask == ""


def test_a_fixed_number_of_queries(django_assert_num_queries):
    member = a_member(team=a_team())
    for rows in (1, 3):
        for number in range(rows):
            period = a_quiet_period(contact=a_member())
            period.topics.add(a_topic(f"{number}"), a_topic(f"Other {number}"))
            period.teams.add(member.team)
        with django_assert_num_queries(3):
            quiet_for(member, today=FIRST)


def test_what_it_touches():
    prices, bread = a_topic("Prices"), a_topic("Bread")
    a_quiet_period(finance=True, ends=LAST - DAY)
    a_quiet_period(name="Election", ends=LAST).topics.add(prices)
    quiets = quiet_for(a_member(), today=FIRST)

    def about(*topics, finance=False):
        ids = {topic.pk for topic in topics}
        found = touching(quiets, topics=ids, finance=finance, words="", language="en")
        return found and found.name

    assert about(bread) is None
    assert about(bread, prices) == "Election"
    assert about(finance=True) == "Before the half-year results"
    assert about() is None
