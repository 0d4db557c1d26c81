"""Payroll's months: the same file whenever, corrections later, only what is needed."""

import csv
import io
import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from pesue.encouragement.actions import ledger, redemptions
from pesue.encouragement.models import Given, Payee, Redemption
from pesue.encouragement.models.redemptions import Unchangeable
from pesue.encouragement.queries.payroll import months
from pesue.encouragement.steps import pay_out
from pesue.people.actions import members
from pesue.people.models import Look
from pesue.privacy.queries import looks_at
from tests.make import NOON
from tests.make.people import a_lead, a_member, a_team, an_organisation
from tests.make.rewards import a_gift, a_reward, a_thing, balance_of

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]
APRIL = NOON + timedelta(days=31)


@pytest.fixture
def lead():
    an_organisation()
    return a_lead(language="en")


def signed_in(member) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(member)
    return client


def taken(lead, month="2026-03", kind="csv") -> bytes:
    asked = {"month": month, "kind": kind}
    answer = signed_in(lead).post("/encouragement/payroll/month", asked)
    assert answer.status_code == 200
    return answer.content


def lines(file: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.decode(), newline="")))


def test_a_month_as_payroll_reads_it(lead):
    member = a_member(email="ana@example.org")
    claim = a_gift(member, reward=a_thing("=A knife, for bread"))
    file = taken(lead)
    assert file.endswith(b"\r\n")
    assert file.count(b"\r\n") == file.count(b"\n") == 2  # RFC 4180
    [line] = lines(file)
    row = claim.given.get()
    assert line == {
        "line": str(row.pk),
        "date": "2026-03-02",
        "address": "ana@example.org",
        "reward": "'=A knife, for bread",  # no spreadsheet counts it out
        "kind": "goods",
        "class": "wage",
        "cents": "4000",
        "currency": "EUR",
        "corrects": "",
    }
    told = json.loads(taken(lead, kind="json"))
    assert told["month"] == "2026-03"
    assert told["lines"][0]["reward"] == "=A knife, for bread"
    assert told["lines"][0]["cents"] == 4000


def test_the_same_month_gives_the_same_file(lead):
    """Whatever happens later to the reward, the person or what was given."""
    member = a_member(email="ana@example.org")
    claim = a_gift(member, reward=a_thing())
    before = taken(lead)
    reward = claim.reward
    reward.name, reward.cents, reward.tax_class = "Another", 9900, "ask"
    reward.save()
    members.change(
        member,
        name="Ana Berg",
        email="ana.berg@example.org",
        title="",
        team=None,
        leader=False,
        now=NOON,
    )
    redemptions.take_back(
        Redemption.objects.get(), by=lead, answer="It broke.", now=APRIL
    )
    assert taken(lead) == before
    [back] = lines(taken(lead, month="2026-04"))
    assert (back["cents"], back["corrects"]) == ("-4000", lines(before)[0]["line"])
    assert (back["address"], back["date"]) == ("ana@example.org", "2026-04-02")
    assert [month.month for month in months()] == [4, 3]


def test_what_is_untaxed_is_not_payrolls_affair(lead):
    cause = {"kind": "charity", "hours": None, "cents": 1000}
    a_gift(reward=a_reward("A church", tax_class="untaxed", **cause))
    assert lines(taken(lead)) == []
    assert months() == []
    a_gift(reward=a_reward("A church", tax_class="ask", **cause))
    assert [line["class"] for line in lines(taken(lead))] == ["ask"]


def test_a_row_is_never_changed():
    row = a_gift(reward=a_thing()).given.get()
    row.cents = 1
    with pytest.raises(Unchangeable):
        row.save()
    with pytest.raises(Unchangeable):
        row.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Given.objects.update(cents=-1)


def test_everybody_on_it_sees_that_it_was_taken(lead):
    member = a_member()
    a_gift(member, reward=a_thing())
    signed_in(lead).get("/encouragement/payroll")
    assert not Look.objects.exists()
    taken(lead)
    Look.objects.update(at=NOON + timedelta(days=1))
    assert looks_at(member).get().by == lead


def test_only_those_who_lead_the_whole(lead):
    for who in (a_member(), a_lead(team=a_team())):
        client = signed_in(who)
        assert client.get("/encouragement/payroll").status_code == 403
        asked = {"month": "2026-03", "kind": "csv"}
        answer = client.post("/encouragement/payroll/month", asked)
        assert answer.status_code == 403
    assert not Look.objects.exists()


@pytest.mark.parametrize(
    "asked",
    [{}, {"month": "2026-13", "kind": "csv"}, {"month": "2026-03", "kind": "exe"}],
)
def test_a_forged_month_takes_nothing(lead, asked):
    answer = signed_in(lead).post("/encouragement/payroll/month", asked)
    assert answer.status_code == 302
    assert not Look.objects.exists()


def test_whoever_was_erased_has_no_address_and_the_sum_stays(lead):
    a_gift(a_member(), reward=a_thing())
    Payee.objects.all().delete()
    [line] = lines(taken(lead))
    assert (line["address"], line["cents"]) == ("", "4000")


# --- Money that was earned


def earned(member, cents=1500, now=NOON):
    ledger.transfer(
        debit=ledger.house("EUR"),
        credit=ledger.purse(member, "EUR"),
        amount=cents,
        reason="A story",
        now=now,
    )


def test_money_goes_out_once_a_month(lead):
    member = a_member()
    earned(member)
    assert (pay_out(NOON), pay_out(NOON)) == (1, 0)
    earned(member, 700)
    assert pay_out(NOON + timedelta(days=5)) == 0
    assert (pay_out(APRIL), pay_out(APRIL)) == (1, 0)
    assert [line["cents"] for line in lines(taken(lead))] == ["1500"]
    [april] = lines(taken(lead, month="2026-04"))
    assert (april["cents"], april["class"], april["kind"]) == ("700", "wage", "money")
    assert april["reward"] == "Ansaittu raha"
    assert (balance_of("money", "EUR"), balance_of("spent", "EUR")) == (0, 2200)


def test_nobody_is_paid_who_is_unknown(lead):
    member = a_member()
    earned(member)
    member.purses.update(member=None)
    assert pay_out(NOON) == 0
    assert not Given.objects.exists()
