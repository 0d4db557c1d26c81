"""What each table may hold about people, said beside the table itself."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from django.utils.functional import Promise


@dataclass(frozen=True)
class Held:
    """Why a row about a member is kept, for how long, and what happens then."""

    why: str | Promise  # shown to the member, word for word
    keep: timedelta  # from the day the member leaves
    then: Literal["erase", "unname"]
