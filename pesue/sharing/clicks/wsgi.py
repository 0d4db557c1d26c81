"""The links within the pages' own process, for an installation of one port."""

import os
import threading
import time
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from django.conf import settings

from pesue.sharing.clicks import robots
from pesue.sharing.clicks.door import slug_of
from pesue.sharing.clicks.keeper import Keeper
from pesue.sharing.clicks.visitors import client_address

Environ = dict[str, Any]
Start = Callable[..., Any]
Application = Callable[[Environ, Start], Iterable[bytes]]

PREFIX = "/r/"


class WithLinks:
    """Answers what begins with /r/ by itself and leaves the rest to the pages.

    The door is opened by the first click of each process: a server may fork after
    this module was loaded, and two processes must not share a log.
    """

    def __init__(self, pages: Application) -> None:
        self._pages = pages
        self._lock = threading.Lock()
        self._keeper: Keeper | None = None
        self._process = 0

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        path: str = environ.get("PATH_INFO", "")
        if not path.startswith(PREFIX):
            return self._pages(environ, start)
        at = time.time()
        door = self.keeper().door
        slug, method = slug_of(path), environ["REQUEST_METHOD"]
        headers = robots.read_headers(environ)
        address = client_address(
            environ.get("REMOTE_ADDR", ""),
            environ.get("HTTP_X_FORWARDED_FOR"),
            settings.TRUSTED_PROXIES,
        )
        answer = None
        if slug not in door.ways:
            answer = door.refuse(slug, address) or door.seek(slug, address)
        answer = answer or door.follow(slug, method, headers, address, at)
        status = HTTPStatus(answer.status)
        length = ("content-length", str(len(answer.body)))
        start(f"{status.value} {status.phrase}", [*answer.headers, length])
        return [] if method == "HEAD" else [answer.body]

    def keeper(self) -> Keeper:
        if self._keeper is None or self._process != os.getpid():
            with self._lock:
                if self._keeper is None or self._process != os.getpid():
                    self._keeper, self._process = Keeper(), os.getpid()
        return self._keeper

    def health(self) -> dict[str, int | bool] | None:
        """As Keeper.health; None when nobody has followed a link here yet."""
        return self._keeper.health() if self._keeper is not None else None
