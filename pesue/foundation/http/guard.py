"""A client that connects only to addresses open to us.

httpx resolves a name when it connects. Our network backend does that step itself:
it resolves once, refuses what is not open to us, and connects to the very address
it has looked at, so a name that answers differently a second time (DNS rebinding)
gains nothing. Redirects and kept connections pass the same place.

httpx-secure does the same for asynchronous clients only, microsoft-antissrf for
requests; ours are synchronous, and httpcore's network backend is a public interface.
"""

import socket
import ssl
import time
from collections.abc import Iterable
from functools import lru_cache
from ipaddress import ip_address
from typing import Any

import httpcore
import httpx
from django.conf import settings

from pesue import __version__
from pesue.foundation.addresses import WEB_PORTS, in_networks, networks, open_to_us
from pesue.foundation.http.refusals import Forbidden


class _Timed(httpcore.NetworkStream):
    """A stream that ends at a deadline, however slowly the other side drips."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float | None) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._deadline, timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left = _left(self._deadline, timeout)
        stream = self._stream.start_tls(ssl_context, server_hostname, left)
        return _Timed(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(deadline: float | None, timeout: float | None) -> float | None:
    if deadline is None:
        return timeout
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("the time for this request is over")
    return left if timeout is None else min(timeout, left)


class _Guarded(httpcore.NetworkBackend):
    """Resolves, looks, and connects to what it looked at."""

    def __init__(self, deadline: float | None) -> None:
        self._deadline = deadline
        self._plain = httpcore.SyncBackend()
        self._allowed = networks(settings.ALLOW_PRIVATE_NETWORKS)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        failure: Exception = httpcore.ConnectError(f"no address for {host}")
        for address in self._addresses(host, port):
            try:
                stream = self._plain.connect_tcp(
                    address,
                    port,
                    _left(self._deadline, timeout),
                    local_address,
                    socket_options,
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _Timed(stream, self._deadline)
        raise failure

    def _addresses(self, host: str, port: int) -> list[str]:
        """The open addresses of a name, at most four. Raises Forbidden if none is."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise Forbidden("unknown", host=host) from error
        every = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        mine = [text for text in every if open_to_us(text, self._allowed)]
        if not mine:
            raise Forbidden("private", host=host)
        own = all(in_networks(ip_address(text), self._allowed) for text in mine)
        if port not in WEB_PORTS and not own:
            raise Forbidden("port", port=port)
        return mine[:4]


@lru_cache(maxsize=1)
def _certificates() -> ssl.SSLContext:
    """The web's authorities, and those that this machine trusts besides."""
    context = httpx.create_ssl_context(trust_env=False)
    context.load_default_certs()
    return context


def client(*, seconds: float | None = None, timeout: float = 20) -> httpx.Client:
    """An httpx.Client that reaches only addresses open to us; no proxies, no netrc.

    `timeout` bounds each read and write, `seconds` everything this client does in
    its life. It follows no redirects unless asked to. A forbidden address raises
    Forbidden, an httpx.ConnectError: nothing was sent.
    """
    deadline = None if seconds is None else time.monotonic() + seconds
    transport = httpx.HTTPTransport(verify=_certificates(), trust_env=False)
    transport._pool = httpcore.ConnectionPool(
        ssl_context=_certificates(),
        max_connections=10,
        max_keepalive_connections=10,
        keepalive_expiry=5,
        network_backend=_Guarded(deadline),
    )
    return httpx.Client(
        transport=transport,
        trust_env=False,
        timeout=timeout,
        headers={"User-Agent": f"Pesue/{__version__} (+{settings.ADDRESS})"},
    )
