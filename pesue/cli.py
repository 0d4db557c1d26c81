"""The `pesue` command: what an administrator does by hand.

Django is loaded only by the commands that need it, so that `pesue run` starts at once.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from pesue import __version__, environment, supervisor
from pesue.backup import BackupRefused
from pesue.imports import (
    Refusal,
    import_content,
    import_people,
    import_visits,
    load,
    read_guideline,
)

Command = Callable[[argparse.Namespace], int]


def run(asked: argparse.Namespace) -> int:
    host, port = environment.LISTEN.text(), environment.PORT.number()
    ports = {"pages": port, "links": port + 1}
    for taken in filter(lambda p: supervisor.port_is_taken(host, p), ports.values()):
        raise Refusal(
            f"Port {taken} is in use. Stop what uses it, or set PESUE_PORT to another."
        )
    if not is_migrated():
        migrating = subprocess.run([sys.executable, "-m", "pesue.cli", "migrate"])
        if migrating.returncode:
            return migrating.returncode
    supervisor.Supervisor(
        [
            supervisor.Part("pages", web_command()),
            supervisor.Part("links", links_command()),
            supervisor.Part("worker", supervisor.worker_command()),
        ]
    ).run(
        lambda: all(supervisor.answers(host, p) for p in ports.values()),
        f"open {environment.address()} - Ctrl-C stops Pesue",
    )
    return 0


def web_command() -> list[str]:
    return supervisor.web_command(
        environment.LISTEN.text(),
        environment.PORT.number(),
        environment.WEB_PROCESSES.number(),
        environment.WEB_THREADS.number(),
    )


def links_command() -> list[str]:
    return supervisor.links_command(
        environment.LISTEN.text(), environment.PORT.number() + 1, 1
    )


def web(_asked: argparse.Namespace) -> int:
    command = web_command()
    os.execv(command[0], command)


def links(_asked: argparse.Namespace) -> int:
    command = links_command()
    os.execv(command[0], command)


def worker(asked: argparse.Namespace) -> int:
    load()
    from pesue.worker import turn, work

    if asked.flag:
        turn(datetime.now(UTC))
    else:
        work()
    return 0


def migrate(_asked: argparse.Namespace) -> int:
    load()
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    migrated_file().write_text(state_of_code())
    return 0


def migrated_file() -> Path:
    return Path(environment.DATA.text()) / "migrated"


def state_of_code() -> str:
    """Changes whenever there may be something to migrate: other code, another place.

    Spares each start the second that asking Django takes.
    """
    own = sorted(path.name for path in (Path(__file__).parent / "migrations").glob("*"))
    libraries = [version(name) for name in ("django", "django-allauth")]
    said = repr([__version__, own, libraries, environment.DATABASE_URL.text()])
    return sha256(said.encode()).hexdigest()


def is_migrated() -> bool:
    place = migrated_file()
    here = environment.DATABASE_URL.text() or place.with_name("pesue.sqlite3").exists()
    return bool(here) and place.exists() and place.read_text() == state_of_code()


def demo(asked: argparse.Namespace) -> int:
    migrate(asked)
    from pesue.demo.build import NotEmpty, build
    from pesue.people.models import Organisation

    there = Organisation.the()
    if there and there.demo:
        print(f"{there.name} is here already. Start over by removing the data folder.")
        return 0
    try:
        build(datetime.now(UTC))
    except NotEmpty as error:
        raise Refusal(str(error)) from error
    return 0


def doctor(_asked: argparse.Namespace) -> int:
    from pesue.doctor import examine, show

    findings = examine(datetime.now(UTC))
    print(show(findings))
    return 1 if any(finding.level == "bad" for finding in findings) else 0


def backup(asked: argparse.Namespace) -> int:
    load()
    from pesue.backup import keep

    keep(Path(asked.file), with_keys=asked.flag)
    print(f"Backed up to {asked.file}.")
    if not asked.flag:
        print(
            "The keys are not in it: keep secret.key and seal.keys of the data folder "
            "elsewhere, or use --with-keys."
        )
    return 0


def restore(asked: argparse.Namespace) -> int:
    load()
    from pesue.backup import bring_back

    for line in bring_back(Path(asked.file), force=asked.flag):
        print(line)
    return 0


def rotate(_asked: argparse.Namespace) -> int:
    load()
    from pesue.doors.actions import actors
    from pesue.encouragement.actions import motives
    from pesue.example.actions import inside
    from pesue.foundation.secrets import keep_ring, ring
    from pesue.people.actions import factors
    from pesue.sharing.actions import accounts

    if not environment.SEAL_KEYS.text():
        keep_ring(ring().with_new_key())
    rooms = (factors, accounts, motives, inside, actors)
    resealed = sum(room.reseal() for room in rooms)
    print(f"Resealed {resealed} rows with the newest key.")
    if environment.SEAL_KEYS.text():
        print(
            "Next time, put this before the keys of PESUE_SEAL_KEYS on every host, "
            f"restart, and run this again: {ring().with_new_key().text().split(',')[0]}"
        )
    else:
        print("Restart Pesue, so that every part seals with it.")
    return 0


def settings(_asked: argparse.Namespace) -> int:
    print(environment.table())
    return 0


@dataclass(frozen=True)
class Doing:
    """One command: its words, what it says of itself, what it does."""

    words: str  # "backup", or a group and a word: "keys rotate"
    what: str
    does: Command
    file: str = ""  # what its argument is called, if it takes one
    many: bool = False  # of such arguments
    option: str = ""  # with a value
    option_what: str = ""
    flag: str = ""
    flag_what: str = ""


DOINGS = [
    Doing("run", "Serve all on this machine: pages, links and worker.", run),
    Doing("web", "Serve the pages only.", web),
    Doing("links", "Serve the short links only.", links),
    Doing(
        "worker",
        "Do what is done unattended, for ever.",
        worker,
        flag="--once",
        flag_what="one turn, then end",
    ),
    Doing("migrate", "Bring the database up to this version.", migrate),
    Doing("demo", "Fill an empty installation with an invented company.", demo),
    Doing(
        "content import",
        "Bring in a feed, a list of feeds (OPML) or a web page.",
        import_content,
        file="URL-or-FILE",
        flag="--inbox",
        flag_what="a curator looks before it comes into the library",
    ),
    Doing(
        "people import",
        "Bring in a list of people, a CSV file; shown before anything is done.",
        import_people,
        file="FILE.csv",
        flag="--yes",
        flag_what="take the good lines in without asking",
    ),
    Doing(
        "guidance read",
        "Read an old guideline and say what each sentence does.",
        read_guideline,
        file="FILE",
        flag="--json",
        flag_what="one JSON object a sentence, its place counted in characters",
    ),
    Doing(
        "visits import",
        "Bring in how often pages were visited: a web server's logs, or a CSV file.",
        import_visits,
        file="FILE",
        many=True,
        option="--site",
        option_what="the site, if the file does not name it: www.example.org",
        flag="--whole-days",
        flag_what="the log begins and ends at midnight: keep its first and last day",
    ),
    Doing("doctor", "Say what is wrong here and how to mend it.", doctor),
    Doing(
        "backup",
        "Write all data to one file, while running.",
        backup,
        file="FILE.tar.gz",
        flag="--with-keys",
        flag_what="also the keys that open network tokens: guard such a file well",
    ),
    Doing(
        "restore",
        "Bring a backup back. Stop Pesue first.",
        restore,
        file="FILE.tar.gz",
        flag="--force",
        flag_what="put aside the data that is there now",
    ),
    Doing(
        "keys rotate",
        "Make a new key and seal all with it; the old ones still open.",
        rotate,
    ),
    Doing("settings", "List all settings, as in docs/settings.md.", settings),
]
GROUPS = {
    "content": "What there is to tell.",
    "guidance": "What guides those who tell.",
    "keys": "The keys that seal tokens and second factors.",
    "people": "Who there is.",
    "visits": "How often pages are visited, by everybody.",
}


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="pesue",
        description="Employee advocacy that staff can trust. Settings come from the "
        "environment: pesue settings lists them.",
    )
    top.add_argument("--version", action="version", version=__version__)
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    groups = {}
    for doing in DOINGS:
        group, _, word = doing.words.rpartition(" ")
        if group and group not in groups:
            under = commands.add_parser(group, help=GROUPS[group])
            groups[group] = under.add_subparsers(required=True, metavar="COMMAND")
        place = groups.get(group, commands)
        one = place.add_parser(word, help=doing.what, description=doing.what)
        one.set_defaults(does=doing.does)
        if doing.file:
            nargs = "+" if doing.many else None
            one.add_argument("file", metavar=doing.file, nargs=nargs)
        if doing.option:
            one.add_argument(doing.option, dest="option", help=doing.option_what)
        if doing.flag:
            one.add_argument(
                doing.flag, dest="flag", action="store_true", help=doing.flag_what
            )
    return top


def main(arguments: list[str] | None = None) -> int:
    asked = parser().parse_args(arguments)
    try:
        does: Command = asked.does
        return does(asked)
    except (Refusal, BackupRefused, environment.BadSetting) as refusal:
        print(f"pesue: {refusal}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
