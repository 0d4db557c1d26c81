"""Networks that answer as they are told."""

import httpx

FINE = {"id": "1", "url": "https://social.example/@ana/1", "content": "<p>x</p>"}


class Network:
    """A network that gives these answers in turn; an exception is raised."""

    def __init__(self, *answers):
        self.left, self.seen = list(answers), []

    def handle(self, request):
        self.seen.append(request)
        answer = self.left.pop(0)
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, httpx.Response):
            return answer
        return httpx.Response(200, json=answer)

    def connect(self):
        return httpx.Client(transport=httpx.MockTransport(self.handle))

    @property
    def posted(self):
        return [r for r in self.seen if r.method == "POST"]
