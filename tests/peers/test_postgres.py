"""Production: PostgreSQL by one address, many workers, backup and restore."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from secrets import token_hex

import httpx
import psycopg
import pytest

from tests.peers.live import ROOT, LivePesue

TEAMS = """
from pesue.people.models import Team
print(sorted(Team.objects.values_list("name", flat=True)))
"""


@pytest.fixture
def database(postgres: str) -> Iterator[str]:
    """The address of an empty database."""
    name = f"pesue_{token_hex(4)}"
    with psycopg.connect(postgres, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    yield postgres.rpartition("/")[0] + f"/{name}"
    with psycopg.connect(postgres, autocommit=True) as server:
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_it_serves_is_backed_up_and_comes_back(database: str, tmp_path: Path) -> None:
    file = str(tmp_path / "b.tar.gz")
    with LivePesue(tmp_path, DATABASE_URL=database) as pesue:
        ready = httpx.get(f"{pesue.url}/health/ready").json()
        assert ready == {"ready": True, "database": "answers"}
        assert "postgresql, of this version" in pesue.command("doctor")
        pesue.python("from pesue.people.models import Team; Team(name='One').save()")
        with subprocess.Popen(  # a second worker on the same database
            [sys.executable, "-m", "pesue.cli", "worker"],
            cwd=ROOT,
            env={**pesue.environment, "PESUE_DATA": str(tmp_path / "other")},
            stdout=subprocess.PIPE,
        ) as other:
            assert other.stdout is not None
            assert other.stdout.readline() == b"The worker is at work.\n"
            pesue.command("backup", file)
            other.terminate()
            assert other.wait(60) == 0
        pesue.python("from pesue.people.models import Team; Team(name='Two').save()")
        assert "Stop it" in pesue.command("restore", file, fails=True)
        pesue.stop()
        assert "--force" in pesue.command("restore", file, fails=True)
        assert pesue.python(TEAMS).strip() == "['One', 'Two']"
        pesue.command("restore", file, "--force")
        assert pesue.python(TEAMS).strip() == "['One']"
        pesue.start()
        assert httpx.get(f"{pesue.url}/health/ready").status_code == 200
