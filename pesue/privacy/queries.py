"""What Pesue holds about people, read off every table."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.db.models import CASCADE, PROTECT, ForeignKey, Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from pesue.encouragement.models import Profile
from pesue.encouragement.queries.motives import told as said_of_motives
from pesue.foundation.held import Held
from pesue.people.access import within
from pesue.people.models import ImportRow, Invitation, Look, Member
from pesue.reach.models import Message
from pesue.surveys.models import Expert

# Tables of the parts from outside say nothing of themselves.
OUTSIDE: dict[type[Model], Held] = {
    Authenticator: Held(
        _("so that you can sign in with a passkey or a code"), timedelta(30), "erase"
    ),
    UserSession: Held(
        _("so that you can see and end where you are signed in"), timedelta(0), "erase"
    ),
    EmailAddress: Held(_("so that you can sign in"), timedelta(30), "erase"),
}
# Tables that hold somebody's address without naming a member.
ADDRESSES: dict[type[Model], str] = {
    Invitation: "email",
    Message: "to",
    ImportRow: "email",
    Expert: "email",  # one from outside who has become a member, or was one
}
# Tables whose rows name no member and are found by a key outside the database: how to
# find those of some members, and what such a row says to its owner.
HIDDEN: dict[type[Model], tuple[Callable[[Any], Q], Callable[[Any], Any]]] = {
    Profile: (Profile.of, said_of_motives),
}
SECRETS = {"password", "sealed", "session_key", "data", "token", "secret", "hashes"}


@dataclass(frozen=True)
class Holding:
    """A table that holds something about members, and by which of its fields.

    `mine` are fields without which a row would not be: it is about the member.
    `named` are fields that name a member on what is everybody's.
    """

    model: type[Model]
    held: Held
    mine: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    address: str = field(default="")

    @property
    def key(self) -> str:
        return str(self.model._meta.label_lower.replace(".", "-"))

    @property
    def name(self) -> str:
        """What the table is called, the same in every language."""
        return self.model.__name__.replace("_", " ").lower()

    def rows(self, member: Member) -> QuerySet[Any]:
        """All that has to do with the member."""
        if self.model is Member:
            return Member.objects.filter(pk=member.pk).order_by("pk")
        about = Q(pk__in=[])
        for name in (*self.mine, *self.named):
            about |= Q(**{name: member})
        if self.address:
            about |= Q(**{self.address: member.email})
        if self.model in HIDDEN:
            about |= self.hidden([member.pk])
        return self.model._default_manager.filter(about).order_by("pk")

    def hidden(self, members: Iterable[int]) -> Q:
        """Picks the rows of these members in a table that names none."""
        about = Q(pk__in=[])
        for member in members:
            about |= HIDDEN[self.model][0](member)
        return about


@lru_cache(maxsize=1)
def holdings() -> list[Holding]:
    """Every table about people, in the order of the river. Raises where one does not
    say why."""
    return [
        found
        for model in apps.get_models(include_auto_created=True)
        if (found := _holding(model))
    ]


def _holding(model: type[Model]) -> Holding | None:
    address = ADDRESSES.get(model, "")
    if model is Member:
        return Holding(model, Member.HELD)
    fields = [
        f
        for f in model._meta.get_fields()
        if isinstance(f, ForeignKey) and f.related_model is Member
    ]
    if not fields and not address and model not in HIDDEN:
        return None
    own = {f.name for f in fields if f.remote_field.on_delete in (CASCADE, PROTECT)}
    return Holding(
        model,
        _held(model),
        mine=tuple(f.name for f in fields if f.name in own),
        named=tuple(f.name for f in fields if f.name not in own),
        address=address,
    )


def _held(model: type[Model]) -> Held:
    if model in OUTSIDE:
        return OUTSIDE[model]
    joined: Any = model._meta.auto_created
    if joined:  # the table between two: what it joins goes on
        [name] = [
            f.name for f in joined._meta.many_to_many if f.remote_field.through is model
        ]
        held: Held = getattr(joined, "HELD_IN", {}).get(name, joined.HELD)
        return Held(held.why, max(held.keep, Member.HELD.keep), "erase")
    held = model.HELD  # type: ignore[attr-defined]
    return held


def plain(row: Model) -> dict[str, Any]:
    """A row as a person can read it, without what opens doors."""
    shown: dict[str, Any] = {}
    for f in row._meta.concrete_fields:
        if f.name in SECRETS:
            continue
        value = getattr(row, f.name)
        shown[f.name] = str(value) if isinstance(value, Model) else value
    if type(row) in HIDDEN:
        shown |= HIDDEN[type(row)][1](row)
    return shown


def written(holding: Holding, member: Member) -> Iterator[dict[str, Any]]:
    """The rows of a table that have to do with the member, flat memory."""
    rows = holding.rows(member)
    keys = [f.name for f in holding.model._meta.concrete_fields if f.is_relation]
    for row in rows.select_related(*keys).iterator(chunk_size=500):
        yield plain(row)


def looks_at(member: Member) -> QuerySet[Look]:
    """Who opened the member's page, or took out a list with them on it."""
    above = member.team.above() if member.team else []
    lists = Q(
        what=Look.What.EXPORT,
        member=None,
        at__gte=member.joined_at or member.state_since,
    )
    lists &= Q(team=None) | Q(team__in=above)
    looks = Look.objects.filter(Q(member=member) | lists).exclude(by=member)
    return looks.select_related("by", "team").order_by("-at", "-pk")


def all_looks(paths: list[str] | None) -> QuerySet[Look]:
    """Looks at members of these subtrees, and lists of theirs; None means all."""
    looks = Look.objects.select_related("by", "member", "team").order_by("-at", "-pk")
    if paths is None:
        return looks
    return looks.filter(
        within(paths, "member__team__path") | within(paths, "team__path")
    )
