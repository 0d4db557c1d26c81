"""Mails made of several rooms."""

from datetime import datetime

from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pesue.guidance.check.quiet import Quiet
from pesue.reach.actions.line import tell
from pesue.reach.kinds import Kind, declare
from pesue.sharing.models import Share

STOPPED = declare(
    Kind("quiet", gettext_lazy("When a quiet period touches a post that waits"))
)


def stopped(share: Share, quiet: Quiet, once: str, *, now: datetime) -> None:
    """Tell the author of a scheduled post that it would go out in quiet days."""
    author = share.member
    with translation.override(author.language):
        send_at = localtime(share.send_at)
        about = {
            "title": share.item.title,
            "day": date_format(send_at, "SHORT_DATE_FORMAT"),
            "name": quiet.name,
            "ends": date_format(quiet.ends, "SHORT_DATE_FORMAT"),
        }
        said = [
            _(
                "Your post about “%(title)s” was to go out on %(day)s. %(name)s keeps "
                "it quiet until %(ends)s: choose a later day, or leave it."
            )
            % about,
            quiet.why,
            _("Ask %(name)s.") % {"name": quiet.ask} if quiet.ask else "",
        ]
        tell(
            STOPPED,
            once,
            to=author,
            subject=_("Your post waits until %(ends)s") % about,
            words=said,
            page=reverse("share", args=[share.pk]),
            now=now,
        )
