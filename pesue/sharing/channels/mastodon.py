"""Mastodon, and other servers that speak its API."""

import base64
import hashlib
import re
import secrets
from collections.abc import Mapping
from datetime import timedelta
from time import sleep
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import httpx
from django.utils.translation import gettext_lazy as _

from pesue.sharing.channels import base, counting, fediverse
from pesue.sharing.channels.wire import NO_ROUTE, ask, judge, line, read, token_in

SCOPES = "read:accounts read:statuses write:statuses write:media"
POSTING = "https://docs.joinmastodon.org/user/posting/"
STATUSES = "https://docs.joinmastodon.org/methods/statuses/#create"
_MENTION = re.compile(r"(@\w[\w.-]*)@[\w.-]+\w")
_POLLS = 10  # times we ask whether a picture is ready, together at most a minute


class Mastodon(base.Publisher):
    key = "mastodon"
    name = "Mastodon"
    ways = (base.Way.API, base.Way.INTENT, base.Way.COPY)
    text_limit = base.Limit(500, "characters", POSTING)  # a server may say otherwise
    pictures_limit = base.Limit(4, "pictures", POSTING)
    alt_limit = base.Limit(1500, "characters", POSTING)
    home = "https://joinmastodon.org/"
    intent_source = "https://github.com/mastodon/mastodon/blob/main/app/controllers/shares_controller.rb"
    needs_server = True
    # "stored for up to 1 hour": docs.joinmastodon.org/methods/statuses/#create
    repeat_safe = timedelta(minutes=30)
    # Mastodon sweeps applications without tokens a day after they were made.
    forgets_after = timedelta(hours=12)
    terms = (
        base.Term(
            base.About.PREFILL,
            True,
            "The share page takes a whole text; the person can change it.",
            "https://docs.joinmastodon.org/methods/statuses/",
        ),
        base.Term(
            base.About.SCHEDULE,
            True,
            "Posting by API needs no approval. Pesue keeps the time itself and never "
            "sends scheduled_at: other servers of the fediverse publish at once.",
            STATUSES,
        ),
        base.Term(
            base.About.NUMBERS,
            True,
            "Favourites, boosts and replies can be read without a key.",
            "https://docs.joinmastodon.org/entities/Status/",
        ),
    )

    def length(self, text: str) -> int:
        """Characters; an address counts 23, a remote mention only its @name."""
        return counting.characters(_MENTION.sub(r"\1", counting.with_urls_as(text, 23)))

    def most(self, limits: base.Limits) -> int:
        said = limits.get("text")
        return said if isinstance(said, int) else self.text_limit.most

    def intent(self, post: base.Post, server: str = "") -> str | None:
        if not server:
            return None
        return self.filled(f"{server}/share", text=self.says(post))

    def publish(
        self, post: base.Post, account: base.Account, http: httpx.Client
    ) -> base.Sent:
        media = [self._upload(picture, account, http) for picture in post.pictures]
        status: dict[str, Any] = {"status": self.says(post), "media_ids": media}
        if post.language:
            status["language"] = post.language
        answer = ask(
            http,
            "POST",
            f"{account.server}/api/v1/statuses",
            json=status,
            headers=_bearer(account) | {"Idempotency-Key": post.key},
        )
        if answer.status == 400 and not self._signed_in(account, http):
            raise base.Disconnected(_("Mastodon asks you to connect again."))
        judge(answer, self.name, creating=True)
        return fediverse.sent(answer.json())

    def find(
        self, post: base.Post, account: base.Account, http: httpx.Client
    ) -> base.Sent | None:
        answer = read(
            http,
            f"{account.server}/api/v1/accounts/{quote(account.name, safe='')}/statuses",
            self.name,
            params={"limit": "40", "exclude_reblogs": "true"},
            headers=_bearer(account),
        )
        statuses = answer.value()
        if not isinstance(statuses, list):
            raise base.Unanswered
        for status in statuses:
            if isinstance(status, dict) and fediverse.is_post(post, status):
                return fediverse.sent(status)
        return None

    def delete(
        self, sent: base.Sent, account: base.Account, http: httpx.Client
    ) -> None:
        answer = ask(
            http,
            "DELETE",
            f"{account.server}/api/v1/statuses/{quote(sent.ref, safe='')}",
            headers=_bearer(account),
        )
        if answer.status not in (404, 410):
            judge(answer, self.name)

    def repeats_safely(self, account: base.Account) -> timedelta:
        """Only Mastodon itself is known to keep Idempotency-Key; Takahe does not."""
        kept = account.limits.get("software") == "mastodon"
        return self.repeat_safe if kept else timedelta(0)

    def register(
        self, server: str, redirect: str, http: httpx.Client
    ) -> Mapping[str, str]:
        answer = ask(
            http,
            "POST",
            f"{server}/api/v1/apps",
            data={
                "client_name": "Pesue",
                "redirect_uris": redirect,
                "scopes": SCOPES,
            },
        )
        judge(answer, self.name)
        said = answer.json()
        try:
            return {
                "client_id": str(said["client_id"]),
                "client_secret": str(said["client_secret"]),
                "redirect": redirect,
            }
        except KeyError:
            raise base.Refused(_("No Mastodon server answers there.")) from None

    def authorize(
        self,
        typed: str,
        server: str,
        registration: Mapping[str, str],
        state: str,
        http: httpx.Client,
    ) -> base.Consent:
        verifier = secrets.token_urlsafe(48)
        digest = hashlib.sha256(verifier.encode()).digest()
        asked = {
            "response_type": "code",
            "client_id": registration["client_id"],
            "redirect_uri": registration["redirect"],
            "scope": SCOPES,
            "state": state,
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        }
        return base.Consent(
            f"{server}/oauth/authorize?{urlencode(asked)}",
            {"server": server, "verifier": verifier},
        )

    def exchange(
        self,
        back: Mapping[str, str],
        kept: Mapping[str, str],
        registration: Mapping[str, str],
        http: httpx.Client,
    ) -> base.Connection:
        answer = ask(
            http,
            "POST",
            f"{kept['server']}/oauth/token",
            data={
                "grant_type": "authorization_code",
                "code": back.get("code", ""),
                "client_id": registration["client_id"],
                "client_secret": registration["client_secret"],
                "redirect_uri": registration["redirect"],
                "scope": SCOPES,
                "code_verifier": kept["verifier"],
            },
        )
        judge(answer, self.name)
        token = token_in(answer.json().get("access_token"))
        return self.connection(kept["server"], token, http)

    def connection(
        self, server: str, token: str, http: httpx.Client
    ) -> base.Connection:
        """Who a token belongs to, and what their server allows."""
        bearer = {"Authorization": f"Bearer {token}"}
        me = read(
            http,
            f"{server}/api/v1/accounts/verify_credentials",
            self.name,
            headers=bearer,
        ).json()
        name = str(me.get("id") or "")
        if not fediverse.NAME.fullmatch(name):
            raise base.Refused(_("No Mastodon server answers there."))
        handle = line(str(me.get("acct") or me.get("username") or name))
        host = urlsplit(server).netloc
        return base.Connection(
            server,
            name,
            f"@{handle}" if "@" in handle else f"@{handle}@{host}",
            {"token": token},
            limits=self.limits(server, http),
        )

    def limits(self, server: str, http: httpx.Client) -> base.Limits:
        """What the server allows, and which software it is."""
        answer = ask(http, "GET", f"{server}/api/v2/instance")
        return fediverse.limits(answer.json() if answer.fine else {})

    def revoke(self, account: base.Account, http: httpx.Client) -> None:
        secret = account.secret
        ask(
            http,
            "POST",
            f"{account.server}/oauth/revoke",
            data={
                "client_id": secret.get("our_client_id", ""),
                "client_secret": secret.get("our_client_secret", ""),
                "token": secret["token"],
            },
        )

    def _upload(
        self, picture: base.Picture, account: base.Account, http: httpx.Client
    ) -> str:
        """Nothing is public yet: whatever goes wrong here may be tried again."""
        try:
            answer = ask(
                http,
                "POST",
                f"{account.server}/api/v2/media",
                files={"file": ("picture", picture.data, picture.mime)},
                data={"description": picture.alt},
                headers=_bearer(account),
            )
            judge(answer, self.name)
            media = str(answer.json().get("id") or "")
            if not media:
                raise base.Unanswered
            self._wait_until_ready(media, answer.status, account, http)
        except base.Unanswered as silence:
            raise base.TryLater(NO_ROUTE) from silence
        return media

    def _wait_until_ready(
        self, media: str, status: int, account: base.Account, http: httpx.Client
    ) -> None:
        """202 and 206 mean that the server still works on the picture."""
        for _poll in range(_POLLS):
            if status not in (202, 206):
                return
            sleep(1)
            url = f"{account.server}/api/v1/media/{quote(media, safe='')}"
            answer = ask(http, "GET", url, headers=_bearer(account))
            judge(answer, self.name)
            status = answer.status
        raise base.Unanswered

    def _signed_in(self, account: base.Account, http: httpx.Client) -> bool:
        """Takahe answers a bad token with 400, like a bad post."""
        answer = ask(
            http,
            "GET",
            f"{account.server}/api/v1/accounts/verify_credentials",
            headers=_bearer(account),
        )
        return answer.fine


def _bearer(account: base.Account) -> dict[str, str]:
    return {"Authorization": f"Bearer {account.secret['token']}"}
