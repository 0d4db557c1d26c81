"""The stem of a word does not depend on what other threads ask at the moment."""

import sys
from concurrent.futures import ThreadPoolExecutor

from pesue.foundation.stems import stem

WORDS = ["kauppojen", "asiakkaitamme", "verkkosivuilla", "hakemuksesta", "leivän"]


def test_many_threads_find_the_same_stems_as_one() -> None:
    many = [f"{word}{n % 7 * 'ko'}" for n, word in enumerate(WORDS * 300)]
    alone = [stem.__wrapped__(word, "fi") for word in many]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(6) as threads:
            found = list(threads.map(lambda w: stem.__wrapped__(w, "fi"), many))
    finally:
        sys.setswitchinterval(before)
    assert found == alone
