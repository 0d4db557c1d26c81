"""One form for the many spellings of one address. No Django."""

import hashlib
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

MOST = 1000  # characters of an address we keep
PORTS = {"http": 80, "https": 443}
# Parameters that say where a reader came from, not what is read.
TRACKING = {
    "fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "igshid",
    "mc_cid", "mc_eid", "_hsenc", "_hsmi", "mkt_tok", "ref_src", "wt_mc", "cmpid",
    "xtor", "vero_id", "oly_anon_id", "oly_enc_id",
}  # fmt: skip


def canonical(url: str, base: str = "") -> str:
    """The address without tracking, fragment, default port; "" if it is not a web one.

    A relative `url` is joined to `base`. What is left opens the same page.
    """
    if not url.strip():
        return ""
    try:
        parts = urlsplit(urljoin(base, url.strip()))
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return ""
    if parts.scheme not in PORTS or not host or any(c.isspace() for c in host):
        return ""
    if ":" in host:
        host = f"[{host}]"
    place = host if port in {None, PORTS[parts.scheme]} else f"{host}:{port}"
    path = quote(parts.path, safe="/%:@!$&'()*+,;=~-._") or "/"
    whole = urlunsplit((parts.scheme, place, path, _query(parts.query), ""))
    return whole if len(whole) <= MOST else ""


def _query(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [pair for pair in pairs if not _tracks(pair[0].lower())]
    if len(kept) == len(pairs):
        return quote(query, safe="/%:@!$&'()*+,;=~-._?[]")
    return urlencode(kept)


def _tracks(name: str) -> bool:
    return name in TRACKING or name.startswith(("utm_", "pk_", "mtm_", "matomo_"))


def url_key(url: str) -> str:
    """What is the same for two spellings of an article's address; "" for none.

    http and https, www and a last slash make no difference to readers.
    """
    whole = canonical(url)
    if not whole:
        return ""
    parts = urlsplit(whole)
    host = parts.netloc.removeprefix("www.")
    same = f"{host}{parts.path.rstrip('/')}?{parts.query}"
    return hashlib.sha256(same.encode()).hexdigest()


def host_of(url: str) -> str:
    """The host of a web address, in small letters; "" if it has none."""
    try:
        return (urlsplit(url).hostname or "")[:255]
    except ValueError:
        return ""
