"""Somebody on another server, who signs; and what their server would say of them."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.test import Client

from pesue.doors import signatures
from pesue.doors.actions import actors
from pesue.doors.models import Activity, Actor, Follower, Inbox
from pesue.doors.steps import keep_actors, tell_followers
from pesue.foundation.http import Fetched, Unfetchable
from pesue.people.models import Member
from tests.make import NOON

OURS = "http://localhost:8000"
LATER = NOON + timedelta(hours=1)


def a_house(name: str = "stories") -> Actor:
    return actors.open_house(name, now=NOON)


@dataclass
class Somebody:
    """An actor of another server, with its keys and its inbox."""

    name: str = "bo"
    host: str = "https://far.example.org"
    shared: bool = True
    keys: tuple[str, str] = field(default_factory=lambda: signatures.new_keys())

    @property
    def uri(self) -> str:
        return f"{self.host}/users/{self.name}"

    @property
    def key_id(self) -> str:
        return f"{self.uri}#main-key"

    @property
    def inbox(self) -> str:
        return f"{self.host}/inbox" if self.shared else f"{self.uri}/inbox"

    def document(self) -> dict[str, Any]:
        shared = {"endpoints": {"sharedInbox": f"{self.host}/inbox"}}
        return {
            "id": self.uri,
            "type": "Person",
            "inbox": f"{self.uri}/inbox",
            "publicKey": {
                "id": self.key_id,
                "owner": self.uri,
                "publicKeyPem": self.keys[1],
            },
            **(shared if self.shared else {}),
        }

    def brings(
        self,
        client: Client,
        said: dict[str, Any],
        *,
        at: str = "/fediverse/inbox",
        now: datetime,
        **also: str,
    ) -> HttpResponse:
        """Sends an activity, signed; `also` overrides headers."""
        body = json.dumps({"actor": self.uri, **said}).encode()
        headers = signatures.signed(
            "post",
            f"{OURS}{at}",
            key_id=self.key_id,
            private_key=self.keys[0],
            now=now,
            body=body,
        )
        return client.post(
            at,
            body,
            content_type="application/activity+json",
            headers={**headers, **also},
        )

    def follows(self, client: Client, actor: Actor, **also: Any) -> HttpResponse:
        said = {"id": f"{self.uri}/follows/1", "type": "Follow", "object": actor.id_}
        return self.brings(client, said, **also)


@dataclass
class Web:
    """Who can be found; what was asked."""

    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    moved: dict[str, str] = field(default_factory=dict)  # where a redirect leads

    def add(self, *people: Somebody) -> None:
        for one in people:
            self.people[one.uri] = one.document()

    def fetch(self, url: str, **_about: Any) -> Fetched:
        self.asked.append(url)
        if url not in self.people:
            raise Unfetchable("gone")
        body = json.dumps(self.people[url]).encode()
        kind = "application/activity+json"
        return Fetched(self.moved.get(url, url), 200, kind, "utf-8", body, "", "", "")


def a_follower(of: Actor, number: int = 1) -> Follower:
    """Somebody on a server of that number."""
    inbox, _new = Inbox.objects.get_or_create(
        address=f"https://far{number}.example.org/inbox"
    )
    return Follower.objects.create(
        actor=of, inbox=inbox, uri=f"https://far{number}.example.org/bo", since=NOON
    )


def said(kind: str) -> list[dict[str, Any]]:
    """What was said of a kind, in order."""
    bodies = Activity.objects.order_by("pk").values_list("body", flat=True)
    return [one for one in map(json.loads, bodies) if one["type"] == kind]


def turn(now: datetime = LATER) -> None:
    """What the worker does of it, once."""
    for step in (keep_actors, tell_followers):
        step(now)


def the_actor(of: Member) -> Actor:
    """As which a member can be followed."""
    return Actor.objects.get(member=of, state="open")
