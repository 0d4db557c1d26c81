"""All visits to an item's page: a number, none, or not known."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from pesue import cli
from pesue.content.canonical import url_key
from pesue.measurement.actions import outside as actions
from pesue.measurement.models import PageVisits
from pesue.measurement.queries.page_visits import covered, daily
from tests.make import NOON
from tests.make.content import an_item
from tests.make.outside import a_line, a_log

pytestmark = pytest.mark.django_db
APRIL = NOON + timedelta(days=28)
FIRST, LAST = date(2026, 3, 2), date(2026, 3, 5)


def item_at(url: str, **fields):
    return an_item(url=url, url_key=url_key(url), **fields)


def kept(folder: Path, text: str, **said) -> None:
    path = folder / "file.csv"
    path.write_text(text)
    asked = actions.asked_of(APRIL, **said)
    file = actions.bring("visits", [path], asked, name="x", by=None, now=APRIL)
    assert file.state == "read", file.why
    actions.keep(file, now=APRIL)


def days_of(item) -> list[int | None]:
    return list(daily([item], FIRST, LAST)[item.pk].values())


PLAUSIBLE = """date,hostname,page,visits
2026-03-02,www.example.org,/water,8
2026-03-03,www.example.org,/,3
"""


def test_seen_not_seen_and_not_known(tmp_path):
    seen = item_at("http://example.org/water/")
    unseen = item_at("https://example.org/ovens")
    elsewhere = item_at("https://paper.example/story")
    nowhere = an_item(url="", url_key="")
    kept(tmp_path, PLAUSIBLE)
    assert days_of(seen) == [8, 0, None]
    assert days_of(unseen) == [0, 0, None]
    assert days_of(elsewhere) == [None] * 3
    assert days_of(nowhere) == [None] * 3
    told = covered(FIRST, LAST)
    assert list(told) == ["example.org"]
    assert list(told["example.org"].days) == [FIRST, FIRST + timedelta(days=1)]


def test_a_table_of_some_pages_does_not_say_that_nobody_came(tmp_path):
    item = item_at("https://example.org/water")
    rows = "address,day,visits\nhttps://example.org/other,2026-03-02,8\n"
    kept(tmp_path, rows)
    assert days_of(item) == [None, None, None]
    kept(tmp_path, rows, all_pages=True)
    assert days_of(item) == [0, None, None]


def test_sources_are_not_mixed(tmp_path):
    item = item_at("https://example.org/water")
    kept(tmp_path, PLAUSIBLE)
    kept(tmp_path, "address,day,views\nhttps://example.org/water,2026-03-04,90\n")
    assert days_of(item) == [8, 0, None]
    assert covered(FIRST, LAST)["example.org"].source == "plausible/visits"


def test_an_item_that_came_after_the_file_is_not_told_that_nobody_came(tmp_path):
    before = item_at("https://example.org/a?id=1")
    kept(tmp_path, PLAUSIBLE)
    after = item_at("https://example.org/a?id=2", added_at=APRIL + timedelta(days=1))
    assert days_of(before)[0] == 0
    assert days_of(after)[0] is None


def test_queries_do_not_grow_with_items(tmp_path, django_assert_max_num_queries):
    items = [item_at(f"https://example.org/{n}") for n in range(20)]
    kept(tmp_path, PLAUSIBLE)
    with django_assert_max_num_queries(5):
        assert len(daily(items, FIRST, LAST)) == 20


def test_the_command_takes_several_logs_and_says_one_line(tmp_path, capsys):
    item_at("https://example.org/water")
    first, second = tmp_path / "a.log", tmp_path / "b.log"
    first.write_text(a_log(a_line("/water"), edges=True))
    second.write_text(a_log(a_line("/water"), a_line("/ovens"), edges=False))
    asked = ["visits", "import", str(first), str(second), "--site", "example.org"]
    for _ in range(2):
        assert cli.main(asked) == 0
        said = capsys.readouterr().out
        assert said.count("\n") == 1
        assert "3 views of 2 pages on 1 days; 1 of our items" in said
    assert PageVisits.objects.count() == 2


def test_the_command_says_what_is_wrong(tmp_path, capsys):
    assert cli.main(["visits", "import", str(tmp_path / "none")]) == 1
    (tmp_path / "x").write_text("nothing of the kind")
    assert cli.main(["visits", "import", str(tmp_path / "x")]) == 1
    assert "did not find a line that names the columns" in capsys.readouterr().err
