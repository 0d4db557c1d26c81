"""An administrator gives a member another address: nothing of the old one opens."""

import pytest
from django.core import mail
from django.test import Client

from pesue.people.actions import members
from pesue.people.models import FormerAddress, Member
from pesue.reach import messages
from pesue.reach.models import Message
from pesue.reach.steps import send_mail, tell_former_addresses
from tests.make import NOON
from tests.make.people import a_member, an_admin, an_organisation

pytestmark = pytest.mark.django_db
PASSWORD = "a loaf of rye bread"


@pytest.fixture
def ana():
    an_organisation(name="Mylly")
    ana = a_member("Ana Aalto", email="ana@example.org")
    ana.set_password(PASSWORD)
    ana.save()
    return ana


def signed_in(member: Member) -> Client:
    client = Client()
    client.post("/account/login/", {"login": member.email, "password": PASSWORD})
    assert client.get("/settings/").status_code == 200
    return client


def given(member: Member, email: str, *, by: Client | None = None) -> None:
    if by is None:
        by = Client()
        by.force_login(an_admin())
    words = {"name": member.name, "email": email, "team": ""}
    assert by.post(f"/members/{member.pk}", words).status_code == 302


def told() -> list[str]:
    tell_former_addresses(NOON)
    tell_former_addresses(NOON)
    send_mail(NOON)
    return [to for one in mail.outbox for to in one.to]


def test_the_former_address_is_told_once_and_sessions_end(ana):
    client = signed_in(ana)
    given(ana, "new@example.org")
    assert client.get("/settings/").status_code == 302
    assert told() == ["ana@example.org"]
    assert "Mylly" in mail.outbox[0].subject
    assert "new@example.org" not in mail.outbox[0].body
    assert Message.objects.get().member == ana
    assert not FormerAddress.objects.exists()


def test_a_link_in_the_former_mailbox_opens_no_more(ana):
    messages.sign_in_link(ana, now=NOON)
    [_before, path] = Message.objects.get().text.split("http://localhost:8000")
    path = path.split()[0]
    given(ana, "new@example.org")
    client = Client()
    client.post(path)
    assert client.get("/settings/").status_code == 302


def test_nobody_is_told_while_the_address_stays(ana):
    client = signed_in(ana)
    given(ana, "ANA@example.org")
    assert client.get("/settings/").status_code == 200
    assert told() == []


def test_an_invited_one_has_no_former_address_to_tell(ana):
    given(a_member("Bo", state="invited", joined_at=None), "bo@example.org")
    assert told() == []


def test_one_who_left_is_told_on_coming_back(ana):
    members.leave(ana, now=NOON)
    given(ana, "new@example.org")
    assert told() == []
    ana = Member.objects.get(pk=ana.pk)
    members.come_back(ana, now=NOON)
    assert told() == ["ana@example.org"]


def test_administrators_who_change_their_own_address_go_on(ana):
    admin = an_admin(email="aino@example.org")
    admin.set_password(PASSWORD)
    admin.save()
    here, elsewhere = signed_in(admin), signed_in(admin)
    given(admin, "new@example.org", by=here)
    assert here.get("/settings/").status_code == 200
    assert elsewhere.get("/settings/").status_code == 302
    assert told() == ["aino@example.org"]
