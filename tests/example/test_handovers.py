"""A draft goes to an assistant and back. They prepare; only the leader publishes."""

import re
from datetime import timedelta

import pytest
from django.urls import get_resolver
from django.utils.timezone import localdate, now

from pesue.example.actions import handovers, leaders
from pesue.example.models import Assistant, Handover
from pesue.example.steps import end_assistants, forget_handovers
from pesue.people.actions import members
from pesue.people.models import Member
from pesue.reach.models import Message
from pesue.sharing import urls as sharing
from pesue.sharing.actions.voices import place_of
from pesue.sharing.models import Account, Share, Voice
from tests.make import NOON
from tests.make.content import an_item
from tests.make.leaders import a_handover, a_leader, an_assistant
from tests.make.people import a_member, an_organisation
from tests.make.sharing import a_reply, a_share, a_voice, an_account

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]
DAY = timedelta(days=1)
SECRET = "Nobody may read this yet"


@pytest.fixture
def leader():
    an_organisation()
    return a_leader(language="en")


@pytest.fixture
def assistant():
    return a_member("Anton Avustaja", language="en")


def soon():
    return localdate() + 30 * DAY


def words(member) -> str:
    return member.shares.get(state=Share.State.DRAFT).text


def test_handed_over_prepared_read_and_taken(client, leader, assistant):
    client.force_login(leader)
    named = {"email": assistant.email, "until": soon()}
    client.post("/examples/leading/assistant", named)
    share = a_share(member=leader, text="The oven is hot. We bake at night.")
    page = client.get(f"/compose/{share.item_id}").content.decode()
    assert f"/examples/leading/drafts/{share.pk}" in page
    client.post(f"/examples/leading/drafts/{share.pk}", {"note": "Short, please"})
    handed = Handover.objects.get()
    assert Message.objects.filter(member=assistant, kind="preparing").count() == 2

    client.force_login(assistant)
    page = client.get(f"/examples/preparing/{handed.pk}").content.decode()
    assert "We bake at night." in page
    assert "Short, please" in page
    to = f"/examples/preparing/{handed.pk}"
    client.post(to, {"text": "The oven is", "do": "keep"})
    assert "The oven is" in client.get(to).content.decode()
    client.force_login(leader)
    seen = client.get(f"/examples/leading/handed/{handed.pk}").content.decode()
    assert "Take it into my draft" not in seen  # what is not given is not shown
    client.force_login(assistant)
    client.post(to, {"text": "The oven glows. We bake at night.", "do": "give"})
    assert words(leader) == "The oven is hot. We bake at night."

    client.force_login(leader)
    mine = f"/examples/leading/handed/{handed.pk}"
    seen = client.get(mine).content.decode()
    assert re.search(r"<del>.*is hot\..*</del>", seen)
    assert re.search(r"<ins>.*glows\..*</ins>", seen)
    read = re.search(r'name="read" value="([^"]+)"', seen)[1]
    taken = client.post(mine, {"do": "take", "read": read})
    assert taken.headers["Location"] == f"/compose/{share.item_id}"
    assert words(leader) == "The oven glows. We bake at night."
    assert "is hot." in client.get(mine).content.decode()  # nothing is lost
    page = client.get(f"/compose/{share.item_id}").content.decode()
    assert "See what was changed" in page
    client.force_login(assistant)
    assert client.get(to).status_code == 404


def test_the_line_that_readers_need_stays(leader, assistant):
    """What was prepared is disclosed as anything else is."""
    share = a_share(
        member=leader, text="I work here.\n\nMine.", disclosure="I work here."
    )
    handed = handovers.hand(
        share, an_assistant(leader, assistant), note="", voices=False, now=NOON
    )
    assert handed.said == "Mine."
    handovers.prepare(handed, "Ours.", now=NOON + DAY)
    handovers.take(handed, read=handovers.edition(handed), now=NOON + DAY)
    assert words(leader) == "I work here.\n\nOurs."


def test_another_text_than_was_read_is_not_taken(leader, assistant):
    named = an_assistant(leader, assistant)
    share = a_share(member=leader)
    handed = handovers.hand(share, named, note="", voices=False, now=NOON)
    handovers.prepare(handed, "One.", now=NOON + DAY)
    read = handovers.edition(handed)
    handed = handovers.hand(share, named, note="Anew", voices=False, now=NOON + 2 * DAY)
    handovers.prepare(handed, "Two.", now=NOON + 3 * DAY)
    with pytest.raises(leaders.NotDone):
        handovers.take(handed, read=read, now=NOON + 4 * DAY)
    assert words(leader) == "Proud of this."


def test_a_draft_that_has_gone_out_is_left_alone(leader, assistant):
    handed = a_handover(an_assistant(leader, assistant))
    handovers.prepare(handed, "Other words.", now=NOON)
    gone = {"state": "shared", "shared_at": NOON}
    Share.objects.filter(pk=handed.share_id).update(**gone)
    with pytest.raises(leaders.NotDone):
        handovers.take(handed, read=handovers.edition(handed), now=NOON + DAY)
    share = Share.objects.get()
    assert (share.state, share.text) == ("shared", "Proud of this.")
    handed.refresh_from_db()
    assert handed.state == "prepared"
    assert forget_handovers(NOON) == 1


def test_voice_notes_only_of_that_draft_and_only_if_handed(client, leader, assistant):
    named = an_assistant(leader, assistant, until=soon())
    share = a_share(member=leader)
    with_it = a_voice(share=share)
    later = a_voice(share=share, at=NOON + DAY)
    other = a_voice(share=a_share(member=leader))
    for voice in (with_it, later, other):
        place_of(voice).write_bytes(b"OggS-sound")
    handed = handovers.hand(share, named, note="", voices=True, now=NOON)
    client.force_login(assistant)
    to = f"/examples/preparing/{handed.pk}"
    heard = client.get(f"{to}/voices/{with_it.pk}")
    assert b"".join(heard.streaming_content) == b"OggS-sound"
    assert heard["Cache-Control"] == "private, no-store"
    for voice in (later, other):
        assert client.get(f"{to}/voices/{voice.pk}").status_code == 404
    assert client.get(f"/voices/{with_it.pk}").status_code == 404
    Handover.objects.update(voices=False)
    assert client.get(f"{to}/voices/{with_it.pk}").status_code == 404


def everything_of(leader, named) -> dict[str, int]:
    """A leader's rows of every kind, and a draft that was handed over."""
    account = an_account(member=leader)
    share = a_share(member=leader, text=SECRET, item=an_item(), account=account)
    a_reply(share=share, text=SECRET)
    voice = a_voice(share=share)
    a_handover(named, a_share(member=leader, text="Handed over"))
    return {
        "item_id": share.item_id,
        "share_id": share.pk,
        "voice_id": voice.pk,
        "account_id": account.pk,
        "story_id": 1,
        "number": 1,
    }


def addresses(ids) -> list[str]:
    """Every address of sharing, about what is the leader's."""
    found = []
    for pattern in sharing.urlpatterns:
        for form, names in [
            one
            for many in get_resolver().reverse_dict.getlist(pattern.name)
            for one in many[0]
        ]:
            acts = [
                "edit",
                "not-now",
                "again",
                "absent",
                "withdraw",
                "remove",
                "delete",
            ]
            for act in acts if "what" in names else [""]:
                fill = {**ids, "key": "mastodon", "what": act}
                found.append("/" + form % {name: fill[name] for name in names})
    return sorted(set(found))


def standing(leader):
    """All that is the leader's in sharing, word by word."""
    models = (Share, Account, Voice)
    return [
        list(m.objects.filter(member=leader).order_by("pk").values()) for m in models
    ]


SENT = {
    "words": "Taken over",
    "text": "Taken over",
    "channel": "mastodon",
    "language": "en",
    "at": "2099-01-01T12:00",
}
BUTTONS = ("out-mastodon-api", "later", "save", "drop", "next")


@pytest.mark.parametrize(
    "who", ["assistant", "wrong", "ended", "late", "left", "leads no more"]
)
def test_no_page_of_sharing_lets_an_assistant_near(client, leader, assistant, who):
    named = an_assistant(leader, assistant, until=soon())
    ids = everything_of(leader, named)
    person = assistant
    if who == "wrong":
        person = an_assistant(assistant=a_member(language="en"), until=soon()).assistant
    elif who == "ended":
        leaders.end(named, now=NOON)
    elif who == "late":
        Assistant.objects.update(until=localdate() - DAY)
    elif who == "leads no more":
        Member.objects.filter(pk=leader.pk).update(leader=False)
    client.force_login(person)
    if who == "left":
        members.leave(person, now=now())
    before = standing(leader)
    found = addresses(ids)
    assert len(found) >= len(sharing.urlpatterns)
    for address in found:
        for answer in (
            client.get(address),
            *(client.post(address, {**SENT, "do": do}) for do in BUTTONS),
        ):
            assert SECRET not in str(getattr(answer, "content", b"")), address
            named_here = re.search(r"/(shares|voices|accounts)/\d", address)
            if named_here and who != "left":
                assert answer.status_code in (404, 405), address
    assert standing(leader) == before
    handed = Handover.objects.get(leader=leader)
    status = client.get(f"/examples/preparing/{handed.pk}").status_code
    assert status == {"assistant": 200, "left": 302}.get(who, 404)


def test_only_the_leader_hands_decides_and_reads_what_was_changed(client, assistant):
    an_organisation()
    handed = a_handover(an_assistant(assistant=assistant, until=soon()))
    handovers.prepare(handed, "Prepared.", now=NOON)
    for person in (assistant, a_leader("Another", language="en")):
        client.force_login(person)
        mine = f"/examples/leading/handed/{handed.pk}"
        assert client.get(mine).status_code == 404
        taken = {"do": "take", "read": handovers.edition(handed)}
        assert client.post(mine, taken).status_code == 404
        hand = client.post(f"/examples/leading/drafts/{handed.share_id}", {})
        assert hand.status_code in (403, 404)
    handed.refresh_from_db()
    assert handed.state == "prepared"


@pytest.mark.parametrize("who", ["leader", "assistant"])
def test_either_ends_it_at_once(client, leader, assistant, who):
    named = an_assistant(leader, assistant, until=soon())
    begun = a_handover(named, text="Half a sent")
    given = a_handover(named)
    handovers.prepare(given, "Whole.", now=NOON)
    client.force_login(a_member())
    end = f"/examples/leading/assistants/{named.pk}/end"
    assert client.post(end).status_code == 404
    client.force_login(getattr(named, who))
    assert client.post(end).status_code == 302
    client.force_login(assistant)
    for handed in (begun, given):
        assert client.get(f"/examples/preparing/{handed.pk}").status_code == 404
    begun.refresh_from_db()
    given.refresh_from_db()
    assert (begun.state, begun.text) == ("ended", "")
    assert (given.state, given.text) == ("prepared", "Whole.")  # it is the leader's


def test_what_somebody_else_began_is_not_shown_to_the_next(leader, assistant):
    named = an_assistant(leader, assistant)
    share = a_share(member=leader)
    handed = handovers.hand(share, named, note="", voices=False, now=NOON)
    handovers.prepare(handed, "By the first.", now=NOON)
    leaders.end(named, now=NOON)
    second = leaders.name(leader, a_member(), until=localdate(NOON), now=NOON)
    handed = handovers.hand(share, second, note="", voices=False, now=NOON + DAY)
    assert (handed.assistant, handed.text) == (second.assistant, "")


def test_who_can_be_named(leader, assistant):
    today = localdate(NOON)
    gone = a_member(state=Member.State.LEFT)
    for person, until in (
        (leader, today),
        (gone, today),
        (assistant, today - DAY),
        (assistant, today + 367 * DAY),
    ):
        with pytest.raises(leaders.NotDone):
            leaders.name(leader, person, until=until, now=NOON)
    leaders.name(leader, assistant, until=today, now=NOON)
    with pytest.raises(leaders.NotDone):
        leaders.name(leader, a_member(), until=today, now=NOON)


def test_over_when_its_day_is_or_one_of_them_leads_or_works_here_no_more():
    today = localdate(NOON)
    stays = an_assistant(until=today)
    late = an_assistant(until=today - DAY)
    left = an_assistant(assistant=a_member(state=Member.State.LEFT))
    leads_no_more = an_assistant(a_member(leader=False))
    erased = an_assistant()
    Assistant.objects.filter(pk=erased.pk).update(assistant=None)
    assert end_assistants(NOON) == 4
    assert end_assistants(NOON) == 0
    going = Assistant.objects.filter(state="going")
    assert list(going) == [stays]
    over = {late, left, leads_no_more, erased}
    assert over == set(Assistant.objects.exclude(pk=stays.pk))


def test_kept_no_longer_than_the_draft_or_thirty_days():
    old = a_handover(asked_at=NOON - 31 * DAY)
    a_handover()
    thrown = a_handover()
    Share.objects.filter(pk=thrown.share_id).update(state=Share.State.WITHDRAWN)
    assert forget_handovers(NOON) == 2
    left = Handover.objects.values_list("pk", flat=True)
    assert not {old.pk, thrown.pk} & set(left)


def test_nothing_said_is_nothing_to_hand_over(leader, assistant):
    named = an_assistant(leader, assistant)
    empty = a_share(member=leader, text="")
    with pytest.raises(leaders.NotDone):
        handovers.hand(empty, named, note="", voices=False, now=NOON)
    a_voice(share=empty)
    handed = handovers.hand(empty, named, note="", voices=True, now=NOON)
    with pytest.raises(leaders.NotDone):
        handovers.prepare(handed, " ", now=NOON)
    with pytest.raises(leaders.NotDone):
        handovers.hand(empty, named, note="", voices=True, now=NOON)
