"""Opening boards, and being on one or not."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from pesue.encouragement.actions.refusals import NotDone
from pesue.encouragement.models import Boards, LeagueTeam, Player
from pesue.people.models import Member, Team


def open_boards(*, leagues: bool, people: bool) -> None:
    """Which boards there are. One that is closed keeps nobody for later."""
    Boards.objects.update_or_create(
        pk=1, defaults={"leagues": leagues, "people": people}
    )
    if not leagues:
        LeagueTeam.objects.all().delete()
    if not people:
        Player.objects.all().delete()


def join_league(team: Team, work: str, *, by: Member, now: datetime) -> LeagueTeam:
    """Put a team into the league of those like it. Twice is once.

    Raises NotDone where there are no leagues, or a team above or below is in one.
    """
    if not Boards.objects.filter(leagues=True).exists():
        raise NotDone(
            _("There are no leagues here. Who leads the whole can open them.")
        )
    beside = Q(team__in=team.above()) | Q(team__path__startswith=team.path)
    if LeagueTeam.objects.filter(beside).exclude(team=team).exists():
        raise NotDone(
            _(
                "A team above or below this one is in a league. A team is not "
                "compared with a part of itself: take that one out first."
            )
        )
    defaults = {"work": work, "by": by, "counted_at": None, "month": None}
    found, _new = LeagueTeam.objects.update_or_create(
        team=team, defaults=defaults, create_defaults={**defaults, "joined_at": now}
    )
    return found


def leave_league(team: Team) -> None:
    LeagueTeam.objects.filter(team=team).delete()


def play(member: Member, nickname: str, *, now: datetime) -> Player:
    """Be on the board of people under a name of one's choice, or change it.

    Raises NotDone where there is no board, or the name is somebody else's.
    """
    if not Boards.objects.filter(people=True).exists():
        raise NotDone(_("There is no such board here now."))
    taken = NotDone(_("Somebody is called so already. Choose another name."))
    named = Member.objects.annotate(lower=Lower("name")).exclude(pk=member.pk)
    if named.filter(lower=nickname.lower()).exists():
        raise taken
    try:
        with transaction.atomic():
            found, _new = Player.objects.update_or_create(
                member=member,
                defaults={"nickname": nickname},
                create_defaults={"nickname": nickname, "joined_at": now},
            )
    except IntegrityError as error:
        raise taken from error
    return found


def stop_playing(member: Member) -> None:
    """Off the board at once; nothing of it is kept."""
    Player.objects.filter(member=member).delete()
