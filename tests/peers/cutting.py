"""A network that fails when we choose: a small proxy before a real server."""

import re
import socket
import ssl
import threading
from contextlib import suppress
from enum import StrEnum
from typing import Self


class Fault(StrEnum):
    NONE = "none"
    CUT_BEFORE = "cut before"  # the server never gets the request
    CUT_AFTER = "cut after"  # it gets it and acts; its answer never arrives
    STALL_BEFORE = "stall before"
    STALL_AFTER = "stall after"


class Proxy:
    """Passes requests on to 127.0.0.1:`port`; one a connection.

    Requests whose first line contains `at` meet `fault`, `times` times; `without`
    names a header that never gets through. `met` counts, `seen` is set when one did.
    With `tls` it speaks TLS to those who come, and plainly to the server.
    """

    def __init__(
        self,
        port: int,
        at: str = "\0",
        *,
        without: str = "",
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.upstream, self.at, self.without = port, at.encode(), without.encode()
        self.fault, self.times, self.met, self.tls = Fault.NONE, 0, 0, tls
        self.seen = threading.Event()
        self.over = threading.Event()
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listening.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def fail(self, fault: Fault, times: int = 1) -> None:
        self.fault, self.times, self.met = fault, times, 0
        self.seen.clear()

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.listening.close()

    def _accept(self) -> None:
        while not self.over.is_set():
            try:
                client, _address = self.listening.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        """One request. A client that goes away, as browsers do, is no failure."""
        client.settimeout(30)
        with client, suppress(OSError):
            if self.tls:
                client = self.tls.wrap_socket(client, server_side=True)
            self._answer(client)

    def _answer(self, client: socket.socket) -> None:
        with client:
            head, body = self._request(client)
            if not head:
                return
            struck = self.at in head.split(b"\r\n")[0] and self.met < self.times
            if struck:
                self.met += 1
                if self.fault in (Fault.CUT_BEFORE, Fault.STALL_BEFORE):
                    self.seen.set()
                    self._stall()
                    return
            answer = self._passed_on(head, body)
            if struck:
                self.seen.set()
                self._stall()
            else:
                client.sendall(answer)

    def _stall(self) -> None:
        if self.fault in (Fault.STALL_BEFORE, Fault.STALL_AFTER):
            self.over.wait(60)

    def _request(self, client: socket.socket) -> tuple[bytes, bytes]:
        got = b""
        while b"\r\n\r\n" not in got:
            piece = client.recv(65536)
            if not piece:
                return b"", b""
            got += piece
        head, _, body = got.partition(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: *(\d+)", head)
        while length and len(body) < int(length[1]):
            body += client.recv(65536)
        return head, body

    def _passed_on(self, head: bytes, body: bytes) -> bytes:
        lines = [
            line
            for line in head.split(b"\r\n")
            if not line.lower().startswith(b"connection:")
            and not (self.without and line.lower().startswith(self.without))
        ]
        sent = b"\r\n".join([*lines, b"Connection: close"]) + b"\r\n\r\n" + body
        with socket.create_connection(("localhost", self.upstream), 30) as server:
            server.sendall(sent)
            answer = b""
            while piece := server.recv(65536):
                answer += piece
        return answer
