"""What people were given, by its kind; each noun of this room says it once.

No Django: a declaration names the model's fields, as a fact does.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REWARD, HONOUR, MEANING = KINDS = ("reward", "honour", "meaning")
SUITS = {"money": REWARD, "recognition": HONOUR, "meaning": MEANING}  # a motive's kind
WORDS: dict[str, str | Promise] = {
    REWARD: _("Rewards"),
    HONOUR: _("Thanks and honours"),
    MEANING: _("Told what it did"),
}


@dataclass(frozen=True)
class Given:
    """A row of `model` is something given to the member in `to`, at the time in `at`.

    `where` narrows the rows by lookups.
    """

    name: str  # "thanks"
    kind: str  # of KINDS
    what: str | Promise  # to the one who got it: "a colleague thanked you"
    model: Any
    to: str
    at: str
    where: tuple[tuple[str, Any], ...] = ()
