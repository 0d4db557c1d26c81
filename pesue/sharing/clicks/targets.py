"""Where a link leads: the item's own address with the organisation's tags added."""

from collections.abc import Mapping
from urllib.parse import quote, urlsplit, urlunsplit

import idna

LONGEST = 2000  # characters; some networks and mail gateways cut longer ones

# What has a meaning of its own in an address, and a percent sign, which has already
# been used: everything else that is not plain ASCII is percent-encoded as UTF-8.
_KEEP = "!#$%&'()*+,/:;=?@[]~-._"


class BadTarget(ValueError):
    """The address cannot be followed by everyone. `why` is one of the words below."""

    NOT_WEB = "not-web"
    NAMES_SOMEONE = "credentials"
    TOO_LONG = "too-long"

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def tagged(url: str, template: str, words: Mapping[str, str]) -> str:
    """`url` in plain ASCII with the template's tags in its query.

    `template` is like "utm_source={channel}&utm_medium=employee"; `words` are what
    stands for the names in braces. Tags of the same name that were already there (a
    feed's own utm_source=rss) are replaced; everything else keeps its place, and
    the fragment stays last. Raises BadTarget.
    """
    try:
        parts = urlsplit(url.strip())
        host = _host(parts.hostname or "")
        port = f":{parts.port}" if parts.port else ""
    except (ValueError, idna.IDNAError) as error:
        raise BadTarget(BadTarget.NOT_WEB) from error
    if parts.scheme not in ("http", "https") or not host:
        raise BadTarget(BadTarget.NOT_WEB)
    if parts.username is not None or parts.password is not None:
        raise BadTarget(BadTarget.NAMES_SOMEONE)
    tags = _tags(template, words)
    kept = [pair for pair in parts.query.split("&") if _name(pair) not in tags]
    query = "&".join(
        [pair for pair in [quote("&".join(kept), safe=_KEEP)] if pair]
        + [f"{name}={quote(value, safe='')}" for name, value in tags.items()]
    )
    whole = urlunsplit(
        (
            parts.scheme,
            host + port,
            quote(parts.path, safe=_KEEP),
            query,
            quote(parts.fragment, safe=_KEEP),
        )
    )
    if len(whole) > LONGEST:
        raise BadTarget(BadTarget.TOO_LONG)
    return whole


def _tags(template: str, words: Mapping[str, str]) -> dict[str, str]:
    tags = {}
    for pair in filter(None, template.split("&")):
        name, _, value = pair.partition("=")
        for key, word in words.items():
            value = value.replace(f"{{{key}}}", word)
        tags[name.strip()] = value
    return tags


def _name(pair: str) -> str:
    return pair.partition("=")[0]


def _host(name: str) -> str:
    if ":" in name:  # IPv6
        return f"[{name}]"
    if name.isascii():
        if not name.replace("-", "").replace(".", "").replace("_", "").isalnum():
            raise ValueError(name)
        return name
    return idna.encode(name, uts46=True).decode("ascii")
