"""Old guidelines, and how enabling they and ours are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from pesue.foundation.stems import stem
from pesue.guidance.models import OldGuideline, OldSentence
from pesue.guidance.queries.guidelines import in_force
from pesue.guidance.reader import Score, read

SHOWN = {  # which sentences one goes through, by the word in the address
    "rules": Q(label__in=["do", "dont"]),
    "overbroad": Q(label="overbroad"),
    "values": Q(label="value"),
    "rest": Q(label="neutral"),
}


@dataclass(frozen=True)
class Standing:
    """How far an old guideline has been gone through."""

    undecided: int  # rules, over-broad clauses and values
    taken: int
    made: int  # published already
    asked: int  # wordings that a model is asked for
    owners: list[tuple[str, int]]  # whom to ask, and how often it says so
    counts: dict[str, int]  # by the keys of SHOWN


def standing(old: OldGuideline) -> Standing:
    found = old.sentences.aggregate(
        undecided=Count("pk", ~Q(label="neutral") & Q(decision="")),
        taken=Count("pk", Q(decision="taken", made=None)),
        made=Count("made"),
        asked=Count("pk", Q(wish="asked")),
        **{f"is_{key}": Count("pk", which) for key, which in SHOWN.items()},
    )
    return Standing(
        found["undecided"],
        found["taken"],
        found["made"],
        found["asked"],
        _owners(old),
        {key: found[f"is_{key}"] for key in SHOWN},
    )


def _owners(old: OldGuideline) -> list[tuple[str, int]]:
    counted: dict[str, int] = {}
    first: dict[str, str] = {}
    rows = old.sentences.exclude(owners=[]).values_list("owners", "language")
    for names, language in rows:
        for name in names:  # in whatever case it stands there
            key = " ".join(stem(word, language) for word in name.casefold().split())
            first.setdefault(key, name)
            counted[key] = counted.get(key, 0) + 1
    order = sorted(counted, key=lambda key: (-counted[key], key))
    return [(first[key], counted[key]) for key in order]


def sentences(old: OldGuideline, show: str) -> QuerySet[OldSentence]:
    return (
        old.sentences.filter(SHOWN[show])
        .select_related("topic", "made")
        .prefetch_related("values")
    )


def score_of_old(old: OldGuideline) -> Score:
    return Score(old.permissions, old.readability, old.words, old.score)


def our_score() -> Score | None:
    """How enabling the guidelines in force are, by the same reader; None: none."""
    return score_of(in_force().values_list("text", "instead"))


def score_of(guidelines: Iterable[tuple[str, str]]) -> Score | None:
    """What one may do instead counts as the rule it is."""
    lines: Sequence[str] = [
        line for text, instead in guidelines for line in (instead or text,) if line
    ]
    return read("\n".join(lines)).score if lines else None


def taken(old: OldGuideline) -> list[OldSentence]:
    """What would be published, in the order of the kinds, then of the text."""
    rows = old.sentences.filter(decision="taken", made=None).select_related("topic")
    order = list(OldSentence.Kind.values)
    found = list(rows.prefetch_related("values"))
    return sorted(found, key=lambda row: (order.index(row.kind), row.position))


def score_to_be(old: OldGuideline) -> Score | None:
    """How enabling what was taken would be."""
    rows = old.sentences.filter(decision="taken").exclude(kind="value")
    return score_of(rows.values_list("words", "instead"))
