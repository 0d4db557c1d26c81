"""The doctor finds what is wrong, and says how to mend it."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured

from pesue import doctor
from pesue.doctor import Check, Finding
from pesue.encouragement import tax
from pesue.foundation.models import Run
from tests.make import NOON


def of(check: Check) -> list[Finding]:
    return list(check(NOON))


def bad(check: Check) -> str:
    return "; ".join(f"{f.what} - {f.mend}" for f in of(check) if f.level == "bad")


@pytest.mark.django_db
def test_a_worker_that_is_away_or_failing() -> None:
    assert "never seen - start one" in bad(doctor.worker)
    Run.objects.create(step="a", finished_at=NOON - timedelta(minutes=4))
    assert bad(doctor.worker) == ""
    Run.objects.update(finished_at=NOON - timedelta(minutes=6))
    assert "last seen 2026-03-02 11:54 UTC" in bad(doctor.worker)
    Run.objects.update(finished_at=NOON, failed_at=NOON, error="KeyError: 'x'")
    assert "a failed at 2026-03-02 12:00 UTC: KeyError: 'x'" in bad(doctor.worker)


@pytest.mark.django_db
def test_a_clock_that_differs() -> None:
    Run.objects.create(step="a", finished_at=NOON + timedelta(minutes=3))
    assert "NTP" in bad(doctor.clock)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://pesue.example.org", "is not secure"),
        ("pesue.example.org", "is not an address"),
        ("https://pesue.example.org", ""),
        ("http://localhost:8000", ""),
    ],
)
def test_an_address_that_cannot_serve(
    monkeypatch: pytest.MonkeyPatch, address: str, said: str
) -> None:
    monkeypatch.setenv("PESUE_ADDRESS", address)
    assert said in bad(doctor.address)
    assert bool(said) == bool(bad(doctor.address))


@pytest.mark.django_db
def test_keys_that_others_can_read() -> None:
    path = configured.DATA / "secret.key"
    path.touch()
    path.chmod(0o644)
    try:
        assert f"chmod 600 {path}" in bad(doctor.keys)
    finally:
        path.chmod(0o600)
    assert bad(doctor.keys) == ""


@pytest.mark.django_db
def test_clicks_that_nobody_stores(settings: Any, tmp_path: Path) -> None:
    settings.CLICK_LOG = tmp_path
    with (tmp_path / "clk-1.log").open("wb") as log:
        log.truncate(60 << 20)
    assert "60 MB wait to be stored" in bad(doctor.clicks)


def test_mail_that_does_not_answer(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    monkeypatch.setenv("PESUE_SMTP_URL", "smtp://127.0.0.1:1")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert "127.0.0.1:1: " in bad(doctor.mail)


def test_a_disk_that_is_full(monkeypatch: pytest.MonkeyPatch) -> None:

    class Full:
        free = 100 << 20

    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda _: Full)
    assert "100 MB free - make room" in bad(doctor.data_folder)


def test_tax_rules_that_cannot_be_read(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    assert of(doctor.tax_rules) == []
    ours = Path(tax.__file__).parent / "fi-2026.toml"
    (tmp_path / "tax").mkdir()
    (tmp_path / "tax" / "fi-2027.toml").write_text(ours.read_text())
    (tmp_path / "tax" / "fi-2028.toml").write_text("[[treatment]")
    (tmp_path / "tax" / "finland.toml").write_text(ours.read_text())
    assert of(doctor.tax_rules)[0].what == "FI 2027, your own"
    assert "fi-2028.toml: " in bad(doctor.tax_rules)
    assert "finland.toml: a file is called as fi-2027.toml is" in bad(doctor.tax_rules)


def test_a_check_that_breaks_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(_now: object) -> Any:
        raise RuntimeError("no")

    monkeypatch.setattr(doctor, "CHECKS", [breaks])
    [found] = doctor.examine(NOON)
    assert (found.level, found.what) == ("bad", "cannot be checked: RuntimeError: no")
