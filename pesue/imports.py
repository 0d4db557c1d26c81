"""What the `pesue` command brings in from files, and how each command begins.

Django is loaded only by the commands that need it.
"""

import argparse
import os
import sys
from datetime import UTC, datetime
from pathlib import Path


class Refusal(Exception):
    """What was asked cannot be done; the text says what to do instead."""


def load_in_english() -> None:
    """For what tells refusals of the rooms among the words of this file."""
    load()
    from django.utils import translation

    translation.activate("en")


def load() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pesue.settings")
    django.setup()


def import_content(asked: argparse.Namespace) -> int:
    load_in_english()
    from pesue.content.actions.importing import import_from
    from pesue.content.feeds import NoFeed
    from pesue.foundation.http import Unfetchable

    try:
        done = import_from(asked.file, now=datetime.now(UTC), straight=not asked.flag)
    except FileNotFoundError as error:
        raise Refusal(f"there is no file {asked.file} here.") from error
    except (NoFeed, Unfetchable, OSError) as error:
        raise Refusal(str(error)) from error
    print(f"{done.items} new, {done.known} known already.", done.note)
    if done.sources:
        print(f"{done.sources} feeds are read from now on.")
    return 0


def read_guideline(asked: argparse.Namespace) -> int:
    load_in_english()
    from pesue.guidance.documents import Unreadable, text_of
    from pesue.guidance.reader import read
    from pesue.guidance.reader.lines import as_json, as_text

    try:
        file = Path("/dev/stdin" if asked.file == "-" else asked.file)
        found = read(text_of(file.name, file.read_bytes()).text)
    except FileNotFoundError as error:
        raise Refusal(f"there is no file {asked.file} here.") from error
    except (OSError, Unreadable) as error:
        raise Refusal(str(error)) from error
    print(*(as_json if asked.flag else as_text)(found), sep="\n")
    return 0


def import_people(asked: argparse.Namespace) -> int:
    load_in_english()
    from pesue.people.actions import imports
    from pesue.people.actions.refusals import Refused
    from pesue.people.queries import bad_rows

    try:
        with Path(asked.file).open("rb") as file:
            pieces = iter(lambda: file.read(1_000_000), b"")
            name = Path(asked.file).name
            batch = imports.upload(pieces, name=name, by=None, now=datetime.now(UTC))
    except FileNotFoundError as error:
        raise Refusal(f"there is no file {asked.file} here.") from error
    except (OSError, Refused) as error:
        raise Refusal(str(error)) from error
    while imports.work(batch, now=datetime.now(UTC), seconds=1):
        print(f"\r{batch.rows} lines read", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    if batch.state == "refused":
        raise Refusal(batch.why)
    for row in bad_rows(batch)[:20]:
        print(f"line {row.line}: {row.why}")
    print(f"Lines that can be taken in: {batch.good}. That cannot: {batch.bad}.")
    if not asked.flag and not _yes("Take them in? [y/N] "):
        imports.withdraw(batch, now=datetime.now(UTC))
        hint = "" if sys.stdin.isatty() else " Add --yes to take them in."
        print(f"Nothing was imported.{hint}")
        return 0
    imports.confirm(batch, invite=False, now=datetime.now(UTC))
    while imports.work(batch, now=datetime.now(UTC), seconds=1):
        print(f"\r{batch.imported} lines taken", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    print(f"New: {batch.added}. Brought up to date: {batch.changed}.")
    return 0


def _yes(question: str) -> bool:
    return sys.stdin.isatty() and input(question).strip().lower() in ("y", "yes")


def import_visits(asked: argparse.Namespace) -> int:
    load_in_english()
    from pesue.measurement.actions import outside

    now, paths = datetime.now(UTC), [Path(file) for file in asked.file]
    said = outside.asked_of(now, site=asked.option or "", whole_days=asked.flag)
    try:
        name = ", ".join(path.name for path in paths)
        file = outside.bring("visits", paths, said, name=name, by=None, now=now)
    except OSError as error:
        raise Refusal(str(error)) from error
    if file.why:
        raise Refusal(file.why)
    outside.keep(file, now=now)
    told = file.told
    print(
        f"Kept as {told.source}: {told.number} {told.unit} of {told.names} pages on "
        f"{len(told.every_day)} days; {told.ours} of our items are among them. "
        f"Left out: {dict(told.left)}. Not understood: {told.bad_lines} lines."
    )
    return 0
