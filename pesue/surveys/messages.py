"""What this room writes to experts from outside, who are no members."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pesue.people.models import Organisation
from pesue.reach.actions.line import queue
from pesue.reach.kinds import Kind, declare
from pesue.surveys.models import Expert, Panel

PANEL = declare(Kind("panel", gettext_lazy("Panels of experts"), asked_for=True))


def panel_letter(expert: Expert, token: str, *, now: datetime) -> None:
    """The round that is open now, and the way in.

    The token stands behind a #, which browsers do not send: no log on the way has it.
    """
    panel = expert.panel
    last = datetime.combine(panel.closes, time.max, get_current_timezone())
    organisation = Organisation.the()
    with translation.override(expert.language):
        about = {
            "expert": expert,
            "panel": panel,
            "ranking": panel.state == Panel.State.RANKING,
            "home": organisation.name if organisation else "Pesue",
            "address": f"{settings.ADDRESS}{reverse('panel-in')}#{token}",
            "code": token,
            "kept": Expert.HELD.keep.days,
        }
        queue(
            PANEL,
            f"panel:{expert.pk}:{expert.letters}",
            to=expert.email,
            language=expert.language,
            subject=_("Your view, please: {title}").format(title=panel.title),
            text=render_to_string("surveys/panel_letter.txt", about),
            now=now,
            ends_at=last + timedelta(seconds=1),
        )
