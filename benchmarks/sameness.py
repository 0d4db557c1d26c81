"""How fast near copies are found among very many texts, beside comparing them all.

    python -m benchmarks.sameness [SHARES]

Bands in a SQLite table, indexed as Likeness is; texts of 60 words from a vocabulary
of 4,000, one in a hundred a near copy. Prints Markdown for docs/performance.md.
"""

import random
import sqlite3
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable

from pesue.sharing.sameness import ALIKE, keys, likeness, shingles

ASKED = 200


def texts(number: int, chance: random.Random) -> list[str]:
    letters = "aeioukstnlmrpvhjdyäö"
    vocabulary = ["".join(chance.choices(letters, k=7)) for _ in range(4000)]
    made: list[str] = []
    for at in range(number):
        if made and at % 100 == 0:
            words = chance.choice(made).split()
            words[chance.randrange(len(words))] = chance.choice(vocabulary)
        else:
            words = chance.choices(vocabulary, k=60)
        made.append(" ".join(words))
    return made


def stored(made: list[str]) -> sqlite3.Connection:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE likeness (share INTEGER, key INTEGER)")
    rows = ((at, key) for at, text in enumerate(made) for key in keys(shingles(text)))
    database.executemany("INSERT INTO likeness VALUES (?, ?)", rows)
    database.execute("CREATE INDEX by_key ON likeness (key)")
    return database


def by_bands(database: sqlite3.Connection, made: list[str], text: str) -> float:
    mine = shingles(text)
    found = keys(mine)
    marks = ",".join("?" * len(found))
    rows = database.execute(
        f"SELECT share FROM likeness WHERE key IN ({marks}) LIMIT 2000",
        found,
    )
    near = Counter(share for (share,) in rows).most_common(20)
    others = (likeness(mine, shingles(made[share])) for share, _bands in near)
    return max(others, default=0.0)


def by_all(made: list[frozenset[str]], text: str) -> float:
    mine = shingles(text)
    return max(likeness(mine, other) for other in made)


def median_ms(ask: Callable[[str], float], asked: list[str]) -> tuple[float, int]:
    """Median time, and how many were found alike."""
    took, alike = [], 0
    for text in asked:
        began = time.perf_counter()
        alike += ask(text) > ALIKE
        took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took), alike


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    chance = random.Random(7)
    made = texts(number, chance)
    asked = [chance.choice(made) for _ in range(ASKED)]
    asked = [text.rsplit(" ", 1)[0] + " muutos" for text in asked]
    began = time.perf_counter()
    database = stored(made)
    each = (time.perf_counter() - began) / number * 1000
    bands, found = median_ms(lambda text: by_bands(database, made, text), asked)
    some = [shingles(text) for text in made[:5000]]
    every, _found = median_ms(lambda text: by_all(some, text), asked[:10])
    print("| texts | kept, each | asked by bands | found | comparing all |")
    print("|---|---|---|---|---|")
    print(
        f"| {number:,} | {each:.2f} ms | {bands:.2f} ms | {found} of {ASKED} "
        f"| {every / len(some) * number:,.0f} ms (projected from {len(some):,}) |"
    )


if __name__ == "__main__":
    main()
