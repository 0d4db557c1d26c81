"""Promises every room keeps, checked over all of them."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import is_dataclass
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Model

from pesue.foundation.held import Held
from pesue.people.models import Member
from pesue.sharing.channels import CHANNELS
from pesue.sharing.channels.base import Limit, Term

ROOT = Path(__file__).parents[1]
HOUSE = ROOT / "pesue"
ROOMS = {path.parent for path in HOUSE.glob("*/__init__.py")} - {
    HOUSE / name for name in ("migrations", "foundation", "templatetags", "demo")
}
TRACKED = [
    ROOT / name
    for name in subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    if name and (ROOT / name).is_file()
]
PYTHON = [p for p in TRACKED if p.suffix == ".py" and "migrations" not in p.parts]
OURS = [p for p in PYTHON if p.is_relative_to(HOUSE)]
NAMES = {
    *("models", "actions", "queries", "access", "forms", "views", "urls", "steps"),
    *("messages", "facts", "statistics", "levers", "__init__"),
}
DJANGOS = {"middleware", "context"}  # what Django itself asks for by a dotted name


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def read(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


# --- Shape


def test_rooms_know_only_the_rooms_upstream() -> None:
    told = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert told.returncode == 0, told.stdout


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """The name of each function and its lines; what it does is no part of it."""
    for node in ast.walk(read(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            told = ast.get_docstring(node, clean=False) or ""
            yield node.name, lines - told.count("\n") - bool(told)


def test_files_and_functions_stay_readable() -> None:
    assert [name(p) for p in PYTHON if p.read_text("utf-8").count("\n") > 400] == []
    long = [(name(p), *f) for p in PYTHON for f in functions(p) if f[1] > 40]
    assert long == []


def test_no_drawer_for_odds_and_ends() -> None:
    drawers = {"utils", "util", "helpers", "common", "misc", "manager", "service"}
    assert [name(p) for p in PYTHON if drawers & {*p.parts, p.stem}] == []


IN_ROOMS = [p for p in OURS if any(p.is_relative_to(room) for room in ROOMS)]


def djangos(path: Path) -> set[str]:
    """What a file imports of Django or of our tables, but the marking of words."""
    modules = {
        module
        for node in ast.walk(read(path))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for module in [
            getattr(node, "module", None) or "",
            *(alias.name for alias in node.names),
        ]
        if module.partition(".")[0] == "django" or ".models" in module
    }
    words = {"translation", "functional", "formats"}  # of languages, and not of rows
    return modules - {f"django.utils.{name}" for name in words}


def test_a_room_has_only_known_files_or_pure_ones() -> None:
    """A file of another name is an algorithm: it imports nothing of Django."""
    for path in IN_ROOMS:
        _, *folders, file = path.relative_to(HOUSE).with_suffix("").parts
        known = folders or file in NAMES | DJANGOS
        assert known or not djangos(path), name(path)


def test_nothing_is_left_open() -> None:
    open_ends = "TO" + "DO|FIX" + "ME|NotImplemented" + "Error|mark.(skip|xfail)"
    sign = re.compile(rf"\b({open_ends}|pytest\.skip)\b")
    assert [name(p) for p in PYTHON if sign.search(p.read_text("utf-8"))] == []


# --- Rows about people


def test_views_reach_rows_only_through_access() -> None:
    managers = {"objects", "_default_manager", "_base_manager"}
    for path in (p for p in OURS if "views" in p.with_suffix("").parts):
        names = {n.attr for n in ast.walk(read(path)) if isinstance(n, ast.Attribute)}
        assert not names & managers, name(path)


def is_about_people(model: type[Model]) -> bool:
    fields = [*model._meta.fields, *model._meta.many_to_many]
    return model is Member or any(f.related_model is Member for f in fields)


def test_every_table_about_people_says_why() -> None:
    tables = filter(is_about_people, apps.get_app_config("pesue").get_models())
    assert [t for t in tables if not isinstance(getattr(t, "HELD", None), Held)] == []


# --- Channels


def stated(thing: object) -> Iterator[Limit | Term]:
    """Every limit and term in what a channel declares, however deep."""
    if isinstance(thing, Limit | Term):
        yield thing
    elif isinstance(thing, dict):
        for part in thing.values():
            yield from stated(part)
    elif isinstance(thing, list | tuple | set | frozenset):
        for part in thing:
            yield from stated(part)
    elif is_dataclass(thing):
        yield from stated(vars(thing))


@pytest.mark.parametrize("key", CHANNELS)
def test_channels_say_where_their_limits_come_from(key: str) -> None:
    channel = CHANNELS[key]
    declared = {n: getattr(channel, n) for n in dir(channel) if not n.startswith("_")}
    for limit in stated(declared):
        assert limit.source.startswith("https://"), limit


# --- Pages


TEMPLATES = [p for p in TRACKED if "templates" in p.parts and p.suffix == ".html"]


def test_pages_obey_a_strict_policy() -> None:
    """No script, style or event stands in the page itself; nothing is evaluated."""
    inline = (
        r"<style|<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(ld\+)?json\")"
        r"|<[^>]*\s(style|on[a-z]+)\s*=|hx-on|=\s*[\"']js:"
    )
    for path in TEMPLATES:
        text = path.read_text(encoding="utf-8")
        text = re.sub(r"{#.*?#}|{% comment.*?endcomment %}", "", text, flags=re.DOTALL)
        found = re.search(inline, text, flags=re.IGNORECASE)
        assert found is None, f"{name(path)}: {found}"


# --- Words


def entries(path: Path) -> dict[str, list[str]]:
    """The translations in a .po by msgid (with its context); obsolete ones left out."""
    found: dict[str, list[str]] = {}
    for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
        parts: dict[str, str] = {}
        key = ""
        for line in block.splitlines():
            if line.startswith("#"):
                assert not line.startswith("#, fuzzy"), f"{path}: {block}"
                continue
            word, _, quoted = (
                line.rpartition(' "') if line[0] != '"' else ("", "", line)
            )
            if word:
                key, quoted = word, f'"{quoted}'
            parts[key] = parts.get(key, "") + ast.literal_eval(quoted)
        if parts.get("msgid"):
            context = f"{parts['msgctxt']}\4" if "msgctxt" in parts else ""
            texts = [text for key, text in parts.items() if key.startswith("msgstr")]
            found[context + parts["msgid"]] = texts
    return found


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_string_is_translated_and_compiled(language: str) -> None:
    from gettext import GNUTranslations

    folder = HOUSE / "locale" / language / "LC_MESSAGES"
    written = entries(folder / "django.po")
    assert [text for text, said in written.items() if not all(said)] == []
    with (folder / "django.mo").open("rb") as file:
        catalog = GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    compiled: dict[str, list[str]] = {}
    for key, text in catalog.items():
        plain = key[0] if isinstance(key, tuple) else key
        if plain:
            compiled.setdefault(plain, []).append(text)
    assert compiled == written, "run scripts/words"


# --- The checkout


def test_the_migrations_say_what_the_models_say() -> None:
    asked = ["makemigrations", "--check", "--dry-run", "pesue"]
    told = subprocess.run(
        [sys.executable, "-m", "django", *asked],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "pesue.settings"},
        capture_output=True,
        text=True,
    )
    assert told.returncode == 0, told.stdout + told.stderr


@pytest.mark.parametrize(
    "lock", sorted((ROOT / "requirements").glob("*.txt")), ids=name
)
def test_locks_hold_no_host_and_every_hash(lock: Path) -> None:
    text = lock.read_text()
    assert not re.search(r"https?://|--(extra-)?index-url|--find-links|file:", text)
    pins = [p for p in text.replace("\\\n", "").splitlines() if re.match(r"\w", p)]
    assert all("--hash=sha256:" in pin for pin in pins)


def test_no_path_of_a_machine_is_in_the_checkout() -> None:
    homes = re.compile(rf"{re.escape(str(ROOT))}/|/(root|home/\w+)/\w")
    for path in TRACKED:
        if path.suffix in {".py", ".md", ".txt", ".toml", ".sh", ".html", ""}:
            found = homes.search(path.read_text(encoding="utf-8", errors="ignore"))
            assert found is None, f"{path}: {found}"


def test_every_dependency_is_explained() -> None:
    told = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    for path in sorted((ROOT / "requirements").glob("*.in")):
        for line in path.read_text().splitlines():
            wanted = re.match(r"[a-z][\w-]*", line)
            assert wanted is None or f"| {wanted[0]} |" in told, line
