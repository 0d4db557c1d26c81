"""My shares: what needs a word first, and as many queries for three as for one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pesue.sharing.models import Share
from pesue.sharing.queries.shares import PAGE, own
from tests.make import NOON
from tests.make.people import a_member, an_organisation
from tests.make.sharing import a_due_share, a_share, an_account
from tests.make.told import a_told, some_readers

pytestmark = pytest.mark.django_db
State = Share.State


def some_of_each(member, times: int) -> None:
    account = an_account(member=member)
    for n in range(times):
        at = NOON + timedelta(minutes=n)
        some_readers(a_told(member=member, at=at), 3)
        for state in (State.UNKNOWN, State.HANDED, State.REFUSED, State.DRAFT):
            a_share(member=member, state=state, state_since=at)
        a_due_share(account, send_at=at)


def test_as_many_queries_for_three_as_for_one(client: Client):
    an_organisation()
    counted = []
    for times in (1, 3):
        member = a_member()
        some_of_each(member, times)
        client.force_login(member)
        client.get(reverse("my-shares"))
        with CaptureQueriesContext(connection) as c:
            page = client.get(reverse("my-shares"))
        assert page.content.decode().count("came to read") == times
        counted.append(len(c))
    assert counted[0] == counted[1]


def test_what_needs_a_word_comes_first_and_others_are_nobodys_business():
    member = a_member()
    some_of_each(member, 1)
    some_of_each(a_member("Olli Other"), 1)
    found = own(member)
    states = [share.state for share in found.asking]
    assert states == [State.UNKNOWN, State.REFUSED, State.HANDED]
    assert [told.people for told in found.told] == [3]
    assert (len(found.waiting), len(found.drafts)) == (1, 1)


def test_pages_go_back_without_losing_or_repeating():
    member = a_member()
    for n in range(PAGE + 3):
        a_told(member=member, at=NOON + timedelta(minutes=n // 2))
    first = own(member)
    second = own(member, first.older)
    shown = [told.share.pk for told in first.told + second.told]
    assert len(first.told) == PAGE
    assert len(set(shown)) == len(shown) == PAGE + 3
    assert second.older == ""
    assert len(own(member, "nonsense").told) == PAGE
