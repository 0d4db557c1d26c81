"""Bluesky, and other servers of the AT Protocol."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from pesue.sharing.channels import base, counting
from pesue.sharing.channels.atproto import dpop, oauth, posts
from pesue.sharing.channels.atproto.identity import DID, checked, handle_in
from pesue.sharing.channels.places import origin
from pesue.sharing.channels.wire import NO_ROUTE, Answer, ask, judge, token_in

POSTS = "https://docs.bsky.app/docs/advanced-guides/posts"
INTENT = "https://docs.bsky.app/docs/advanced-guides/intent-links"
RATES = "https://docs.bsky.app/docs/advanced-guides/rate-limits"
LEXICON = "https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/feed/post.json"
BYTES_MOST = 3000
SESSION_LASTS = timedelta(days=60)  # a refresh token's 90 days, less a month
_SIGNED_OUT = {"InvalidToken", "ExpiredToken", "AuthMissing", "AccountTakedown"}


class Bluesky(base.Publisher):
    key = "bluesky"
    name = "Bluesky"
    ways = (base.Way.API, base.Way.INTENT, base.Way.COPY)
    text_limit = base.Limit(300, "graphemes", POSTS)
    pictures_limit = base.Limit(4, "pictures", POSTS)
    alt_limit = base.Limit(2000, "characters", POSTS, common=True)
    home = "https://bsky.app/"
    asks_name = takes_password = True
    intent_source = INTENT
    # The record key is ours, so a repeat cannot make a second post, ever.
    repeat_safe = timedelta.max
    sure = True
    terms = (
        base.Term(base.About.PREFILL, True, "The intent takes text and link.", INTENT),
        base.Term(
            base.About.SCHEDULE,
            True,
            "Posting by API needs no approval: 1,666 posts an hour.",
            RATES,
        ),
        base.Term(
            base.About.NUMBERS,
            True,
            "Likes, reposts and replies can be read without a key.",
            POSTS,
        ),
    )

    def length(self, text: str) -> int:
        """Graphemes; a text over 3,000 bytes is too long whatever its graphemes."""
        graphemes = counting.graphemes(text)
        over = counting.utf8(text) > BYTES_MOST
        return max(graphemes, self.text_limit.most + 1) if over else graphemes

    def intent(self, post: base.Post, server: str = "") -> str | None:
        return self.filled("https://bsky.app/intent/compose", text=self.says(post))

    def publish(
        self, post: base.Post, account: base.Account, http: httpx.Client
    ) -> base.Sent:
        record = posts.record(
            self.says(post),
            post.language,
            self._embed(post, account, http),
            datetime.now(UTC),
        )
        answer = self._call(
            http,
            account,
            "com.atproto.repo.createRecord",
            json={
                "repo": account.name,
                "collection": posts.POST,
                "rkey": post.key,
                "record": record,
            },
        )
        self._judge(answer, creating=True)
        if "uri" not in answer.json():
            raise base.Unanswered
        return _sent(account, post.key)

    def find(
        self, post: base.Post, account: base.Account, http: httpx.Client
    ) -> base.Sent | None:
        answer = ask(
            http,
            "GET",
            f"{account.server}/xrpc/com.atproto.repo.getRecord",
            params={
                "repo": account.name,
                "collection": posts.POST,
                "rkey": post.key,
            },
        )
        said = answer.json()
        if answer.fine and isinstance(said.get("value"), dict):
            return _sent(account, post.key)
        if answer.status in (400, 404) and (
            said.get("error") == "RecordNotFound"
            or str(said.get("message")).startswith("Could not locate record")
        ):
            return None
        self._judge(answer)
        raise base.Unanswered

    def delete(
        self, sent: base.Sent, account: base.Account, http: httpx.Client
    ) -> None:
        answer = self._call(
            http,
            account,
            "com.atproto.repo.deleteRecord",
            json={
                "repo": account.name,
                "collection": posts.POST,
                "rkey": sent.ref.rpartition("/")[2],
            },
        )
        self._judge(answer)  # deleting what is gone is a success there

    def place(self, typed: str) -> str:
        return origin(typed) if typed.strip() else ""

    def registers_at(self, server: str) -> str:
        return ""

    def register(
        self, server: str, redirect: str, http: httpx.Client
    ) -> Mapping[str, str]:
        """One registration for every server: our metadata, with a key of ours."""
        return oauth.client_of(redirect)

    def authorize(
        self,
        typed: str,
        server: str,
        registration: Mapping[str, str],
        state: str,
        http: httpx.Client,
    ) -> base.Consent:
        return oauth.authorize(handle_in(typed), server, registration, state, http)

    def exchange(
        self,
        back: Mapping[str, str],
        kept: Mapping[str, str],
        registration: Mapping[str, str],
        http: httpx.Client,
    ) -> base.Connection:
        who, secret = oauth.exchange(back, kept, registration, http)
        return base.Connection(who.pds, who.did, f"@{who.handle}", secret, oauth.LASTS)

    def sign_in(
        self, typed: str, server: str, password: str, http: httpx.Client
    ) -> base.Connection:
        handle = handle_in(typed)
        server = server or checked(handle, http).pds
        answer = ask(
            http,
            "POST",
            f"{server}/xrpc/com.atproto.server.createSession",
            json={"identifier": handle, "password": password.strip()},
        )
        if answer.status in (400, 401):
            raise base.Refused(_("Bluesky does not know this name and password."))
        self._judge(answer)
        said = answer.json()
        did = str(said.get("did"))
        if not DID.fullmatch(did):
            raise base.Refused(_("No Bluesky server answers there."))
        return base.Connection(server, did, f"@{handle}", _session(said), SESSION_LASTS)

    def refresh(self, account: base.Account, http: httpx.Client) -> base.Connection:
        if account.secret["kind"] == "oauth":
            secret, lasts = oauth.refresh(account.secret, http), oauth.LASTS
        else:
            answer = self._session_call(http, account, "refreshSession")
            self._judge(answer)
            secret, lasts = _session(answer.json()), SESSION_LASTS
        return base.Connection(account.server, account.name, "", secret, lasts)

    def revoke(self, account: base.Account, http: httpx.Client) -> None:
        if account.secret["kind"] == "oauth":
            oauth.revoke(account.secret, http)
        else:
            self._session_call(http, account, "deleteSession")

    def _session_call(
        self, http: httpx.Client, account: base.Account, method: str
    ) -> Answer:
        return ask(
            http,
            "POST",
            f"{account.server}/xrpc/com.atproto.server.{method}",
            headers={"Authorization": f"Bearer {account.secret['refresh']}"},
        )

    def _call(
        self, http: httpx.Client, account: base.Account, method: str, **request: Any
    ) -> Answer:
        """An XRPC procedure, in the account's name."""
        url, secret = f"{account.server}/xrpc/{method}", account.secret
        if secret["kind"] == "oauth":
            return dpop.ask_with_proof(
                http,
                "POST",
                url,
                key=secret["key"],
                token=secret["access"],
                **request,
            )
        headers = request.pop("headers", {})
        bearer = {"Authorization": f"Bearer {secret['access']}"}
        return ask(http, "POST", url, headers=headers | bearer, **request)

    def _embed(
        self, post: base.Post, account: base.Account, http: httpx.Client
    ) -> dict[str, Any] | None:
        if post.pictures:
            pairs = []
            for picture in map(posts.small, post.pictures):
                pairs.append((picture, self._upload(picture, account, http)))
            return posts.images(pairs)
        if post.card is None:
            return None
        return posts.external(post.card, self._thumb(post.card, account, http))

    def _thumb(self, card: base.Card, account: base.Account, http: httpx.Client) -> Any:
        """A card does without its picture rather than not go out."""
        if card.picture is None:
            return None
        try:
            return self._upload(posts.small(card.picture), account, http)
        except base.Disconnected:
            raise
        except base.Refused:
            return None

    def _upload(
        self, picture: base.Picture, account: base.Account, http: httpx.Client
    ) -> Any:
        """Nothing is public yet: whatever goes wrong here may be tried again."""
        try:
            answer = self._call(
                http,
                account,
                "com.atproto.repo.uploadBlob",
                content=picture.data,
                headers={"Content-Type": picture.mime},
            )
            self._judge(answer)
            blob = answer.json().get("blob")
        except base.Unanswered as silence:
            raise base.TryLater(NO_ROUTE) from silence
        if not isinstance(blob, dict):
            raise base.TryLater(NO_ROUTE)
        return blob

    def _judge(self, answer: Answer, *, creating: bool = False) -> None:
        """A bad token is 400 here, with a name for what is wrong."""
        if answer.status == 400 and answer.json().get("error") in _SIGNED_OUT:
            raise base.Disconnected(
                format_lazy(
                    _("{network} asks you to connect again."), network=self.name
                )
            )
        judge(answer, self.name, creating=creating)


def _sent(account: base.Account, key: str) -> base.Sent:
    return base.Sent(
        f"https://bsky.app/profile/{account.name}/post/{key}",
        f"at://{account.name}/{posts.POST}/{key}",
    )


def _session(said: Mapping[str, Any]) -> dict[str, str]:
    return {
        "kind": "session",
        "access": token_in(said.get("accessJwt")),
        "refresh": token_in(said.get("refreshJwt")),
    }
