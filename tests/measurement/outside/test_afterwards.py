"""What happened after a visit: counts, and never anything about people."""

from datetime import date

import pytest

from pesue.measurement.outside import afterwards
from pesue.measurement.outside.tables import NotReadable
from tests.make.outside import Read, asked, written

TEMPLATE = "utm_source={channel}&utm_medium=employee&utm_content={link}"
MADE = {"Ab3kZ9q": date(2026, 3, 1), "x7Ypw2M": date(2026, 3, 3)}


def read(folder, text, template=TEMPLATE):
    path = written(folder, text)
    return Read(folder).by(afterwards.read, path, MADE.get, template, asked())


def test_counts_by_kind_day_and_link_in_three_languages(tmp_path):
    told = read(
        tmp_path,
        "laji;päivä;tunniste;määrä\nHakemus;2.3.2026;Ab3kZ9q;2\n"
        "köp;2026-03-02;Ab3kZ9q;1 200\nleads;2026-03-03;x7Ypw2M;3\n",
    )
    assert {key: numbers[0] for key, numbers in told.numbers.items()} == {
        ("application Ab3kZ9q", "2026-03-02"): 2,
        ("purchase Ab3kZ9q", "2026-03-02"): 1200,
        ("lead x7Ypw2M", "2026-03-03"): 3,
    }


def test_without_a_number_each_line_is_one(tmp_path):
    rows = "kind,day,id\n" + "lead,2026-03-02,Ab3kZ9q\n" * 3
    assert read(tmp_path, rows).numbers == {
        ("lead Ab3kZ9q", "2026-03-02"): (3, None, None, None)
    }


@pytest.mark.parametrize(
    ("cell", "template"),
    [
        ("Ab3kZ9q", TEMPLATE),
        ("https://example.org/a?utm_source=x&utm_content=Ab3kZ9q#top", TEMPLATE),
        ("?utm_content=Ab3kZ9q", TEMPLATE),
        ("https://example.org/?ref=pesue-Ab3kZ9q-1", "ref=pesue-{link}-1"),
    ],
)
def test_the_id_alone_or_in_the_tags_of_an_address(cell, template):
    assert afterwards.slug_in(cell, template) == "Ab3kZ9q"


@pytest.mark.parametrize("cell", ["", "two words", "https://example.org/a", "?utm_x=1"])
def test_what_holds_no_id(cell):
    assert afterwards.slug_in(cell, TEMPLATE) == ""


def test_what_is_not_understood_or_not_ours(tmp_path):
    told = read(
        tmp_path,
        "kind,day,id,number\n"
        "lead,2026-03-02,Ab3kZ9q,1\n"
        "lead,2026-03-02,Ab3kZ9q,1\n"
        "sneeze,2026-03-02,Ab3kZ9q,1\n"
        "lead,2026-03-02,spring sale,1\n"
        "lead,2026-03-02,Ab3kZ9q,1.5\n"
        "lead,2026-03-02,other11,1\n"
        "lead,2026-03-02,x7Ypw2M,1\n"
        "Total,,,7\n",
    )
    assert told.bad == [(3, "twice"), (4, "kind"), (5, "id"), (6, "number")]
    assert dict(told.found.left) == {"unknown links": 1, "early": 1, "totals": 1}
    assert list(told.numbers.values()) == [(1, None, None, None)]


@pytest.mark.parametrize(
    "head", ["email", "Sähköposti", "Nimi", "namn", "First Name", "IP-osoite", "Phone"]
)
def test_columns_about_people_are_refused(tmp_path, head):
    with pytest.raises(NotReadable) as no:
        read(tmp_path, f"kind,day,id,{head}\nlead,2026-03-02,Ab3kZ9q,\n")
    assert (no.value.reason, no.value.about) == ("personal column", head)


@pytest.mark.parametrize(
    "cell", ["ana@example.org", "<ana@example.org>", "203.0.113.7", "2001:db8::7:1"]
)
def test_addresses_of_people_under_an_innocent_name_are_refused(tmp_path, cell):
    with pytest.raises(NotReadable) as no:
        read(tmp_path, f"kind,day,id,note\nlead,2026-03-02,Ab3kZ9q,{cell}\n")
    assert (no.value.reason, no.value.about) == ("personal", "2")


def test_times_and_versions_are_no_addresses(tmp_path):
    row = "lead,2026-03-02T10:00:00+02:00,Ab3kZ9q,v1.2.3"
    assert read(tmp_path, f"kind,day,id,note\n{row}\n").numbers
