"""The wheel has all that a running Pesue needs, and needs no checkout."""

import io
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from pesue.measurement.archive import again, of_units, packed
from pesue.measurement.reading import Unit

ROOT = Path(__file__).parents[2]


def ran(*command: str | Path, cwd: Path, **environment: str) -> str:
    outside = {k: v for k, v in os.environ.items() if not k.startswith("PESUE_")}
    done = subprocess.run(
        command,
        cwd=cwd,
        env={**outside, "DJANGO_SETTINGS_MODULE": "pesue.settings", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--no-isolation", "--wheel", "-o", out]
    ran(*build, str(ROOT), cwd=out)
    [built] = out.glob("*.whl")
    return built


def test_the_wheel_holds_every_file_of_the_house(wheel: Path) -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "pesue"], cwd=ROOT, capture_output=True, text=True
    ).stdout.split()
    with zipfile.ZipFile(wheel) as opened:
        held = set(opened.namelist())
        [facts] = [name for name in held if name.endswith("/METADATA")]
        needs = opened.read(facts).decode()
    assert {path for path in tracked if (ROOT / path).exists()} <= held
    assert "pesue/docs/settings.md" in held
    assert "Requires-Dist: django==5.2.*" in needs
    assert "hatchling" not in needs
    assert "License-Expression: AGPL-3.0-or-later" in needs


@pytest.fixture(scope="module")
def venv(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `pip install pesue` makes, but that the libraries are ours."""
    tmp_path = tmp_path_factory.mktemp("installed")
    venv = tmp_path / "venv"
    ran(sys.executable, "-m", "venv", "--without-pip", venv, cwd=tmp_path)
    pip = [sys.executable, "-m", "pip", "--python", venv / "bin" / "python"]
    ran(*pip, "install", "--no-deps", "--no-index", "-q", wheel, cwd=tmp_path)
    # the libraries are ours; the checkout is not: a .pth found by a .pth is not read
    [site] = venv.glob("lib/python*/site-packages")
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib"))
    return venv


def test_an_installed_wheel_serves_without_a_checkout(
    venv: Path, tmp_path: Path
) -> None:
    pesue = venv / "bin" / "pesue"
    data = {"PESUE_DATA": str(tmp_path / "data")}
    where = "import pesue; print(pesue.__file__)"
    assert ran(venv / "bin" / "python", "-c", where, cwd=tmp_path).startswith(str(venv))
    commands = ran(pesue, "--help", cwd=tmp_path)
    for name in ("run", "worker", "migrate", "doctor", "backup", "restore", "settings"):
        assert f"    {name} " in commands
    ran(pesue, "migrate", cwd=tmp_path, **data)
    ran(pesue, "worker", "--once", cwd=tmp_path, **data)
    told = ran(pesue, "doctor", cwd=tmp_path, **data)
    assert "sqlite, of this version" in told


def test_who_doubts_a_trial_needs_the_wheel_and_nothing_else(
    venv: Path, tmp_path: Path
) -> None:
    """No server, no database, no settings: the notebook as it was downloaded."""
    units = [
        Unit(n, arm, (n % 7 + 4 * (arm == "new")) / 10, n % 5 / 10, 8, "small")
        for n, arm in enumerate(["now", "new"] * 8)
    ]
    shares = [["now", 1], ["new", 1]]
    design = {
        **{"kind": "arms", "unit": "team", "question": "Does it help?"},
        **{"control": "now", "shares": shares, "planned": 16, "before": 1},
        **{"stopped": False, "looks": [], "times": [], "left_out": 0},
    }
    text = of_units(units, "team").text
    reading = again(text, design)
    assert reading is not None
    [found] = reading.compared
    assert found.effect is not None
    about = {"compared": [{"arm": "new", "effect": None, "why": "", "lot": None}]}
    with zipfile.ZipFile(io.BytesIO(packed(text, design, about))) as files:
        files.extractall(tmp_path)
    run = (
        "import json, sys\n"
        "for cell in json.load(open('again.ipynb'))['cells']:\n"
        "    exec(''.join(cell['source']), globals())\n"
        "assert 'django' not in sys.modules\n"
    )
    told = ran(venv / "bin" / "python", "-c", run, cwd=tmp_path)
    effect = found.effect
    assert f"{effect.estimate:.4f}, 95 % interval {effect.low:.4f} to" in told
