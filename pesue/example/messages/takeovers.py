"""What we write about takeovers: once to each, and nothing when one ends early."""

from datetime import datetime

from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pesue.example.models import Takeover
from pesue.example.queries.takeovers import leads_of
from pesue.people.models import Member
from pesue.reach.actions.line import tell
from pesue.reach.kinds import Kind, declare

TAKEOVER = declare(
    Kind("takeover", gettext_lazy("When I could tell from a channel of ours for a day"))
)
WISHED = declare(
    Kind(
        "takeover-wish", gettext_lazy("When somebody would like to take over a channel")
    )
)


def offered(takeover: Takeover, *, now: datetime) -> None:
    """Ask the member; once."""
    member = takeover.member
    if member is None or not member.is_active:
        return
    with translation.override(member.language):
        asks = _("Would you like to tell from %(account)s on %(network)s, %(days)s?")
        free = _(
            "Somebody helps you, and no password changes hands. It is yours to say yes "
            "or no; nobody asks why."
        )
        _tell(
            takeover,
            member,
            "offered",
            subject=_("Would you like to tell from our channel?"),
            words=[asks % _about(takeover), takeover.says, free],
            now=now,
        )


def asked(takeover: Takeover, *, now: datetime) -> None:
    """Tell those who lead the member's team; once each."""
    for lead in leads_of(takeover):
        with translation.override(lead.language):
            wish = _(
                "%(name)s would like to tell from %(account)s on %(network)s, %(days)s."
            )
            about = {**_about(takeover), "name": takeover.member}
            _tell(
                takeover,
                lead,
                "asked",
                subject=_("A wish to take over a channel"),
                words=[wish % about, takeover.says],
                now=now,
                kind=WISHED,
            )


def agreed(takeover: Takeover, *, now: datetime) -> None:
    """Tell the other side, and the keeper: the hand-over sheet is there; once each."""
    wanted = (takeover.member, takeover.lead, takeover.keeper)
    people = {one.pk: one for one in wanted if one is not None and one.is_active}
    for person in people.values():
        with translation.override(person.language):
            on = _("%(account)s on %(network)s, %(days)s.") % _about(takeover)
            sheet = _("The hand-over sheet says who, when, what and how.")
            _tell(
                takeover,
                person,
                "agreed",
                subject=_("A takeover is agreed"),
                words=[on, sheet],
                now=now,
            )


def over(takeover: Takeover, *, now: datetime) -> None:
    """The day after: ask who told what was posted; once, and never again."""
    member = takeover.member
    if member is None or not member.is_active:
        return
    with translation.override(member.language):
        thanks = _("You told from %(account)s on %(network)s, %(days)s. Thank you!")
        asks = _(
            "Was something posted? Note it with one press, with its address if you "
            "like: then colleagues find it, too."
        )
        free = _("If nothing came of it, you need do nothing. We do not ask again.")
        _tell(
            takeover,
            member,
            "over",
            subject=_("How was your takeover?"),
            words=[thanks % _about(takeover), asks, free],
            now=now,
        )


def _tell(
    takeover: Takeover,
    person: Member,
    what: str,
    *,
    subject: str,
    words: list[str],
    now: datetime,
    kind: Kind = TAKEOVER,
) -> None:
    tell(
        kind,
        f"takeover:{takeover.pk}:{what}:{person.pk}",
        to=person,
        subject=subject,
        words=words,
        page=reverse("takeover", args=[takeover.pk]),
        now=now,
    )


def _about(takeover: Takeover) -> dict[str, str]:
    first = date_format(takeover.starts, "SHORT_DATE_FORMAT")
    last = date_format(takeover.ends, "SHORT_DATE_FORMAT")
    days = first if takeover.starts == takeover.ends else f"{first} - {last}"
    return {"account": takeover.account, "network": takeover.network, "days": days}
