"""What may be tried in this house. Each room declares its own in its `levers.py`.

No Django but words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pesue.trials.assignment import Kind

Words = str | Promise
# What a trial may measure, by name; who reads it knows where the numbers are.
OUTCOMES: dict[str, Words] = {
    "shares.people": _("people who told something"),
    "shares.posts": _("posts a person"),
    "posts.first": _("people who told for the first time within two weeks"),
    "pages.visits": _("visits to an item's page"),
}
GUARDS: dict[str, Words] = {  # what must not get worse; more of it is worse
    "members.resting": _("people who want to be left alone for a while"),
}
OF_ITEMS = ("pages.visits",)
Payload = Mapping[str, Any]


@dataclass(frozen=True)
class Wording:
    """A text of an arm, asked for in each language of the house."""

    key: str  # in the payload: {"subject": {"fi": "...", "sv": "...", "en": "..."}}
    label: Words
    help: Words = ""
    longest: int = 120
    holds: tuple[str, ...] = ()  # what has to stand in it: "{people}"

    def lack(self, text: str) -> str:
        """What is missing or wrong in a text; empty if it will do."""
        if len(text) > self.longest:
            return str(_("At most %(most)d characters.") % {"most": self.longest})
        missing = [part for part in self.holds if text.count(part) != 1]
        if missing:
            return str(_("Write %(part)s into it, once.") % {"part": missing[0]})
        rest = text
        for part in self.holds:
            rest = rest.replace(part, "")
        if "{" in rest or "}" in rest:
            return str(_("Nothing else may stand in curly brackets."))
        return ""


@dataclass(frozen=True)
class LeverArm:
    """One of the things that a lever can be set to."""

    key: str  # "near"
    name: Words
    is_control: bool = False


@dataclass(frozen=True)
class Lever:
    """One thing that can be tried, as the room that does it declares it."""

    key: str  # "mail.impact"
    title: Words
    meets: Words  # what people meet while it is tried, in plain words
    default: Words  # what all meet when nothing is tried
    kinds: tuple[Kind, ...]  # the first is offered first
    units: tuple[str, ...]  # "team", "member", "item"; the first is the default
    wordings: tuple[Wording, ...] = ()  # of each arm but the control
    arms: tuple[LeverArm, ...] = ()  # where they are not made by wordings
    outcome: str = ""  # a statistic's name that fits
    guards: tuple[str, ...] = ()  # statistics that must not get worse
    planned_at: str = ""  # the page that plans its trials, by its name in urls
    # Of a hold-out:
    lot: Words = ""  # what is drawn, where it is not which items are offered later
    sides: tuple[Words, Words] = (_("Offered later"), _("Offered at once"))
    days: int = 0  # that an item waits; 0: who plans it says
    held: int = 15  # per cent of the items, unless who plans it says otherwise


LEVERS: dict[str, Lever] = {}


def declare(lever: Lever) -> Lever:
    if LEVERS.setdefault(lever.key, lever) != lever:
        raise ValueError(f"two levers are called {lever.key}")
    return lever
