"""All that may go wrong between a network and us: four things."""

from datetime import timedelta

from django.utils.functional import Promise

Words = str | Promise  # what a person reads; lazy, so that it comes in their language


class Refused(Exception):
    """The network said no, and will again. `words` are shown to the member."""

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        self.words = words


class Disconnected(Refused):
    """The member must connect the account again."""


class TryLater(Exception):
    """The network did not take the post; it may after `wait`."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(wait)
        self.wait = wait


class Unanswered(Exception):
    """We sent the post and heard nothing sound: it may or may not be public."""
