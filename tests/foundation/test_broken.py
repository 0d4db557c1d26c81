"""A database that lets nobody write, and a page that breaks."""

import pytest
from django.db import OperationalError
from django.urls import reverse

from pesue.sharing.actions import writing
from pesue.sharing.models import Share
from tests.make.content import an_item
from tests.make.people import a_member, an_organisation

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (OperationalError("database is locked"), 503, "what you wrote is still there"),
        (RuntimeError("a fault of ours"), 500, "It was not your fault"),
    ],
)
def test_one_is_told_what_to_do(client, monkeypatch, error, status, words):
    an_organisation()
    client.force_login(a_member())
    client.raise_request_exception = False

    def fails(*_args, **_kwargs):
        raise error

    monkeypatch.setattr(writing, "write", fails)
    address = reverse("compose", args=[an_item().pk])
    answer = client.post(address, {"words": "Not lost.", "do": "save"})
    assert answer.status_code == status
    assert words in answer.content.decode()
    assert not Share.objects.exists()
