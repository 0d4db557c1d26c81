"""Pesue's settings for the tests: a data folder of their own, nothing from outside.

PESUE_TEST_DB=postgres runs the same tests on a throw-away PostgreSQL.
"""

import atexit
import os
import shutil
import tempfile

from tests.peers.started import start

for name in list(os.environ):
    if name.startswith("PESUE_") and not name.startswith("PESUE_TEST_"):
        del os.environ[name]
os.environ.pop("DATABASE_URL", None)

# The first process makes the folder and removes it; pytest's workers share it, each
# with a data folder of its own.
if "PESUE_TEST_HOME" not in os.environ:
    os.environ["PESUE_TEST_HOME"] = tempfile.mkdtemp(prefix="pesue-tests-")
    atexit.register(shutil.rmtree, os.environ["PESUE_TEST_HOME"], ignore_errors=True)
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
os.environ["PESUE_DATA"] = f"{os.environ['PESUE_TEST_HOME']}/{WORKER}"

POSTGRES = os.environ.get("PESUE_TEST_DB") == "postgres"
if POSTGRES:
    if "PESUE_TEST_DATABASE" not in os.environ:
        os.environ["PESUE_TEST_DATABASE"] = start("postgres")["url"]
    os.environ["DATABASE_URL"] = os.environ["PESUE_TEST_DATABASE"]

from pesue.settings import *  # noqa: E402, F403
from pesue.settings import DATA, DATABASES  # noqa: E402

# One round: what is stored is that the hasher was called, not how slow it is.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
(DATA / "static").mkdir(parents=True, exist_ok=True)
if POSTGRES:
    DATABASES["default"]["OPTIONS"] = {}
else:
    # A file, not memory: threads of a test meet the same locks as in production.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA cache_size=-20000;"
    )
    DATABASES["default"]["ENGINE"] = "tests.emptied"
