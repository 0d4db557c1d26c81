import pytest

from pesue.guidance.queries import fitting
from pesue.people.models import Member
from tests.make.guidance import a_concept, a_guideline, a_topic, a_value
from tests.make.people import a_member

pytestmark = pytest.mark.django_db


def test_the_guidelines_of_the_topic_first_then_those_of_all():
    ours, other = a_topic(), a_topic("Prices")
    general = a_guideline("Be kind.")
    particular = a_guideline("Show the dough.")
    particular.topics.add(ours)
    a_guideline("Ask about prices.").topics.add(other)
    assert fitting([ours], None).guidelines == [particular, general]
    assert fitting([], None).guidelines == [general]


def test_values_come_from_the_guidelines_and_the_concept():
    of_guideline, of_concept = a_value("Care"), a_value("Craft")
    a_value("Elsewhere")
    a_guideline().values.add(of_guideline)
    concept = a_concept()
    concept.values.add(of_concept)
    assert set(fitting([], concept).values) == {of_guideline, of_concept}
    assert fitting([], None).values == [of_guideline]


def test_one_asks_only_those_who_are_here():
    topic, here = a_topic(), a_member()
    topic.owners.add(here, a_member(state=Member.State.LEFT))
    [found] = fitting([topic], None).topics
    assert list(found.owners.all()) == [here]


def test_a_fixed_number_of_queries(django_assert_num_queries):
    topics = [a_topic(f"Topic {n}") for n in range(3)]
    concept = a_concept()
    for topic in topics:
        guideline = a_guideline()
        guideline.topics.add(topic)
        guideline.values.add(a_value(f"Value {topic}", "On a Tuesday"))
        topic.owners.add(a_member())
    with django_assert_num_queries(7):
        fitting(topics, concept)
    with django_assert_num_queries(7):
        fitting(topics[:1], concept)
