"""A web site of our own for the tests: what each path answers, and what was asked."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from django.test import override_settings


@dataclass
class Answer:
    body: bytes = b""
    type: str = "text/html"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    send: Callable[[BaseHTTPRequestHandler], None] | None = None  # instead of it all


@dataclass
class Site:
    url: str  # "http://127.0.0.1:12345"
    answers: dict[str, Answer]
    asked: list[tuple[str, dict[str, str]]]  # path and headers, in order

    def paths(self) -> list[str]:
        return [path for path, _headers in self.asked]


@contextmanager
def a_site(
    answers: dict[str, Answer] | None = None, *, open: bool = True
) -> Iterator[Site]:
    """Serve on the loopback; with `open`, our client may reach it."""
    site = Site("", answers or {}, [])

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.path, dict(self.headers)))
            answer = site.answers.get(self.path, Answer(status=404))
            if answer.send:
                answer.send(self)
                return
            self.send_response(answer.status)
            if answer.type:
                self.send_header("Content-Type", answer.type)
            self.send_header("Content-Length", str(len(answer.body)))
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *_args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    site.url = f"http://127.0.0.1:{server.server_address[1]}"
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}).start()
    try:
        with override_settings(ALLOW_PRIVATE_NETWORKS=["127.0.0.0/8"] if open else []):
            yield site
    finally:
        server.shutdown()
        server.server_close()
