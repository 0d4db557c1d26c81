"""Payroll's months: the same file whenever, corrections later, only what is needed."""

import csv
import io
import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from pesue.encouragement.actions import ledger, redemptions
from pesue.encouragement.models import Given, Payee, Redemption, Transfer
from pesue.encouragement.models.redemptions import Unchangeable
from pesue.encouragement.queries.ledger import unbalanced
from pesue.encouragement.queries.payroll import months
from pesue.encouragement.steps import pay_out, rewards
from pesue.people.actions import members
from pesue.people.models import Look, Organisation
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


@pytest.mark.parametrize(
    ("language", "head", "amounts", "kind"),
    [
        ("fi", "päivä;osoite;palkinto", ["40,00", "-40,00"], "tavara;palkkaa"),
        ("sv", "dag;adress;belöning", ["40,00", "-40,00"], "en sak;lön"),
        ("en", "day,address,reward", ["40.00", "-40.00"], "a thing,wage"),
    ],
)
def test_a_spreadsheet_opens_the_table_as_it_is(lead, language, head, amounts, kind):
    """A mark of UTF-8, the separator and the decimal sign of the house's language,
    whoever takes it; a sum below zero stays a sum."""
    Organisation.objects.update(language=language)
    claim = a_gift(reward=a_thing("=Höyläpöytä"))
    redemptions.take_back(Redemption.objects.get(), by=lead, answer="x", now=NOON)
    file = taken(lead, kind="sheet").decode()
    assert file.startswith("\ufeff" + head)
    assert kind in file
    separator = "," if language == "en" else ";"
    rows = list(csv.reader(io.StringIO(file[1:]), delimiter=separator))
    assert [row[5] for row in rows[1:]] == amounts
    assert {row[2] for row in rows[1:]} == {"'=Höyläpöytä"}
    assert {len(row) for row in rows} == {9}
    assert rows[2][-1] == str(claim.given.get(corrects=None).pk)


def test_the_page_says_of_which_year_the_figures_are(lead):
    a_gift(reward=a_thing())
    page = signed_in(lead).get("/encouragement/payroll").content.decode()
    assert "The tax figures are those of FI, 2026" in page
    assert "Verohallinto: Henkilökuntaedut verotuksessa" in page
    assert "They came with Pesue." in page
    assert "no tax figures" not in page
    Given.objects.update(on="2025-12-30")
    page = signed_in(lead).get("/encouragement/payroll").content.decode()
    assert "no tax figures for 2025" in page


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
    """What was earned by the end of one, at the beginning of the next."""
    member = a_member()
    earned(member, now=NOON - timedelta(days=3))  # in February
    earned(member, 700)
    assert (pay_out(NOON), pay_out(NOON)) == (1, 0)
    assert pay_out(NOON + timedelta(days=5)) == 0
    earned(member, 900, now=APRIL)
    assert (pay_out(APRIL), pay_out(APRIL)) == (1, 0)
    assert [line["cents"] for line in lines(taken(lead))] == ["1500"]
    [april] = lines(taken(lead, month="2026-04"))
    assert (april["cents"], april["class"], april["kind"]) == ("700", "wage", "money")
    assert april["reward"] == "Ansaittu raha"
    assert pay_out(APRIL + timedelta(days=30)) == 1  # in May
    assert balance_of("money", "EUR") == 0
    assert not unbalanced()


def test_what_is_withdrawn_before_it_goes_out_does_not(lead):
    member = a_member()
    earned(member)
    ledger.reverse(Transfer.objects.get(), reason="Withdrawn", now=APRIL)
    earned(member, 300, now=APRIL)
    assert pay_out(APRIL) == 0
    assert balance_of("money", "EUR") == 300


def test_those_who_wait_for_the_next_month_keep_nobody_waiting(lead, monkeypatch):
    monkeypatch.setattr(rewards, "AT_ONCE", 1)
    earned(a_member(), now=NOON)  # of March, and first in line
    earned(a_member(), now=NOON - timedelta(days=3))
    assert (pay_out(NOON), pay_out(NOON)) == (1, 0)


def test_money_of_one_month_is_paid_to_the_cent(lead):
    member = a_member()
    earned(member, 1, now=NOON - timedelta(days=3))
    assert pay_out(NOON) == 1
    assert [line["cents"] for line in lines(taken(lead))] == ["1"]


def test_nobody_is_paid_who_is_unknown(lead):
    member = a_member()
    earned(member)
    member.purses.update(member=None)
    assert pay_out(NOON) == 0
    assert not Given.objects.exists()
