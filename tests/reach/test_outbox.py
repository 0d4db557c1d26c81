"""Without a mail server mails lie as files: not for ever, and not of the erased."""

import os
from datetime import datetime, timedelta

import httpx
import pytest

from pesue.privacy.actions.erasing import erase
from pesue.reach.actions.line import queue
from pesue.reach.kinds import SIGN_IN
from pesue.reach.steps import forget, send_mail
from tests.make import NOON
from tests.make.people import a_member, an_organisation

pytestmark = pytest.mark.django_db
NOBODY = httpx.Client(transport=httpx.MockTransport(lambda _r: httpx.Response(200)))
LINE = "-" * 79


@pytest.fixture
def outbox(tmp_path, settings):
    an_organisation()
    settings.DATA = tmp_path
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "outbox"
    return settings.EMAIL_FILE_PATH


def a_file(outbox, *mails: tuple[object, str], at: datetime = NOON):
    """What one turn of the worker writes."""
    known = set(outbox.glob("*"))
    for number, (member, text) in enumerate(mails):
        words = {"language": "en", "subject": "Your link", "text": text, "now": at}
        queue(SIGN_IN, f"{at}:{number}", to=member, **words)
    send_mail(at)
    [written] = set(outbox.glob("*")) - known
    # Its own name tells seconds only: the next would go on in the same file.
    path = written.rename(outbox / f"{at:%Y%m%d}.log")
    os.utime(path, (at.timestamp(), at.timestamp()))
    return path


def test_files_go_after_seven_days(outbox):
    ana = a_member()
    old = a_file(outbox, (ana, "one"))
    young = a_file(outbox, (ana, "two"), at=NOON + timedelta(days=2))
    assert forget(NOON + timedelta(days=6)) == 0
    assert old.exists()
    assert forget(NOON + timedelta(days=8)) == 1
    assert list(outbox.iterdir()) == [young]


def test_with_a_member_go_the_mails_to_them_and_no_others(outbox):
    ana, bo = a_member("Ana", email="ana@exämple.org"), a_member("Bo")
    torn = f"sesame=ana\n{LINE}\nana still"
    alone = a_file(outbox, (ana, torn))
    first = {"at": NOON + timedelta(days=1)}
    both = a_file(outbox, (bo, "sesame=bo"), (ana, torn), (bo, "more"), **first)
    when = both.stat().st_mtime
    erase(ana, posts=False, now=NOON, http=NOBODY)
    assert not alone.exists()
    left = both.read_text()
    assert "ana" not in left
    assert "sesame=bo" in left
    assert "more" in left
    assert left.count(f"To: {bo.email}") == 2
    assert both.stat().st_mtime == when
    assert list(outbox.iterdir()) == [both]
