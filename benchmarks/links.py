"""How fast links are followed and stored, beside what one could have instead.

    python -m benchmarks.links follow            # needs wrk
    python -m benchmarks.links store [ROWS]      # DATABASE_URL=postgres://... or SQLite

Everything of a table is measured in one run, in turns: compare within it only.
"""

import os
import random
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROUNDS, SECONDS, CONNECTIONS, LINKS = 5, 4, 32, 1000
PORT = 18400
SERVERS = {
    "granian, a constant 302": ("rsgi", "benchmarks.links_apps:constant"),
    "our links server (RSGI)": ("rsgi", "pesue.sharing.clicks.server:app"),
    "our links before the pages (WSGI)": ("wsgi", "benchmarks.links_apps:front"),
    "Django view, SELECT + INSERT": ("wsgi", "benchmarks.links_apps:plain"),
}
BASE = "Django view, SELECT + INSERT"
LUA = """
local slugs = {}
for line in io.lines(os.getenv("SLUGS")) do slugs[#slugs + 1] = line end
local n = 0
request = function()
  n = n + 1
  return wrk.format("GET", "/r/" .. slugs[n % #slugs + 1], {["User-Agent"] =
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/1" .. n % 500})
end
"""


def prepare(data: Path) -> None:
    """A database with its tables in `data`, and this process's Django upon it."""
    os.environ["PESUE_DATA"] = str(data)
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.links_settings"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", run_syncdb=True, verbosity=0)


def make_links(count: int) -> list[str]:
    """As many shares of one member, each with its link."""
    from pesue.sharing.actions.links import make_link
    from pesue.sharing.models import Share
    from tests.make.content import an_item
    from tests.make.people import a_member
    from tests.make.sharing import a_share

    member, now = a_member(), datetime.now(UTC)
    for n in range(count):
        a_share(member=member, item=an_item(url=f"https://example.org/story-{n}"))
    return [make_link(s, now=now).slug for s in Share.objects.all()]


@contextmanager
def serving(name: str) -> Iterator[int]:
    interface, target = SERVERS[name]
    threads = ["--blocking-threads", "4"] if interface == "wsgi" else []
    command = [sys.executable, "-m", "granian", "--interface", interface, target]
    command += ["--port", str(PORT), "--workers", "1", "--no-ws", *threads]
    command += ["--log-level", "error"]
    server = subprocess.Popen(command, start_new_session=True)
    try:
        yield server.pid
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)


def load(seconds: float, slugs: Path, script: Path) -> tuple[float, float, float]:
    """(answers a second, median ms, 99th percentile ms)"""
    told = subprocess.run(
        [
            *("wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds:g}s", "--latency"),
            *("-s", str(script), f"http://127.0.0.1:{PORT}/"),
        ],
        env={**os.environ, "SLUGS": str(slugs)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    if "Non-2xx" in told or "Socket errors" in told:
        raise SystemExit(told)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", told)
    assert rate is not None
    scale = {"us": 0.001, "ms": 1.0, "s": 1000.0}
    points = dict(re.findall(r"(50|99)%\s+([\d.]+[mu]?s)", told))
    times = [re.fullmatch(r"([\d.]+)(\w+)", points[p]) for p in ("50", "99")]
    median, late = (float(t[1]) * scale[t[2]] for t in times if t is not None)
    return float(rate[1]), median, late


def wait_for_server() -> None:
    import socket

    for _ in range(150):
        try:
            socket.create_connection(("127.0.0.1", PORT), 0.2).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("a server did not start")


def follow() -> None:
    if shutil.which("wrk") is None:
        raise SystemExit("wrk is missing: apt install wrk")
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        prepare(data)
        slugs, script = data / "slugs", data / "visit.lua"
        slugs.write_text("\n".join(make_links(LINKS)) + "\n")
        script.write_text(LUA)
        found: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
        for _ in range(ROUNDS):
            for name in SERVERS:
                with serving(name):
                    wait_for_server()
                    load(1, slugs, script)
                    found[name].append(load(SECONDS, slugs, script))
        show(found)


def show(found: dict[str, list[tuple[float, float, float]]]) -> None:
    rates = {n: statistics.median(r for r, _, _ in rows) for n, rows in found.items()}
    print("| | answers/s [min-max] | times a Django view | p50 ms | p99 ms |")
    print("|---|---|---|---|---|")
    for name, rows in found.items():
        every = [rate for rate, _, _ in rows]
        median = statistics.median(p50 for _, p50, _ in rows)
        late = statistics.median(p99 for _, _, p99 in rows)
        print(
            f"| {name} | {rates[name]:,.0f} [{min(every):,.0f}-{max(every):,.0f}] "
            f"| {rates[name] / rates[BASE]:.1f} | {median:.2f} | {late:.1f} |"
        )


def store(rows: int) -> None:
    """Fill a click log with `rows` lines of three days and store it."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        prepare(data)
        from django.conf import settings
        from django.db import connection

        from pesue.sharing.models import Link, LinkDay, Visit
        from pesue.sharing.steps import links as steps

        make_links(LINKS)
        ids = list(Link.objects.order_by("-pk").values_list("pk", flat=True)[:LINKS])
        size = fill(settings.CLICK_LOG, ids, rows)
        print(f"{connection.vendor}: {rows:,} lines of {size / rows:.0f} bytes")
        before, taken, began = Visit.objects.count(), 0, time.monotonic()
        worked = time.process_time()
        while got := steps.ingest(datetime.now(UTC)):
            took, part = time.monotonic() - began, got
            taken += part
            print(f"  {taken:>10,} after {took:6.1f} s, {taken / took:8,.0f} rows/s")
        took, worked = time.monotonic() - began, time.process_time() - worked
        assert Visit.objects.count() - before == rows
        print(
            f"{rows / took:,.0f} rows/s; 10 million in {1e7 / rows * took / 60:.1f} min"
        )
        print(
            f"{rows / worked:,.0f} rows in a second of the worker's own processor time"
        )
        print(f"{LinkDay.objects.count():,} tallies")
        if connection.vendor == "sqlite":
            bytes_used = (data / "pesue.sqlite3").stat().st_size
            print(f"{bytes_used / rows:.0f} bytes a visit, indexes included")


def fill(folder: Path, links: list[int], rows: int) -> int:
    """A popular link is followed often, a visitor a few times; 5 % are robots."""
    from pesue.sharing.clicks.log import Click, line

    rng, began = random.Random(5), datetime.now(UTC) - timedelta(days=3)
    start, step = int(began.timestamp() * 1000), 3 * 86_400_000 / rows
    folder.mkdir(parents=True, exist_ok=True)
    size, part = 0, 64 << 20
    lines: list[bytes] = []
    for n in range(rows):
        kind = "preview" if rng.random() < 0.05 else ""
        link = links[int(len(links) * rng.random() ** 3)]
        who = f"{rng.randrange(max(1, rows // 2)) * 2654435761 % 2**64:016x}"
        ms = start + int(n * step)
        lines.append(line(Click(ms, link, who, kind, "phone", "linkedin")))
        size += len(lines[-1])
        if size % part < len(lines[-1]) or n == rows - 1:
            (folder / f"clk-{start + n}-1-x.log").write_bytes(b"".join(lines))
            lines.clear()
    return size


if __name__ == "__main__":
    asked = sys.argv[1:] or ["follow"]
    if asked[0] == "store":
        store(int(asked[1]) if len(asked) > 1 else 1_000_000)
    else:
        follow()
