"""Counting, folding and the one kind check, without a database."""

import pytest
from django.utils.translation import override

from pesue.sharing.channels import CHANNELS, base
from pesue.sharing.composing import (
    Draft,
    is_marked,
    joined,
    line_of,
    look,
    shouts,
    way_out,
    words_of,
)

LINK = "https://pesue.fi/r/abc1234"


@pytest.fixture(autouse=True)
def english():
    """The words we look for."""
    with override("en"):
        yield


def of(words: str = "We bake.", **fields) -> Draft:
    return Draft(words, **{"line": "", "kind": "employee", **fields})


@pytest.mark.parametrize(
    ("kind", "language", "line"),
    [
        ("ad", "fi", "Mainos | Leipä"),
        ("ad", "sv", "Reklam | Leipä"),
        ("ad", "en", "Ad | Leipä"),
        ("employee", "fi", "Työnantajani on Leipä."),
        ("employee", "sv", "Jag jobbar på Leipä."),
        ("none", "fi", ""),
    ],
)
def test_the_line_is_in_the_language_of_the_text(kind, language, line):
    assert line_of(kind, language, "Leipä") == line
    assert kind != "ad" or is_marked(line)


@pytest.mark.parametrize("line", ["", "I work here."])
def test_line_and_words_come_apart_as_they_were_joined(line):
    for words in ("one", "one\n\ntwo", "I work here.\n\nI work here."):
        assert words_of(joined(line, words), line) == words
    assert joined(line, "  \n") == ""


@pytest.mark.parametrize(
    ("key", "length"),
    [
        ("x", 8 + 2 + 23),
        ("mastodon", 8 + 2 + 23),
        ("bluesky", 8 + 2 + len(LINK)),
        ("linkedin", 8 + 2 + len(LINK)),
        ("instagram", 8),  # a link could not be followed there
    ],
)
def test_the_link_is_counted_as_its_network_counts_it(key, length):
    assert look(CHANNELS[key], of(), LINK).length == length


def test_the_line_counts_and_stands_first_even_before_a_word_is_written():
    empty = look(CHANNELS["bluesky"], of("", line="I work at X."), "")
    assert (empty.length, empty.said, empty.check) == (12, "I work at X.", "")
    written = look(CHANNELS["bluesky"], of(line="I work at X."), LINK)
    assert written.said == f"I work at X.\n\nWe bake.\n\n{LINK}"


def test_an_accounts_own_limit_is_the_limit():
    assert look(CHANNELS["mastodon"], of("å" * 600), "", {"text": 5000}).over == 0
    assert look(CHANNELS["mastodon"], of("å" * 600), "").over == 100


def test_linkedin_folds_between_words():
    folded = look(CHANNELS["linkedin"], of("word " * 80), LINK)
    assert len(folded.shown) <= 210
    assert folded.shown.endswith("word")
    assert folded.folded.startswith("word")
    assert look(CHANNELS["linkedin"], of("short"), "").folded == ""


def test_one_check_at_a_time_what_stops_the_post_first():
    bad = {"kind": "ad", "pictured": True, "like_ready": True, "ask_first": "Olga"}
    x = CHANNELS["x"]
    told = [
        look(x, of("TELL EVERYONE LOUDLY AGAIN " * 15, **bad), "").check,
        look(x, of("TELL EVERYONE LOUDLY AGAIN", **bad), "").check,
        look(x, of("TELL EVERYONE LOUDLY AGAIN", **bad, line="Ad | X"), "").check,
    ]
    assert "too long" in told[0]
    assert "advertising" in told[1]
    assert "what the picture shows" in told[2]


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"like_ready": True}, "we offered"),
        ({"like_colleague": True}, "A colleague"),
        ({"words": "THIS BREAD SIMPLY ROCKS"}, "shouting"),
        ({"words": "We bake #a #b #c #d #e #f"}, "tags"),
        ({"ask_first": "Olga", "topic": "Water"}, "Ask Olga first: they answer for"),
        ({"kind": "ad", "line": "Ad | X"}, "a label for advertising"),
        ({"kind": "ad", "reason": "a job"}, "a label for advertising"),
        ({"gone": True}, "no longer in the library"),
        ({}, ""),
    ],
)
def test_each_check_has_its_word(fields, word):
    said = look(CHANNELS["x"], of(**{"words": "We bake.", **fields}), "").check
    assert word in said
    assert bool(said) == bool(word)


def test_names_and_short_words_in_capitals_are_no_shouting():
    assert not shouts("HSL, VR and IKEA in one day")
    assert shouts("NYT ON UUSI LEIPÄ, TULKAA KAIKKI MAISTAMAAN")


def test_the_way_out_is_the_best_that_is_open():
    post = base.Post("We bake.", link=LINK)

    def way(key: str, *, connected: bool = False, server: str = "", said=post):
        return way_out(CHANNELS[key], said, connected=connected, server=server)

    assert way("mastodon", connected=True) == base.Way.API
    assert way("mastodon", server="https://m.social") == base.Way.INTENT
    assert way("mastodon") == base.Way.COPY
    assert way("linkedin", connected=True) == base.Way.INTENT
    assert way("instagram") == base.Way.SHEET
    assert way("whatsapp", said=base.Post("å" * 3000)) == base.Way.SHEET
