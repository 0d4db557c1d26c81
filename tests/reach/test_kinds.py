"""Every process knows every kind of mail: one may be declined in any of them."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).parents[2]


def test_a_web_process_knows_all_kinds_of_mail() -> None:
    declared = {
        key
        for path in (ROOT / "pesue").rglob("*.py")
        for key in re.findall(r'Kind\(\s*"([\w-]+)"', path.read_text("utf-8"))
    }
    asked = (
        "import django; django.setup(); import pesue.urls;"
        "from pesue.reach.kinds import KINDS; print(*KINDS)"
    )
    told = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "pesue.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert {"letter", "quiet"} <= declared
    assert set(told.stdout.split()) == declared
