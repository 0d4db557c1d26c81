"""The composer's page: what it keeps, what it says, and where it leads."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from pesue.content.models import Item, Starter
from pesue.people.models import Member
from pesue.sharing.actions.likeness import remember
from pesue.sharing.models import Link, Share
from tests.make.content import an_item
from tests.make.people import a_member, an_organisation
from tests.make.sharing import a_share, an_account

pytestmark = pytest.mark.django_db
State = Share.State


@pytest.fixture
def member(client: Client) -> Member:
    an_organisation("Saariston Leipä")
    ana = a_member()
    client.force_login(ana)
    return ana


def typed(**fields: str) -> dict[str, str]:
    return {
        "line": "I work at Saariston Leipä.",
        "words": "We baked.",
        "channel": "linkedin",
        "language": "en",
        **fields,
    }


def test_opening_it_begins_nothing_and_the_box_is_empty(client, member):
    page = client.get(reverse("compose", args=[an_item().pk]))
    assert page.context["form"]["words"].value() == ""
    assert page.context["form"]["line"].value() == "I work at Saariston Leipä."
    assert not Share.objects.exists()
    assert page.content.decode().count("data-question") == 3


def test_write_hand_over_and_tell_that_it_is_posted(client, member):
    item = an_item()
    out = typed(do="out-linkedin-intent")
    page = client.post(reverse("compose", args=[item.pk]), out, follow=True)
    share = Share.objects.get()
    assert share.state == State.HANDED
    assert share.way == "intent"
    assert share.text == "I work at Saariston Leipä.\n\nWe baked."
    assert page.redirect_chain[-1][0] == reverse("share", args=[share.pk])
    shown = page.content.decode()
    assert "https://www.linkedin.com/feed/?shareActive=true&amp;text=I%20work" in shown
    assert f"We baked.\n\n{page.context['short']}" in shown
    bad = client.post(reverse("share-posted", args=[share.pk]), {"url": "javascript:1"})
    assert bad.status_code == 422
    assert "begins with https://" in bad.content.decode()
    at = {"url": "https://www.linkedin.com/posts/1"}
    client.post(reverse("share-posted", args=[share.pk]), at)
    share.refresh_from_db()
    assert (share.state, share.url) == (State.SHARED, at["url"])


def test_not_now_is_a_draft_again_with_every_word(client, member):
    share = a_share(member=member, state=State.HANDED, text="Mine.")
    client.post(reverse("share-act", args=[share.pk, "not-now"]))
    share.refresh_from_db()
    assert (share.state, share.text) == (State.DRAFT, "Mine.")


def test_a_look_saves_one_draft_and_counts_by_the_networks_rule(
    client, member, settings
):
    settings.LINK_ADDRESS = "https://saariston.fi/r"
    item = an_item()
    address = reverse("compose-look", args=[item.pk])
    first = client.post(address, typed(channel="x", line="", words="a" * 253))
    assert "278 of 280 on X" in first.content.decode()  # two line ends, link: 23
    both = typed(
        channel="x", line="", words="a" * 260, draft=str(Share.objects.get().pk)
    )
    second = client.post(address, both).content.decode()
    assert "285 of 280" in second
    assert "5 characters too long" in second
    assert Share.objects.get().text == "a" * 260


def test_line_ends_of_browsers_count_once(client, member):
    look = typed(channel="bluesky", line="", words="one\r\ntwo")
    item = an_item(url="")
    page = client.post(reverse("compose-look", args=[item.pk]), look)
    assert "7 of 300" in page.content.decode()


def test_two_windows_lose_nothing(client, member):
    address = reverse("compose", args=[an_item().pk])
    client.post(address, typed(words="from the first", window="one"))
    client.post(address, typed(words="from the second", window="two"))
    share = Share.objects.get()
    assert "from the second" in share.text
    assert "from the first" in share.other_text
    page = client.get(address).content.decode()
    assert "Another window has saved this text, too" in page
    assert "from the first" in page
    client.post(
        address, typed(words="from the second", window="two", edition="2", do="drop")
    )
    assert Share.objects.get().other_text == ""


def test_one_window_may_save_ever_so_often(client, member):
    address = reverse("compose", args=[an_item().pk])
    for words in ("a", "ab", "abc"):
        client.post(address, typed(words=words, window="one", edition="0"))
    assert Share.objects.get().other_text == ""


def test_words_typed_into_an_ended_session_come_back(client, member):
    item = an_item()
    client.logout()
    address = reverse("compose", args=[item.pk])
    gone = client.post(address, typed(words="Not lost.", do="out-linkedin-intent"))
    assert gone.url.startswith(reverse("account_login"))
    assert not Share.objects.exists()
    client.force_login(member)
    page = client.get(address)
    assert page.context["form"]["words"].value() == "Not lost."
    assert Share.objects.get().state == State.DRAFT  # nothing went out by itself


def test_words_of_one_are_not_given_to_another(client, member):
    item = an_item()
    draft = a_share(member=member, item=item)
    client.logout()
    address = reverse("compose", args=[item.pk])
    client.post(address, typed(words="Secret.", draft=str(draft.pk)))
    client.force_login(a_member("Olli Other"))
    assert "Secret." not in client.get(address).content.decode()


def test_a_look_in_an_ended_session_says_so(client, member):
    client.logout()
    address = reverse("compose-look", args=[an_item().pk])
    answer = client.post(address, typed(), headers={"accept-language": "en"})
    assert answer.status_code == 401
    assert "You were signed out" in answer.content.decode()


def test_the_button_that_was_shown_is_the_way_that_is_taken(client, member):
    """Without a script, a place chosen later only changes the page."""
    address = reverse("compose", args=[an_item().pk])
    moved = typed(channel="bluesky", do="out-linkedin-intent")
    page = client.post(address, moved, follow=True)
    assert Share.objects.get().state == State.DRAFT
    assert "Take it to Bluesky" in page.content.decode()


def test_with_an_account_it_is_published_by_api_or_at_a_time(client, member):
    an_account(member=member)
    address = reverse("compose", args=[an_item().pk])
    past = typed(channel="mastodon", do="later", at="2020-01-01T10:00")
    page = client.post(address, past)
    assert page.status_code == 422
    assert "That time is past" in page.content.decode()
    later = (now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    client.post(address, typed(channel="mastodon", do="later", at=later))
    share = Share.objects.get()
    assert share.state == State.SCHEDULED
    assert share.account is not None
    client.post(reverse("share-act", args=[share.pk, "edit"]))
    share.refresh_from_db()
    assert (share.state, share.send_at) == (State.DRAFT, None)
    client.post(address, typed(channel="mastodon", do="out-mastodon-api"))
    share.refresh_from_db()
    assert share.state == State.SCHEDULED
    assert share.send_at <= now()
    page = client.get(reverse("share", args=[share.pk])).content.decode()
    assert "on its way" in page


def test_too_long_for_the_api_is_said_and_nothing_goes(client, member):
    an_account(member=member)
    address = reverse("compose", args=[an_item().pk])
    long = typed(channel="mastodon", words="å" * 500, do="out-mastodon-api")
    page = client.post(address, long)
    assert "It is too long for Mastodon" in page.content.decode()
    assert Share.objects.get().state == State.DRAFT


def test_a_starter_comes_by_its_own_button_and_nearly_it_gets_a_word(client, member):
    item = an_item()
    words = (
        "When I began here nobody thought that rye could be baked with so little water."
    )
    Starter.objects.create(item=item, language="en", text=words)
    address = reverse("compose", args=[item.pk])
    client.post(address, typed(words="", do="starter-0"))
    page = client.get(address)
    assert page.context["form"]["words"].value() == words
    assert "almost the words we offered" in page.content.decode()


def test_a_colleagues_words_are_noticed_and_the_colleague_not_named(client, member):
    kaj = a_member("Kaj-Åke Kollega")  # no token has a hyphen
    words = "Our new oven saves half of the water, and the night shift can hear birds."
    theirs = a_share(member=kaj, text=words, state=State.SHARED, shared_at=now())
    remember(theirs, now=now())
    page = client.post(
        reverse("compose-look", args=[an_item().pk]),
        typed(words=words.replace("birds", "swans")),
    ).content.decode()
    assert "A colleague has used almost the same words" in page
    assert "Kaj-Åke" not in page


def test_an_ad_without_its_mark_asks_why_and_keeps_the_reason(client, member):
    item = an_item(disclosure=Item.Disclosure.AD)
    address = reverse("compose", args=[item.pk])
    page = client.get(address)
    assert page.context["form"]["line"].value() == "Ad | Saariston Leipä"
    without = typed(line="")
    client.post(address, without)
    page = client.get(address).content.decode()
    assert "Why no mark?" in page
    assert "readers should see it" in page
    client.post(address, typed(line="", reason="A job, not a product"))
    assert Share.objects.get().undisclosed_why == "A job, not a product"
    assert "readers should see it" not in client.get(address).content.decode()


def test_the_line_follows_the_language_unless_it_was_edited(client, member):
    address = reverse("compose", args=[an_item().pk])
    client.post(address, typed(language="sv"))
    assert Share.objects.get().disclosure == "Jag jobbar på Saariston Leipä."
    client.post(address, typed(language="fi", line="Leivon täällä."))
    assert Share.objects.get().disclosure == "Leivon täällä."


def test_others_items_and_shares_do_not_exist(client, member):
    hidden = an_item(state=Item.State.INBOX, ready_at=None)
    assert client.get(reverse("compose", args=[hidden.pk])).status_code == 404
    theirs = a_share()
    for name in ("share", "share-posted"):
        ask = client.get if name == "share" else client.post
        assert ask(reverse(name, args=[theirs.pk])).status_code == 404
    gone = client.post(reverse("share-act", args=[theirs.pk, "withdraw"]))
    assert gone.status_code == 404


def test_what_one_began_stays_open_when_the_item_has_left_the_library(client, member):
    item = an_item()
    a_share(member=member, item=item, text="Begun.")
    item.move(Item.State.DROPPED, now=now())
    page = client.get(reverse("compose", args=[item.pk])).content.decode()
    assert "Begun." in page
    assert "no longer in the library" in page


def test_a_changed_place_changes_where_the_link_says_people_came_from(client, member):
    item = an_item()
    address = reverse("compose", args=[item.pk])
    client.post(address, typed(do="out-linkedin-intent"))
    share = Share.objects.get()
    first = Link.objects.get()
    client.post(reverse("share-act", args=[share.pk, "not-now"]))
    client.post(address, typed(channel="x", do="out-x-intent"))
    link = Link.objects.get()
    assert link.slug == first.slug
    assert "linkedin" in first.target
    assert "linkedin" not in link.target
