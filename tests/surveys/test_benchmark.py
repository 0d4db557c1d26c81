"""Two installations tell each other their figures, and how they stand."""

import json
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from pesue.surveys.actions import NotDone, drop
from pesue.surveys.actions.benchmarks import bring, export, own_key, spent
from pesue.surveys.models import Exported, Neighbour, SigningKey, Survey
from tests.make.people import a_lead, a_member
from tests.make.surveys import a_counted_survey, a_neighbour
from tests.surveys.experts import signed_in

NOW = datetime.now(UTC)
PULSE = {
    "P1": {"3": 8, "5": 12, "6": 10, "silent": 2},
    "P2": {"2": 2, "7": 2},  # of four
}
WORDS = {"size": "50-249", "country": "FI", "epsilon": 0, "by": None}
pytestmark = pytest.mark.usefixtures("house")


@pytest.fixture(autouse=True)
def _noise_that_drowns_nothing(monkeypatch):
    """The noise of one seed: another may now and then leave nothing to tell."""
    drawn = np.random.default_rng(7)
    monkeypatch.setattr(np.random, "default_rng", lambda *_seed: drawn)


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def exported(now: datetime = NOW, survey: Survey | None = None, **words) -> str:
    survey = survey or a_counted_survey("pulse", PULSE)
    return export(survey, **WORDS | words, now=now).text


def another_house() -> None:
    """What we were is gone; the next key is of another installation."""
    SigningKey.objects.all().delete()
    Exported.objects.all().delete()
    Survey.objects.all().delete()


def from_others(number: int) -> None:
    for _ in range(number):
        text = exported()
        another_house()
        bring(text.encode(), by=None, now=NOW)


def test_from_one_house_to_the_other_and_beside_five(lead):
    from_others(4)
    survey = a_counted_survey("pulse", PULSE)
    page = lead.get(f"/surveys/{survey.pk}/export")
    assert page.status_code == 200
    lead.post(
        f"/surveys/{survey.pk}/export",
        {"size": "50-249", "country": "se", "epsilon": "0"},
    )
    made = Exported.objects.get()
    answer = lead.get(f"/surveys/others/files/{made.pk}")
    assert answer["Content-Disposition"].startswith("attachment")
    told = json.loads(answer.content)
    assert [(one["item"], one["n"]) for one in told["figures"]] == [("P1", 30)]
    assert (told["country"], told["version"], told["noise"]) == ("SE", 1, {})
    assert "Saariston" not in answer.content.decode(), "no name"
    another_house()
    a_counted_survey("pulse", {"P1": {"1": 10, "2": 10}})
    text = lead.get("/surveys/others/pulse").content.decode()
    assert "1 more organisation is needed" in text
    file = SimpleUploadedFile("theirs.json", answer.content)
    assert lead.post("/surveys/others", {"file": file}).status_code == 302
    text = lead.get("/surveys/others/pulse").content.decode()
    assert "5 organisations beside us" in text
    assert "needed" not in text
    assert "1.5 <span" in text, "our own mean"
    assert text.count("<td") == 5
    assert lead.get("/surveys/others").status_code == 200


def test_of_four_there_is_no_figure_in_any_file():
    told = json.loads(exported())
    assert {one["item"] for one in told["figures"]} == {"P1"}
    with pytest.raises(NotDone, match="Nothing to tell"):
        exported(survey=a_counted_survey("pulse", {"P1": {"1": 2, "7": 2}}))
    assert Exported.objects.count() == 1


def test_a_file_is_made_once():
    survey = a_counted_survey("pulse", PULSE)
    exported(survey=survey, epsilon=1.0)
    for epsilon in (0, 1.0):
        with pytest.raises(NotDone, match="before"):
            exported(survey=survey, epsilon=epsilon)


def test_noise_has_a_yearly_budget_that_outlives_its_surveys():
    lots = {"P1": {"3": 80, "5": 120, "6": 100}}
    for _ in range(2):
        survey = a_counted_survey("pulse", lots)
        told = json.loads(exported(survey=survey, epsilon=2.0))
        assert told["noise"]["epsilon"] == 2
        assert told["noise"]["counted_in_se"] is True
        drop(survey)
    assert spent(NOW) == 4
    survey = a_counted_survey("pulse", lots)
    with pytest.raises(NotDone, match="used up"):
        exported(survey=survey, epsilon=0.5)
    next_year = NOW + timedelta(days=366)
    exported(survey=survey, epsilon=0.5, now=next_year)
    assert spent(next_year) == 0.5


def test_an_uncounted_survey_and_one_of_ones_own_are_not_exported():
    survey = a_counted_survey("pulse", PULSE)
    Survey.objects.update(counted_at=None)
    survey.refresh_from_db()
    own = a_counted_survey("pulse", PULSE)
    own.kind = "values"
    for one in (survey, own):
        with pytest.raises(NotDone, match="ready-made"):
            exported(survey=one)


def test_a_newer_file_takes_the_older_ones_place():
    old = exported()
    new = exported(now=NOW + timedelta(hours=1), country="SE")
    another_house()
    own_key()
    bring(old.encode(), by=None, now=NOW)
    bring(new.encode(), by=None, now=NOW)
    for again in (old, new):
        with pytest.raises(NotDone, match="newer one"):
            bring(again.encode(), by=None, now=NOW)
    assert [one.country for one in Neighbour.objects.all()] == ["SE"]


def test_ones_own_file_and_one_from_the_future_are_refused():
    text = exported()
    with pytest.raises(NotDone, match="our own"):
        bring(text.encode(), by=None, now=NOW)
    another_house()
    with pytest.raises(NotDone, match="cannot be"):
        bring(text.encode(), by=None, now=NOW - timedelta(days=9))


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        pytest.param(b" " * 300_000, b"too large", id="large"),
        (b"", b"empty"),
        (b"\xff\xfe", b"no file of figures"),
        (b"name;value", b"no file of figures"),
        (b'{"format": "pesue-benchmark", "version": 9}', b"newer Pesue"),
        (b'{"format": "pesue-benchmark", "version": 1}', b"signature"),
    ],
)
def test_what_is_wrong_with_a_file_is_told(lead, raw, said):
    file = SimpleUploadedFile("theirs.json", raw)
    answer = lead.post("/surveys/others", {"file": file})
    assert answer.status_code == 422
    assert said in answer.content


def test_a_changed_figure_is_refused(lead):
    text = exported().replace('"n": 30', '"n": 31')
    another_house()
    file = SimpleUploadedFile("theirs.json", text.encode())
    answer = lead.post("/surveys/others", {"file": file})
    assert b"signature does not fit" in answer.content
    assert not Neighbour.objects.exists()


def test_the_key_stays_the_same_and_lies_sealed():
    key = own_key()
    assert own_key().public == key.public
    assert key.sealed.startswith("v1:")


def test_only_those_who_lead_all_see_it():
    survey, theirs = a_counted_survey("pulse", PULSE), a_neighbour()
    file = export(survey, **WORDS, now=NOW)
    paths = [
        "/surveys/others",
        "/surveys/others/pulse",
        f"/surveys/others/files/{file.pk}",
        f"/surveys/{survey.pk}/export",
    ]
    member, lead = signed_in(a_member()), signed_in(a_lead(language="en"))
    for path in paths:
        assert Client().get(path).status_code == 302
        assert member.get(path).status_code == 403
        assert lead.get(path).status_code == 200
    assert member.post(f"/surveys/others/{theirs.pk}/remove").status_code == 403
    assert lead.post(f"/surveys/others/{theirs.pk}/remove").status_code == 302
    assert not Neighbour.objects.exists()
    assert lead.get("/surveys/others/annual").status_code == 200, "nothing of ours"
    assert lead.get("/surveys/others/another").status_code == 404
