"""How fast and in how much memory a long list of people is taken in.

    PESUE_DATA=/tmp/x python -m benchmarks.people_import [ROWS]     # SQLite
    DATABASE_URL=postgres://... python -m benchmarks.people_import  # an empty database

Then how long the members' page takes to answer with all of them. The database must
be empty: its tables are made from the models.
"""

import os
import resource
import statistics
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from time import perf_counter, process_time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pesue.settings")
django.setup()

from django.apps import apps  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from pesue.people.actions import imports  # noqa: E402
from pesue.people.models import Grant, Member, Organisation, PeopleImport  # noqa: E402

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ASKED = {
    "first page": "/members/",
    "a page in the middle": "/members/?after={middle}",
    "words": "/members/?q=m%C3%A4kinen",
    "words that nobody has": "/members/?q=zzzz",
    "one team": "/members/?team={team}",
}


def make_tables() -> None:
    if connection.introspection.table_names():
        sys.exit("The database is not empty.")
    with connection.schema_editor() as editor:
        for model in apps.get_models():
            editor.create_model(model)
    call_command("createcachetable", verbosity=0)


def a_file(rows: int) -> Iterator[bytes]:
    yield "Sähköposti;Nimi;Nimike;Tiimi;Kieli\n".encode()
    families = ["Mäkinen", "Virtanen", "Öberg", "Nieminen", "Sjöström"]
    for n in range(rows):
        team = f"Alue {n % 10} / Toimipiste {n % 200}"
        line = f"h{n}@example.org;Henkilö {n} {families[n % 5]};Leipuri;{team};suomi\n"
        yield line.encode()


def timed(batch: PeopleImport, what: str, rows: int) -> None:
    begun, used = perf_counter(), process_time()
    while imports.work(batch, now=datetime.now(UTC), seconds=10):
        continue
    spent = perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    used = process_time() - used
    print(
        f"{what}: {spent:.1f} s, {rows / spent:,.0f} rows/s; {used:.1f} s of our "
        f"processor, {rows / used:,.0f} rows/s; peak {peak:.0f} MB"
    )


def pages(client: Client) -> None:
    middle = Member.objects.order_by("name")[Member.objects.count() // 2].pk
    some = Member.objects.filter(team__isnull=False).first()
    team = some.team_id if some else 0
    for what, path in ASKED.items():
        path = path.format(middle=middle, team=team)
        client.get(path)
        spent, used = [], []
        for _ in range(15):
            at, used_at = perf_counter(), process_time()
            assert client.get(path).status_code == 200
            spent.append(1000 * (perf_counter() - at))
            used.append(1000 * (process_time() - used_at))
        print(
            f"members, {what}: median {statistics.median(spent):.0f} ms, "
            f"{statistics.median(used):.0f} ms of our processor"
        )


def main(rows: int) -> None:
    make_tables()
    Organisation.objects.create(pk=1, name="Suuri Oy")
    admin = Member.objects.create(
        email="admin@example.org", name="Aino", state="active", state_since=NOW
    )
    Grant.objects.create(member=admin, role="admin")
    small = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{connection.vendor}, {rows:,} rows; {small:.0f} MB before")
    batch = imports.upload(a_file(rows), name="staff.csv", by=admin, now=NOW)
    timed(batch, "read and judged", rows)
    imports.confirm(batch, invite=True, now=NOW)
    timed(batch, "taken in, invitations made", rows)
    assert batch.added == rows, batch.why
    again = imports.upload(a_file(rows), name="again.csv", by=admin, now=NOW)
    timed(again, "the same list again: read", rows)
    imports.confirm(again, invite=False, now=NOW)
    timed(again, "the same list again: taken", rows)
    assert again.added == again.changed == 0
    client = Client(headers={"host": "localhost"})
    client.force_login(
        admin, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    pages(client)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
