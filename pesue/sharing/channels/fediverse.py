"""Reading what Mastodon-like servers tell. No network."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

from pesue.sharing.channels import base, keys

_SOFTWARE = re.compile(r"(?:[3-9]|\d\d)\.\d+[\w.+-]*$")
NAME = re.compile(r"[\w.:/@-]{1,200}")  # of an account or a status
_ADDRESS = re.compile(r"https?://[^\s\x00-\x1f<>\"]+")
_BREAK = re.compile(r"<br ?/?>|</p>\s*<p>")
_TAG = re.compile(r"<[^>]*>")
_LIMITS = {
    "text": ("statuses", "max_characters"),
    "pictures": ("statuses", "max_media_attachments"),
    "alt": ("media_attachments", "description_limit"),
}


def sent(status: Mapping[str, Any]) -> base.Sent:
    """A status as the network made it. Raises Unanswered if it is none."""
    ref = str(status.get("id") or "")
    if not NAME.fullmatch(ref) or "content" not in status:
        raise base.Unanswered
    url = str(status.get("url") or status.get("uri") or "")
    sound = _ADDRESS.fullmatch(url) and len(url) <= 500
    return base.Sent(url if sound else "", ref)


def is_post(post: base.Post, status: Mapping[str, Any]) -> bool:
    """Whether a status is our post: by our link, or by its text and time."""
    content = str(status.get("content") or "")
    if post.link:
        return post.link in unescape(content)
    made, since = _time(status.get("created_at")), keys.made_at(post.key)
    if made is None or made < since - timedelta(minutes=5):
        return False
    return plain(content) == " ".join(post.text.split())


def plain(content: str) -> str:
    """A status's HTML as one line of text."""
    return " ".join(unescape(_TAG.sub("", _BREAK.sub("\n", content))).split())


def limits(instance: Mapping[str, Any]) -> dict[str, int | str]:
    """Of /api/v2/instance: text, pictures, alt text (numbers), and the software."""
    version = str(instance.get("version") or "")
    # Others: "4.2.0 (compatible; Akkoma 3.10)", "takahe/0.11", GoToSocial "0.17.3";
    # Mastodon and its forks: "4.4.0-beta.1", "4.4.0+glitch".
    mastodon = _SOFTWARE.match(version)
    found: dict[str, int | str] = {"software": "mastodon" if mastodon else "other"}
    for ours, (part, theirs) in _LIMITS.items():
        number = _inside(_inside(instance, "configuration"), part).get(theirs)
        if isinstance(number, int) and 0 < number < 10_000_000:
            found[ours] = number
    return found


def _inside(found: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    inner = found.get(name)
    return inner if isinstance(inner, dict) else {}


def _time(text: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
