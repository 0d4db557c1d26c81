"""The sameness guard: finds near copies, never warns of what is one's own."""

import random
from datetime import timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pesue.sharing.actions.likeness import remember
from pesue.sharing.models import Likeness, Share
from pesue.sharing.queries.likeness import REMEMBERED, like_a_colleague
from pesue.sharing.sameness import (
    ALIKE,
    BANDS,
    keys,
    likeness,
    most_alike,
    normal,
    shingles,
)
from pesue.sharing.steps.likeness import forget_likeness
from tests.make import NOON
from tests.make.people import a_member
from tests.make.sharing import a_share

pytestmark = pytest.mark.thorough

TEXT = (
    "Tänään kello neljä yöllä uuni oli hiljaa ensimmäistä kertaa yhdeksään vuoteen. "
    "Leivomme nyt puolella vedellä, ja ruis on parempaa kuin koskaan."
)
words = st.lists(
    st.text(alphabet="aeiouyäöåkstnlmrpvhjd", min_size=2, max_size=9),
    min_size=1,
    max_size=80,
).map(" ".join)


@given(words)
def test_the_same_text_is_always_found(text):
    assert likeness(shingles(text), shingles(text)) == 1
    assert set(keys(shingles(text))) == set(keys(shingles(text.upper())))


@given(st.text(max_size=400))
def test_any_text_has_all_its_bands_or_says_nothing(text):
    assert len(keys(shingles(text))) == (BANDS if normal(text) else 0)


@given(words, words)
def test_likeness_is_the_same_both_ways_and_never_beyond(one, other):
    found = likeness(shingles(one), shingles(other))
    assert found == likeness(shingles(other), shingles(one))
    assert 0 <= found <= 1


@settings(deadline=None)
@given(st.integers(0, 10**9), st.integers(40, 120))
def test_nine_tenths_alike_share_a_band(seed, length):
    """One word of a long text is another: in 1 - 1e-7 of cases at least one band."""
    chance = random.Random(seed)
    said = ["".join(chance.choices("aeiouklmnprstvy", k=6)) for _ in range(length)]
    changed = list(said)
    changed[chance.randrange(length)] = "muutos"
    one, other = shingles(" ".join(said)), shingles(" ".join(changed))
    assume(likeness(one, other) > 0.9)
    assert set(keys(one)) & set(keys(other))


def test_what_is_not_ones_own_is_left_out_and_finnish_letters_stay():
    assert normal("Leipä! https://a.fi/x?y=1 #ylpeä @ana@m.social ÄLÄ") == "leipä älä"
    assert shingles("sää") != shingles("saa")
    decorated = f"{TEXT} #leipä #ruis https://pesue.example/r/abc1234"
    assert likeness(shingles(TEXT), shingles(decorated.upper())) == 1


def test_a_starter_continued_in_ones_own_words_is_ones_own():
    starter = "Olen leiponut ruisleipää yhdeksän vuotta, ja tänä keväänä jokin muuttui:"
    assert most_alike(shingles(f"{starter} {TEXT}"), [starter]) < ALIKE
    assert most_alike(shingles(starter), ["", "jotain muuta", starter]) == 1


@pytest.mark.django_db
def test_a_colleagues_near_copy_is_found_wherever_it_was_told():
    theirs = a_share(text=f"I work at X.\n\n{TEXT}", disclosure="I work at X.")
    theirs.move(Share.State.HANDED, now=NOON)
    remember(theirs, now=NOON)
    me = a_member()
    near = TEXT.replace("koskaan", "ennen")
    assert like_a_colleague(TEXT, me, now=NOON) == 1
    assert ALIKE < like_a_colleague(near, me, now=NOON) < 1
    assert like_a_colleague(TEXT, theirs.member, now=NOON) == 0  # one's own
    assert like_a_colleague("Aivan muuta asiaa tällä kertaa.", me, now=NOON) == 0


@pytest.mark.django_db
def test_what_was_taken_back_is_not_compared():
    theirs = a_share(text=TEXT, state=Share.State.WITHDRAWN)
    remember(theirs, now=NOON)
    assert like_a_colleague(TEXT, a_member(), now=NOON) == 0


@pytest.mark.django_db
def test_all_is_forgotten_after_two_weeks():
    theirs = a_share(text=TEXT, state=Share.State.SHARED, shared_at=NOON)
    remember(theirs, now=NOON)
    remember(theirs, now=NOON)  # twice changes nothing
    assert Likeness.objects.count() == BANDS
    later = NOON + REMEMBERED
    assert like_a_colleague(TEXT, a_member(), now=later) == 0
    assert forget_likeness(later - timedelta(seconds=1)) == 0
    assert forget_likeness(later) == BANDS
    assert forget_likeness(later) == 0
