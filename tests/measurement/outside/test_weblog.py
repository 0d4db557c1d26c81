"""Logs of web servers: pages asked for by people, and nobody's address."""

import gzip
import tracemalloc
from zoneinfo import ZoneInfo

import pytest

from pesue.measurement.outside import weblog
from pesue.measurement.outside.tables import NotReadable
from tests.make.outside import (
    PERSON,
    ROBOT,
    Read,
    a_line,
    a_log,
    addresses,
    asked,
    written,
)

pytestmark = pytest.mark.thorough

WATER = "https://example.org/news/water"
DAY = "2026-03-03"


def read(folder, *lines, known=(), site="www.example.org", edges=True, **said):
    path = written(folder, a_log(*lines, edges=edges))
    assert weblog.looks_like([path])
    wanted = addresses(*known, site=site)
    return Read(folder).by(weblog.read, [path], wanted, asked(**said))


def test_people_who_came_to_pages_are_counted(tmp_path):
    told = read(
        tmp_path,
        a_line(),
        a_line("/news/water/?fbclid=abc&email=ana@example.org"),
        a_line(status=304),
        a_line(front="2001:db8::1 - -"),
        a_line(front='203.0.113.7 - "Ana Aalto"'),
    )
    assert told.pages == {(WATER, DAY): 5}
    assert told.found.source == "weblog/views"
    assert not told.found.bad


@pytest.mark.parametrize(
    "line",
    [
        a_line(browser=ROBOT),
        a_line(browser="-"),
        a_line(browser="facebookexternalhit/1.1"),
        a_line(browser="curl/8.5.0"),
    ],
)
def test_robots_are_left_out(tmp_path, line):
    told = read(tmp_path, a_line(), line)
    assert told.pages == {(WATER, DAY): 1}
    assert told.found.left["robots"] == 1


@pytest.mark.parametrize(
    "line",
    [
        a_line(status=404),
        a_line(status=301),
        a_line(status=206),
        a_line(method="POST"),
        a_line(method="HEAD"),
        a_line("/style.css"),
        a_line("/picture.JPG?size=2"),
        a_line("http://elsewhere.example/"),
        a_line("/reset/ana@example.org"),
        a_line("*", method="OPTIONS"),
    ],
)
def test_what_is_no_visit_to_a_page(tmp_path, line):
    told = read(tmp_path, a_line(), line)
    assert told.pages == {(WATER, DAY): 1}
    assert told.found.left["others"] == 1


def test_a_query_of_an_items_own_address_stays_and_others_go(tmp_path):
    told = read(
        tmp_path,
        a_line("/article?id=5&utm_source=linkedin"),
        a_line("/article?id=7"),
        known=["https://example.org/article?id=5"],
    )
    assert told.pages == {
        ("https://example.org/article?id=5", DAY): 1,
        ("https://example.org/article", DAY): 1,
    }


def test_the_sites_of_a_log_that_names_them(tmp_path):
    told = read(
        tmp_path,
        a_line(front="www.example.org:443 203.0.113.7 - -"),
        a_line(front="shop.example.org 203.0.113.7 - -"),
        site="other.example",
    )
    assert set(told.pages) == {
        (WATER, DAY),
        ("https://shop.example.org/news/water", DAY),
    }


def test_a_client_known_by_name_is_not_taken_for_a_site(tmp_path):
    told = read(tmp_path, a_line(front="dsl-1.isp.example - -"))
    assert told.pages == {(WATER, DAY): 1}


def test_the_first_and_last_day_may_not_be_whole(tmp_path):
    lines = [a_line(at="02/Mar/2026:06:25:00 +0200"), a_line()]
    told = read(tmp_path, *lines, a_line(at="04/Mar/2026:06:25:00 +0200"), edges=False)
    assert set(told.pages) == {(WATER, DAY)}
    assert told.found.left["edges"] == 2
    whole = read(tmp_path, *lines, edges=False, whole_days=True)
    assert len(whole.pages) == 2


def test_a_log_of_one_day_alone_is_not_kept_unless_it_is_said_to_be_whole(tmp_path):
    with pytest.raises(NotReadable, match="edges"):
        read(tmp_path, a_line(), edges=False)


def test_a_day_without_a_single_line_is_not_known(tmp_path):
    told = read(tmp_path, a_line())
    assert [day.isoformat() for day in told.found.every_day] == [DAY]


def test_several_logs_put_together_are_cut_only_at_the_ends(tmp_path):
    first, second = tmp_path / "a", tmp_path / "b.gz"
    first.write_text(a_log(a_line(at="03/Mar/2026:05:00:00 +0200"), edges=False))
    second.write_bytes(gzip.compress(a_log(a_line()).encode()))
    told = Read(tmp_path).by(weblog.read, [first, second], addresses(), asked())
    assert told.pages == {(WATER, DAY): 2}


def test_days_are_by_the_organisations_clock(tmp_path):
    line = a_line(at="03/Mar/2026:23:30:00 +0000")
    assert (WATER, DAY) in read(tmp_path, line).pages
    told = read(tmp_path, line, zone=ZoneInfo("Europe/Helsinki"))
    assert set(told.pages) == {(WATER, "2026-03-04")}


def test_letters_as_servers_escape_them(tmp_path):
    told = read(tmp_path, a_line("/k\\xc3\\xa4"), a_line("/k%C3%A4"))
    assert told.pages == {("https://example.org/k%C3%A4", DAY): 2}


@pytest.mark.parametrize(
    "line",
    [
        "\0" * 200,
        "nonsense",
        a_line(at="33/Mar/2026:12:00:00 +0200"),
        a_line(at="03/Mar/2027:12:00:00 +0200"),
        a_line()[:40],
    ],
)
def test_lines_that_are_none_are_told(tmp_path, line):
    told = read(tmp_path, a_line(), line)
    assert told.bad == [(3, "shape")]
    assert told.pages == {(WATER, DAY): 1}


def test_attacks_in_requests_are_ordinary_lines(tmp_path):
    told = read(
        tmp_path,
        a_line(),
        '203.0.113.7 - - [03/Mar/2026:12:00:00 +0200] "\\x16\\x03\\x01" 400 0 "-" "-"',
        f'203.0.113.7 - - [03/Mar/2026:12:00:00 +0200] "GET /a\\"b HTTP/1.1" 200 1 '
        f'"-" "{PERSON}"',
        a_line("//evil.example/news"),
    )
    assert not told.bad
    assert {site for site in told.found.days} == {"example.org"}


def test_a_log_without_browsers_is_refused(tmp_path):
    with pytest.raises(NotReadable, match="no browser"):
        read(tmp_path, *[a_line(browser=None)] * 5)


def test_a_log_without_its_site_is_refused(tmp_path):
    with pytest.raises(NotReadable, match="no site"):
        read(tmp_path, a_line(), site="")


def test_packed_logs_and_what_is_wrong_with_them(tmp_path):
    packed = gzip.compress(a_log(a_line()).encode())
    path = written(tmp_path, packed)
    assert Read(tmp_path).by(weblog.read, [path], addresses(), asked()).pages
    path = written(tmp_path, packed[:-20])
    with pytest.raises(NotReadable, match="broken"):
        Read(tmp_path).by(weblog.read, [path], addresses(), asked())
    bomb = written(tmp_path, gzip.compress(a_log(*[a_line()] * 5000).encode()))
    wanted = asked(most_bytes=100_000)
    with pytest.raises(NotReadable, match="large"):
        Read(tmp_path).by(weblog.read, [bomb], addresses(), wanted)


def test_memory_grows_neither_with_lines_nor_with_pages(tmp_path, monkeypatch):
    monkeypatch.setattr("pesue.measurement.outside.sums.MANY", 500)
    monkeypatch.setattr("pesue.measurement.outside.addresses.MANY", 500)

    def peak(many: int) -> int:
        path = tmp_path / f"log{many}"
        with path.open("w") as log:
            log.write(a_log())
            log.writelines(a_line(f"/page/{n}") + "\n" for n in range(many))
        tracemalloc.start()
        told = Read(tmp_path).by(weblog.read, [path], addresses(), asked())
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert told.found.number == many
        return found

    peak(1000)
    assert peak(10_000) < 1.5 * peak(2000) + 300_000
