"""What we write about awards: each thing once, to each once."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pesue.encouragement.models import AwardNominee, AwardRound, Juror, Win
from pesue.people.models import Member
from pesue.reach.actions.line import tell
from pesue.reach.kinds import Kind, declare

AWARDS = declare(Kind("awards", gettext_lazy("Awards: the call, the vote, the result")))
MINE = declare(
    Kind("award-mine", gettext_lazy("Awards: when I am named, asked to judge, or win"))
)
NEWS = timedelta(days=14)


def called(found: AwardRound, member: Member, *, now: datetime) -> None:
    with translation.override(member.language):
        tell(
            AWARDS,
            f"award-call:{found.pk}:{member.pk}",
            to=member,
            subject=_("%(award)s: whom would you name?") % {"award": found.award},
            words=[
                found.award.purpose,
                _("You can name a colleague until %(day)s. Nobody has to.")
                % {"day": _day(found.nominate_until)},
            ],
            page=reverse("award-round", args=[found.pk]),
            now=now,
            ends_at=now + NEWS,
        )


def asked(nominee: AwardNominee, *, now: datetime) -> None:
    """Named: may we? Of a team, everybody in it."""
    people = [nominee.member] if nominee.member else _people_of(nominee)
    for member in people:
        with translation.override(member.language):
            who = (
                _("Your team has been named for %(award)s")
                if nominee.team
                else _("You have been named for %(award)s")
            )
            tell(
                MINE,
                f"award-asked:{nominee.pk}:{member.pk}",
                to=member,
                subject=who % {"award": nominee.round.award},
                words=[
                    _(
                        "A colleague has written why. Read it, and say yes or no. "
                        "If you say no, or nothing, nobody is told."
                    )
                ],
                page=reverse("award-nominee", args=[nominee.pk]),
                now=now,
                ends_at=now + NEWS,
            )


def _people_of(nominee: AwardNominee) -> list[Member]:
    active = Member.objects.filter(state=Member.State.ACTIVE, team=nominee.team_id)
    return list(active)


def to_judge(juror: Juror, *, now: datetime) -> None:
    member, found = juror.member, juror.round
    with translation.override(member.language):
        tell(
            MINE,
            f"award-juror:{juror.pk}",
            to=member,
            subject=_("You are in the jury: %(award)s") % {"award": found.award},
            words=[
                _(
                    "Score whom colleagues have named until %(day)s. Nobody sees your "
                    "scores before all jurors are ready. If you are too near to "
                    "somebody, say so there."
                )
                % {"day": _day(found.judge_until)}
            ],
            page=reverse("award-judge", args=[found.pk]),
            now=now,
            ends_at=now + NEWS,
        )


def vote_open(found: AwardRound, member: Member, *, now: datetime) -> None:
    with translation.override(member.language):
        tell(
            AWARDS,
            f"award-vote:{found.pk}:{member.pk}",
            to=member,
            subject=_("%(award)s: the vote is open") % {"award": found.award},
            words=[
                _(
                    "You can vote until %(day)s. The ballot is secret: it is sealed as "
                    "you send it, counted with all others, and destroyed."
                )
                % {"day": _day(found.vote_until)}
            ],
            page=reverse("award-vote", args=[found.pk]),
            now=now,
            ends_at=now + NEWS,
        )


def won(win: Win, member: Member, *, now: datetime) -> None:
    """Before anybody else knows."""
    with translation.override(member.language):
        names = {"award": win.round.award, "category": win.category}
        if win.runner_up:
            subject = _("You came next: %(category)s") % names
            text = _(
                "Colleagues put you next to the winner. Nobody is told unless you "
                "would like that: choose on the page."
            )
        else:
            subject = _("You have won: %(category)s") % names
            text = _(
                "Nobody else knows yet. It is published on %(day)s: before that, "
                "choose how it is shown."
            ) % {"day": _day(win.round.publish_on)}
        tell(
            MINE,
            f"award-won:{win.pk}:{member.pk}",
            to=member,
            subject=subject,
            words=[text],
            page=reverse("award-win", args=[win.pk]),
            now=now,
            ends_at=now + NEWS,
        )


def published(found: AwardRound, member: Member, *, now: datetime) -> None:
    with translation.override(member.language):
        tell(
            AWARDS,
            f"award-result:{found.pk}:{member.pk}",
            to=member,
            subject=_("%(award)s: the result") % {"award": found},
            words=[_("See who is honoured, and why.")],
            page=reverse("award-round", args=[found.pk]),
            now=now,
            ends_at=now + NEWS,
        )


def _day(day: object) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")  # type: ignore[arg-type]
