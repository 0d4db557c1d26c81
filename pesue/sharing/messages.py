"""What we write to people in this room."""

from datetime import datetime

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pesue.people.models import Member
from pesue.reach.actions.line import tell
from pesue.reach.kinds import Kind, declare
from pesue.sharing.models import Account, Share

NEEDED = declare(
    Kind("needed", gettext_lazy("When a post or an account of mine needs me"))
)


def unsure(share: Share, *, now: datetime) -> None:
    """Ask the member whether the post is there; once for each time it is uncertain."""
    with translation.override(share.member.language):
        ask = _(
            "%(network)s never answered. Look there: we post nothing twice, so we ask "
            "before we do more."
        ) % {"network": share.channel_name}
        _write(
            share,
            to=share.member,
            subject=_("Did your post come through?"),
            words=[_about(share), share.why, ask],
            page=reverse("share", args=[share.pk]),
            now=now,
        )


def refused(share: Share, *, now: datetime) -> None:
    """Tell the member why the post is not out; once for each time it is refused."""
    with translation.override(share.member.language):
        free = _("Nothing is out, and your words are kept. Change them or try again:")
        _write(
            share,
            to=share.member,
            subject=_("Your post did not go out"),
            words=[_about(share), share.why, free],
            page=reverse("share", args=[share.pk]),
            now=now,
        )


def lost(account: Account, *, now: datetime) -> None:
    """Ask the member to connect an account that a network closed to us; once."""
    with translation.override(account.member.language):
        name = {"name": account.handle or account.name}
        words = [
            _("We can no longer post for you as %(name)s.") % name,
            account.why,
            _("Until you connect it again, nothing you plan there goes out:"),
        ]
        _write(
            account,
            to=account.member,
            subject=_("Connect %(name)s again") % name,
            words=words,
            page=reverse("accounts"),
            now=now,
        )


def _about(share: Share) -> str:
    return _("This is about your post on “%(title)s” (%(network)s).") % {
        "title": share.item.title,
        "network": share.channel_name,
    }


def _write(
    row: Share | Account,
    *,
    to: Member,
    subject: str,
    words: list[str],
    page: str,
    now: datetime,
) -> None:
    """The reason for it is that the row has been in its state since then."""
    noun = type(row).__name__.lower()
    tell(
        NEEDED,
        f"{noun}:{row.pk}:{row.state}:{row.state_since:%Y%m%dT%H%M%S.%f}",
        to=to,
        subject=subject,
        words=words,
        page=page,
        now=now,
    )
