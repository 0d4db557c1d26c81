"""Counting and folding, and what the check is told, without a database."""

import pytest
from django.utils.translation import override

from pesue.guidance.check import Draft, is_marked, line_of
from pesue.sharing.channels import CHANNELS, base
from pesue.sharing.composing import joined, look, way_out, words_of

LINK = "https://pesue.fi/r/abc1234"


@pytest.fixture(autouse=True)
def english():
    """The words we look for."""
    with override("en"):
        yield


def of(words: str = "We bake.", **fields) -> Draft:
    return Draft(words, **{"line": "", "language": "en", "kind": "none", **fields})


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
    assert (empty.length, empty.said, empty.found) == (12, "I work at X.", [])
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


def test_the_check_is_told_what_only_the_network_knows():
    x, mastodon = CHANNELS["x"], CHANNELS["mastodon"]
    told = look(x, of("We bake. " * 40), "").found
    assert [one.key for one in told] == ["long"]
    assert "too long for X" in told[0].what
    marked = of(kind="ad", line="Ad | X")
    assert [one.key for one in look(x, marked, "").found] == ["label"]
    assert look(mastodon, marked, "").found == []
    tags = of("We bake #a #b #c #d")
    assert [one.key for one in look(x, tags, "").found] == ["tags"]
    assert look(mastodon, tags, "").found == []


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
