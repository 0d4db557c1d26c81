"""Learns the reader's weights from the training sentences, and writes them.

    python -m benchmarks.reader.train          # writes the weights
    python -m benchmarks.reader.train --cross  # tells how it does, by turns

Multinomial logistic regression with a ridge, by L-BFGS (scipy). The evaluation
sentences are never read here.
"""

import argparse
import json
from collections import Counter
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from benchmarks.reader.measure import figures, show
from benchmarks.reader.measure import owners as tell
from pesue.guidance.reader import owners
from pesue.guidance.reader.model import LABELS, WEIGHTS, features

HERE = Path(__file__).parent
RIDGE = 0.5
COST = {"do": 1.0, "dont": 1.0, "neutral": 1.0, "value": 1.3, "overbroad": 3.0}
FOLDS = 8


def read(folder: Path, language: str) -> list[dict]:
    """The sentences of a language; those that stand in other languages, too, after."""
    parts = ("", "parallel", "plain", "mixed", "more")
    paths = [folder / part / f"{language}.jsonl" for part in parts]
    lines = [line for path in paths for line in path.read_text("utf-8").splitlines()]
    return [json.loads(line) for line in lines if line.strip()]


def matrix(rows: list[dict[str, float]], names: dict[str, int]) -> csr_matrix:
    at, numbers, ends = [], [], [0]
    for row in rows:
        known = [(names[name], amount) for name, amount in row.items() if name in names]
        at += [column for column, _amount in known]
        numbers += [amount for _column, amount in known]
        ends.append(len(at))
    return csr_matrix((numbers, at, ends), shape=(len(rows), len(names)))


def learn(
    rows: list[dict[str, float]],
    labels: list[str],
    names_of: tuple[str, ...] = LABELS,
    costs: dict[str, float] = COST,
) -> dict[str, list[float]]:
    """Weights by feature; "" is what each label has from the start."""
    seen = Counter(name for row in rows for name in row)
    names = {n: i for i, n in enumerate(sorted(n for n in seen if seen[n] > 1))}
    x = matrix(rows, names)
    y = np.array([names_of.index(label) for label in labels])
    cost = np.array([costs[label] for label in labels])
    truth = np.eye(len(names_of))[y]

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        w = flat.reshape(len(names) + 1, len(names_of))
        z = x @ w[1:] + w[0]
        z -= z.max(axis=1, keepdims=True)
        log = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        off = (np.exp(log) - truth) * cost[:, None]
        slope = np.vstack([off.sum(axis=0), x.T @ off + 2 * RIDGE * w[1:]])
        told = -(truth * log).sum(axis=1) @ cost + RIDGE * (w[1:] ** 2).sum()
        return told, slope.ravel()

    start = np.zeros((len(names) + 1) * len(names_of))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 300})
    w = found.x.reshape(len(names) + 1, len(names_of))
    return {"": list(w[0]), **{name: list(w[i + 1]) for name, i in names.items()}}


def told(row: dict[str, float], known: dict[str, list[float]]) -> str:
    total = np.array(known[""])
    for name, amount in row.items():
        if name in known:
            total = total + amount * np.array(known[name])
    return LABELS[int(total.argmax())]


def write(name: str, known: dict[str, list[float]]) -> None:
    """In hundredths; what hardly weighs anything is left out."""
    kept = {
        feature: [round(100 * number) for number in numbers]
        for feature, numbers in known.items()
        if feature == "" or max(numbers) - min(numbers) > 0.03
    }
    WEIGHTS.mkdir(exist_ok=True)
    text = json.dumps(kept, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    text = text.replace('],"', '],\n"')
    (WEIGHTS / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def cross(language: str, wrong: bool) -> None:
    sentences = read(HERE / "training", language)
    rows = [features(s["sentence"], language) for s in sentences]
    labels = [s["label"] for s in sentences]
    names: list[list[str]] = [[] for _ in rows]
    order = np.random.default_rng(0).permutation(len(rows))
    found = list(labels)
    for fold in range(FOLDS):
        out = set(order[fold::FOLDS].tolist())
        inside = [i for i in range(len(rows)) if i not in out]
        known = learn([rows[i] for i in inside], [labels[i] for i in inside])
        whom = learn_owners([sentences[i] for i in inside])
        owners._sum.cache_clear()
        owners._weights = lambda _language, w=whom: {
            k: [round(100 * n) for n in v] for k, v in w.items()
        }
        for i in out:
            found[i] = told(rows[i], known)
            names[i] = [o.name for o in owners.whom(sentences[i]["sentence"], language)]
    show(language, figures(labels, found))
    precision, recall = tell(sentences, names)
    print(f"owners: precision {precision:.2f}, recall {recall:.2f}")
    if wrong:
        for sentence, label in zip(sentences, found, strict=True):
            if sentence["label"] != label:
                print(f"  {sentence['label']} -> {label} | {sentence['sentence']}")


def tagged(sentence: dict) -> list[tuple[list[str], str]]:
    """Each word's features and whether it begins or goes on with an owner's name."""
    text = sentence["sentence"]
    found = list(owners.WORD.finditer(text))
    inside = [""] * len(found)
    for name in sentence["owners"]:
        start = text.find(name)
        for at, word in enumerate(found):
            if start <= word.start() and word.end() <= start + len(name):
                inside[at] = "begin" if word.start() == start else "in"
    words = [word[0] for word in found]
    scene = owners.scene_of(words, sentence["language"])
    rows, before = [], "out"
    for at, tag in enumerate(tag or "out" for tag in inside):
        rows.append((list(owners.features(scene, at, before)), tag))
        before = tag
    return rows


def learn_owners(sentences: list[dict]) -> dict[str, list[float]]:
    rows = [row for sentence in sentences for row in tagged(sentence)]
    return learn(
        [dict.fromkeys(names, 1.0) for names, _tag in rows],
        [tag for _names, tag in rows],
        owners.TAGS,
        {"out": 1.0, "begin": 1.4, "in": 1.4},  # most words name nobody
    )


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--cross", action="store_true")
    asked.add_argument("--wrong", action="store_true")
    asked.add_argument("languages", nargs="*", default=["en", "fi", "sv"])
    words = asked.parse_args()
    for language in words.languages:
        if words.cross:
            cross(language, words.wrong)
            continue
        sentences = read(HERE / "training", language)
        rows = [features(s["sentence"], language) for s in sentences]
        write(language, learn(rows, [s["label"] for s in sentences]))
        write(f"owners-{language}", learn_owners(sentences))


if __name__ == "__main__":
    main()
