"""How fast the reader reads a guideline of 40 pages, beside a list of words.

    python -m benchmarks.reader.speed

The text is of training sentences, no two the same until they run out; the first
reading in a process is told apart from a second one. Seconds are of the processor's
time, so that what else runs on the machine is not measured.
"""

import json
import time
from collections.abc import Callable
from itertools import cycle

from benchmarks.reader.measure import LANGUAGES, word_list
from benchmarks.reader.train import HERE
from pesue.guidance.reader import read

WORDS = 20_000


def guideline(language: str) -> list[str]:
    """Sentences with so many words together."""
    lines = (HERE / "training" / f"{language}.jsonl").read_text("utf-8").splitlines()
    found: list[str] = []
    left = WORDS
    for line in cycle(lines):
        if left <= 0:
            return found
        found.append(json.loads(line)["sentence"])
        left -= len(found[-1].split())
    return found


def seconds(what: Callable[[], object]) -> float:
    start = time.process_time()
    what()
    return time.process_time() - start


def main() -> None:
    print("| | sentences | first, s | again, s | sentences/s | list of words, s |")
    print("|---|---|---|---|---|---|")
    for language in LANGUAGES:
        sentences = guideline(language)
        text = "\n".join(sentences)
        first = seconds(lambda text=text: read(text))
        again = seconds(lambda text=text: read(text))
        alone = seconds(
            lambda all_=sentences, of=language: [word_list(one, of) for one in all_]
        )
        print(
            f"| {language} | {len(sentences)} | {first:.2f} | {again:.2f} | "
            f"{len(sentences) / first:.0f} | {alone:.3f} |"
        )


if __name__ == "__main__":
    main()
