import pytest

from pesue.guidance.markdown import Part, written
from tests.guidance.test_pages import a_client
from tests.make.guidance import a_guideline, a_value
from tests.make.people import a_member

pytestmark = pytest.mark.django_db


def test_a_guideline_is_found_by_another_form_of_the_word():
    a_guideline("Kysy lupa matkustajilta.")
    a_guideline("Kerro omasta työstäsi.")
    client = a_client(a_member(language="fi"))
    page = client.get("/guidance?q=matkustajalta").content.decode()
    assert "Kysy lupa matkustajilta." in page
    assert "Kerro omasta" not in page
    assert 'value="matkustajalta"' in page


def test_all_of_it_can_be_taken_along_but_what_is_gone():
    a_value("Care", "One calls back.")
    a_guideline("Tell [it] *yourself*.", why="People believe people.")
    a_guideline("Be silent.").__class__.objects.filter(text="Be silent.").update(
        gone_at="2026-03-01T00:00Z"
    )
    answer = a_client(a_member()).get("/guidance/export.md")
    text = answer.content.decode()
    assert answer["Content-Type"] == "text/markdown; charset=utf-8"
    assert "- Tell \\[it\\] \\*yourself\\*.\n  - People believe people." in text
    assert "Be silent" not in text
    assert "  - One calls back." in text


def test_what_people_write_makes_no_headings():
    assert written("A", [Part("B", [("x\n# y", [])])]) == "# A\n\n## B\n\n- x \\# y\n"
