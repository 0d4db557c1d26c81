"""A house of its own with one share to send, and a worker that can be killed.

As a program (`python -m tests.peers.sending COMMAND JSON`) it does what must be done
beside the worker: `prepare`, `turns`. The answer is JSON.
"""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


class House:
    """Its database is a file in `home`."""

    def __init__(self, home: Path) -> None:
        outside = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PESUE_", "DATABASE_URL"))
        }
        self.environment = {
            **outside,
            "DJANGO_SETTINGS_MODULE": "pesue.settings",
            "PESUE_DATA": str(home),
            "PESUE_ALLOW_PRIVATE_NETWORKS": "127.0.0.0/8,::1/128",
        }

    def ask(self, command: str, **words: Any) -> Any:
        done = subprocess.run(
            [sys.executable, "-m", "tests.peers.sending", command, json.dumps(words)],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            timeout=60,
            check=True,
        )
        return json.loads(done.stdout.splitlines()[-1])

    def worker(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "tests.peers.sending", "work", "{}"],
            cwd=ROOT,
            env=self.environment,
        )


def prepare(found: dict[str, Any]) -> Any:
    """Tables, an account, and a share that is due."""
    from django.conf import settings
    from django.core.management import call_command

    settings.MIGRATION_MODULES = {"pesue": None}
    call_command("migrate", run_syncdb=True, verbosity=0)

    from pesue.sharing.actions import accounts
    from pesue.sharing.channels import base
    from pesue.sharing.channels.keys import new_key
    from pesue.sharing.models import Link
    from tests.make.people import a_member
    from tests.make.sharing import a_due_share

    now = datetime.now(UTC)
    connection = base.Connection(
        found["server"], found["name"], "@ana", found["secret"], limits=found["limits"]
    )
    account = accounts.keep(a_member(), found["channel"], connection, now=now)
    share = a_due_share(account, key=new_key(now), send_at=now, state_since=now)
    Link.objects.create(
        share=share,
        slug=share.key[-10:],
        target="https://example.org/",
        created_at=now,
        changed_at=now,
    )
    return {"share": share.pk}


def state() -> str:
    from pesue.sharing.models import Share

    return Share.objects.get().state


def turns(found: dict[str, Any]) -> Any:
    """What the worker does about shares, `at` so many minutes from now; the states
    before the first turn and after each."""
    from pesue.sharing.steps import publish

    states = [state()]
    for minutes in found["at"]:
        now = datetime.now(UTC) + timedelta(minutes=minutes)
        for step in (publish.release_stuck, publish.send_due, publish.settle_unknown):
            step(now)
        states.append(state())
    return states


def work(_found: dict[str, Any]) -> Any:
    from pesue import worker
    from pesue.sharing.steps import publish

    worker.STEPS[:] = [publish.release_stuck, publish.send_due]
    worker.work()
    return None


if __name__ == "__main__":
    import django

    django.setup()
    does = {"prepare": prepare, "turns": turns, "work": work}
    print(json.dumps(does[sys.argv[1]](json.loads(sys.argv[2]))))
