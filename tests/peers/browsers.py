"""The real Chromium, and axe in it."""

import os
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Playwright

from tests.peers.started import PEERS

QUIET = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # A camera that shows a green screen with a clock, and beeps.
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
]


def chromium_path() -> str:
    """As in servers/lib.sh: Ubuntu's own is a snap, so there it comes from npm."""
    fetched = PEERS / "chromium" / "chromium"
    return os.environ.get("CHROMIUM") or str(
        fetched if fetched.exists() else "/usr/bin/chromium"
    )


def launched(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=chromium_path(), args=QUIET)


def listen(page: Page) -> list[str]:
    """Fills with what goes wrong on the page: errors of scripts and of the policy."""
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on(
        "console",
        lambda told: (
            said.append(told.text)
            if told.type == "error" and "Content Security Policy" in told.text
            else None
        ),
    )
    return said


def violations(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 AA, one line each."""
    source = (PEERS / "npm/node_modules/axe-core/axe.min.js").read_text()
    page.evaluate(source)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found: dict[str, Any] = page.evaluate("tags => axe.run({runOnly: tags})", tags)
    return [
        f"{v['id']}: {v['help']}: {[n['html'] for n in v['nodes']][:3]}"
        for v in found["violations"]
    ]


def keep_picture(page: Page, name: str) -> Path:
    """Of a page whose test failed, under .peers/tmp."""
    path = PEERS / "tmp" / f"{name}.png"
    page.screenshot(path=path)
    return path
