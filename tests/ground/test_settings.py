"""Settings: each is documented, and reads NAME or NAME_FILE."""

from pathlib import Path

import pytest

from pesue import environment
from pesue.environment import SETTINGS, BadSetting, Setting

ROOT = Path(__file__).parents[2]
ONE = Setting("PESUE_ONE", "default", "A setting of this test.")


def test_every_setting_is_documented() -> None:
    told = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert environment.table() in told, "put what `pesue settings` prints there"
    assert all(setting.what.endswith(".") for setting in SETTINGS)


def test_only_the_settings_read_the_environment() -> None:
    readers = {
        path.name
        for path in (ROOT / "pesue").rglob("*.py")
        if "os.environ[" in path.read_text() or "os.getenv" in path.read_text()
    }
    assert readers == {"environment.py"}


def test_a_value_comes_from_the_name_or_its_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert ONE.text() == "default"
    (tmp_path / "secret").write_text("from the file\n")
    monkeypatch.setenv("PESUE_ONE_FILE", str(tmp_path / "secret"))
    assert ONE.text() == "from the file"
    monkeypatch.setenv("PESUE_ONE", "from the name")
    assert ONE.text() == "from the name"


def test_the_address_follows_the_port(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PESUE_ADDRESS", raising=False)
    monkeypatch.setenv("PESUE_PORT", "8123")
    assert environment.address() == "http://localhost:8123"
    monkeypatch.setenv("PESUE_ADDRESS", "https://pesue.example/")
    assert environment.address() == "https://pesue.example"


def test_what_cannot_be_used_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PESUE_ONE", "perhaps")
    with pytest.raises(BadSetting, match="PESUE_ONE must be yes or no"):
        ONE.flag()
    with pytest.raises(BadSetting, match="PESUE_ONE must be a whole number"):
        ONE.number()
    monkeypatch.delenv("PESUE_ONE")
    monkeypatch.setenv("PESUE_ONE_FILE", "/nowhere/secret")
    with pytest.raises(BadSetting, match="PESUE_ONE_FILE: cannot read"):
        ONE.text()
