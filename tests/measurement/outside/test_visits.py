"""Tables of visits, as spreadsheets, Matomo and Plausible write them."""

import zipfile

import pytest

from pesue.measurement.outside import visits
from pesue.measurement.outside.tables import NotReadable
from tests.make.outside import Read, addresses, asked, written

WATER = "https://www.example.org/news/water"


def read(folder, text, encoding="utf-8", *, known=(), site="www.example.org", **said):
    path = written(folder, text, encoding)
    return Read(folder).by(
        visits.read, path, addresses(*known, site=site), asked(**said)
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize(
    "heads", ["address,day,visits", "Osoite,Päivä,Käynnit", "adress,dag,besök"]
)
def test_a_table_in_any_letters_separators_and_languages(
    tmp_path, encoding, separator, heads
):
    rows = f"{heads}\n{WATER},4.3.2026,128\n".replace(",", separator)
    told = read(tmp_path, rows, encoding)
    assert told.pages == {(WATER, "2026-03-04"): 128}
    assert told.found.source == "table/visits"
    assert not told.found.bad


def test_columns_in_any_order_with_others_and_lines_above(tmp_path):
    told = read(
        tmp_path,
        "Report of the web team\nMade on 1.4.2026, by us\n\n"
        "visits;notes;day;address\n1 234;good;2026-03-04;www.example.org/news/water\n",
    )
    assert told.pages == {(WATER, "2026-03-04"): 1234}


def test_spellings_of_one_page_are_one_and_query_strings_are_left_out(tmp_path):
    told = read(
        tmp_path,
        "address,day,visits\n"
        "https://www.example.org/news/water,2026-03-04,1\n"
        "http://example.org/news/water/,2026-03-04,2\n"
        "/news/water?utm_source=x&token=secret,2026-03-04,4\n"
        "https://www.example.org:443/news/water#top,2026-03-04,8\n",
    )
    assert list(told.pages.values()) == [15]
    assert "secret" not in str(told.pages)


def test_a_query_that_is_part_of_an_items_address_stays(tmp_path):
    told = read(
        tmp_path,
        "address,day,visits\n/article?id=5&utm_source=x,2026-03-04,3\n"
        "/article?from=mail&id=5,2026-03-04,4\n/article?id=6,2026-03-04,9\n",
        known=["https://www.example.org/article?id=5"],
    )
    assert told.pages == {
        ("https://www.example.org/article?id=5", "2026-03-04"): 7,
        ("https://example.org/article", "2026-03-04"): 9,
    }


def test_lines_that_are_not_understood_are_told_with_their_numbers(tmp_path):
    told = read(
        tmp_path,
        "address,day,visits\n"
        f"{WATER},2026-03-04,5\n"
        f"{WATER},yesterday,5\n"
        f"{WATER},2026-03-05,many\n"
        "not an address,2026-03-05,5\n"
        f"{WATER},2026-05-01,5\n"
        f"{WATER},2026-03-04,5\n"
        "https://www.example.org/u/ana@example.org,2026-03-04,1\n"
        "\n"
        "Total,,25\n"
        "address,day,visits\n"
        f"{WATER},2026-03-06\n",
    )
    assert told.bad == [
        (3, "day"),
        (4, "number"),
        (5, "address"),
        (6, "future"),
        (7, "twice"),
        (8, "personal"),
        (12, "number"),
    ]
    assert told.found.bad[4].about == "2"
    assert dict(told.found.left) == {"totals": 1, "headings": 1}
    assert list(told.pages.values()) == [5]


def test_american_days_are_known_by_one_that_can_only_be_so(tmp_path):
    rows = f"page,date,sessions\n{WATER},03/04/2026,1\n{WATER},03/25/2026,1\n"
    assert (WATER, "2026-03-04") in read(tmp_path, rows).pages
    with pytest.raises(NotReadable, match="ambiguous"):
        read(tmp_path, f"page,date,sessions\n{WATER},03/04/2026,1\n")


def test_a_table_of_some_pages_says_nothing_of_the_others(tmp_path):
    rows = f"address,day,visits\n{WATER},2026-03-04,1\n"
    assert read(tmp_path, rows).found.partly
    assert not read(tmp_path, rows, all_pages=True).found.partly


def test_plausible(tmp_path):
    told = read(
        tmp_path,
        "date,hostname,page,visits,pageviews,visitors\n"
        "2026-03-04,www.example.org,/news/water,12,15,10\n"
        "2026-03-04,shop.example.org,/news/water,3,3,3\n",
        site="",
    )
    assert told.found.source == "plausible/visits"
    assert set(told.found.days) == {"example.org", "shop.example.org"}
    assert sum(told.pages.values()) == 15
    assert not told.found.partly


def test_an_older_plausible_counts_visitors_and_says_so(tmp_path):
    told = read(
        tmp_path,
        "date,visitors,exits,time_on_page,hostname,page\n"
        "2026-03-04,10,2,300,example.org,/news/water\n",
    )
    assert told.found.source == "plausible/visitors"


MATOMO = (
    "date,label,nb_visits,nb_hits,sum_time_spent,bounce_rate,metadata_url\n"
    '2026-03-04,/news/water,12,14,300,"50 %",https://www.example.org/news/water\n'
    '2026-03-04,/index,40,50,300,"50 %",https://www.example.org/\n'
    '2026-03-05,/news/water,3,3,30,"50 %",https://www.example.org/news/water\n'
    "2026-03-05,Others,7,9,30,,\n"
)


def test_matomo_and_what_it_calls_others(tmp_path):
    told = read(tmp_path, MATOMO, "utf-16")
    assert told.found.source == "matomo/visits"
    assert {key: told.pages[key] for key in told.pages if "water" in key[0]} == {
        (WATER, "2026-03-04"): 12,
        (WATER, "2026-03-05"): 3,
    }
    assert [day.isoformat() for day in told.found.partly] == ["2026-03-05"]


def test_matomo_of_one_day_in_its_own_words(tmp_path):
    rows = (
        'Label,"Unique Pageviews",Pageviews,"Metadata: url"\n'
        "/news/water,12,14,https://www.example.org/news/water\n"
    )
    with pytest.raises(NotReadable, match="no day"):
        read(tmp_path, rows)
    told = read(tmp_path, rows, day=visits.date(2026, 3, 4))
    assert told.pages == {(WATER, "2026-03-04"): 12}


def test_an_export_that_was_cut_is_not_taken_for_whole(tmp_path):
    rows = "date,label,nb_visits\n" + "".join(
        f"2026-03-04,/page/{n},1\n" for n in range(100)
    )
    assert read(tmp_path, rows).found.partly
    assert not read(tmp_path, rows + "2026-03-04,/page/100,1\n").found.partly


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"", "empty"),
        (b"\n\n\n", "empty"),
        (b"just some words\nand more\n", "header"),
        (b"address,visits\nhttps://x.example/,5\n", "no day"),
        (b"address,day,visits\n/news,2026-03-04,5\n", "no site"),
        (b"address,day,visits\n", "empty"),
        (b"address,day,visits\nhttps://x.example/,2026-03-04,5\0\n", "nul"),
        (b"address,day,visits\n\x81\x8d\x8f\n", "encoding"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "nul"),
        (b'address,day,visits\n"https://x.example,2026-03-04,5\n' + b"x" * 9, ""),
        (b"address,day,visits\n" + b"x" * 70_000 + b"\n", "line"),
    ],
)
def test_files_that_are_no_table_are_refused_kindly(tmp_path, text, reason):
    try:
        told = read(tmp_path, text, site="")
    except NotReadable as no:
        assert no.reason == reason  # noqa: PT017
    else:
        assert reason == ""
        assert told.pages == {}


def test_a_zip_that_pretends_to_be_a_table(tmp_path):
    path = tmp_path / "visits.csv"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("a.csv", "address,day,visits\n")
    with pytest.raises(NotReadable, match="workbook"):
        Read(tmp_path).by(visits.read, path, addresses(), asked())


def test_letters_that_are_broken_in_the_middle_do_not_stop_it(tmp_path):
    rows = "address,day,visits\nhttps://x.example/k\xe4,2026-03-04,5\n".encode("cp1252")
    assert read(tmp_path, rows).pages == {
        ("https://x.example/k%C3%A4", "2026-03-04"): 5
    }
