from django.utils.translation import gettext

from pesue.content.models.troubles import REASONS


class CannotUse(Exception):
    """What was given cannot be used. str() says what to do instead."""

    def __init__(self, reason: str, **about: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.about = about

    def __str__(self) -> str:
        return str(REASONS[self.reason]).format(**self.about)


class ChangedElsewhere(Exception):
    """Someone saved the same thing meanwhile. Both texts are still there."""

    def __str__(self) -> str:
        return gettext(
            "Someone saved changes here while you were writing. Your text is still "
            "below: compare it with the saved one, and save again to keep yours."
        )
