"""Every string people read is in the translations, as gettext finds them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.test_rooms import HOUSE, entries


def test_no_string_is_missing_from_the_translations(tmp_path: Path) -> None:
    copy = tmp_path / "pesue"
    shutil.copytree(HOUSE, copy, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    asked = ["makemessages", "-l", "fi", "-l", "sv", "--no-location", "--no-obsolete"]
    done = subprocess.run(
        [sys.executable, "-m", "django", *asked],
        cwd=copy,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "pesue.settings"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    for language in ("fi", "sv"):
        place = Path("locale") / language / "LC_MESSAGES" / "django.po"
        text = (copy / place).read_text(encoding="utf-8").replace("#, fuzzy", "# ")
        (copy / place).write_text(text, encoding="utf-8")
        found, kept = entries(copy / place), entries(HOUSE / place)
        assert sorted(found.keys() - kept.keys()) == [], "run scripts/words"
