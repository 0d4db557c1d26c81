"""Lengths by each network's own rule."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pesue.sharing.channels import CHANNELS, counting
from pesue.sharing.channels.keys import made_at, new_key
from tests.make import NOON

# What npm twitter-text 3.1.0 answers: parseTweet(text).weightedLength.
X = [
    ("", 0),
    ("hi", 2),
    ("\xe5\xe4\xf6 \xc5\xc4\xd6", 7),
    ("\u65e5\u672c\u8a9e", 6),
    ("Hyv\xe4\xe4 p\xe4iv\xe4\xe4 \U0001f44b", 15),
    ("\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466", 2),
    ("\U0001f44d\U0001f3fd", 2),
    ("\U0001f1eb\U0001f1ee", 2),
    ("1\ufe0f\u20e3", 2),
    ("\u2764\ufe0f", 2),
    ("\u2764", 2),
    ("\xa9", 1),
    ("\u2122", 2),
    ("\u263a", 2),
    ("\u263a\ufe0f", 2),
    ("https://example.com/a/very/long/address?with=query", 23),
    ("http://example.com", 23),
    ("see https://example.com/a.", 28),
    ("(https://example.com/a_(b))", 25),
    ("example.com", 23),
    ("example.com/path?a=1&b=\xe4", 24),
    ("www.example.fi", 23),
    ("example.fi", 23),
    ("hyv\xe4.fi/sivu", 23),
    ("it.is", 23),
    ("e.g. this", 9),
    ("ana@example.com", 15),
    ("#tag @name", 10),
    ("#tag.fi", 7),
    ("@name.com", 9),
    ("a\u2014b \u2013 \u201cquoted\u201d \u2026", 17),
    ("\u2018x\u2019", 3),
    ("e\u0301", 1),
    ("\xe9", 1),
    ("\u041f\u0440\u0438\u0432\u0435\u0442", 6),
    ("\u0393\u03b5\u03b9\u03ac", 4),
    ("\u05e9\u05dc\u05d5\u05dd", 4),
    ("\u0645\u0631\u062d\u0628\u0627", 5),
    ("\u0928\u092e\u0938\u094d\u0924\u0947", 6),
    ("\ud55c\uad6d\uc5b4", 6),
    ("\ufb00", 2),
    ("\xbd \xbe", 3),
    ("\u20ac100", 5),
    ("a\nb\r\nc", 6),
    ("https://pesue.example/r/abc123", 30),
    ("https://pesue.corp.fi/r/abc123 lopuksi", 31),
    ("http://localhost:8000/r/abc", 27),
    ("https://\u4f8b\u3048.jp/\u30d1\u30b9", 27),
    ("\u200d", 1),
    ("\u200b", 1),
    ("#\ufe0f\u20e3", 2),
    ("*\ufe0f\u20e3", 2),
    ("https://x.com/a#b", 23),
    ("https://example.com:8443/x", 23),
    ("ends with example.com.", 34),
    ("node.js and asp.net", 35),
    ("v1.2.3", 6),
    ("3.14", 4),
    ("file.py", 23),
    ("\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", 2),
    ("\U0001f469\u200d\u2764\ufe0f\u200d\U0001f48b\u200d\U0001f469", 2),
    ("\u270c\U0001f3fb", 2),
    ("\u26bd\ufe0f\u26bd", 4),
    ("https://example.com/\xe4\xf6", 23),
    ("https://example.com/a,b;c", 23),
    ("tule osoitteeseen example.com, heti", 47),
    ("ftp://example.com/x", 19),
    ("https://example", 15),
    ("\u2026", 2),
]


@pytest.mark.parametrize(("text", "weight"), X)
def test_x_counts_as_its_own_library(text, weight):
    assert counting.x_weight(text) == weight


@pytest.mark.parametrize(
    "emoji", ["\U0001f91d\U0001f3fb", "\U0001f9d1\u200d\U0001f3a4"]
)
def test_an_emoji_younger_than_that_library_weighs_two(emoji):
    assert counting.x_weight(emoji) == 2


@given(st.text())
def test_x_never_weighs_plain_words_less_than_their_letters_allow(text):
    assert 0 <= counting.x_weight(text) <= 2 * len(text) + 23 * text.count(".")


FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"


@pytest.mark.parametrize(
    ("key", "text", "length"),
    [
        ("bluesky", "a" * 300, 300),
        ("bluesky", FAMILY * 3, 3),
        ("bluesky", "e\u0301a\u0308", 2),
        ("bluesky", "\r\n", 1),
        ("mastodon", "https://example.com/" + "x" * 90, 23),
        ("mastodon", "see https://a.fi, http://b.fi/(x).", 4 + 23 + 2 + 23 + 1),
        ("mastodon", "@ana@social.example hei", 8),
        ("mastodon", "@ana hei", 8),
        ("mastodon", "ana@example.com", 15),
        ("mastodon", "\u00e5\u00e4\u00f6", 3),
        ("linkedin", "\U0001f44b", 2),
        ("telegram", "\U0001f44b\u00e4", 3),
        ("threads", "\u00e4\U0001f44b", 5),
        ("facebook", "\u00e4\u00e4", 2),
    ],
)
def test_each_network_counts_in_its_own_way(key, text, length):
    assert CHANNELS[key].length(text) == length


def test_bluesky_has_a_limit_in_bytes_as_well():
    bluesky = CHANNELS["bluesky"]
    heavy = FAMILY * 150  # 150 graphemes, 3,750 bytes
    assert bluesky.length(heavy) > bluesky.most({})
    assert bluesky.length(FAMILY * 100) == 100


def test_keys_are_tids_that_sort_by_time():
    early, late = new_key(NOON), new_key(NOON + timedelta(milliseconds=1))
    assert len(early) == 13
    assert early < late
    assert made_at(early) == NOON
    assert len({new_key(NOON) for _ in range(50)}) > 25
