import pytest
from hypothesis import given
from hypothesis import strategies as st

from pesue.guidance.differences import difference


def drawn(old: str, new: str) -> str:
    signs = {"out": "[-{}-]", "in": "[+{}+]", "": "{}"}
    return "".join(signs[p.mark].format(p.text) for p in difference(old, new))


@pytest.mark.parametrize(
    ("old", "new", "seen"),
    [
        ("Kerro itse.", "Kerro itse.", "Kerro itse."),
        ("", "Uusi.", "[+Uusi.+]"),
        ("Vanha.", "", "[-Vanha.-]"),
        (
            "Kysy lupa matkustajalta.",
            "Kysy lupa matkustajilta.",
            "Kysy lupa [-matkustajalta.-][+matkustajilta.+]",
        ),
        ("Kuvaa laivalla.", "Kuvaa rauhassa laivalla.", "Kuvaa [+rauhassa +]laivalla."),
        (
            "Kysy ennen kuin kuvaat matkustajia laivalla.",
            "Muista aina kiittää työkaveria nimeltä rannassa.",
            "[-Kysy ennen kuin kuvaat matkustajia laivalla.-]"
            "[+Muista aina kiittää työkaveria nimeltä rannassa.+]",
        ),
    ],
)
def test_a_reader_sees_what_changed(old, new, seen):
    assert drawn(old, new) == seen


@given(st.text("ab \n", max_size=30), st.text("ab \n", max_size=30))
def test_both_versions_can_be_read_off(old, new):
    pieces = difference(old, new)
    assert "".join(p.text for p in pieces if p.mark != "out").split() == new.split()
    before = "".join(p.text for p in pieces if p.mark != "in")
    assert "".join(before.split()) == "".join(old.split())  # its spaces may be the new
