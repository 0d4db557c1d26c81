"""What every channel must tell us and do for us."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import ClassVar
from urllib.parse import quote, urlencode

import httpx
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from pesue.sharing.channels import counting
from pesue.sharing.channels.errors import Disconnected as Disconnected
from pesue.sharing.channels.errors import Refused as Refused
from pesue.sharing.channels.errors import TryLater as TryLater
from pesue.sharing.channels.errors import Unanswered as Unanswered
from pesue.sharing.channels.errors import Words as Words
from pesue.sharing.channels.places import origin

Limits = Mapping[str, int | str]  # of one account, as its server states them


NO_PICTURE = _("The picture cannot be read. Choose another.")


class Way(StrEnum):
    """How a post gets out."""

    API = "api"  # we post it, when the person presses Publish
    INTENT = "intent"  # the network's own composer opens, filled as far as it allows
    SHEET = "sheet"  # the device's share sheet, with the picture
    COPY = "copy"  # the text is copied, and the network opened


class About(StrEnum):
    """What a term of a network is about."""

    PREFILL = "prefill"  # may we fill in the text
    SCHEDULE = "schedule"  # may we post at a time the person chose
    REWARD = "reward"  # may acts on the network be rewarded
    SAME_TEXT = "same-text"  # may many accounts post one text
    NUMBERS = "numbers"  # may figures be read back and shown to others
    CAPTIONS = "captions"  # does it take a file of captions with a video


@dataclass(frozen=True)
class Limit:
    most: int
    unit: str  # "characters", "graphemes", "bytes", "pictures", ...
    source: str  # where the network states it
    common: bool = False
    """Common knowledge: the address is where the network would state it."""


@dataclass(frozen=True)
class Term:
    """One thing a network's terms or its technique allow or forbid us."""

    about: About
    allowed: bool
    words: str  # English, for docs/channels.md
    source: str
    common: bool = False  # as in Limit


@dataclass(frozen=True)
class Account:
    """A member's account on a network, as a channel needs it."""

    server: str  # https://host, no slash at the end
    name: str  # the network's own id for the person
    secret: Mapping[str, str] = field(repr=False)
    limits: Limits = field(default_factory=dict)


@dataclass(frozen=True)
class Picture:
    data: bytes = field(repr=False)
    mime: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True)
class Card:
    """A link's preview, for networks that make none themselves."""

    url: str
    title: str
    description: str
    picture: Picture | None = None


@dataclass(frozen=True)
class Post:
    text: str  # the person's words; `link` may stand in them
    key: str = ""  # the same for every attempt at the same share
    language: str = ""  # BCP 47
    link: str = ""  # our short link: no other share has it
    card: Card | None = None
    pictures: tuple[Picture, ...] = ()
    title: str = ""  # for networks that ask for one


@dataclass(frozen=True)
class Sent:
    url: str  # where people see it
    ref: str  # what the network calls it


@dataclass(frozen=True)
class Connection:
    """What a person's consent gave us."""

    server: str
    name: str
    handle: str
    secret: Mapping[str, str] = field(repr=False)
    lasts: timedelta | None = None  # None: until it is withdrawn
    limits: Limits = field(default_factory=dict)


@dataclass(frozen=True)
class Consent:
    """Where the person says yes, and what we need to remember until they are back."""

    url: str
    kept: Mapping[str, str] = field(repr=False)


class Channel:
    """A place where people post. Stateless: when to try again is the share's affair."""

    key: ClassVar[str]
    name: ClassVar[Words]
    ways: ClassVar[tuple[Way, ...]]  # best first
    text_limit: ClassVar[Limit | None] = None  # None: no limit one could meet
    pictures_limit: ClassVar[Limit | None] = None  # None: no picture by our ways
    alt_limit: ClassVar[Limit | None] = None
    terms: ClassVar[tuple[Term, ...]] = ()
    home: ClassVar[str] = ""  # what "copy and open" opens
    intent_source: ClassVar[str] = ""  # where the intent link is described
    intent_most: ClassVar[int] = 8000  # characters of a whole intent address
    needs_server: ClassVar[bool] = False  # the intent goes to a server of the person's
    takes_text: ClassVar[bool] = True
    """Whether the intent brings the text along. If not, it is copied first."""
    repeat_safe: ClassVar[timedelta] = timedelta(0)
    """How long a repeat with the same Post.key makes no second post; zero if
    the network gives no such promise."""
    sure: ClassVar[bool] = False
    """Whether `find` answering None proves that the post does not stand."""

    def says(self, post: Post) -> str:
        """The text as it will stand on the network, the link included."""
        if not post.link or post.link in post.text:
            return post.text
        return f"{post.text}\n\n{post.link}" if post.text else post.link

    def length(self, text: str) -> int:
        """How long `text` is by the network's own count."""
        return counting.characters(text)

    def most(self, limits: Limits) -> int | None:
        """The longest text, in `length`, for an account with these limits."""
        return self.text_limit.most if self.text_limit else None

    def intent(self, post: Post, server: str = "") -> str | None:
        """The address that opens the network's composer, filled.

        `server` is https://host, for channels that need one. None if there is no
        such address, or the text is too long to travel in one: then it is copied.
        """
        return None

    def opens(self, server: str = "") -> str:
        """The address to open once the text is copied; empty if there is none."""
        return self.home

    def link_only(self, post: Post) -> str | None:
        """A second, surer address that takes the link and no text."""
        return None

    def filled(self, address: str, **fields: str) -> str | None:
        """`address` with `fields` as its query; None past `intent_most`."""
        url = f"{address}?{urlencode(fields, quote_via=quote, safe='')}"
        return url if len(url) <= self.intent_most else None

    def knows(self, about: About) -> bool:
        """Whether the terms say anything."""
        return any(term.about is about for term in self.terms)

    def allows(self, about: About) -> bool:
        """What the terms say; False where they are silent."""
        return any(term.allowed for term in self.terms if term.about is about)


class Publisher(Channel):
    """A channel that posts by API for a person who connected their account."""

    asks_name: ClassVar[bool] = False  # of whoever connects; else their server's name
    takes_password: ClassVar[bool] = False  # an app password, instead of consent
    forgets_after: ClassVar[timedelta | None] = None
    """How long a server surely keeps a registration that nobody's account uses;
    None: we are known for good."""

    def publish(self, post: Post, account: Account, http: httpx.Client) -> Sent:
        """Publish the post. Raises Refused, Disconnected, TryLater or Unanswered."""
        raise self._absent()

    def find(self, post: Post, account: Account, http: httpx.Client) -> Sent | None:
        """The post, if the network shows it. Read-only.

        Raises Disconnected, TryLater or Unanswered when it cannot be asked.
        """
        raise self._absent()

    def delete(self, sent: Sent, account: Account, http: httpx.Client) -> None:
        """Take the post away; one that is gone already is no error.

        Raises Refused, Disconnected, TryLater or Unanswered.
        """
        raise self._absent()

    def repeats_safely(self, account: Account) -> timedelta:
        """`repeat_safe` as this account's server keeps it."""
        return self.repeat_safe

    def place(self, typed: str) -> str:
        """The server in what a person typed, as https://host. Raises Refused."""
        return origin(typed)

    def registers_at(self, server: str) -> str:
        """Where we must be known to connect: the server, or "" for all of them."""
        return server

    def register(
        self, server: str, redirect: str, http: httpx.Client
    ) -> Mapping[str, str]:
        """Make us known; what is to be kept, "redirect" (where people come back to)
        in it. Raises Refused, TryLater or Unanswered."""
        raise self._absent()

    def authorize(
        self,
        typed: str,
        server: str,
        registration: Mapping[str, str],
        state: str,
        http: httpx.Client,
    ) -> Consent:
        """Where the person `typed` says yes. Raises Refused, TryLater, Unanswered."""
        raise self._absent()

    def exchange(
        self,
        back: Mapping[str, str],
        kept: Mapping[str, str],
        registration: Mapping[str, str],
        http: httpx.Client,
    ) -> Connection:
        """The account that the person came back with; `back` is their query.

        Raises Refused, TryLater or Unanswered.
        """
        raise self._absent()

    def sign_in(
        self, typed: str, server: str, password: str, http: httpx.Client
    ) -> Connection:
        """Connect the person `typed` by an app password, which is not kept.

        Raises Refused, TryLater or Unanswered.
        """
        raise self._absent()

    def refresh(self, account: Account, http: httpx.Client) -> Connection | None:
        """New tokens, or None where they do not end; our registration comes with
        the account's secret, under names that begin with "our_".

        Raises Disconnected when the person must connect again, TryLater.
        """
        return None

    def revoke(self, account: Account, http: httpx.Client) -> None:
        """Tell the network that we give the account back, where it can be told."""

    def _absent(self) -> Refused:
        return Refused(
            format_lazy(_("{network} cannot be posted to."), network=self.name)
        )
