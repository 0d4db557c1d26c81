"""What the check finds in a text, by tables of examples; no database."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from pesue.guidance.check import (
    Draft,
    Known,
    Limits,
    Quiet,
    Rule,
    Subject,
    check,
    is_marked,
    line_of,
    touching,
)

EXAMPLES = Path(__file__).parent / "examples"
NOTHING = frozenset[int]()
RESULTS = Quiet(
    name="Before results",
    why="The law on markets.",
    ends=date(2026, 3, 20),
    locks=False,
    topics=frozenset({7}),
    finance=True,
    forward=True,
    words=("Aurora",),
    ask="Olga Owner",
)
SUBJECTS = (
    Subject(1, "Lauttareitit", "", "Olga Owner"),
    Subject(2, "Ferry routes", "", "Olga Owner"),
    Subject(3, "Färjelinjer", "", "Olga Owner"),
    Subject(4, "Vesi ja jätevesi", "Puhdas vesi, jäteveden käsittely", "Olga Owner"),
    Subject(5, "Water", "Clean water and waste water treatment", ""),
)
KNOWN = Known(
    organisation="Saaristolautat",
    own=frozenset({"oma@example.org"}),
    subjects=SUBJECTS[:4],
    quiets=(RESULTS,),
)
LIMITS = Limits("Mastodon")


def of(words: str = "We bake.", language: str = "en", **fields) -> Draft:
    return Draft(words, **{"line": "", "language": language, "kind": "none", **fields})


def keys(draft: Draft, limits: Limits = LIMITS, known: Known = KNOWN) -> list[str]:
    return [finding.key for finding in check(draft, limits, known)]


def examples() -> list[tuple[str, str, str]]:
    found = []
    for language in ("fi", "sv", "en"):
        for line in (EXAMPLES / f"{language}.txt").read_text("utf-8").splitlines():
            if not line.startswith("#"):
                key, _sep, words = line.partition(" | ")
                found.append((language, key, words))
    return found


@pytest.mark.parametrize(("language", "key", "words"), examples())
def test_the_first_thing_found(language: str, key: str, words: str) -> None:
    found = keys(of(words, language))
    if key in {"-", "never"}:
        assert found == []
    else:
        assert found[:1] == [key]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_there_are_examples_enough(language: str) -> None:
    ours = [key for code, key, _words in examples() if code == language]
    assert len(ours) >= 60
    assert ours.count("-") >= 20
    assert ours.count("never") >= 15


texts = st.text(max_size=300) | st.lists(
    st.sampled_from([words for _code, _key, words in examples()]) | st.text(),
    max_size=8,
).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(texts, st.sampled_from(["fi", "sv", "en", "de", ""]), st.text(max_size=40))
def test_no_text_breaks_it(words: str, language: str, line: str) -> None:
    for kind in ("ad", "employee", "none"):
        draft = of(words, language, line=line, kind=kind, pictured=True)
        for country in ("FI", "SE", "EU", "US"):
            found = check(draft, LIMITS, replace(KNOWN, country=country))
            assert all(finding.what and finding.id for finding in found)


# --- The mark


@pytest.mark.parametrize(
    ("country", "line", "words", "key"),
    [
        ("FI", "Mainos | Saaristolautat", "Leivomme.", ""),
        ("FI", "Kaupallinen yhteistyö | Saaristolautat", "Leivomme.", ""),
        ("FI", "", "Mainos | Saaristolautat\n\nLeivomme.", ""),
        ("FI", "", "Leivomme.", "mark"),
        ("FI", "Työnantajani on Saaristolautat.", "Leivomme.", "mark"),
        ("FI", "", "#collab Leivomme.", "mark-vague"),
        ("FI", "", "Yhteistyössä Saaristolautat", "mark-vague"),
        ("FI", "", "Leivomme ruista. #leipä #mainos", "mark-late"),
        ("FI", "", "Leivomme.\n\nMainos | Saaristolautat", "mark-late"),
        ("FI", "Mainos", "Leivomme.", "mark-whose"),
        ("FI", "", "Sadonkorjuu ja uusi leipä.", "mark"),
        ("SE", "Reklam | Saaristolautat", "Vi bakar.", ""),
        ("SE", "Annons | Saaristolautat", "Vi bakar.", ""),
        ("SE", "Kommersiellt samarbete | Saaristolautat", "Vi bakar.", "mark-vague"),
        ("EU", "Ad | Saaristolautat", "We bake.", ""),
        ("US", "#ad", "We bake.", ""),
        ("US", "", "We bake today, and it is an #ad of ours", ""),
        ("US", "", "We bake #rye #islands #ad", "mark-late"),
        ("US", "#ee", "We bake.", "mark-vague"),
        ("US", "#spon", "We bake.", "mark-vague"),
        ("US", "", "We bake. sp", "mark-vague"),
        ("US", "", "Bad bread is no lead.", "mark"),
    ],
)
def test_advertising_is_marked_first_and_plainly(country, line, words, key) -> None:
    draft = of(words, line=line, kind="ad")
    found = check(draft, LIMITS, replace(KNOWN, country=country))
    assert [one.key for one in found] == ([key] if key else [])
    assert all(one.blocks == (key in {"mark", "mark-vague"}) for one in found)
    assert keys(replace(draft, reason="A job, no product.")) == []


@pytest.mark.parametrize(
    ("words", "fold", "key"),
    [
        ("I work at Saaristolautat. We sail.", None, ""),
        ("We at Saaristolautat sail.", None, ""),
        ("Look at the sea! #SaaristolautatEmployee", None, ""),
        ("Look at the sea! #ee", None, "employee"),
        ("Look at the sea!", None, "employee"),
        ("Look at the sea! " * 20 + "I work at Saaristolautat.", 210, "employee-late"),
        ("Look at the sea! " * 20 + "I work at Saaristolautat.", None, ""),
    ],
)
def test_an_employee_says_so_where_it_is_seen(words, fold, key) -> None:
    limits = replace(LIMITS, name="LinkedIn", fold=fold)
    assert keys(of(words, kind="employee"), limits) == ([key] if key else [])


@pytest.mark.parametrize("country", ["FI", "SE", "EU", "US"])
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_our_own_lines_pass(country: str, language: str) -> None:
    for kind in ("ad", "employee"):
        line = line_of(kind, language, "Saaristolautat", country)
        assert kind != "ad" or is_marked(line, country)
        known = replace(KNOWN, country=country, subjects=(), quiets=())
        assert keys(of("X.", language, line=line, kind=kind), LIMITS, known) == []
    assert line_of("none", language, "Saaristolautat", country) == ""


# --- What the item, the picture and the network say


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"gone": True}, "gone"),
        ({"like_ready": True}, "ready"),
        ({"like_colleague": True}, "colleague"),
        ({"pictured": True, "people": "nobody"}, "alt"),
        ({"pictured": True, "people": "agreed", "alt": "A loaf"}, ""),
        ({"pictured": True, "alt": "A loaf"}, "people"),
        ({"pictured": False, "alt": ""}, ""),
        ({"finance": True}, "quiet"),
        ({"topics": frozenset({7})}, "quiet"),
        ({"topics": frozenset({1})}, "topic"),
        ({"locked": date(2026, 4, 1)}, "locked"),
        ({"words": " \n", "gone": True}, ""),
        ({"words": "OUR PAY IS LOW AND THIS IS NOT FAIR", "locked": None}, ""),
        ({"words": "Our pay is low.", "locked": date(2026, 4, 1)}, "locked"),
    ],
)
def test_each_has_its_word(fields, key) -> None:
    assert keys(of(**fields)) == ([key] if key else [])


def test_what_matters_most_comes_first_and_what_is_let_be_goes() -> None:
    draft = of(
        "Click here: finland's best, ask john.smith@example.org",
        **{"gone": True, "pictured": True, "alt": "x", "like_ready": True},
    )
    seen = []
    while found := check(draft, LIMITS, KNOWN):
        seen.append(found[0].key)
        draft = replace(draft, left=draft.left | {found[0].id})
    assert seen == ["gone", "email", "people", "claim", "ready", "here"]
    again = replace(draft, words=draft.words.replace("john", "mary"))
    assert keys(again) == ["email"], "another address is another matter"


def test_what_blocks_cannot_be_let_be() -> None:
    draft = of(locked=date(2026, 4, 1))
    (found,) = check(draft, LIMITS, KNOWN)
    assert found.blocks
    assert keys(replace(draft, left=frozenset({found.id}))) == ["locked"]


def test_what_is_said_is_in_the_language_of_the_pages() -> None:
    draft = of("Soita 040 123 4567.", "fi")
    with override("en"):
        (english,) = check(draft, LIMITS, KNOWN)
    with override("fi"):
        (finnish,) = check(draft, LIMITS, KNOWN)
    assert "phone number" in english.what
    assert "puhelinnumero" in finnish.what
    assert english.id == finnish.id


# --- The guideline behind it


RULES = (
    Rule("Tell of your own work.", topics=NOTHING),
    Rule("A customer's name is theirs.", instead="Tell it without a name."),
    Rule("Ask before you tell of routes.", asks=True, topics=frozenset({1})),
    Rule("Of the shipyard, ask first.", asks=True, topics=frozenset({9})),
)


def test_a_finding_carries_the_guideline_behind_it() -> None:
    known = replace(KNOWN, rules=RULES)
    (customer,) = check(of("Our customer John Smith smiled."), LIMITS, known)
    assert customer.rule == RULES[1]
    (topic,) = check(of(topics=frozenset({1})), LIMITS, known)
    assert (topic.rule, topic.act, topic.topic) == (RULES[2], "ask", 1)
    (ask,) = check(of(topics=frozenset({9})), LIMITS, known)
    assert (ask.key, ask.what, ask.rule) == ("ask", RULES[3].text, RULES[3])
    (shout,) = check(of("NEW BREAD TODAY COME EVERYBODY"), LIMITS, known)
    assert shout.rule is None


# --- Quiet periods


def test_locks_come_first_then_what_ends_last() -> None:
    later = replace(RESULTS, name="Later", ends=date(2026, 4, 1))
    lock = replace(RESULTS, name="Lock", ends=date(2026, 3, 2), locks=True)
    asked = {"topics": {7}, "finance": False, "words": "", "language": "en"}
    assert touching([RESULTS, later, lock], **asked) == lock
    assert touching([RESULTS, later], **asked) == later
    assert touching([RESULTS, later], **{**asked, "topics": {8}}) is None
    assert touching([RESULTS], **{**asked, "topics": set(), "finance": True}) == RESULTS


def test_words_lock_nothing() -> None:
    known = replace(KNOWN, quiets=(replace(RESULTS, locks=True),))
    (said,) = check(of("Our sales will grow."), LIMITS, known)
    assert (said.key, said.blocks, said.quote) == ("quiet", False, "sales")
    (locked,) = check(of(finance=True), LIMITS, known)
    assert (locked.key, locked.blocks, locked.until) == (
        *("quiet-lock", True),
        RESULTS.ends,
    )
    pay = of("Our pay is low, and sales will grow.", finance=True)
    assert keys(pay, LIMITS, known) == ["quiet-lock"], "the item itself is locked"
