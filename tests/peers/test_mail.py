"""Mail through a real SMTP server, and back in by the link in it."""

import re
from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.test import Client

from pesue.reach.steps import send_mail
from tests.make.people import a_member, an_organisation
from tests.peers.started import Mailbox


@pytest.mark.django_db
def test_the_link_in_a_real_mail_signs_in(mailbox: Mailbox, settings) -> None:
    cache.clear()
    an_organisation(name="Äyskärin Leipä")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = mailbox.host, mailbox.port
    ana = a_member("Äänisen Ana", language="sv")
    client = Client()
    client.post("/sign-in/link", {"email": ana.email})
    send_mail(datetime.now(UTC))
    got = mailbox.awaited(ana.email)
    assert "Äyskärin Leipä" in got["Subject"]
    assert "List-Unsubscribe" not in got
    link = re.search(r"http://\S+?(/sign-in/link/\S+)", got.get_content())
    assert link
    assert client.post(link[1]).status_code == 302
    assert client.get("/settings/").status_code == 200
