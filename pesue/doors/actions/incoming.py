"""What other servers bring: somebody follows, ceases to, changes or is gone."""

import json
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction

from pesue.doors import signatures
from pesue.doors.actions import outgoing
from pesue.doors.models import Actor, Follower, Inbox
from pesue.doors.models.actors import LONGEST_ADDRESS
from pesue.doors.queries import documents
from pesue.doors.queries.actors import open_actors
from pesue.doors.queries.strangers import Stranger, Unknown, stranger
from pesue.doors.signatures import Asked, Signature, Unsigned

Document = dict[str, Any]


class NotTaken(Exception):
    """It cannot be read."""


def take(asked: Asked, *, now: datetime) -> None:
    """Do what the request asks, if whoever is said to ask it has signed it.

    What is of no concern to us is let pass unread: replies and likes live where the
    posts of people live, not here. Raises NotTaken, Unsigned.
    """
    said = _read(asked.body)
    way = WAYS.get(str(said.get("type")))
    known = Follower.objects.filter(uri=said["actor"]).order_by("-pk").first()
    if way is None or (known is None and way is not _follow):
        return
    signature = signatures.read(asked, now=now)
    way(said, _proven(asked, signature, said, known, now), now)


def _read(body: bytes) -> Document:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NotTaken("This is not JSON.") from error
    if not isinstance(said, dict) or not isinstance(said.get("actor"), str):
        raise NotTaken("This is no activity with the address of its actor.")
    if len(said["actor"]) > LONGEST_ADDRESS:
        raise NotTaken("The address of its actor is too long.")
    return said


def _proven(
    asked: Asked,
    signature: Signature,
    said: Document,
    known: Follower | None,
    now: datetime,
) -> Stranger:
    """Whoever signed. A key that does not fit may be a new one: so it is asked for
    once. Raises Unsigned."""
    uri = said["actor"]
    if (
        known
        and known.key_id == signature.key_id
        and signatures.fits(asked, signature, known.public_key)
    ):
        keys = {known.key_id: known.public_key}
        return Stranger(uri, known.inbox.address, keys)
    try:
        found = stranger(uri, now=now)
    except Unknown as error:
        raise Unsigned(f"Who signed cannot be found: {error}") from error
    key = found.keys.get(signature.key_id)
    if key is None or not signatures.fits(asked, signature, key):
        raise Unsigned("The signature is not that of the actor.")
    _note(found, signature.key_id)
    return Stranger(uri, found.inbox, {signature.key_id: key})


def _note(found: Stranger, key_id: str) -> None:
    """Keep what their server says now, if they follow somebody."""
    mine = Follower.objects.filter(uri=found.uri)
    if mine.exists():
        inbox, _new = Inbox.objects.get_or_create(address=found.inbox)
        key = found.keys[key_id]
        mine.update(inbox=inbox, key_id=key_id, public_key=key)


def _follow(said: Document, by: Stranger, now: datetime) -> None:
    """Done twice, it is said twice that it was accepted."""
    actor = _ours(said.get("object"))
    if actor is None:
        return
    [(key_id, key)] = by.keys.items()
    name = said.get("id")
    with transaction.atomic():
        inbox, _new = Inbox.objects.get_or_create(address=by.inbox)
        seen = {
            "inbox": inbox,
            "key_id": key_id,
            "public_key": key,
            "follow": name[:LONGEST_ADDRESS] if isinstance(name, str) else "",
        }
        Follower.objects.update_or_create(
            actor=actor,
            uri=by.uri,
            defaults=seen,
            create_defaults={**seen, "since": now},
        )
        here = Inbox.objects.filter(pk=inbox.pk)
        outgoing.say(actor, _yes(actor, said, now), here, now=now)


def _yes(actor: Actor, said: Document, now: datetime) -> Document:
    """The follow is given back as it came, but for what does not belong there."""
    names = ("id", "type", "actor")
    follow: Document = {name: said[name] for name in names if name in said}
    mark = sha256(f"{follow.get('id')} {now.isoformat()}".encode()).hexdigest()[:16]
    return documents.accepted(actor, {**follow, "object": actor.id_}, mark)


def _undo(said: Document, by: Stranger, now: datetime) -> None:
    """A follow is taken back, said whole or by its address alone."""
    what = said.get("object")
    mine = Follower.objects.filter(uri=by.uri)
    if isinstance(what, str):
        mine.filter(follow=what).delete()
    elif isinstance(what, dict) and what.get("type") == "Follow":
        actor = _ours(what.get("object"))
        mine.filter(actor=actor).delete()


def _block(said: Document, by: Stranger, now: datetime) -> None:
    actor = _ours(said.get("object"))
    Follower.objects.filter(uri=by.uri, actor=actor).delete()


def _delete(said: Document, by: Stranger, now: datetime) -> None:
    what = said.get("object")
    gone = what.get("id") if isinstance(what, dict) else what
    if gone == by.uri:
        Follower.objects.filter(uri=by.uri).delete()


def _update(said: Document, by: Stranger, now: datetime) -> None:
    """Their server is asked how they are now; what the message says is not believed."""
    try:
        found = stranger(by.uri, now=now)
    except Unknown:
        return
    [key_id] = by.keys
    if key_id in found.keys:
        _note(found, key_id)


def _ours(address: object) -> Actor | None:
    if isinstance(address, dict):
        address = address.get("id")
    if not isinstance(address, str):
        return None
    found = open_actors().filter(name=address.rpartition("/")[2]).first()
    return found if found and found.id_ == address else None


WAYS: dict[str, Callable[[Document, Stranger, datetime], None]] = {
    "Follow": _follow,
    "Undo": _undo,
    "Block": _block,
    "Delete": _delete,
    "Update": _update,
}
