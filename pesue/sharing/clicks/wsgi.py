"""The links within the pages' own process, for an installation of one port; and the
count of who reads the stories that we show ourselves.
"""

import logging
import os
import re
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

log = logging.getLogger(__name__)
Environ = dict[str, Any]
Start = Callable[..., Any]
Application = Callable[[Environ, Start], Iterable[bytes]]

PREFIX = "/r/"
STORY = re.compile(r"/s/([-a-zA-Z0-9_]{1,80})")  # as pages.public.urls has it
SHOWN = ("200", "304")  # 304: the browser has the page still
READ = ("GET", "HEAD")


class WithLinks:
    """Answers what begins with /r/ by itself and leaves the rest to the pages.

    Of a story's page it writes down that it was shown, before its reader has it.

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
            story = STORY.fullmatch(path)
            if story and environ["REQUEST_METHOD"] in READ:
                start = self._counted(story[1], environ, start)
            return self._pages(environ, start)
        at = time.time()
        door = self.keeper().door
        slug, method = slug_of(path), environ["REQUEST_METHOD"]
        headers, address = robots.read_headers(environ), _address(environ)
        answer = None
        if slug not in door.ways:
            answer = door.refuse(slug, address) or door.seek(slug, address)
        answer = answer or door.follow(slug, method, headers, address, at)
        status = HTTPStatus(answer.status)
        length = ("content-length", str(len(answer.body)))
        start(f"{status.value} {status.phrase}", [*answer.headers, length])
        return [] if method == "HEAD" else [answer.body]

    def _counted(self, page: str, environ: Environ, start: Start) -> Start:
        """`start`, that first writes down that the page is shown, if it is."""

        def counting(status: str, *more: Any) -> Any:
            if status[:3] in SHOWN:
                try:
                    self.keeper().door.land(
                        page,
                        environ["REQUEST_METHOD"],
                        robots.read_headers(environ),
                        _address(environ),
                        time.time(),
                    )
                except Exception:  # the log cannot be opened: the page is shown anyway
                    log.warning("A visit was not written down", exc_info=True)
            return start(status, *more)

        return counting

    def keeper(self) -> Keeper:
        if self._keeper is None or self._process != os.getpid():
            with self._lock:
                if self._keeper is None or self._process != os.getpid():
                    self._keeper, self._process = Keeper(), os.getpid()
        return self._keeper

    def health(self) -> dict[str, int | bool] | None:
        """As Keeper.health; None when nobody has followed a link here yet."""
        return self._keeper.health() if self._keeper is not None else None


def _address(environ: Environ) -> str:
    return client_address(
        environ.get("REMOTE_ADDR", ""),
        environ.get("HTTP_X_FORWARDED_FOR"),
        settings.TRUSTED_PROXIES,
    )
