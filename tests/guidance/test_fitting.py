import pytest

from pesue.guidance.queries.overview import ENOUGH, fitting
from tests.make.guidance import a_concept, a_guideline, a_topic, a_value

pytestmark = pytest.mark.django_db


def test_those_of_the_topic_first_then_of_the_concept_then_of_all():
    topic, value, concept = a_topic(), a_value(), a_concept()
    concept.values.add(value)
    general = a_guideline("Be kind.")
    grown = a_guideline("Show how long it took.")
    grown.values.add(value)
    grown.topics.add(a_topic("Craft"))
    particular = a_guideline("Show the dough.")
    particular.topics.add(topic)
    a_guideline("Ask about prices.").topics.add(a_topic("Prices"))
    assert fitting([topic], concept) == [particular, grown, general]
    assert fitting([topic], None) == [particular, general]
    assert fitting([], None) == [general]


def test_few_enough_to_be_read_and_the_particular_kept():
    topic = a_topic()
    for number in range(ENOUGH + 2):
        a_guideline(f"General {number}")
    particular = a_guideline("Show the dough.", kind="instead", instead="Bread.")
    particular.topics.add(topic)
    found = fitting([topic], None)
    assert len(found) == ENOUGH
    assert found[0] == particular


def test_a_guideline_of_two_topics_and_values_is_there_once():
    topics, concept = [a_topic("One"), a_topic("Two")], a_concept()
    guideline = a_guideline()
    guideline.topics.set(topics)
    values = [a_value("Care"), a_value("Craft")]
    guideline.values.set(values)
    concept.values.set(values)
    assert fitting(topics, concept) == [guideline]


def test_a_fixed_number_of_queries(django_assert_num_queries):
    topics = [a_topic(f"Topic {number}") for number in range(3)]
    concept = a_concept()
    for topic in topics:
        guideline = a_guideline()
        guideline.topics.add(topic)
        guideline.values.add(a_value(f"Value of {topic}"))
    for some in (topics, topics[:1]):
        with django_assert_num_queries(2):
            for guideline in fitting(some, concept):
                list(guideline.values.all())


def test_asking_first_crowds_out_no_leave():
    for number in range(ENOUGH):
        a_guideline(f"Ask {number}", kind="ask")
    leave = [a_guideline("Tell of your day."), a_guideline("Thank a colleague.")]
    found = fitting([], None)
    assert [one.kind for one in found] == ["do", "ask", "do", "ask"]
    assert found[::2] == leave
