"""Who may speak of a topic, as it concerns one person. Imports no Django."""

from typing import Literal

May = Literal["free", "care", "ask"]


def may_speak(who: str, *, is_owner: bool) -> May:
    """`who` is the topic's rule: "everyone", "care", "owners" or "spokespersons"."""
    if who == "everyone" or is_owner:
        return "free"
    return "care" if who == "care" else "ask"
