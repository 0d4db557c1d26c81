"""How trials went here and elsewhere: told, taken in, read together."""

import json
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation
from hypothesis import given
from hypothesis import settings as within
from hypothesis import strategies as st

from pesue.foundation.signed import NotRead, Why
from pesue.measurement.actions import exchange
from pesue.measurement.advice import Ground, advise
from pesue.measurement.calibrated import Measured, Said
from pesue.measurement.exchange import FORMAT, Finding, Told, opened, signed
from pesue.measurement.models import HouseTrials, ToldTrials, TrialReading
from pesue.measurement.pooled import FEWEST, OURS, About, Study, common
from pesue.measurement.queries.evidence import ground
from pesue.stats.grades import Grade
from pesue.stats.pooling import pool
from pesue.stats.shrinkage import shrink
from pesue.surveys.actions import NotDone
from pesue.surveys.models import SigningKey
from pesue.trials.models import Trial
from tests.make import NOON
from tests.make.people import a_lead, a_member, an_organisation
from tests.make.reports import a_tried
from tests.make.trials import ITEMS, LESSON, MAIL, a_trial

NOW = datetime.now(UTC)
KEY = Ed25519PrivateKey.generate()
LESSONS = About(LESSON, "rollout", "shares.people")
FINDING = Finding(LESSON, "rollout", "team", "shares.people", "2026-03", 0.03, 0.01)
TOLD = Told("2026-04-01T12:00:00+03:00", "50-249", "FI", (FINDING,))


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def a_file(estimate: float = 0.03, error: float = 0.01, **fields) -> bytes:
    """Of a house of its own."""
    finding = replace(FINDING, estimate=estimate, error=error)
    told = replace(TOLD, findings=(finding,), **fields)
    return signed(told, Ed25519PrivateKey.generate()).encode()


def a_reading(lever: str, estimate: float, half: float, **found) -> TrialReading:
    trial = a_trial(lever)
    Trial.objects.filter(pk=trial.pk).update(state="ended", over_at=NOON)
    effect = {"estimate": estimate, "low": estimate - half, "high": estimate + half}
    compared = [{"arm": "on", "effect": effect, "why": ""}]
    return TrialReading.objects.create(
        trial=trial, at=NOON, found={"arms": {}, "compared": compared, **found}
    )


# --- From one house to the other


@pytest.fixture
def lead():
    an_organisation()
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(a_lead(language="en"))
    return client


@pytest.mark.django_db
def test_from_one_house_to_the_other_and_read_together_from_five_on(lead):
    a_reading(LESSON, 0.05, 0.06)
    page = lead.post(
        "/results/others",
        {"do": "tell", "size": "50-249", "country": "se"},
        follow=True,
    ).content.decode()
    assert "4 more are needed" in page
    made = ToldTrials.objects.get()
    answer = lead.get(f"/results/others/files/{made.pk}")
    assert answer["Content-Disposition"].startswith("attachment")
    told, _public = opened(answer.content.decode())
    assert (told.country, len(told.findings)) == ("SE", 1)
    assert told.findings[0].estimate == 0.05
    assert "Saariston" not in answer.content.decode(), "no name"
    assert "Sooner or later" not in answer.content.decode(), "of a trial neither"
    for n in range(4):
        assert "needed" in lead.get("/results/others").content.decode()
        file = SimpleUploadedFile("theirs.json", a_file(0.03 + n / 1000))
        sent = lead.post("/results/others", {"do": "bring", "file": file})
        assert sent.status_code == 302
    page = lead.get("/results/others").content.decode()
    assert "needed" not in page
    assert "5 organisations, ours among them" in page
    assert "very likely more" in page
    [one] = [a for a in _advice() if a.grade is Grade.POOLED_TRIALS]
    assert "5 organisations, read together with ours" in one.reason
    house = HouseTrials.objects.first()
    lead.post(f"/results/others/{house.pk}/remove")
    assert "Too few houses" in lead.get("/results/others").content.decode()


def _advice():
    return advise(replace(ground(NOON.date()), told=True))


@pytest.mark.django_db
def test_all_is_told_that_was_read_and_nothing_else():
    with pytest.raises(NotDone, match="No trial"):
        exchange.tell(size="1-49", country="FI", by=None, now=NOW)
    a_reading(LESSON, -0.05, 0.06)
    a_reading(MAIL, 0.02, 0.01)
    a_reading(ITEMS, 4.0, 1.0)  # visits are of the house
    a_reading(LESSON, 0.09, 0.01, broken=True)
    made = exchange.tell(size="1-49", country="fi", by=None, now=NOW)
    told, public = opened(made.text)
    assert {one.lever for one in told.findings} == {LESSON, MAIL}
    assert sorted(one.estimate for one in told.findings) == [-0.05, 0.02]
    assert public == SigningKey.objects.get().public
    body = json.loads(made.text)
    assert set(body["findings"][0]) == {
        "lever", "kind", "unit", "outcome", "over", "estimate", "error",
    }  # fmt: skip


@pytest.mark.django_db
def test_a_newer_file_takes_the_older_ones_place_and_our_own_is_refused():
    newer = replace(TOLD, made="2026-05-01T12:00:00+03:00", country="SE")
    exchange.bring(signed(TOLD, KEY).encode(), by=None, now=NOW)
    exchange.bring(signed(newer, KEY).encode(), by=None, now=NOW)
    assert HouseTrials.objects.get().country == "SE"
    for again in (TOLD, newer):
        with pytest.raises(NotDone, match="already"):
            exchange.bring(signed(again, KEY).encode(), by=None, now=NOW)
    a_reading(LESSON, 0.05, 0.06)
    ours = exchange.tell(size="1-49", country="FI", by=None, now=NOW)
    with pytest.raises(NotDone, match="our own"):
        exchange.bring(ours.text.encode(), by=None, now=NOW)
    ahead = (NOW + timedelta(days=2)).isoformat()
    with pytest.raises(NotDone, match="cannot be"):
        exchange.bring(a_file(made=ahead), by=None, now=NOW)
    with pytest.raises(NotDone, match="no file of figures"):
        exchange.bring(b"\xff\xfe", by=None, now=NOW)
    assert HouseTrials.objects.count() == 1


@pytest.mark.django_db
def test_only_those_who_lead_the_whole_come_here(lead):
    made = ToldTrials.objects.create(at=NOW, text="{}")
    client = Client()
    client.force_login(a_member())
    assert client.get("/results/others").status_code == 403
    assert client.get(f"/results/others/files/{made.pk}").status_code == 403
    assert client.post("/results/others/1/remove").status_code == 403
    assert lead.get("/results/others/files/999").status_code == 404
    assert lead.post("/results/others/999/remove").status_code == 404
    bad = {"do": "bring", "file": SimpleUploadedFile("x.json", b"{}")}
    assert lead.post("/results/others", bad).status_code == 422


@pytest.mark.django_db
@pytest.mark.parametrize("houses", [1, 3])
def test_queries_do_not_grow_with_houses(lead, houses, django_assert_max_num_queries):
    for _n in range(houses):
        exchange.bring(a_file(), by=None, now=NOW)
    with django_assert_max_num_queries(16):
        lead.get("/results/others")


# --- What a file may hold


def changed(**fields: object) -> str:
    body = json.loads(signed(TOLD, KEY))
    return json.dumps(body | fields)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", Why.FOREIGN),
        ("[" * 100_000, Why.FOREIGN),
        ('{"format": "pesue-benchmark", "version": 1}', Why.FOREIGN),
        (changed(version=2), Why.TOO_NEW),
        (changed(size="5000-"), Why.CHANGED),
        (changed(findings=[asdict(replace(FINDING, estimate=0.9))]), Why.CHANGED),
        (changed(signature=None), Why.CHANGED),
        (signed(replace(TOLD, size="7"), KEY), Why.WRONG),
        (signed(replace(TOLD, country="F1"), KEY), Why.WRONG),
        (signed(replace(TOLD, made="2026-04-01T12:00:00"), KEY), Why.WRONG),
        (signed(replace(TOLD, findings=()), KEY), Why.WRONG),
        (signed(replace(TOLD, findings=(FINDING,) * 501), KEY), Why.WRONG),
        (FORMAT.signed(asdict(TOLD) | {"findings": 7}, KEY), Why.WRONG),
        (FORMAT.signed(asdict(TOLD) | {"findings": [[]]}, KEY), Why.WRONG),
    ],
    ids=[f"file-{number}" for number in range(14)],
)
def test_what_is_refused_and_why(text, why):
    with pytest.raises(NotRead) as refused:
        opened(text)
    assert refused.value.why == why


@pytest.mark.parametrize(
    "fields",
    [
        {"estimate": 1.5},
        {"estimate": True},
        {"estimate": "0.1"},
        {"error": 0},
        {"error": -1},
        {"error": 11.0},
        {"kind": "holdout"},
        {"unit": "item"},
        {"outcome": "pages.visits"},
        {"outcome": ["shares.people"]},
        {"over": "2026-13"},
        {"lever": ""},
        {"lever": "x" * 41},
    ],
)
def test_a_finding_that_cannot_be_is_refused(fields):
    with pytest.raises(NotRead) as refused:
        opened(signed(replace(TOLD, findings=(replace(FINDING, **fields),)), KEY))
    assert refused.value.why == Why.WRONG


@within(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 255))
def test_no_changed_byte_is_taken(at, byte):
    text = signed(TOLD, KEY).encode()
    at %= len(text)
    other = text[:at] + bytes([byte]) + text[at + 1 :]
    try:
        told, _public = opened(other.decode())
    except (NotRead, UnicodeDecodeError):
        return
    assert told == TOLD, "white space, or the same byte"


# --- Read together


def studies(*estimates: float, error: float = 0.01, ours: bool = False) -> list[Study]:
    names = [OURS if ours and not n else f"house {n}" for n in range(len(estimates))]
    return [
        Study(name, LESSONS, estimate, error)
        for name, estimate in zip(names, estimates, strict=True)
    ]


@pytest.mark.parametrize("ours", [True, False])
def test_of_fewer_than_five_houses_nothing_is_told(ours):
    for number in range(1, FEWEST):
        [found] = common(studies(*[0.5] * number, ours=ours))
        assert (found.houses, found.missing) == (number, FEWEST - number)
        assert (found.mean, found.here, found.said) == (None, None, Said.CANNOT_TELL)
        assert not list(advise(Ground(NOON.date(), common=[found], has_web=True)))[2:]


def test_many_trials_of_one_house_are_one_house():
    mine = [Study(OURS, LESSONS, e, 0.01) for e in (0.1, 0.2, 0.3, 0.4, 0.5)]
    assert common(mine)[0].missing == 4
    once = [Study(OURS, LESSONS, 0.3, 0.01 / 5**0.5)]
    others = studies(0.1, 0.2, 0.3, 0.2)
    [many], [one] = common(mine + others), common(once + others)
    assert many.here.estimate == pytest.approx(one.here.estimate)


def test_ours_is_drawn_towards_the_others():
    told = [0.10, 0.02, 0.03, 0.01, 0.02]
    [found] = common(studies(*told, error=0.03, ours=True))
    assert found.mean.estimate == pytest.approx(pool(told, [0.03] * 5).mean.estimate)
    assert found.here.estimate == pytest.approx(shrink(told, [0.03] * 5).estimates[0])
    assert found.mean.estimate < found.here.estimate < 0.10


def test_a_house_that_has_not_tried_expects_less_surely_than_the_mean_is_known():
    [found] = common(studies(0.03, 0.05, 0.01, 0.04, 0.06))
    assert found.here.low < found.mean.low < found.mean.high < found.here.high
    assert not found.tried_here
    assert found.said in {Said.LIKELY, Said.VERY_LIKELY}
    [apart] = common(studies(0.30, -0.30, 0.25, -0.2, 0.05))
    assert apart.said is Said.CANNOT_TELL


def advised(*estimates: float, tried=(), ours: bool = False, **fields) -> list[str]:
    found = common(studies(*estimates, ours=ours))
    known = Ground(NOON.date(), tried, common=found, has_web=True, **fields)
    return [one.key for one in advise(known) if one.grade is Grade.POOLED_TRIALS]


def test_others_advise_only_where_we_have_not_learned_it_ourselves():
    helps = [0.05, 0.06, 0.05, 0.055, 0.06]
    key = f"common:{LESSON}:shares.people:very likely"
    assert advised(*helps) == [key]
    assert advised(*[-e for e in helps]) == [f"{key} less"]
    assert advised(*helps, running={LESSON}) == []
    mine = a_tried(Said.CANNOT_TELL, lever=LESSON, trial=1, over=NOON.date())
    assert advised(*helps, tried=(mine,), ours=True) == [key]
    harm = a_tried(Said.VERY_LIKELY_LESS, lever=LESSON, trial=1, over=NOON.date())
    assert advised(*helps, tried=(harm,)) == []
    gone = [Study(f"h{n}", About("gone", "arms", "shares.people"), e, 0.01)
            for n, e in enumerate(helps)]  # fmt: skip
    ground_of_gone = Ground(NOON.date(), common=common(gone), has_web=True)
    assert all(one.grade is not Grade.POOLED_TRIALS for one in advise(ground_of_gone))
    assert Measured(1, 0, 2).error > 0
