"""A certificate: whose it is, who sees it, and the PDF."""

import io

import pytest
from pypdf import PdfReader

from pesue.guidance.actions import certificates
from pesue.guidance.actions.course import keep
from pesue.guidance.certificate_pdf import Lettering, drawn, writable
from pesue.guidance.course import files
from pesue.guidance.models import Certificate
from pesue.people.actions.refusals import Refused
from pesue.people.models import Member
from tests.guidance.test_course_progress import read, said
from tests.make import NOON
from tests.make.people import a_member, an_organisation
from tests.make.sharing import a_share

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]


def certified(member: Member) -> Certificate:
    read(member, files.keys("advocate"))
    return certificates.give(member, "advocate", now=NOON)


def test_after_all_lessons_and_a_draft(client):
    an_organisation()
    member = a_member()
    client.force_login(member)
    read(member, files.keys("advocate")[:-1])
    with pytest.raises(Refused):
        certificates.give(member, "advocate", now=NOON)
    keep(member, [said("measure")], now=NOON)
    assert "a draft of your own" in client.get("/course").content.decode()
    assert client.post("/course/advocate/certificate").url == "/course"
    assert not Certificate.objects.exists()
    a_share(member=member, text="In my own words.")
    where = client.post("/course/advocate/certificate").url
    assert client.post("/course/advocate/certificate").url == where
    assert where == f"/certificates/{Certificate.objects.get().code}"
    page = client.get(where).content.decode()
    assert member.name in page
    assert "The short course" in page


def test_an_empty_draft_is_none(client):
    an_organisation()
    member = a_member()
    client.force_login(member)
    read(member, files.keys("advocate"))
    a_share(member=member, text="I work here.", disclosure="I work here.")
    client.post("/course/advocate/certificate")
    assert not Certificate.objects.exists()


@pytest.mark.parametrize("course", ["further", "no-such"])
def test_no_certificate_of_a_course_without_an_end(course):
    with pytest.raises(Refused):
        certificates.give(a_member(), course, now=NOON)


def test_others_see_it_only_while_its_owner_wants_and_is_here(client):
    an_organisation()
    member = a_member("Åke Öhman")
    address = f"/certificates/{certified(member).code}"
    both = (address, f"{address}.pdf")
    show = f"{address}/show"

    def seen() -> set[int]:
        client.logout()
        return {client.get(one).status_code for one in both}

    assert seen() == {404}
    client.force_login(a_member("Other"))
    assert client.get(address).status_code == 404
    assert client.post(show, {"public": "yes"}).status_code == 404
    client.force_login(member)
    client.post(show, {"public": "yes"})
    assert seen() == {200}
    page = client.get(address)
    assert page["X-Robots-Tag"] == "noindex"
    assert "Show it to nobody" not in page.content.decode()
    client.force_login(member)
    client.post(show, {"public": "no"})
    assert seen() == {404}
    Certificate.objects.update(public=True)
    Member.objects.filter(pk=member.pk).update(state=Member.State.LEFT)
    assert seen() == {404}


def test_codes_are_long_and_their_own():
    codes = {certified(a_member()).code for _ in range(5)}
    assert len(codes) == 5
    assert min(map(len, codes)) >= 20


@pytest.mark.parametrize(
    "name",
    ["Aino Lehtonen", "Åke Öhman", "Łukasz Żółć", "Nguyễn Thị Minh", "Иван Петров"],
)
def test_the_pdf_can_be_read_and_copied(client, name):
    an_organisation("Saariston Leipä", accent="#003580")
    member = a_member(name, language="fi")
    found = certified(member)
    client.force_login(member)
    answer = client.get(f"/certificates/{found.code}.pdf")
    assert answer["Content-Type"] == "application/pdf"
    read_back = PdfReader(io.BytesIO(answer.content))
    [page] = read_back.pages
    text = page.extract_text()
    for words in (name, "Lyhyt kurssi", "Saariston Leipä", "2.3.2026"):
        assert words in text
    assert found.code not in text  # not public
    assert read_back.root_object["/Lang"] == "fi"
    assert name in (read_back.metadata.title or "")


def test_a_name_beyond_the_font_is_not_written_wrong(client):
    an_organisation()
    member = a_member("山田 花子")
    found = certified(member)
    client.force_login(member)
    assert not writable(member.name)
    assert client.get(f"/certificates/{found.code}.pdf").status_code == 302
    assert (
        "Print this page" in client.get(f"/certificates/{found.code}").content.decode()
    )


def test_a_very_long_name_stays_on_the_page():
    name = "Maximiliana" * 12
    words = Lettering("en", "House", name, "has", "Course", "about", "1.1.2026", "x")
    assert len(PdfReader(io.BytesIO(drawn(words, "#9c3d21"))).pages) == 1
