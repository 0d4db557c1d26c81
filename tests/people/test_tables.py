"""Lists of people as people keep them."""

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pesue.people import tables

FINNISH = (
    "Sähköposti;Etunimi;Sukunimi;Osasto;Kieli\näiti@example.org;Äiti;Öberg;Yö;suomi"
)


def people(tmp_path, content: bytes):
    path = tmp_path / "people.csv"
    path.write_bytes(content)
    return list(tables.read(path, tables.encoding_of(path)))


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_encoding_and_line_end(tmp_path, encoding, end):
    content = FINNISH.replace("\n", end).encode(encoding)
    [row] = people(tmp_path, content)
    assert (row.name, row.team, row.email) == ("Äiti Öberg", "Yö", "äiti@example.org")


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("marked", [False, True])
def test_every_separator(tmp_path, separator, marked):
    content = separator.join(["E-post", "Namn", "Avdelning"])
    content += f'\nbo@example.org{separator}"Berg{separator} Bo"{separator}Natt'
    if marked:
        content = f"sep={separator}\n{content}"
    [row] = people(tmp_path, content.encode())
    assert (row.name, row.team) == (f"Berg{separator} Bo".replace("\t", ""), "Natt")


def test_quotes_blank_lines_and_short_rows(tmp_path):
    content = 'name,email,team\n\n"Bo ""Bosse"" Berg",bo@example.org\n,,\n"A\nB",a@b.fi'
    first, second = people(tmp_path, content.encode())
    assert (first.name, first.team, first.line) == ('Bo "Bosse" Berg', "", 3)
    assert (second.name, second.number, second.line) == ("A B", 2, 6)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"ana@example.org,Ana\n", "header"),
        (b"name,team\nAna,Night\n", "header"),
        (b"email,name\na@example.org,A\0na\n", "nul"),
        (b"email,name\n" + b"x" * 70_000, "line"),
        (b'email,name\na@example.org,"Ana\n' + b"b@example.org,Bo\n" * 9000, "quote"),
        (b"email,name\na@example.org,\x81\x8d\n", "encoding"),
        (b"\xff\xfee\0m\0a", "encoding"),
        (b"PK\x03\x04rest of a workbook", "workbook"),
        (bytes(range(256)) * 40, "nul"),
    ],
)
def test_what_is_no_list_is_refused_with_a_reason(tmp_path, content, reason):
    with pytest.raises(tables.NotAList) as refusal:
        people(tmp_path, content)
    assert refusal.value.reason == reason


def test_one_endless_line_takes_no_memory(tmp_path):
    path = tmp_path / "people.csv"
    with path.open("wb") as file:
        file.write(b"email,name\n")
        for _ in range(50):
            file.write(b"x" * 1_000_000)
    tracemalloc.start()
    with pytest.raises(tables.NotAList):
        list(tables.read(path, tables.encoding_of(path)))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 10_000_000


def test_teams_in_teams():
    assert tables.team_names("Bakery / Night shift > Ovens") == [
        "Bakery",
        "Night shift",
        "Ovens",
    ]
    assert tables.team_names("R/D") == ["R/D"]


@given(st.text(max_size=30))
def test_no_cell_is_a_formula_and_none_is_changed_by_a_round_trip(text):
    clean = tables._clean(text)
    assert not tables.safe(clean).startswith(("=", "+", "-", "@"))
    assert tables._clean(tables.safe(clean)) == clean
