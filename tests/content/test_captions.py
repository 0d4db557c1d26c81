"""Captions are times and plain words, whatever was typed or pasted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pesue.content.captions import BadCaptions, Cue, cut, read, write

PASTED = """\ufeffWEBVTT - from elsewhere\r
\r
STYLE
::cue { background: url(https://example.org/spy) }

NOTE by hand

intro
00:00:01.000 --> 00:00:02.500 align:start position:0%
<v Aino>Good <i>morning</i> &amp; welcome</v>

01:02,5 --> 1:01:03.25
[the whistle blows]
<script>alert(1)</script>
"""


def test_what_is_pasted_becomes_plain():
    found = read(PASTED)
    assert found == [
        Cue(1000, 2500, "Good morning & welcome"),
        Cue(62_500, 3_663_250, "[the whistle blows]\nalert(1)"),
    ]
    assert write(found).splitlines()[:4] == [
        "WEBVTT",
        "",
        "00:00:01.000 --> 00:00:02.500",
        "Good morning &amp; welcome",
    ]


@pytest.mark.parametrize(
    ("typed", "reason", "line"),
    [
        ("0:01 --> 0:02\nA\n\nhello there", "timing", 4),
        ("0:01 -> 0:02\nA", "timing", 2),
        ("0:03 --> 0:02\nA", "order", 1),
        ("0:05 --> 0:06\nA\n\n0:01 --> 0:02\nB", "order", 4),
        ("0:01 --> 0:02", "empty", 1),
        ("0:01 --> 0:02\n<b></b>", "empty", 1),
        ("0:01 --> 0:02\n" + "a" * 301, "long", 1),
        ("0:01 --> 0:02\nA\n0:03 --> 0:04\nB", "timing", 2),
        ("0:61 --> 0:99\nA", "timing", 1),
    ],
)
def test_what_is_crooked_is_told_by_its_line(typed, reason, line):
    with pytest.raises(BadCaptions) as wrong:
        read(typed)
    assert (wrong.value.reason, wrong.value.line) == (reason, line)


def test_too_many_are_not_read_to_the_end():
    many = "\n\n".join(f"0:00 --> 0:01\n{n}" for n in range(400))
    with pytest.raises(BadCaptions, match="many"):
        read(many)


def test_a_cut_moves_them():
    cues = [Cue(0, 900, "a"), Cue(500, 2000, "b"), Cue(3000, 9000, "c")]
    assert cut(cues, 1000, 4000) == [Cue(0, 1000, "b"), Cue(2000, 3000, "c")]
    assert cut(cues, 0, None) == cues


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zl", "Zp"]),
    min_size=1,
    max_size=40,
)


@given(WORDS, st.integers(0, 86_000_000), st.integers(1, 100_000))
def test_what_was_written_is_read_as_it_was(words, starts, lasts):
    try:
        [cue] = read(f"0:00 --> 0:01\n{words}")
    except BadCaptions:
        return  # nothing but markup or space
    again = write([Cue(starts, starts + lasts, cue.text)])
    assert "<" not in again
    assert again.count("-->") == 1
    assert [c.text for c in read(again)] == [cue.text]
