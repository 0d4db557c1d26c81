"""Importing people: shown first, whole at last, once whatever is killed."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from pesue import cli
from pesue.foundation.moves import LostRace
from pesue.people.actions import imports, taking_in
from pesue.people.models import (
    ImportRow,
    Invitation,
    Look,
    Member,
    PeopleImport,
    Team,
)
from pesue.people.steps import work_imports
from tests.make import NOON
from tests.make.people import a_member, a_team, an_admin, an_organisation

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(minutes=5)


@pytest.fixture(autouse=True)
def _home():
    an_organisation(language="fi")


def a_list(*lines: str, header: str = "email,name,team,language") -> PeopleImport:
    content = "\n".join([header, *lines]).encode()
    return imports.upload([content], name="staff.csv", by=None, now=NOON)


def many(number: int) -> list[str]:
    return [
        f"p{n}@example.org,Person {n},Bakery / Shift {n % 7}," for n in range(number)
    ]


def taken_in(batch: PeopleImport, *, invite: bool = False) -> PeopleImport:
    work_imports(NOON)
    batch.refresh_from_db()
    imports.confirm(batch, invite=invite, now=NOON)
    work_imports(NOON)
    batch.refresh_from_db()
    return batch


def test_nothing_is_imported_before_a_yes():
    batch = a_list("Bo@Example.org,Bo,Bakery / Night shift,svenska")
    work_imports(NOON)
    batch.refresh_from_db()
    assert (batch.state, batch.rows, batch.bad) == ("checked", 1, 0)
    assert not Member.objects.exists()
    assert not Team.objects.exists()
    imports.confirm(batch, invite=True, now=NOON)
    work_imports(NOON)
    bo = Member.objects.get()
    assert (bo.email, bo.language, bo.state) == ("bo@example.org", "sv", "invited")
    assert [bo.team.parent.name, bo.team.name] == ["Bakery", "Night shift"]
    assert Invitation.objects.get().email == bo.email


def test_each_bad_line_is_shown_with_its_reason():
    a_member(email="gone@example.org", state=Member.State.LEFT)
    batch = a_list(
        "ana@example.org,Ana,,",
        ",Nobody,,",
        "no address,Bo,,",
        "c@example.org,,,",
        "d@example.org,Dee,,klingon",
        "ANA@example.org,Ana again,,",
        f"e@example.org,{'E' * 101},,",
        "gone@example.org,Gone,,",
    )
    work_imports(NOON)
    batch.refresh_from_db()
    bad = ImportRow.objects.filter(kind="bad").order_by("number")
    assert [(row.line, row.problem) for row in bad] == [
        (3, "no email"),
        (4, "bad email"),
        (5, "no name"),
        (6, "language"),
        (7, "twice"),
        (8, "long"),
        (9, "left"),
    ]
    assert "2" in bad[4].why
    client = Client()
    client.force_login(an_admin())
    page = client.get(f"/import/{batch.pk}").content.decode()
    assert all(str(row.line) in page and row.problem for row in bad)
    batch = taken_in(batch)
    assert (batch.added, batch.bad) == (1, 7)
    assert Member.objects.get(email="gone@example.org").state == Member.State.LEFT


def test_known_people_are_brought_up_to_date_but_keep_their_own_choices():
    ana = a_member("Ana A.", email="ana@example.org", language="en", team=a_team())
    bo = a_member("Bo?", email="bo@example.org", state=Member.State.INVITED)
    batch = taken_in(
        a_list("ana@example.org,Ana B.,Night,fi", "bo@example.org,Bo Berg,,sv")
    )
    ana.refresh_from_db()
    bo.refresh_from_db()
    assert (ana.name, ana.language, ana.team.name) == ("Ana A.", "en", "Night")
    assert (bo.name, batch.added, batch.changed) == ("Bo Berg", 0, 2)


def test_an_import_twice_changes_nothing_more():
    lines = many(30)
    taken_in(a_list(*lines))
    again = taken_in(a_list(*lines))
    assert (again.added, again.changed) == (0, 0)
    assert Member.objects.count() == 30


@pytest.mark.parametrize("killed_at", [1, 2, 3])
@pytest.mark.parametrize("during", ["check", "take"])
def test_killed_anywhere_it_goes_on_without_doubles(monkeypatch, during, killed_at):
    monkeypatch.setattr(imports, "BATCH", 10)
    monkeypatch.setattr(taking_in, "BATCH", 10)
    batch = a_list(*many(35))
    if during == "take":
        work_imports(NOON)
        batch.refresh_from_db()
        imports.confirm(batch, invite=True, now=NOON)
    kept, calls = imports._keep_holding, []

    def killed(*args, **kwargs):
        calls.append(1)
        if len(calls) == killed_at:
            raise KeyboardInterrupt
        kept(*args, **kwargs)

    with monkeypatch.context() as patched:
        patched.setattr(imports, "_keep_holding", killed)
        with pytest.raises(KeyboardInterrupt):
            work_imports(NOON)
    assert work_imports(NOON) == 0  # it is still held
    work_imports(LATER)
    batch.refresh_from_db()
    if during == "check":
        assert (batch.state, batch.rows) == ("checked", 35)
        assert ImportRow.objects.count() == 35
        imports.confirm(batch, invite=True, now=LATER)
        work_imports(LATER)
        batch.refresh_from_db()
    assert (batch.state, batch.added) == ("done", 35)
    assert Member.objects.count() == Invitation.objects.count() == 35


def test_a_worker_that_lost_its_hold_stores_nothing():
    batch = a_list(*many(5))
    PeopleImport.objects.update(taken_until=LATER)
    batch.taken_until = NOON
    with pytest.raises(LostRace):
        list(imports._check(batch, now=NOON))
    assert not ImportRow.objects.exists()


@pytest.mark.parametrize("content", [b"", b"name\nAna", b"email,name\na@b.fi,A\0"])
def test_what_cannot_be_read_says_what_to_do(content):
    batch = imports.upload([content], name="x.csv", by=None, now=NOON)
    work_imports(NOON)
    batch.refresh_from_db()
    assert batch.state == "refused"
    assert batch.why
    assert not (imports.uploads() / batch.file).exists()


def test_the_pages_from_file_to_members():
    client = Client()
    client.force_login(an_admin())
    file = SimpleUploadedFile("staff.csv", b"email,name\nbo@example.org,Bo\n")
    answer = client.post("/import/", {"file": file})
    page = answer["Location"]
    assert 'http-equiv="refresh"' in client.get(page).content.decode()
    work_imports(NOON)
    assert "bo@example.org" in client.get(page).content.decode()
    client.post(f"{page}/answer", {})
    work_imports(NOON)
    assert Member.objects.filter(email="bo@example.org").exists()
    assert client.get(page).status_code == 200
    assert client.post("/import/", {}).status_code == 422


def test_not_now_imports_nothing():
    client = Client()
    client.force_login(an_admin())
    batch = a_list("bo@example.org,Bo,,")
    work_imports(NOON)
    client.post(f"/import/{batch.pk}/answer", {"withdraw": "yes"})
    client.post(f"/import/{batch.pk}/answer", {})  # too late
    work_imports(NOON)
    assert not Member.objects.filter(email="bo@example.org").exists()


def test_missing_people_are_listed_and_leave_only_when_chosen():
    admin, ana = an_admin(), a_member(email="ana@example.org")
    bo = a_member("Bo", email="bo@example.org")
    batch = taken_in(a_list("ana@example.org,Ana,,", f"{admin.email},Aino,,"))
    client = Client()
    client.force_login(admin)
    page = client.get(f"/import/{batch.pk}/missing")
    assert [m.pk for m in page.context["page_of"].rows] == [bo.pk]
    client.post(f"/import/{batch.pk}/missing", {"left": [bo.pk]})
    ana.refresh_from_db()
    bo.refresh_from_db()
    assert (ana.state, bo.state) == ("active", "left")


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_what_goes_out_comes_in_again(language):
    night = a_team("Night", parent=a_team("Bakery"))
    a_member("=SUM(A1)", email="x@example.org", team=night, title='+ Öljy;, "x"')
    admin = an_admin(language=language)
    client = Client()
    client.force_login(admin)
    out = b"".join(client.post("/members/export").streaming_content)
    assert b"'=SUM(A1)" in out
    assert Look.objects.get().what == "export"
    batch = imports.upload([out], name="out.csv", by=None, now=NOON)
    batch = taken_in(batch)
    assert (batch.rows, batch.bad, batch.added, batch.changed) == (2, 0, 0, 0)


def test_only_administrators_of_the_whole_import():
    client = Client()
    client.force_login(an_admin(team=a_team()))
    assert client.get("/import/").status_code == 403


@pytest.mark.parametrize("flags", [[], ["--yes"]])
def test_from_the_command_line(tmp_path, capsys, flags):
    file = tmp_path / "staff.csv"
    file.write_text("email,name\nbo@example.org,Bo\nnonsense,X\n")
    assert cli.main(["people", "import", str(file), *flags]) == 0
    said = capsys.readouterr()
    assert "line 3" in said.out
    assert "can be taken in: 1. That cannot: 1." in said.out
    assert Member.objects.count() == len(flags)
    file.write_text("name\nBo\n")
    assert cli.main(["people", "import", str(file), *flags]) == 1
    assert "first line" in capsys.readouterr().err
