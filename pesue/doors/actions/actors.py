"""Who can be followed: the house by its own word, members by theirs."""

from datetime import datetime
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef

from pesue.doors import signatures
from pesue.doors.actions import outgoing
from pesue.doors.models import Activity, Actor, Post
from pesue.doors.queries import documents
from pesue.doors.queries.actors import open_actors, the_house
from pesue.example.access.own_page import pages_on_the_web
from pesue.example.models import GivenSlug, OwnPage
from pesue.foundation.secrets import seal_anew
from pesue.people.models import Member, Organisation

State = Actor.State
MOST = 200  # actors opened in one turn: a pair of keys takes a tenth of a second


class NameTaken(Exception):
    """A member has, or had, a page at this address."""


def open_house(name: str, *, now: datetime) -> Actor:
    """Let people elsewhere follow the house by this name. Raises NameTaken.

    The name is given to no member's page from then on.
    """
    mac = GivenSlug.mac_of(name)
    given = GivenSlug.objects.filter(mac=mac).first()
    if (given and given.member_id) or OwnPage.objects.filter(slug=name).exists():
        raise NameTaken
    try:
        with transaction.atomic():
            GivenSlug.objects.get_or_create(mac=mac)
            return _opened(name, now, house=True)
    except IntegrityError as error:
        raise NameTaken from error


def close_house(*, now: datetime) -> None:
    """Nobody of ours can be followed any more; members are closed after it."""
    for actor in open_actors().filter(house=True):
        close(actor, now=now)


def let_go_of_keys() -> None:
    """All get new ones, which servers learn as they learn any change."""
    open_actors().update(sealed="")


def make_keys() -> int:
    """For those who let go of theirs. What is to be sent meanwhile waits."""
    without = list(open_actors().filter(sealed="")[:MOST])
    for actor in without:
        private, public = signatures.new_keys()
        Actor.objects.filter(pk=actor.pk, sealed="").update(
            public_key=public, sealed=actor.seal(private)
        )
    return len(without)


def open_people(*, now: datetime) -> int:
    """Those who let themselves be followed, while the house does."""
    if the_house() is None:
        return 0
    here = open_actors().filter(member=OuterRef("member"))
    pages = pages_on_the_web().filter(~Exists(here), followed=True)
    opened = 0
    for page in pages.order_by("pk")[:MOST]:
        try:
            with transaction.atomic():
                _opened(page.slug, now, member=page.member)
        except IntegrityError:  # the name's last actor is not closed yet
            continue
        opened += 1
    return opened


def close_people(*, now: datetime) -> int:
    """Those who let themselves be followed no more, left, or have another address;
    all of them, when the house is closed."""
    people = open_actors().filter(house=False)
    if the_house():
        page = pages_on_the_web().filter(
            member=OuterRef("member"), slug=OuterRef("name"), followed=True
        )
        people = people.filter(~Exists(page))
    return sum(close(actor, now=now) for actor in people[:MOST])


def close(actor: Actor, *, now: datetime) -> bool:
    """Take back all it told, and itself. False if it was closed already."""
    with transaction.atomic():
        rows = Actor.objects.filter(pk=actor.pk, state=State.OPEN)
        if not rows.update(state=State.CLOSED, state_since=now):
            return False
        Post.objects.filter(actor=actor, withdrawn_at=None).update(withdrawn_at=now)
        Activity.objects.filter(actor=actor).update(over=True)
        actor.followers.all().delete()
        outgoing.say(actor, documents.closed(actor), outgoing.everywhere(), now=now)
    return True


def tell_changes(*, now: datetime) -> int:
    """Tell followers' servers of a new name, word or key."""
    ours = Organisation.the()
    if ours is None:
        return 0
    told = 0
    rows = open_actors()
    for actor in rows.select_related("member__own_page").iterator(500):
        mark = _mark(actor, ours)
        if actor.told != mark:
            told += _tell_change(actor, ours, mark, now)
    return told


def _tell_change(actor: Actor, ours: Organisation, mark: str, now: datetime) -> bool:
    with transaction.atomic():
        known = Actor.objects.filter(pk=actor.pk, told=actor.told, state=State.OPEN)
        if not known.update(told=mark):  # another worker was first
            return False
        changed = documents.changed(actor, ours, mark)
        outgoing.say(actor, changed, outgoing.of_followers(actor), now=now)
    return True


def _opened(
    name: str, now: datetime, *, member: Member | None = None, house: bool = False
) -> Actor:
    private, public = signatures.new_keys()
    actor = Actor.objects.create(
        house=house,
        member=member,
        name=name,
        public_key=public,
        state=State.OPEN,
        state_since=now,
        made_at=now,
    )
    actor.sealed = actor.seal(private)
    ours = Organisation.the()
    actor.told = _mark(actor, ours) if ours else ""
    actor.save(update_fields=["sealed", "told"])
    return actor


def _mark(actor: Actor, ours: Organisation) -> str:
    told = documents.text(documents.actor(actor, ours))
    return sha256(told.encode()).hexdigest()


def reseal() -> int:
    """Seal all keys with the newest key of the ring. Returns how many it resealed."""
    return seal_anew(Actor.objects.all(), lambda actor: actor.seal(actor.private_key()))


def forget_closed(*, before: datetime) -> int:
    """Those of whom every server that answers has been told."""
    return Actor.objects.filter(state=State.CLOSED, state_since__lt=before).delete()[0]
