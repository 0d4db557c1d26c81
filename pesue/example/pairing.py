"""The five small tasks of a pair, in the order in which they grow. No Django."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WEEKS = 4
MOST_GUIDED = 2  # beginners at a time


@dataclass(frozen=True)
class Task:
    key: str
    words: str | Promise
    page: str  # name of the address where it is done


TASKS = (
    Task("read", _("Read an example together, and say what is good in it"), "examples"),
    Task("guide", _("Look at what is encouraged here, what to ask first"), "guidance"),
    Task("choose", _("Find something in the library that you both know"), "library"),
    Task("line", _("Answer one question about it, in a line of your own"), "library"),
    Task("tell", _("Tell it where you like, or keep it as a draft"), "my-shares"),
)
KEYS = frozenset(task.key for task in TASKS)
