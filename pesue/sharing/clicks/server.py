"""The links' own server: `granian --interface rsgi pesue.sharing.clicks.server:app`.

One loop a process. Only a link that is not in memory leaves the loop, for a thread.
"""

import asyncio
import json
import os
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import django

from pesue.foundation.parent_death import die_with_server

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pesue.settings")
django.setup()

from django.conf import settings  # noqa: E402

from pesue.sharing.clicks.door import UNREACHED, Answer, slug_of  # noqa: E402
from pesue.sharing.clicks.keeper import Keeper  # noqa: E402
from pesue.sharing.clicks.visitors import client_address  # noqa: E402

HEALTH = "/health"
MOST_SEEKING = 200  # look-ups waiting at once; beyond that one is asked to come again


class Links:
    """The RSGI application; granian calls the three methods with underscores."""

    keeper: Keeper
    seekers: ThreadPoolExecutor
    proxies: int
    seeking = 0

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        die_with_server()
        self.proxies = settings.TRUSTED_PROXIES
        self.seekers = ThreadPoolExecutor(2, "seek")
        # Not in the loop's thread: Django refuses the database there.
        self.keeper = self.seekers.submit(Keeper).result()

    def __rsgi_del__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.seekers.shutdown()
        self.keeper.close()

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        at = time.time()
        path = scope.path
        if path == HEALTH:
            answer = self._health()
        else:
            slug, address = slug_of(path), self._address(scope)
            if slug in self.keeper.door.ways:
                answer = self.keeper.door.follow(
                    slug, scope.method, scope.headers, address, at
                )
            else:
                answer = await self._sought(slug, scope, address, at)
        if answer.body and scope.method != "HEAD":
            protocol.response_bytes(answer.status, answer.headers, answer.body)
        else:
            protocol.response_empty(answer.status, answer.headers)

    async def _sought(self, slug: str, scope: Any, address: str, at: float) -> Answer:
        door = self.keeper.door
        answer = door.refuse(slug, address)
        if answer is None and self.seeking >= MOST_SEEKING:
            return UNREACHED
        if answer is None:
            loop = asyncio.get_running_loop()
            self.seeking += 1
            try:
                answer = await loop.run_in_executor(
                    self.seekers, door.seek, slug, address
                )
            finally:
                self.seeking -= 1
        return answer or door.follow(slug, scope.method, scope.headers, address, at)

    def _address(self, scope: Any) -> str:
        forwarded = None
        if self.proxies:  # a proxy may add to the header or add a header of its own
            forwarded = ",".join(scope.headers.get_all("x-forwarded-for"))
        return client_address(scope.client, forwarded, self.proxies)

    def _health(self) -> Answer:
        told = self.keeper.health()
        kind = [("content-type", "application/json"), ("cache-control", "no-store")]
        return Answer(200 if told["well"] else 503, kind, json.dumps(told).encode())


app = Links()
