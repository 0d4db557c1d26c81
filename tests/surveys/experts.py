"""What the tests of panels do: sign in, read mails, come in by a link, answer."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils.timezone import localdate

from pesue.people.models import Member
from pesue.reach.steps import send_mail
from pesue.surveys import steps
from pesue.surveys.models import Expert, Panel
from tests.make.surveys import an_expert

NOW = datetime.now(UTC)
TODAY = localdate(NOW)
OPEN: dict[str, Any] = {"opens": TODAY, "closes": TODAY + timedelta(days=30)}


def signed_in(member: Member) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(member, backend="sesame.backends.ModelBackend")
    return client


def letters(now: datetime = NOW) -> dict[str, str]:
    """The token of the last mail to each address."""
    mail.outbox = []
    steps.mail_experts(now)
    send_mail(now)
    found = {}
    for letter in mail.outbox:
        [token] = re.findall(r"https://house\.example/panel#(\S+)", letter.body)
        assert letter.body.count(token) == 2, "the link, and the code to be typed"
        found[letter.to[0]] = token
    return found


def come_in(token: str) -> tuple[Client, str]:
    client = Client()
    cache.clear()  # more come from here in a minute than from any office
    answer = client.post("/panel", {"code": token})
    assert answer.status_code == 302, answer.content
    return client, answer["Location"]


def edition(client: Client, page: str) -> str:
    text = client.get(page).content.decode()
    return re.findall(r'name="edition" value="(\d+)"', text)[0]


def say(client: Client, page: str, **words: str):
    return client.post(page, {"edition": edition(client, page), **words}, follow=True)


def ranked_by(panel: Panel, number: int, **fields) -> list[Expert]:
    keys = list(panel.trends.values_list("pk", flat=True))
    return [
        an_expert(panel, ranks=keys, ranked_on=TODAY, to_mail=False, **fields)
        for _ in range(number)
    ]
