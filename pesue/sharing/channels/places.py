"""The address of a server as a person types it. No network."""

from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from pesue.sharing.channels.errors import Refused

# Reached without TLS, and only where an administrator allows it: the network guard
# of foundation.http decides.
_LOOPBACK = {"localhost", "127.0.0.1", "[::1]"}


def origin(typed: str) -> str:
    """https://host[:port] of "host", "@name@host", "name@host" or an address.

    Raises Refused with words that say what to type.
    """
    text = typed.strip()
    if "://" not in text:
        host = text.rpartition("@")[2].partition("/")[0]
        scheme = "http" if host.partition(":")[0] in _LOOPBACK else "https"
        text = f"{scheme}://{host}"
    try:
        url = urlsplit(text)
        host, port = url.hostname or "", url.port
        plain = host.encode("idna").decode().lower()
    except (ValueError, UnicodeError):
        raise Refused(_UNCLEAR) from None
    local = host in _LOOPBACK
    if url.scheme != "https" and not (url.scheme == "http" and local):
        raise Refused(_UNCLEAR)
    if url.username or not plain or not (local or "." in plain):
        raise Refused(_UNCLEAR)
    return f"{url.scheme}://{plain}" + (f":{port}" if port else "")


_UNCLEAR = _("Write the name of your server, like mastodon.social.")
