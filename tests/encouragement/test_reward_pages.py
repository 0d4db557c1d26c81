"""The pages of rewards: what members see, what leads keep, and who may not."""

import re
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import localdate
from PIL import Image

from pesue.encouragement import tax
from pesue.encouragement.actions import budgets
from pesue.encouragement.models import Redemption, Reward
from pesue.encouragement.queries import ledger, rewards
from tests.make import NOON
from tests.make.encouragement import a_budget
from tests.make.people import a_lead, a_member, a_team, an_organisation
from tests.make.rewards import a_claim, a_gift, a_reward, a_thing, points

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]
TOLD = {
    "kind": "goods",
    "name": "A bread knife",
    "points": "80",
    "worth": "40.00",
    "tax_class": "wage",
    "stock": "5",
}


@pytest.fixture(autouse=True)
def a_house():
    an_organisation()


def signed_in(member) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(member)
    return client


def text_of(client, address) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def asked_on(client, reward) -> dict[str, str]:
    """What the reward's page sends when its button is pressed."""
    page = text_of(client, f"/encouragement/rewards/{reward.pk}")
    fields = re.findall(
        r'type="hidden" name="(once|price|waits)" value="([^"]+)"', page
    )
    return dict(fields)


# --- Members


def test_a_member_asks_in_two_taps_and_takes_it_back():
    member, reward = a_member(), a_reward(points=30)
    points(member, 50)
    client = signed_in(member)
    page = text_of(client, "/encouragement/rewards")
    assert "You have 50 points" in page
    assert "A story that was accepted" in page
    assert "never bring points or money" in page
    sent = {**asked_on(client, reward), "wish": "In May"}
    for _ in range(2):  # a second press of the same page
        answer = client.post(f"/encouragement/rewards/{reward.pk}", sent)
        assert answer["location"] == "/encouragement/rewards"
    claim = Redemption.objects.get()
    assert (claim.wish, ledger.balance(member)) == ("In May", 20)
    page = text_of(client, "/encouragement/rewards")
    assert "You have 20 points" in page
    assert "waits for a yes" in page
    client.post(f"/encouragement/rewards/asked/{claim.pk}/withdraw")
    assert ledger.balance(member) == 50


def test_nobody_asks_twice_in_two_windows_unseen():
    member, reward = a_member(), a_reward(points=30, stock=5)
    points(member, 100)
    client, address = signed_in(member), f"/encouragement/rewards/{reward.pk}"
    first, second = asked_on(client, reward), asked_on(client, reward)
    client.post(address, first)
    answer = client.post(address, second, follow=True)
    page = answer.content.decode()
    assert "You have just asked for it" in page
    assert "You have asked for it already; that one waits." in page
    assert (Redemption.objects.count(), ledger.balance(member)) == (1, 70)
    client.post(address, asked_on(client, reward))  # seen, and wished for once more
    assert (Redemption.objects.count(), ledger.balance(member)) == (2, 40)


def test_what_cannot_be_had_now_is_said_and_takes_nothing():
    """The last one is gone, or the budget is, while the page was open."""
    today = localdate()
    days = {"begins": today - timedelta(days=9), "ends": today + timedelta(days=9)}
    budget = a_budget(amount=5000, unit="EUR", **days)
    member, reward = a_member(), a_thing(points=30, stock=1, budget=budget)
    points(member, 100)
    client, address = signed_in(member), f"/encouragement/rewards/{reward.pk}"
    asked = asked_on(client, reward)
    Reward.objects.update(stock=0)
    page = client.post(address, asked, follow=True).content.decode()
    assert "The last one is gone" in page
    assert "None are left just now" in page
    Reward.objects.update(stock=5, cents=9900)
    page = client.post(address, asked, follow=True).content.decode()
    assert "has ended or is used up" in page
    assert (Redemption.objects.count(), ledger.balance(member)) == (0, 100)
    assert Reward.objects.get().stock == 5


def test_a_house_without_rewards_says_so_kindly():
    page = text_of(signed_in(a_member()), "/encouragement/rewards")
    assert "No rewards are given here" in page
    assert "point" not in page.split("<main")[1].split("</main")[0]


def test_what_it_counts_as_is_told_before_one_asks():
    member = a_member()
    page = text_of(signed_in(member), f"/encouragement/rewards/{a_thing().pk}")
    assert "tax is kept back from your pay" in page
    assert "A thing that some get for their work is pay" in page
    assert "fewer points than that" in page
    assert '<button class="button">Ask' not in page


def test_others_see_only_what_is_for_them():
    team = a_team()
    below = a_team(parent=team)
    reward = a_reward(team=team)
    address = f"/encouragement/rewards/{reward.pk}"
    for member, status in (
        (a_member(team=team), 200),
        (a_member(team=below), 200),
        (a_member(team=a_team()), 404),
        (a_member(), 404),
    ):
        assert signed_in(member).get(address).status_code == status
    assert Client().get(address).status_code == 302


def test_in_the_readers_language_where_it_is_said():
    said = {"sv": {"name": "En dag i skogen", "words": ""}}
    a_reward(words="Eight hours.", translated=said)
    page = text_of(signed_in(a_member(language="sv")), "/encouragement/rewards")
    assert "En dag i skogen" in page
    assert "Eight hours." in page


def test_a_forged_price_or_press_is_refused():
    member, reward = a_member(), a_reward()
    points(member, 50)
    client, address = signed_in(member), f"/encouragement/rewards/{reward.pk}"
    client.post(address, {"once": "a", "price": "1"})
    assert client.post(address, {"price": "50"}).status_code == 422
    assert not Redemption.objects.exists()


def test_nobody_takes_back_what_another_asked_for():
    claim = a_claim()
    answer = signed_in(a_member()).post(
        f"/encouragement/rewards/asked/{claim.pk}/withdraw"
    )
    assert answer.status_code == 404
    assert Redemption.objects.get().state == "asked"


def test_older_entries_are_a_page_further():
    member = a_member()
    for _ in range(21):
        points(member, 1)
    client = signed_in(member)
    page = text_of(client, "/encouragement/rewards")
    older = re.search(r"\?before=\d+", page)
    assert older
    assert "?before" not in text_of(client, f"/encouragement/rewards{older[0]}")


@pytest.mark.parametrize("before", ["x", "-1", "9" * 30, "²"])
def test_a_forged_page_is_the_first_or_empty(before):
    member = a_member()
    points(member, 1)
    assert text_of(signed_in(member), f"/encouragement/rewards?before={before}")


# --- Leads


def test_a_lead_fills_the_catalogue():
    lead = signed_in(a_lead())
    page = text_of(lead, "/encouragement/catalogue/new?kind=goods")
    assert re.search(r'value="wage"\s+selected', page)
    assert "vero.fi" in page
    saved = lead.post("/encouragement/catalogue/new", {**TOLD, "name_sv": "En kniv"})
    assert saved["location"] == "/encouragement/catalogue"
    reward = Reward.objects.get()
    assert (reward.cents, reward.unit, reward.stock) == (4000, "EUR", 5)
    assert reward.said("sv").name == "En kniv"
    address = f"/encouragement/catalogue/{reward.pk}"
    assert "40.00" in text_of(lead, address)
    lead.post(f"{address}/retire")
    assert "offered no more" in text_of(lead, "/encouragement/catalogue")
    assert text_of(signed_in(a_member()), "/encouragement/rewards").count("knife") == 0
    lead.post(f"{address}/retire", {"again": "1"})
    assert Reward.objects.get().retired_at is None


def test_a_picture_comes_with_its_words(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    drawn = BytesIO()
    Image.new("RGB", (600, 400), "tan").save(drawn, "PNG")

    def upload():
        return SimpleUploadedFile("a.png", drawn.getvalue(), "image/png")

    lead = signed_in(a_lead())
    told = {**TOLD, "picture_file": upload()}
    assert lead.post("/encouragement/catalogue/new", told).status_code == 422
    told = {**TOLD, "picture_file": upload(), "picture_alt": "A knife"}
    assert lead.post("/encouragement/catalogue/new", told).status_code == 302
    assert Reward.objects.get().picture.alt == "A knife"
    bad = SimpleUploadedFile("a.png", b"no picture", "image/png")
    told = {**TOLD, "picture_file": bad, "picture_alt": "x"}
    assert lead.post("/encouragement/catalogue/new", told).status_code == 422


@pytest.mark.parametrize(
    "change",
    [
        {"points": "0"},
        {"points": ""},
        {"kind": "money", "worth": ""},
        {"kind": "money", "tax_class": "ask"},
        {"kind": "time", "hours": "", "tax_class": "untaxed"},
        {"tax_class": "untaxed"},
        {"tax_class": "staff_gift"},
        {"begins": "2026-05-02", "ends": "2026-05-01"},
        {"worth": "-1"},
        {"stock": "-1"},
        {"budget": "77"},
    ],
    ids=str,
)
def test_what_cannot_be_is_refused_with_all_that_was_written(change):
    lead = signed_in(a_lead())
    answer = lead.post("/encouragement/catalogue/new", {**TOLD, **change})
    assert answer.status_code == 422
    assert "A bread knife" in answer.content.decode()
    assert not Reward.objects.exists()


def test_saving_another_field_puts_nothing_back_on_the_shelf():
    lead, reward = signed_in(a_lead()), a_thing(stock=5, points=80)
    a_claim(reward=reward)  # after the lead's page was opened
    address = f"/encouragement/catalogue/{reward.pk}"
    lead.post(address, {**TOLD, "name": "A sharp knife", "stock_was": "5"})
    reward.refresh_from_db()
    assert (reward.name, reward.stock) == ("A sharp knife", 4)
    lead.post(address, {**TOLD, "stock": "15", "stock_was": "4"})
    reward.refresh_from_db()
    assert reward.stock == 15
    refused = lead.post(address, {**TOLD, "stock": "0", "stock_was": "16"})
    assert refused.status_code == 422
    reward.refresh_from_db()
    assert reward.stock == 15


def test_a_year_without_tax_figures_is_warned_of(monkeypatch):
    """Where somebody promises, gives, or pays."""
    reward = a_claim(a_member()).reward
    client = signed_in(a_lead(language="en"))
    pages = {
        "/encouragement/catalogue": "You change them by a file of your own",
        f"/encouragement/catalogue/{reward.pk}": "edition of ",
        "/encouragement/redemptions": "They wait",
        "/encouragement/payroll": "The tax figures are those of FI, 2026",
    }
    warning = "We have no tax figures for 2027: those of 2026 are used."
    for path, says in pages.items():
        page = text_of(client, path)
        assert (says in page, warning in page) == (True, False), path
    left_out = replace(tax.rules("FI", 2027), unread=("fi-2027.toml",))
    monkeypatch.setattr(rewards, "house_rules", lambda today: left_out)
    for path in pages:
        assert warning in text_of(client, path), path
    page = text_of(client, "/encouragement/payroll")
    assert "own file fi-2027.toml cannot be read" in page


def test_only_those_who_lead_the_whole_keep_the_catalogue():
    reward = a_reward()
    for who in (a_member(), a_lead(team=a_team())):
        client = signed_in(who)
        assert client.get("/encouragement/catalogue").status_code == 403
        for path in ("new", f"{reward.pk}", f"{reward.pk}/retire"):
            address = f"/encouragement/catalogue/{path}"
            assert client.post(address, TOLD).status_code == 403
    assert Reward.objects.get().retired_at is None


def test_the_desk_answers_and_hands_over():
    team = a_team()
    lead = a_lead(team=team)
    claim = a_claim(a_member("Ana Aalto", team=team), wish="In May")
    client, address = signed_in(lead), f"/encouragement/redemptions/{claim.pk}"
    page = text_of(client, "/encouragement/redemptions")
    assert "Ana Aalto" in page
    assert "In May" in page
    client.post(address, {"to": "declined"})  # without a reason
    claim.refresh_from_db()
    assert claim.state == "asked"
    for to in ("approved", "given"):
        client.post(address, {"to": to})
        claim.refresh_from_db()
        assert (claim.state, claim.by) == (to, lead)
    client.post(address, {"to": "returned", "answer": "It broke."})
    claim.refresh_from_db()
    assert (claim.state, claim.answer) == ("returned", "It broke.")


def test_who_may_answer_what():
    team, owner = a_team(), a_member("Olli Owner")
    budget = budgets.open_budget(
        "Gifts",
        owner=owner,
        unit="EUR",
        amount=100_000,
        begins=NOON.date(),
        ends=NOON.date() + timedelta(days=30),
        now=NOON,
    )
    asker = a_member(team=team)
    of_lead = a_lead(team=team)
    table = {  # sees the desk, answers
        a_member(): (403, 403),
        asker: (403, 403),
        of_lead: (200, 302),
        a_lead(): (200, 302),
        a_lead(team=a_team()): (200, 404),
        owner: (200, 302),
    }
    reward = a_thing(budget=budget, points=1)
    for who, (desk, status) in table.items():
        claim = a_claim(asker, reward=reward)
        client = signed_in(who)
        assert client.get("/encouragement/redemptions").status_code == desk
        answer = client.post(
            f"/encouragement/redemptions/{claim.pk}", {"to": "approved"}
        )
        assert answer.status_code == status, who
        claim.refresh_from_db()
        assert (claim.state == "approved") == (status == 302)
    own = a_claim(of_lead)
    address = f"/encouragement/redemptions/{own.pk}"
    assert signed_in(of_lead).post(address, {"to": "approved"}).status_code == 404


def test_nonsense_is_no_answer():
    claim = a_claim()
    client = signed_in(a_lead())
    client.post(f"/encouragement/redemptions/{claim.pk}", {"to": "asked"})
    assert Redemption.objects.get().state == "asked"


# --- A fixed number of queries


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_ask_as_often_for_three_as_for_one(rows, django_assert_max_num_queries):
    member, lead = a_member(), a_lead()
    for _ in range(rows):
        a_claim(member)
        a_gift(member, reward=a_thing(stock=5))
        a_claim(a_member(team=a_team()), reward=a_thing(ends=localdate()))
    pages = {
        "/encouragement/rewards": (member, 18),
        "/encouragement/catalogue": (lead, 12),
        "/encouragement/redemptions": (lead, 12),
        "/encouragement/payroll": (lead, 12),
    }
    for address, (who, most) in pages.items():
        client = signed_in(who)
        with django_assert_max_num_queries(most):
            assert client.get(address).status_code == 200
