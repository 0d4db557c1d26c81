"""Asking the owners of a topic: who is told, who may see, who answers."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.translation import override

from pesue.foundation.moves import ForbiddenMove, LostRace
from pesue.guidance.actions import asks
from pesue.guidance.models import Ask, Known
from pesue.guidance.queries.asks import (
    answered,
    late_asks,
    latest,
    open_asks,
    who_answers,
)
from pesue.guidance.steps.asks import forget_asks
from pesue.people.models import Member
from pesue.reach.models import Message
from tests.make import NOON
from tests.make.guidance import a_topic, an_ask
from tests.make.people import a_lead, a_member, a_team, an_admin

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]
DAY = timedelta(days=1)


@pytest.fixture
def owner():
    return a_member("Olli Owner", language="fi")


@pytest.fixture
def topic(owner):
    topic = a_topic("Prices", who="owners")
    topic.owners.add(owner)
    return topic


def signed_in(member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def leave(member):
    member.move(Member.State.LEFT, now=NOON)


# --- Asking


def test_every_owner_is_told_once_in_their_own_language(owner, topic):
    other = a_member("Stina", language="sv")
    topic.owners.add(other)
    asker = a_member("Ana Aalto", language="en")
    for _ in range(2):
        asks.ask(asker, topic, "May I tell it?", now=NOON)
    assert Ask.objects.count() == 1
    mails = {m.member: m for m in Message.objects.all()}
    assert set(mails) == {owner, other}
    assert {m.language for m in mails.values()} == {"fi", "sv"}
    assert mails[owner].subject != mails[other].subject
    for mail in mails.values():
        assert f"/guidance/asks/{Ask.objects.get().pk}" in mail.text
        assert "May I tell it?" in mail.text
        assert "asks" not in mail.subject


def test_where_nobody_owns_a_topic_the_leads_are_asked(owner, topic):
    lead, admin = a_lead(), an_admin()
    a_lead(team=a_team())
    asker = a_member()
    assert who_answers(topic, asker=asker) == [owner]
    leave(owner)
    assert set(who_answers(topic, asker=asker)) == {lead, admin}
    assert who_answers(topic, asker=lead) == [admin]


def test_an_owner_trusts_their_own_word(owner, topic):
    with pytest.raises(asks.NotDone):
        asks.ask(owner, topic, "May I?", now=NOON)


def test_so_many_wait_at_a_time_and_no_more(topic):
    asker = a_member()
    made = [
        asks.ask(asker, topic, f"Question {number}", now=NOON)
        for number in range(asks.MOST_OPEN)
    ]
    with override("en"), pytest.raises(asks.NotDone, match="Take one back"):
        asks.ask(asker, topic, "One more", now=NOON)
    asks.take_back(made[0], now=NOON)
    asks.ask(asker, topic, "One more", now=NOON)


# --- Answering


def test_the_asker_is_told_once_in_their_language_and_led_back(owner, topic):
    asker = a_member(language="sv")
    ask = an_ask(topic=topic, asker=asker, back="/compose/7", draft="My text")
    asks.answer(ask, by=owner, verdict="change", words="Leave the sum out.", now=NOON)
    [mail] = Message.objects.all()
    assert (mail.member, mail.language) == (asker, "sv")
    assert mail.text.rstrip().endswith("/compose/7")
    assert "Leave the sum out." in mail.text
    assert "Olli Owner" in mail.text


@pytest.mark.parametrize("verdict", ["change", "not_now", "nonsense", ""])
def test_a_no_or_a_change_says_why(owner, topic, verdict):
    ask = an_ask(topic=topic)
    with pytest.raises(asks.NotDone):
        asks.answer(ask, by=owner, verdict=verdict, words="", now=NOON)
    assert Ask.objects.get().state == "open"
    assert not Message.objects.exists()


def test_one_answers_and_the_other_is_late(owner, topic):
    first, second = an_ask(topic=topic), Ask.objects.get()
    asks.answer(first, by=owner, verdict="go", words="", now=NOON)
    with pytest.raises(LostRace):
        asks.answer(second, by=a_lead(), verdict="not_now", words="No", now=NOON)
    with pytest.raises(ForbiddenMove):
        asks.take_back(first, now=NOON)
    assert Ask.objects.get().verdict == "go"
    assert Message.objects.count() == 1


def test_the_late_one_sees_the_answer_and_loses_no_word(owner, topic):
    colleague = a_member()
    topic.owners.add(colleague)
    ask = an_ask(topic=topic)
    asks.answer(ask, by=owner, verdict="go", words="Tell them.", now=NOON)
    late = signed_in(colleague).post(
        f"/guidance/asks/{ask.pk}", {"verdict": "not_now", "words": "Wait a week."}
    )
    assert late.status_code == 409
    page = late.content.decode()
    assert "just before you" in page
    assert "Tell them." in page
    assert "Wait a week." in page


def test_a_mistake_loses_nothing(owner, topic):
    ask = an_ask(topic=topic)
    said = {"verdict": "go", "shown": "on", "known_as": "", "words": "Tell them."}
    answer = signed_in(owner).post(f"/guidance/asks/{ask.pk}", said)
    assert answer.status_code == 422
    assert "Tell them." in answer.content.decode()
    assert Ask.objects.get().state == "open"


# --- What others see


def test_what_is_useful_to_others_names_nobody(owner, topic):
    asker = a_member("Ana Aalto")
    ask = an_ask(topic=topic, asker=asker, draft="My secret draft")
    said = {"verdict": "go", "words": "Yes.", "shown": "on", "known_as": "May one?"}
    assert signed_in(owner).post(f"/guidance/asks/{ask.pk}", said).status_code == 302
    reader = signed_in(a_member())
    page = reader.get(f"/guidance/topics/{topic.pk}/about").content.decode()
    assert "May one?" in page
    for hidden in ("Ana Aalto", "My secret draft", ask.words):
        assert hidden not in page
    asker.delete()
    assert Known.objects.count() == 1


def test_an_answer_alone_stays_between_two(owner, topic):
    ask = an_ask(topic=topic)
    signed_in(owner).post(f"/guidance/asks/{ask.pk}", {"verdict": "go"})
    assert Ask.objects.get().state == "answered"
    assert not Known.objects.exists()


def test_owners_take_off_what_stands_on_their_page(owner, topic):
    for who, status in [(a_member(), 403), (owner, 302), (a_lead(), 302)]:
        known = Known.objects.create(topic=topic, question="Q", verdict="go", at=NOON)
        answer = signed_in(who).post(f"/guidance/known/{known.pk}/drop")
        assert answer.status_code == status
        assert Known.objects.filter(pk=known.pk).exists() == (status == 403)


# --- Whose they are


def test_who_may_see_and_do_what(owner, topic):
    asker = a_member()
    of_other = a_topic("Other")
    stranger = a_member()
    of_other.owners.add(stranger)
    table = {  # see, answer, take back
        asker: (200, "open", "withdrawn"),
        owner: (200, "answered", "open"),
        a_lead(): (200, "answered", "open"),
        stranger: (404, "open", "open"),
        a_lead(team=a_team()): (404, "open", "open"),
    }
    for who, (seen, after_answer, after_back) in table.items():
        client = signed_in(who)
        for path, after in (("", after_answer), ("/back", after_back)):
            ask = an_ask(topic=topic, asker=asker)
            address = f"/guidance/asks/{ask.pk}"
            assert client.get(address).status_code == seen
            client.post(address + path, {"verdict": "go"})
            ask.refresh_from_db()
            assert ask.state == after, (who, path)
    address = f"/guidance/asks/{an_ask(topic=topic).pk}"
    assert Client().get(address).status_code == 302  # to sign in


def test_what_waits_for_whom(owner, topic):
    lead = a_lead()
    ask = an_ask(topic=topic)
    soon, later = NOON + DAY, NOON + 3 * DAY
    assert list(open_asks(owner)) == [ask]
    assert list(open_asks(lead)) == []
    assert list(late_asks(lead, now=soon)) == []
    assert list(late_asks(lead, now=later)) == [ask]
    assert list(late_asks(owner, now=later)) == []
    leave(owner)
    assert list(open_asks(lead)) == [ask]
    assert list(late_asks(lead, now=soon)) == [ask]
    leave(ask.asker)
    assert list(open_asks(lead)) == []


def test_a_lead_has_no_question_of_their_own_to_answer():
    lead = a_lead()
    an_ask(asker=lead)
    assert list(open_asks(lead)) == []
    assert list(late_asks(lead, now=NOON + 9 * DAY)) == []


def test_the_other_owner_sees_what_was_said(owner, topic):
    other = a_member()
    topic.owners.add(other)
    ask = an_ask(topic=topic)
    asks.answer(ask, by=owner, verdict="go", words="", now=NOON)
    assert list(answered(other)) == [ask]
    assert list(answered(a_member())) == []


def test_the_latest_of_a_page(topic):
    asker = a_member()
    old = an_ask(topic=topic, asker=asker, back="/compose/1")
    new = an_ask(topic=topic, asker=asker, back="/compose/2", asked_at=NOON + DAY)
    an_ask(topic=topic, asker=a_member())
    an_ask(topic=topic, asker=asker, state="withdrawn", asked_at=NOON + 2 * DAY)
    assert latest(asker, [topic]) == new
    assert latest(asker, [topic], back="/compose/1") == old
    assert latest(asker, [topic], back="/compose/3") is None
    assert latest(asker, [a_topic("Other")]) is None


# --- In place


@pytest.mark.parametrize(
    ("back", "to"),
    [
        ("/compose/7?x=1", "/compose/7?x=1"),
        ("//evil.example/", "/guidance/asks"),
        ("/\\evil.example/", "/guidance/asks"),
        ("https://evil.example/", "/guidance/asks"),
        ("compose/7", "/guidance/asks"),
        ("/" + "x" * 300, "/guidance/asks"),
    ],
)
def test_back_where_one_asked_and_nowhere_else(topic, back, to):
    asked = {"words": "May I?", "draft": "My text", "back": back}
    answer = signed_in(a_member()).post(f"/guidance/topics/{topic.pk}/ask", asked)
    assert (answer.status_code, answer["location"]) == (302, to)


def test_asked_and_answered_on_the_topics_page(owner, topic):
    asker = a_member()
    client, page = signed_in(asker), f"/guidance/topics/{topic.pk}/about"
    client.post(f"/guidance/topics/{topic.pk}/ask", {"words": "May I?", "back": page})
    assert "It waits for an answer" in client.get(page).content.decode()
    ask = Ask.objects.get()
    asks.answer(ask, by=owner, verdict="not_now", words="On Friday.", now=NOON)
    text = client.get(page).content.decode()
    assert "On Friday." in text
    assert "Not now, and why" in text


def test_too_many_is_told_kindly_and_nothing_is_lost(topic):
    asker = a_member()
    for number in range(asks.MOST_OPEN):
        an_ask(asker=asker, words=f"{number}")
    asked = {"words": "One more?", "draft": "My words", "back": "/compose/7"}
    answer = signed_in(asker).post(f"/guidance/topics/{topic.pk}/ask", asked)
    assert answer.status_code == 422
    page = answer.content.decode()
    for kept in ("One more?", "My words", "/compose/7", "Take one back"):
        assert kept in page


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("everyone", "You may speak of this freely."),
        ("care", "read the guidelines below first"),
        ("owners", "Ask first"),
        ("spokespersons", "Ask first"),
    ],
)
def test_a_topic_says_what_it_means_for_me(owner, who, said):
    topic = a_topic(who=who)
    topic.owners.add(owner)
    owner.language = "en"
    owner.save()
    address = f"/guidance/topics/{topic.pk}/about"
    assert said in signed_in(a_member()).get(address).content.decode()
    assert "You answer for this" in signed_in(owner).get(address).content.decode()


def test_following_one_topic_leaves_the_others(topic):
    reader, other = a_member(), a_topic("Other")
    reader.topics.add(other)
    client, address = signed_in(reader), f"/guidance/topics/{topic.pk}/follow"
    client.post(address, {"follows": "yes"})
    assert set(reader.topics.all()) == {topic, other}
    client.post(address)
    assert set(reader.topics.all()) == {other}


# --- What is kept


def test_texts_go_after_a_month_and_questions_after_a_year(topic):
    fresh = {"topic": topic, "draft": "My text"}
    waits = an_ask(**fresh)
    said = an_ask(**fresh, state="answered", verdict="go")
    back = an_ask(**fresh)
    asks.take_back(back, now=NOON)
    assert back.draft == ""
    forget_asks(NOON + 30 * DAY)
    said.refresh_from_db()
    assert said.draft
    assert forget_asks(NOON + 31 * DAY) == 1
    said.refresh_from_db()
    waits.refresh_from_db()
    assert (said.draft, waits.draft) == ("", "My text")
    forget_asks(NOON + 365 * DAY)
    assert Ask.objects.count() == 3
    assert forget_asks(NOON + 366 * DAY) == 3
    assert forget_asks(NOON + 366 * DAY) == 0


def test_a_fixed_number_of_queries(owner, topic, django_assert_max_num_queries):
    lead = signed_in(a_lead())
    for _ in range(3):
        an_ask(topic=a_topic(), asker=a_member())
        an_ask(topic=topic, asker=a_member(), asked_at=NOON - 300 * DAY)
    with django_assert_max_num_queries(12):
        lead.get("/guidance/asks")
    owners = signed_in(owner)
    with django_assert_max_num_queries(12):
        owners.get("/guidance/asks")
