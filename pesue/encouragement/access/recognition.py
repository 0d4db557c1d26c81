"""The only way from a request to what encourages."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from pesue.content.access import for_team_of, item_for
from pesue.content.models import Item, Story
from pesue.encouragement.models import Card, Honour, Letter, Thanks
from pesue.foundation.numbers import row_number
from pesue.people.access import Role, may, only, teams_of, within
from pesue.people.models import Member, Team
from pesue.sharing.access import own_share
from pesue.sharing.models import Share


def colleague(member: Member, member_id: int) -> Member:
    """Somebody else who is here; 404 otherwise."""
    rows = Member.objects.filter(state=Member.State.ACTIVE).exclude(pk=member.pk)
    return get_object_or_404(rows.select_related("team"), pk=member_id)


def own_thanks(member: Member, thanks_id: int) -> Thanks:
    """Thanks the member got; 404 for anybody else's, those they gave among them."""
    return get_object_or_404(Thanks, pk=thanks_id, receiver=member)


# --- Honours


def may_honour(member: Member) -> bool:
    """Those who lead some teams or all, and the leaders of the organisation."""
    return member.leader or may(member, Role.LEAD)


honours_others = only(may_honour)


def honoured_by(member: Member, path: str) -> Q:
    """Rows about people whom the member may honour; `path` is where their team's is."""
    return within(None if member.leader else teams_of(member, Role.LEAD), path)


def honoured_among(member: Member, found: QuerySet[Member]) -> list[Member]:
    """Those of a few people found whom the member may honour, in their order."""
    ids = [one.pk for one in found]
    mine = honoured_by(member, "team__path")
    rows = Member.objects.filter(mine, pk__in=ids)
    allowed = set(rows.values_list("pk", flat=True))
    return [one for one in found if one.pk in allowed]


def to_honour(member: Member, member_id: int) -> Member:
    """A colleague whom the member may honour; 404 otherwise."""
    rows = Member.objects.filter(
        honoured_by(member, "team__path"), state=Member.State.ACTIVE
    ).exclude(pk=member.pk)
    return get_object_or_404(rows.select_related("team"), pk=member_id)


def own_honour(member: Member, honour_id: int) -> Honour:
    """An honour the member was given; 404 for anybody else's."""
    return get_object_or_404(Honour, pk=honour_id, receiver=member)


# --- Letters


def concerning(member: Member, *, today: date) -> QuerySet[Letter]:
    """Letters about the member, their teams, their posts, or what they told."""
    told = Share.objects.filter(member=member, state=Share.State.SHARED)
    about = Q(member=member) | Q(share__member=member) | Q(item__in=told.values("item"))
    if member.team:
        about |= Q(team__in=member.team.above())
    return Letter.objects.filter(about, ends_on__gte=today)


def letter_to_show(member: Member, letter_id: int, *, today: date) -> Letter:
    """A letter of which the member decides whether it is shown; 404 otherwise.

    That is whom it is about; of a team or an item, whoever entered it. Nobody, where
    its sender did not agree.
    """
    about = Q(member=member) | Q(member=None, share__member=member)
    about |= Q(member=None, share=None, by=member)
    rows = Letter.objects.filter(wide=True, ends_on__gte=today)
    return get_object_or_404(rows, about, pk=letter_id)


def letter_to_take_away(member: Member, letter_id: int) -> Letter:
    """A letter that the member entered, or is about; those who lead its team, too."""
    rows = Letter.objects.select_related("team", "member__team")
    letter = get_object_or_404(rows, pk=letter_id)
    if member.pk in {letter.by_id, letter.member_id}:
        return letter
    team = letter.team or (letter.member.team if letter.member else None)
    if may(member, Role.LEAD, team) if team else teams_of(member, Role.LEAD) is None:
        return letter
    return get_object_or_404(rows, pk=letter_id, share__member=member)


def teams_to_write_of(member: Member) -> QuerySet[Team]:
    """One's own team, and those one leads."""
    paths = teams_of(member, Role.LEAD)
    if paths is None:
        return Team.objects.order_by("path")
    mine = within(paths, "path") | Q(pk=member.team_id or 0)
    return Team.objects.filter(mine).order_by("path")


def item_meant(member: Member, number: str) -> Item | None:
    """The item that an address names, if it does; 404 if it is not for the member."""
    row = row_number(number)
    return None if row is None else item_for(member, row)


def share_meant(member: Member, number: str) -> Share | None:
    """The member's own post that an address names; 404 for another's."""
    row = row_number(number)
    return None if row is None else own_share(member, row)


def colleague_meant(member: Member, number: str) -> Member | None:
    row = row_number(number)
    return None if row is None else colleague(member, row)


# --- The wall: only what people chose to show, and only while they are here


# Whether somebody is here is asked of each row: joined, the database would begin with
# all members and sort what they have, instead of taking the newest from its index.


def shown_thanks() -> QuerySet[Thanks]:
    public = Share.objects.filter(pk=OuterRef("share"), state=Share.State.SHARED)
    return Thanks.objects.filter(
        Q(share=None) | Exists(public), _is_here("receiver"), shown_at__isnull=False
    ).select_related("giver", "receiver", "share__item")


def shown_honours() -> QuerySet[Honour]:
    return Honour.objects.filter(
        _is_here("receiver"), shown_at__isnull=False
    ).select_related("giver", "receiver")


def shown_letters(*, today: date) -> QuerySet[Letter]:
    public = Share.objects.filter(
        pk=OuterRef("share"),
        state=Share.State.SHARED,
        member__state=Member.State.ACTIVE,
    )
    return Letter.objects.filter(
        Q(member=None) | _is_here("member"),
        Q(share=None) | Exists(public),
        shown_at__isnull=False,
        ends_on__gte=today,
    ).select_related("member", "team", "item", "share__member", "share__item")


def shown_stories(reader: Member) -> QuerySet[Story]:
    """Stories in the library for the reader's team."""
    meant = for_team_of(reader).filter(pk=OuterRef("item"))
    return Story.objects.filter(
        Q(item=None) | Exists(meant), _is_here("author"), state=Story.State.ACCEPTED
    ).select_related("author", "item")


def _is_here(name: str) -> Q:
    here = Member.objects.filter(pk=OuterRef(name), state=Member.State.ACTIVE)
    return Q(Exists(here))


def wall_team(number: str) -> Team | None:
    """The team that an address asks for; None for all. 404 if there is none."""
    row = row_number(number)
    return None if row is None else get_object_or_404(Team, pk=row)


def teams_around(member: Member, team: Team | None) -> QuerySet[Team]:
    """The member's team and those above it, and the one that is asked for."""
    above = member.team.above() if member.team else []
    asked = [team.pk] if team else []
    return Team.objects.filter(pk__in=[*above, *asked]).order_by("path")


# --- Cards


def own_card(member: Member, card_id: int) -> Card:
    """The member's own card of a month; 404 for anybody else's."""
    rows = Card.objects.select_related("member", "item")
    return get_object_or_404(rows, pk=card_id, member=member)
