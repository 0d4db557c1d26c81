"""A lead plans a trial, starts it and reads it; one who doubts works it out anew."""

import io
import json
import random
from datetime import timedelta
from zipfile import ZipFile

import pytest
from django.utils.timezone import now
from playwright.sync_api import expect

from pesue.measurement.models import TrialReading
from pesue.measurement.steps import read_trials
from pesue.trials.models import Assignment, Trial
from pesue.trials.steps import end_trials
from tests.browser.test_asked import sign_in
from tests.browser.test_look import DESK, PHONE, visiting
from tests.browser.test_old_guideline import fits
from tests.make.content import an_item
from tests.make.people import a_lead, a_member, an_organisation
from tests.make.sharing import a_share
from tests.make.trials import teams

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)


def tell(members, chance: float, at, seed: int) -> None:
    drawn, item = random.Random(seed), an_item()
    for member in members:
        if drawn.random() < chance:
            a_share(
                member=member, item=item, state="shared", shared_at=at, team=member.team
            )


def plan_and_start(browser, url, lead) -> Trial:
    with visiting(browser, url, PHONE, locale="fi-FI") as page:
        sign_in(page, lead)
        page.goto("/trials")
        page.get_by_role("link", name="Sanojesi vaikutuksesta").click()
        fits(page)
        page.get_by_label("Nimi").fill("Lyhyt otsikko")
        page.get_by_label("Mitä haluamme tietää").fill("Auttaako lyhyt otsikko?")
        page.get_by_label("Otsikko").fill("{people} luki sanasi")
        page.get_by_label("Alkaa").fill(f"{now():%Y-%m-%d}")
        page.get_by_role("button", name="Suunnittele").click()
        expect(page.get_by_role("main")).to_contain_text("ihmiset, jotka kertoivat")
        page.get_by_role("link", name="Mitä se voisi nähdä?").click()
        expect(page.get_by_role("main")).to_contain_text("ei näe")
        fits(page)
        page.go_back()
        page.get_by_role("link", name="Aloita").click()
        page.get_by_role("button", name="Aloita").click()
        expect(page.get_by_role("main")).to_contain_text("käynnissä")
    return Trial.objects.get()


def test_planned_started_read_and_worked_out_anew(browser, live_server, tmp_path):
    an_organisation(languages=["fi"])
    url, lead = str(live_server.url), a_lead(language="fi")
    members = teams(14, each=6)
    tell(members, 0.3, now() - 9 * DAY, seed=1)
    trial = plan_and_start(browser, url, lead)

    new = set(
        Assignment.objects.filter(trial=trial, arm__is_control=False).values_list(
            "unit", flat=True
        )
    )
    tell([m for m in members if m.team_id in new], 0.95, now() + DAY, seed=2)
    tell([m for m in members if m.team_id not in new], 0.15, now() + DAY, seed=3)
    over = now() + 50 * DAY  # the clock of the worker, not of the pages
    end_trials(over)
    read_trials(over)

    with visiting(browser, url, DESK, locale="fi-FI") as page:
        sign_in(page, a_member(language="fi"))
        page.goto("/tried")
        page.get_by_role("link", name="Miten kävi").click()
        expect(page.get_by_role("main")).to_contain_text("Enemmän: +")
        fits(page)
        with page.expect_download() as loading:
            page.get_by_role("link", name="Laske se itse uudelleen").click()
        packed = loading.value.path().read_bytes()
    with ZipFile(io.BytesIO(packed)) as files:
        files.extractall(tmp_path)
    done: dict[str, object] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        for cell in json.loads((tmp_path / "again.ipynb").read_text())["cells"]:
            exec("".join(cell["source"]), done)
    plain = TrialReading.objects.get().found["in_file"][0]["plain"]
    assert done["difference"] == pytest.approx(plain["estimate"])
