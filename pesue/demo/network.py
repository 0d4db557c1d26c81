"""The demo's own network: answers like Mastodon and reaches nobody.

Its address ends in .example, a name that no server can have (RFC 2606).
"""

import json
from itertools import count

import httpx

SERVER = "https://mastodon.example"
_ids = count(1)


def client() -> httpx.Client:
    """A client that leads to the demo's network, whatever it is asked for."""
    return httpx.Client(transport=httpx.MockTransport(_answer))


def _answer(request: httpx.Request) -> httpx.Response:
    if request.method != "POST" or not request.url.path.endswith("/statuses"):
        return httpx.Response(404, json={"error": "Not found"})
    number = next(_ids)
    said = json.loads(request.content)["status"]
    return httpx.Response(
        200,
        json={
            "id": f"{number}",
            "url": f"{SERVER}/@demo/{number}",
            "content": f"<p>{said}</p>",
        },
    )
