"""How well the reader labels sentences it has never seen, beside a list of words.

    python -m benchmarks.reader.measure         # the half known while building
    python -m benchmarks.reader.measure --held  # the half looked at once, at the end

Prints, for each language, the confusion matrix (rows: what a person said), macro-F1
over do, dont and neutral, recall and precision of over-broad, and of owners.
"""

import argparse
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from pesue.guidance.reader import read

HERE = Path(__file__).parent / "evaluation"
LABELS = ("do", "dont", "neutral", "value", "overbroad")
LANGUAGES = ("en", "fi", "sv")
FORBIDDING = {
    "en": ("not", "n't", "never", "avoid", "refrain", "prohibited", "forbidden"),
    "fi": ("ei", "älä", "älkää", "vältä", "kielletty", "kiellettyä"),
    "sv": ("inte", "aldrig", "undvik", "förbjudet", "förbjuden"),
}
ALLOWING = {
    "en": ("may", "can", "must", "please", "should", "ask", "feel free", "always"),
    "fi": ("saa", "voit", "pitää", "tulee", "kysy", "kerro", "muista", "aina"),
    "sv": ("får", "kan", "ska", "bör", "fråga", "berätta", "gärna", "alltid"),
}


@dataclass(frozen=True)
class Figures:
    matrix: dict[tuple[str, str], int]  # (said, found): how many
    f1: float  # macro over do, dont, neutral
    recall: float  # of over-broad
    precision: float


def word_list(sentence: str, language: str) -> str:
    """What a blocklist knows: one word decides."""
    low = f" {sentence.lower()} "
    if any(word in low for word in FORBIDDING[language]):
        return "dont"
    return "do" if any(word in low for word in ALLOWING[language]) else "neutral"


def figures(said: list[str], found: list[str]) -> Figures:
    matrix = Counter(zip(said, found, strict=True))

    def share(part: int, whole: int) -> float:
        return part / whole if whole else float("nan")

    def f1(label: str) -> float:
        hit = matrix[label, label]
        return share(2 * hit, said.count(label) + found.count(label))

    far = matrix["overbroad", "overbroad"]
    return Figures(
        dict(matrix),
        sum(f1(label) for label in ("do", "dont", "neutral")) / 3,
        share(far, said.count("overbroad")),
        share(far, found.count("overbroad")),
    )


def show(title: str, of: Figures) -> None:
    print(f"\n{title}: macro-F1 over do, dont, neutral {of.f1:.3f}; ", end="")
    print(f"over-broad recall {of.recall:.2f}, precision {of.precision:.2f}")
    print("| a person said | " + " | ".join(LABELS) + " |")
    print("|---" * (len(LABELS) + 1) + "|")
    for label in LABELS:
        cells = (str(of.matrix.get((label, found), 0)) for found in LABELS)
        print(f"| {label} | " + " | ".join(cells) + " |")


def same(one: str, other: str) -> bool:
    """Whether two names mean the same owner: one holds the other."""
    a, b = one.casefold(), other.casefold()
    return a in b or b in a


def owners(rows: list[dict], found: list[list[str]]) -> tuple[float, float]:
    """Precision and recall of the owners' names."""
    hits = sum(
        any(same(name, other) for other in row["owners"])
        for row, names in zip(rows, found, strict=True)
        for name in names
    )
    met = sum(
        any(same(name, other) for other in names)
        for row, names in zip(rows, found, strict=True)
        for name in row["owners"]
    )
    told = sum(map(len, found))
    there = sum(len(row["owners"]) for row in rows)
    return hits / max(told, 1), met / max(there, 1)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--held", action="store_true")
    asked.add_argument("--wrong", action="store_true", help="list what was missed")
    asked.add_argument("--folder", type=Path, help="other sentences than ours")
    words = asked.parse_args()
    folder = words.folder or HERE / ("held" if words.held else "dev")
    for language in LANGUAGES:
        lines = (folder / f"{language}.jsonl").read_text(encoding="utf-8").splitlines()
        rows = [json.loads(line) for line in lines if line.strip()]
        said = [row["label"] for row in rows]
        read_one = [read(row["sentence"]).sentences for row in rows]
        found = [one[0].label if one else "neutral" for one in read_one]
        show(f"{language}, {len(rows)} sentences, the reader", figures(said, found))
        names = [[o.name for s in one for o in s.owners] for one in read_one]
        precision, recall = owners(rows, names)
        print(f"owners: precision {precision:.2f}, recall {recall:.2f}")
        alone = [word_list(row["sentence"], language) for row in rows]
        print(f"a list of words: macro-F1 {figures(said, alone).f1:.3f}")
        for row, label, own in zip(rows, found, names, strict=True):
            if words.wrong and (row["label"] != label or own != row["owners"]):
                print(
                    f"  {row['label']} -> {label} | {row['owners']} -> {own} | "
                    f"{row['sentence']}"
                )


if __name__ == "__main__":
    main()
