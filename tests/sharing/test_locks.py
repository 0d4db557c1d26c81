"""What holds a post back: an owner's lock, a quiet period, the mark the law wants."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from pesue.content.models import Item, Picture
from pesue.guidance.actions import asks
from pesue.guidance.models import Ask, QuietPeriod, Topic
from pesue.reach.models import Message
from pesue.sharing.actions import drafts, publish
from pesue.sharing.actions.locks import is_unmarked, why_locked
from pesue.sharing.actions.settling import NotDone
from pesue.sharing.models import Share
from pesue.sharing.steps.publish import send_due
from pesue.sharing.steps.telling import PATIENCE, tell_needed
from tests.make import NOON
from tests.make.content import an_item
from tests.make.guidance import a_quiet_period, a_topic
from tests.make.people import a_member, a_team, an_organisation
from tests.make.sharing import a_due_share, a_share, an_account
from tests.sharing.networks import FINE, Network

pytestmark = pytest.mark.django_db
State = Share.State
DAY = timedelta(days=1)
TOMORROW = date(2026, 3, 3)


@pytest.fixture(autouse=True)
def english():
    """The words we look for."""
    with override("en"):
        yield


def a_lock(**fields) -> QuietPeriod:
    """Until the 20th of March."""
    return a_quiet_period(effect=QuietPeriod.Effect.LOCK, **fields)


def locked_item(**fields) -> Item:
    return an_item(locked_until=TOMORROW, locked_why="The paper comes out.", **fields)


def test_an_owners_lock_ends_on_its_day() -> None:
    share = a_share(item=locked_item())
    assert "The paper comes out." in why_locked(share, now=NOON)
    assert "2026" in why_locked(share, now=NOON)
    assert why_locked(share, now=NOON + DAY) == ""


@pytest.mark.parametrize(
    ("period", "item", "locks"),
    [
        ({"finance": True}, {"finance": True}, True),
        ({"finance": True}, {}, False),
        ({"topics": True}, {"topics": True}, True),
        ({"topics": True}, {}, False),
        ({"finance": True, "effect": "flag"}, {"finance": True}, False),
        ({"forward": True, "words": "sales"}, {}, False),  # words lock nothing
        ({"finance": True, "starts": date(2026, 3, 3)}, {"finance": True}, False),
        ({"finance": True, "teams": True}, {"finance": True}, False),
    ],
)
def test_a_quiet_period_locks_what_it_touches(period, item, locks) -> None:
    topic = a_topic()
    share = a_share(
        item=an_item(finance=item.get("finance", False)), text="Our sales will grow."
    )
    if item.get("topics"):
        share.item.topics.add(topic)
    asked = {k: v for k, v in period.items() if k not in {"topics", "teams"}}
    made = a_quiet_period(**{"effect": "lock", **asked})
    if period.get("topics"):
        made.topics.add(topic)
    if period.get("teams"):
        made.teams.add(a_team("Elsewhere"))
    why = why_locked(share, now=NOON)
    assert ("quiet time" in why) == locks


def test_neither_now_nor_by_hand_nor_at_a_locked_time() -> None:
    account = an_account()
    share = a_share(member=account.member, item=locked_item(), account=account)
    for way_out in (drafts.publish_now, drafts.hand_over):
        with pytest.raises(NotDone, match="not to be told before"):
            way_out(share, now=NOON)
    with pytest.raises(NotDone, match="not to be told before"):
        drafts.schedule(share, NOON + DAY / 4, now=NOON)
    share.refresh_from_db()
    assert share.state == State.DRAFT
    drafts.schedule(share, NOON + DAY, now=NOON)
    assert share.state == State.SCHEDULED, "by then it may be told"


def test_a_lock_that_came_meanwhile_gives_the_words_back_and_tells() -> None:
    share = a_due_share(item=an_item(finance=True))
    a_lock(finance=True, why="The law on markets.")
    network = Network(FINE)
    send_due(NOON, network.connect)
    share.refresh_from_db()
    assert share.state == State.REFUSED
    assert share.text == "Proud of this."
    assert "quiet time" in share.why
    assert "The law on markets." in share.why
    assert network.seen == [], "nothing was asked of the network"
    tell_needed(NOON + PATIENCE)
    tell_needed(NOON + 2 * PATIENCE)
    (mail,) = Message.objects.all()
    assert share.why in mail.text
    with pytest.raises(NotDone, match="quiet time"):
        drafts.try_again(share, now=NOON + DAY)
    QuietPeriod.objects.update(ends=date(2026, 3, 2))
    drafts.try_again(share, now=NOON + DAY)
    assert share.state == State.SCHEDULED


def test_what_may_be_out_already_is_looked_for_and_not_sent_again() -> None:
    share = a_due_share(item=an_item(finance=True), unanswered_since=NOON)
    a_lock(finance=True)
    assert publish.claim(share, now=NOON) is None
    assert share.state == State.UNKNOWN
    assert "quiet time" in share.why


def test_advertising_needs_its_mark_or_a_reason() -> None:
    an_organisation("Saariston Leipä")
    item = an_item(disclosure=Item.Disclosure.AD)
    share = a_share(item=item, text="Our bread.")
    with pytest.raises(NotDone, match="put the mark first"):
        drafts.hand_over(share, now=NOON)
    share.undisclosed_why = "A job, no product."
    assert not is_unmarked(share)
    share.undisclosed_why = ""
    share.text = "Ad | Saariston Leipä\n\nOur bread."
    drafts.hand_over(share, now=NOON)
    assert share.state == State.HANDED


# --- On the page


def typed(**fields: str) -> dict[str, str]:
    return {
        "line": "I work at Saariston Leipä.",
        "words": "Click here, or ask john@example.org",
        "channel": "linkedin",
        "language": "en",
        **fields,
    }


@pytest.fixture
def member(client: Client):
    an_organisation("Saariston Leipä")
    ana = a_member()
    client.force_login(ana)
    return ana


def test_one_thing_at_a_time_and_let_be_it_is_not_said_again(client, member) -> None:
    item = an_item()
    look = reverse("compose-look", args=[item.pk])
    page = client.post(look, typed())
    first = page.context["desk"].look.found[0]
    assert first.key == "email"
    assert "1 of 2" in page.content.decode()
    page = client.post(look, typed(do=f"leave-{first.id}"))
    assert [one.key for one in page.context["desk"].look.found] == ["here"]
    client.post(reverse("compose", args=[item.pk]), typed(do="save"))
    page = client.get(reverse("compose", args=[item.pk]))
    assert [one.key for one in page.context["desk"].look.found] == ["here"]


def test_do_instead_is_one_press(client, member) -> None:
    picture = Picture.objects.create(file="x.webp", alt="A loaf", width=9, height=9)
    item = an_item(disclosure="ad", picture=picture)
    compose = reverse("compose", args=[item.pk])
    client.post(compose, typed(line="", pictured="on", do="mark"))
    share = Share.objects.get()
    assert share.text.startswith("Ad | Saariston Leipä\n\nClick here")
    client.post(compose, typed(line=share.disclosure, pictured="on", do="unpicture"))
    share.refresh_from_db()
    assert share.picture is None


def test_asking_takes_the_words_along(client, member) -> None:
    topic = a_topic("Baking at night", who=Topic.Who.OWNERS)
    topic.owners.add(a_member("Olga Owner"))
    item = an_item()
    item.topics.add(topic)
    compose = reverse("compose", args=[item.pk])
    page = client.get(compose)
    asked = client.post(compose, typed(words="We bake.", do=f"ask-{topic.pk}"))
    assert asked.url.startswith(reverse("ask-new", args=[topic.pk]))
    page = client.get(asked.url)
    assert page.context["form"]["draft"].value().endswith("We bake.")
    assert page.context["form"]["back"].value() == compose


def test_what_the_owner_said_stands_beside_the_words(client, member) -> None:
    topic = a_topic("Baking at night", who=Topic.Who.OWNERS)
    owner = a_member("Olga Owner")
    topic.owners.add(owner)
    item = an_item()
    item.topics.add(topic)
    compose = reverse("compose", args=[item.pk])

    def found() -> list[str]:
        return [one.key for one in client.get(compose).context["desk"].look.found]

    client.post(compose, typed(words="We bake.", do="save"))
    assert "topic" in found()
    asked = asks.ask(member, topic, "May I tell of it?", back=compose, now=NOON)
    page = client.get(compose)
    assert "It waits for an answer" in page.content.decode()
    assert "topic" in found()
    asks.answer(asked, by=owner, verdict=Ask.Verdict.GO, words="Gladly!", now=NOON)
    page = client.get(compose).content.decode()
    assert "Gladly!" in page
    assert "topic" not in found()
    elsewhere = reverse("compose", args=[an_item().pk])
    assert "Gladly!" not in client.get(elsewhere).content.decode()


def test_a_lock_is_said_on_the_page_and_cannot_be_let_be(client, member) -> None:
    item = an_item(locked_until=date(2999, 1, 1), locked_why="The paper comes out.")
    compose = reverse("compose", args=[item.pk])
    page = client.post(compose, typed(do="save"), follow=True).content.decode()
    assert "not to be told yet" in page
    assert "The paper comes out." in page
    assert "leave-locked" not in page
    page = client.post(compose, typed(do="out-linkedin-intent")).content.decode()
    assert "not to be told before" in page
    assert "Click here" in page, "the words are still there"
