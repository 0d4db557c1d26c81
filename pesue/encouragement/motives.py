"""How much money, recognition and meaning move one person, from what they said.

Two answers are put together. On the scales people differ in how readily they agree to
anything, so each motive is taken less the person's own mean of the three (ipsatised:
R. Fischer and T. L. Milfont, International Journal of Psychological Research 3 (2010)
88-96). In the choices one cannot agree to everything: a reward counts 1 where it would
please most and -1 where least (J. J. Louviere, T. N. Flynn and A. A. J. Marley,
"Best-Worst Scaling", 2015). Such scores compare the motives of one person; they say
nothing of one person beside another. No Django but words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import fmean

from django.utils.translation import gettext_lazy as _

from pesue.surveys.scales import FACTORS, Scale, declare

MONEY, RECOGNITION, MEANING, EVEN = "money", "recognition", "meaning", "even"
MOTIVES = (MONEY, RECOGNITION, MEANING)
ITEMS = {  # of pesue.surveys.instruments
    MONEY: ("M1", "M2", "M3"),
    RECOGNITION: ("R1", "R2", "R3"),
    MEANING: ("S1", "S2", "S3"),
}
TASKS = ("T1", "T2")  # each with an item for the most and one for the least
REWARDS = {  # what each option is, of both tasks
    **dict.fromkeys(("time", "gift", "course", "bonus"), MONEY),
    **dict.fromkeys(("thanks", "stage"), RECOGNITION),
    **dict.fromkeys(("cause", "help"), MEANING),
}
KEYS = (
    *(key for keys in ITEMS.values() for key in keys),
    *(f"{task}{end}" for task in TASKS for end in ("most", "least")),
)
STRONGEST = declare(  # what is counted of a profile
    Scale(
        "strongest",
        (
            *((motive, FACTORS[motive]) for motive in MOTIVES),
            (EVEN, _("None stands out")),
        ),
        frozenset(),
    )
)
FEWEST_TOLD = 10  # profiles, or answers, in the smallest group that is shown
FEWEST = 2  # items of a motive that must have an answer
FURTHEST = 4.0  # a motive's mean from the person's own: (7, 1, 1) has 7 - 3
APART = 5.0  # points by which the first leads, to be said to stand out


@dataclass(frozen=True)
class Scores:
    """From 0 to 100; 50 is a motive that moves one as much as the others do."""

    money: float
    recognition: float
    meaning: float

    @property
    def strongest(self) -> str:
        """The motive that stands out; EVEN where none does."""
        first, second, _last = sorted(MOTIVES, key=self.of, reverse=True)
        return first if self.of(first) - self.of(second) >= APART else EVEN

    def of(self, motive: str) -> float:
        found: float = getattr(self, motive)
        return found


def scores(said: Mapping[str, str]) -> Scores | None:
    """Of answers by item; None where too few can be read to say anything.

    The scales and the choices weigh the same. Without a choice, the scales alone.
    """
    means = {}
    for motive, keys in ITEMS.items():
        told = [int(said[key]) for key in keys if said.get(key, "").isdecimal()]
        if len(told) < FEWEST:
            return None
        means[motive] = fmean(told)
    own = fmean(means.values())
    scaled = {m: 50 + 50 * (mean - own) / FURTHEST for m, mean in means.items()}
    chosen = _chosen(said)
    if not chosen:
        return Scores(**scaled)
    return Scores(**{m: (scaled[m] + chosen[m]) / 2 for m in MOTIVES})


def _chosen(said: Mapping[str, str]) -> dict[str, float]:
    """By motive, how it fared in the tasks that were answered: 0 to 100."""
    tasks = [
        (REWARDS[most], REWARDS[least])
        for task in TASKS
        if (most := said.get(f"{task}most", "")) in REWARDS
        and (least := said.get(f"{task}least", "")) in REWARDS
    ]
    if not tasks:
        return {}
    return {
        motive: 50
        + 50 * fmean((most == motive) - (least == motive) for most, least in tasks)
        for motive in MOTIVES
    }


def contradicts(said: Mapping[str, str]) -> bool:
    """Whether a reward would please both most and least."""
    pairs = [(said.get(f"{t}most", ""), said.get(f"{t}least", "")) for t in TASKS]
    return any(most == least and most in REWARDS for most, least in pairs)
