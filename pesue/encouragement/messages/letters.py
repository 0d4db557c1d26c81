"""What we write to those whom a letter is about."""

from datetime import datetime

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pesue.encouragement.models import Letter
from pesue.people.models import Member
from pesue.reach.actions.line import tell
from pesue.reach.kinds import Kind, declare

LETTER = declare(Kind("letter", gettext_lazy("When somebody wrote well of me")))


def came(letter: Letter, about: Member, *, now: datetime) -> None:
    """Pass the words on; once."""
    if not about.is_active:
        return
    with translation.override(about.language):
        said = _("“%(words)s”") % {"words": letter.words}
        free = _("Only you decide whether colleagues see it.")
        tell(
            LETTER,
            f"letter:{letter.pk}",
            to=about,
            subject=_("Somebody wrote well of you"),
            words=[said, letter.sender, free],
            page=reverse("letters"),
            now=now,
        )
