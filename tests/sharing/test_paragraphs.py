"""Answers among paragraphs: nothing else of the text is touched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pesue.sharing.paragraphs import woven


@pytest.mark.parametrize(
    ("words", "old", "new", "after", "result"),
    [
        ("", "", "Bread.", "", "Bread."),
        ("Hello.", "", "Bread.", "", "Hello.\n\nBread."),
        ("A.\n\nC.", "", "B.", "A.", "A.\n\nB.\n\nC."),
        ("A.\n\nB.", "A.", "More.", "", "More.\n\nB."),
        ("A.\n\nB.\n\nC.", "B.", "", "", "A.\n\nC."),
        ("A.", "A.", "", "", ""),
        ("A, changed.", "A.", "Anew.", "", "A, changed.\n\nAnew."),
        ("A, changed.", "A.", "", "", "A, changed."),
        ("A.", "", "A.", "", "A."),  # two answers alike stand once
        ("So. A. And on.", "A.", "B.", "", "So. A. And on.\n\nB."),
        ("A.", "", "  B.\n", "gone", "A.\n\nB."),
    ],
)
def test_a_paragraph_comes_changes_and_goes(words, old, new, after, result):
    assert woven(words, old, new, after=after) == result


paragraph = st.text("abc. ", min_size=1, max_size=9).map(str.strip).filter(bool)


@given(st.lists(paragraph, max_size=5), paragraph, paragraph)
def test_put_in_changed_and_taken_out_leaves_the_rest(others, first, second):
    words = "\n\n".join(others)
    once = woven(words, "", first)
    assert set(once.split("\n\n")) >= set(others)
    if first in others or second in others:
        return
    changed = woven(once, first, second)
    assert changed.split("\n\n") == [*others, second]
    assert woven(changed, second, "") == words
