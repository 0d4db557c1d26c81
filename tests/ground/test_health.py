"""What load balancers are told."""

from typing import Any

import pytest
from django.db import DatabaseError
from django.db.migrations import Migration
from django.test import Client

from pesue import health

FIRST = {("pesue", "0001_first"): Migration("0001_first", "pesue")}


@pytest.fixture
def client() -> Client:
    return Client(headers={"host": "localhost"})


def test_live_asks_nothing_of_the_database(client: Client) -> None:
    assert client.get("/health/live").json() == {"live": True}


@pytest.mark.django_db
def test_not_ready_until_migrated(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "known_migrations", lambda: FIRST)
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["migrate"] == ["pesue.0001_first"]
    monkeypatch.setattr(health, "known_migrations", dict)
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["ready"]) == (200, True)


def test_not_ready_without_a_database(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> Any:
        raise DatabaseError("connection refused")

    monkeypatch.setattr(health, "pending_migrations", away)
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json() == {"ready": False, "database": "no answer"}
