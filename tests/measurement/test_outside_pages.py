"""A lead brings numbers in: shown first, kept after a yes, and then on Results."""

import gzip
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from pesue.measurement.actions import outside as actions
from pesue.measurement.models import (
    BrandDay,
    CoveredDay,
    Happened,
    OutsideFile,
    PageVisits,
)
from pesue.measurement.steps import count, forget_outside
from pesue.measurement.views import figures
from pesue.measurement.views import outside as views
from pesue.sharing.models import Link
from tests.make import NOON
from tests.make.content import an_item
from tests.make.counts import tellers
from tests.make.outside import a_line, a_log
from tests.make.people import a_lead, a_member, a_team

pytestmark = pytest.mark.django_db
APRIL = NOON + timedelta(days=28)
WATER = "https://example.org/water"


@pytest.fixture(autouse=True)
def _in_april(monkeypatch):
    monkeypatch.setattr(views, "now", lambda: APRIL)
    monkeypatch.setattr(figures, "now", lambda: APRIL)


@pytest.fixture
def lead() -> Client:
    return a_client(a_lead())


def a_client(member) -> Client:
    client = Client()
    client.force_login(
        member, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    return client


def bring(client, what, text, **said) -> OutsideFile:
    written = text.encode() if isinstance(text, str) else text
    file = SimpleUploadedFile("numbers.csv", written)
    answer = client.post(f"/results/outside/{what}", {"file": file, **said})
    assert answer.status_code == 302, answer.content.decode()
    return OutsideFile.objects.get(pk=int(answer.url.rpartition("/")[2]))


def page(client, file) -> str:
    return client.get(f"/results/outside/file/{file.pk}").content.decode()


def keep(client, file, **said) -> None:
    client.post(f"/results/outside/file/{file.pk}/answer", said)


def visits(*rows: str) -> str:
    return "address,day,visits\n" + "".join(f"{row}\n" for row in rows)


def stored() -> dict[tuple[str, str], int]:
    return {
        (row.page.address, row.day.isoformat()): row.visits
        for row in PageVisits.objects.select_related("page")
    }


def test_visits_are_shown_then_kept(lead):
    from pesue.content.canonical import url_key

    an_item(url=WATER, url_key=url_key(WATER))
    rows = visits(f"{WATER},2026-03-02,1 280", f"{WATER},soon,3", "/ovens,2026-03-03,7")
    file = bring(lead, "visits", rows)
    told = page(lead, file)
    assert "a table of visits" in told
    assert "not a day: soon" in told
    assert "1,287" in told
    assert file.told.ours == 1
    assert not stored()
    keep(lead, file)
    assert stored() == {
        (WATER, "2026-03-02"): 1280,
        (f"{WATER[:19]}/ovens", "2026-03-03"): 7,
    }
    assert "Days that were known before have been replaced" in page(lead, file)


def test_the_same_file_twice_changes_nothing_and_a_corrected_one_replaces_its_days(
    lead,
):
    days = ("2026-03-02,5", "2026-03-03,6")
    rows = visits(*(f"{WATER},{day}" for day in days), f"{WATER}/a,2026-03-02,9")
    for _ in range(2):
        keep(lead, bring(lead, "visits", rows))
    first = stored()
    assert len(first) == 3
    keep(lead, bring(lead, "visits", visits(f"{WATER},2026-03-02,4")))
    assert stored() == {(WATER, "2026-03-02"): 4, (WATER, "2026-03-03"): 6}
    assert CoveredDay.objects.count() == 2


def test_another_site_and_another_source_are_left_alone(lead):
    keep(lead, bring(lead, "visits", visits(f"{WATER},2026-03-02,5")))
    keep(lead, bring(lead, "visits", visits("https://shop.example/a,2026-03-02,1")))
    plausible = "date,hostname,page,visits\n2026-03-02,example.org,/water,8\n"
    keep(lead, bring(lead, "visits", plausible))
    assert sorted(PageVisits.objects.values_list("source", "visits")) == [
        ("plausible/visits", 8),
        ("table/visits", 1),
        ("table/visits", 5),
    ]


def test_no_is_no_and_an_answer_counts_once(lead):
    file = bring(lead, "visits", visits(f"{WATER},2026-03-02,5"))
    sums = actions.folder() / file.sums
    assert sums.exists()
    keep(lead, file, withdraw="yes")
    keep(lead, file)
    file.refresh_from_db()
    assert file.state == "withdrawn"
    assert not stored()
    assert not sums.exists()


def test_a_file_that_cannot_be_read_says_what_to_do(lead):
    file = bring(lead, "visits", b"PK\x03\x04 nothing")
    assert "choose Save as" in page(lead, file)
    keep(lead, file)
    assert file.state == "refused"
    assert not list(actions.folder().glob("outside-*.file"))


def test_sums_that_are_gone_are_said_so(lead):
    file = bring(lead, "visits", visits(f"{WATER},2026-03-02,5"))
    (actions.folder() / file.sums).unlink()
    keep(lead, file)
    assert "Bring it once more" in page(lead, file)


def test_a_packed_log_of_the_one_site_that_items_are_on(lead):
    an_item(url=WATER)
    after = a_line("/", at="29/Mar/2026:12:00:00 +0300")
    before = a_line("/", at="01/Mar/2026:12:00:00 +0200")
    lines = [before, a_line("/water"), a_line("/water", status=404), after]
    log = a_log(*lines, edges=False)
    file = bring(lead, "visits", gzip.compress(log.encode()))
    told = page(lead, file)
    assert "the log of a web server" in told
    assert "requests that were not for a page" in told
    keep(lead, file)
    assert stored() == {(WATER, "2026-03-03"): 1}


def test_what_one_says_of_a_file_beside_it(lead):
    rows = "label,nb_visits\n/water,5\n"
    assert bring(lead, "visits", rows).reason == "no day"
    said = {"day": "2026-03-02", "site": "https://www.example.org/"}
    keep(lead, bring(lead, "visits", rows, **said))
    assert stored() == {("https://example.org/water", "2026-03-02"): 5}
    file = bring(lead, "visits", visits(f"{WATER},2026-03-02,5"), all_pages="on")
    assert not file.told.partly


def test_nothing_and_nonsense_in_the_form(lead):
    answer = lead.post("/results/outside/visits", {"site": "two words", "day": "x"})
    assert answer.status_code == 422
    assert "www.example.org" in answer.content.decode()
    assert lead.post("/results/outside/nonsense").status_code == 404
    assert lead.get("/results/outside/nonsense.csv").status_code == 404
    assert lead.get("/results/outside/file/99").status_code == 404


@override_settings(MOST_UPLOAD_BYTES=100)
def test_a_file_over_the_limit_is_refused(lead):
    file = SimpleUploadedFile("a.csv", visits(f"{WATER},2026-03-02,5" * 50).encode())
    answer = lead.post("/results/outside/visits", {"file": file})
    assert answer.status_code == 422
    assert "too large" in answer.content.decode()


@pytest.mark.parametrize("what", ["visits", "afterwards", "channels"])
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_sample_files_can_be_read(what, language):
    client = a_client(a_lead(language=language))
    sample = client.get(f"/results/outside/{what}.csv")
    file = bring(client, what, sample.content)
    assert file.state == "read", file.why
    assert not file.told.bad


def test_only_those_who_lead_the_whole_organisation():
    for member in (a_member(), a_lead(team=a_team())):
        client = a_client(member)
        assert client.get("/results/outside").status_code == 403
        assert client.post("/results/outside/visits").status_code == 403
        assert client.get("/results/outside/visits.csv").status_code == 403
        assert client.get("/results/outside/file/1").status_code == 403
        assert client.post("/results/outside/file/1/answer").status_code == 403
        assert "/results/outside" not in client.get("/results").content.decode()
    assert Client().get("/results/outside").status_code == 302


def links_of(many: int) -> list[str]:
    """The ids of links of so many people, made on NOON."""
    members = tellers(many)
    return list(
        Link.objects.filter(share__member__in=members).values_list("slug", flat=True)
    )


def happened(*rows: str) -> str:
    return "kind,day,id,number\n" + "".join(f"{row}\n" for row in rows)


def after(client) -> str:
    told = client.get("/results?month=2026-03").content.decode()
    return told.partition('id="after"')[2].partition("</section>")[0]


def test_what_came_of_visits_is_shown_where_five_people_are_in_it(lead):
    slugs = links_of(6)
    assert not after(lead)
    four = happened(*(f"lead,2026-03-04,{slug},10" for slug in slugs[:4]))
    keep(lead, bring(lead, "afterwards", four))
    count(APRIL)
    assert ">40<" not in after(lead)
    assert "Leads" in after(lead)
    six = happened(*(f"lead,2026-03-04,{slug},10" for slug in slugs))
    keep(lead, bring(lead, "afterwards", six))
    count(APRIL + timedelta(minutes=1))
    assert ">60<" in after(lead)
    assert "measured" in after(lead)


def test_a_week_with_too_few_hides_the_month(lead):
    slugs = links_of(6)
    rows = [f"lead,2026-03-04,{slug},10" for slug in slugs]
    rows += [f"lead,2026-03-11,{slug},1" for slug in slugs[:2]]
    keep(lead, bring(lead, "afterwards", happened(*rows)))
    count(APRIL)
    assert ">62<" not in after(lead)


def test_brought_again_the_same_day_kind_and_link_is_replaced(lead):
    [slug] = links_of(1)
    for number in (3, 3, 2):
        rows = happened(f"lead,2026-03-04,{slug},{number}")
        keep(lead, bring(lead, "afterwards", rows))
    assert [row.number for row in Happened.objects.all()] == [2]


def test_files_about_people_are_refused_and_leave_nothing(lead):
    [slug] = links_of(1)
    before = set(actions.folder().glob("outside-*"))
    rows = f"kind,day,id,note\nlead,2026-03-04,{slug},ana@example.org\n"
    file = bring(lead, "afterwards", rows)
    assert "We keep counts only" in page(lead, file)
    assert "ana@" not in page(lead, file)
    assert set(actions.folder().glob("outside-*")) == before


def test_the_brands_channels_stand_beside_people(lead):
    tellers(6)
    count(APRIL)
    assert "not known" in lead.get("/results?month=2026-03").content.decode()
    rows = "channel,day,reach,clicks\nLinkedIn,2026-03-04,4200,75\n"
    rows += "LinkedIn,2026-03-05,100,5\n"
    for _ in range(2):
        keep(lead, bring(lead, "channels", rows))
    assert BrandDay.objects.count() == 2
    told = a_client(a_member()).get("/results?month=2026-03").content.decode()
    table = told.partition('id="brand"')[2].partition("</table>")[0]
    assert "LinkedIn" in table
    assert "4,300" in table
    assert ">80 " in table
    assert "not known" in table


def test_what_nobody_answers_goes(lead):
    file = bring(lead, "visits", visits(f"{WATER},2026-03-02,5"))
    assert forget_outside(APRIL.replace(minute=1) + timedelta(days=3)) == 0
    forget_outside(APRIL + timedelta(days=3))
    file.refresh_from_db()
    assert file.state == "withdrawn"
    assert not (actions.folder() / file.sums).exists()


def test_queries_do_not_grow(lead, django_assert_max_num_queries):
    for n in range(3):
        bring(lead, "visits", visits(f"{WATER},2026-03-0{n + 1},5"))
    with django_assert_max_num_queries(10):
        lead.get("/results/outside")


def test_keeping_again_after_being_killed_in_the_middle(lead, monkeypatch):
    from pesue.measurement.actions import keeping

    rows = visits(f"{WATER},2026-03-02,5", f"{WATER},2026-03-03,6")
    file = bring(lead, "visits", rows)
    done = keeping._one_day

    def killed(sums, found, day, *others):
        done(sums, found, day, *others)
        if day == date(2026, 3, 2):
            raise KeyboardInterrupt

    monkeypatch.setattr(keeping, "_one_day", killed)
    with pytest.raises(KeyboardInterrupt):
        actions.keep(file, now=APRIL)
    monkeypatch.setattr(keeping, "_one_day", done)
    actions.keep(file, now=APRIL)
    assert stored() == {(WATER, "2026-03-02"): 5, (WATER, "2026-03-03"): 6}
