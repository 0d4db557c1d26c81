"""What every channel must keep, and each intent address with awkward words."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from django.utils.translation import override

from pesue.sharing.channels import CHANNELS, base, page
from pesue.sharing.channels.base import About, Post, Publisher, Way

WORDS = "Hyvää päivää, Åbo! 👩‍🚒 50 % & #työ = 1+1?\nToinen rivi"
LINK = "https://pesue.example/r/abc123"
POST = Post(WORDS, key="3k2yihcrp6f2c", language="fi", link=LINK, title="Otsikko & %")
WHOLE = f"{WORDS}\n\n{LINK}"
SERVER = "https://social.example"
every = pytest.mark.parametrize("channel", CHANNELS.values(), ids=lambda c: c.key)


def test_the_nineteen_are_there():
    wanted = """linkedin x facebook threads instagram tiktok mastodon bluesky whatsapp
    telegram reddit email slack teams discourse youtube wordpress ghost anywhere"""
    assert list(CHANNELS) == wanted.split()


@every
def test_every_fact_has_its_source(channel):
    limits = [channel.text_limit, channel.pictures_limit, channel.alt_limit]
    sources = [limit.source for limit in limits if limit]
    sources += [term.source for term in channel.terms]
    sources += [channel.intent_source] if Way.INTENT in channel.ways else []
    assert sources
    assert all(source.startswith("https://") for source in sources)


@every
def test_every_channel_has_a_way_that_needs_nothing(channel):
    assert Way.COPY in channel.ways
    assert len(set(channel.ways)) == len(channel.ways)
    assert (Way.API in channel.ways) == isinstance(channel, Publisher)


@every
def test_no_channel_rewards(channel):
    assert not channel.allows(About.REWARD)


@every
def test_only_what_we_post_ourselves_may_wait_for_its_time(channel):
    assert channel.allows(About.SCHEDULE) == isinstance(channel, Publisher)


# Where the words and the link stand in each address.
INTENTS = {
    "linkedin": ("https://www.linkedin.com/feed/", {"text": WHOLE}),
    "x": ("https://x.com/intent/tweet", {"text": WHOLE}),
    "facebook": ("https://www.facebook.com/sharer/sharer.php", {"u": LINK}),
    "threads": ("https://www.threads.net/intent/post", {"text": WHOLE}),
    "mastodon": (f"{SERVER}/share", {"text": WHOLE}),
    "bluesky": ("https://bsky.app/intent/compose", {"text": WHOLE}),
    "whatsapp": ("https://wa.me/", {"text": WHOLE}),
    "telegram": ("https://t.me/share/url", {"url": LINK, "text": WORDS}),
    "reddit": (
        "https://www.reddit.com/submit",
        {"selftext": "true", "title": POST.title, "text": WHOLE},
    ),
    "email": (
        "mailto:",
        {"subject": POST.title, "body": WHOLE.replace("\n", "\r\n")},
    ),
    "teams": (
        "https://teams.microsoft.com/share",
        {"href": LINK, "msgText": WORDS},
    ),
    "discourse": (
        f"{SERVER}/new-topic",
        {"title": POST.title, "body": WHOLE},
    ),
    "wordpress": (
        f"{SERVER}/wp-admin/press-this.php",
        {"u": LINK, "t": POST.title},
    ),
}


def test_every_intent_is_looked_at():
    assert set(INTENTS) == {k for k, c in CHANNELS.items() if Way.INTENT in c.ways}


@pytest.mark.parametrize("key", INTENTS)
def test_awkward_words_arrive_whole(key):
    address, fields = INTENTS[key]

    url = CHANNELS[key].intent(POST, SERVER)

    assert url.isascii()
    assert not set(' \n"<>') & set(url)
    parts = urlsplit(url)
    assert url.startswith(f"{address}?")
    assert not parts.fragment
    got = parse_qs(parts.query, strict_parsing=True)
    assert {name: got[name] for name in fields} == {n: [v] for n, v in fields.items()}
    assert "+" not in parts.query  # mail programs and some apps show it as a plus


@every
def test_a_text_too_long_for_an_address_is_copied(channel):
    long = Post("ä" * 60_000, link=LINK)
    url = channel.intent(long, SERVER)
    assert url is None or len(url) <= channel.intent_most


@every
def test_channels_with_a_server_ask_for_it(channel):
    if Way.INTENT in channel.ways and channel.needs_server:
        assert channel.intent(POST) is None


def test_linkedin_has_a_documented_door_too():
    url = CHANNELS["linkedin"].link_only(POST)
    assert parse_qs(urlsplit(url).query) == {"url": [LINK]}


def test_the_link_comes_once():
    channel = CHANNELS["mastodon"]
    inside = Post(f"Katso {LINK} heti", link=LINK)
    assert channel.says(inside) == inside.text
    assert channel.says(POST) == WHOLE
    assert channel.says(Post("", link=LINK)) == LINK


def test_a_server_may_allow_more():
    mastodon = CHANNELS["mastodon"]
    assert (mastodon.most({}), mastodon.most({"text": 5000})) == (500, 5000)


def test_documentation_is_in_step():
    kept = Path(__file__).parents[2] / "docs" / "channels.md"
    with override("en"):
        assert kept.read_text(encoding="utf-8") == page.page()


def test_a_channel_from_elsewhere_is_one_entry_point(monkeypatch):
    import importlib
    from importlib import metadata

    from pesue.sharing import channels

    class Village(base.Channel):
        key, name, ways = "village", "Village", (Way.COPY,)

    class Entry:
        def load(self):
            return Village

    before = dict(channels.CHANNELS)
    monkeypatch.setattr(metadata, "entry_points", lambda group: [Entry()])
    try:
        importlib.reload(channels)
        assert list(channels.CHANNELS)[-1] == "village"
    finally:
        monkeypatch.undo()
        importlib.reload(channels)
        channels.CHANNELS.clear()
        channels.CHANNELS.update(before)


def test_an_address_that_cannot_be_asked_is_a_refusal():
    from pesue.sharing.channels.wire import ask

    with httpx.Client() as http, pytest.raises(base.Refused):
        ask(http, "GET", "ftp://example.com/")
