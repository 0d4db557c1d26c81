"""The first minute of an installation."""

import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from pesue.people.actions.refusals import Refused
from pesue.people.models import Grant, Member, Organisation


def found(
    *,
    name: str,
    language: str,
    languages: Sequence[str],
    admin_name: str,
    email: str,
    password: str,
    now: datetime,
) -> Member:
    """Create the organisation and its first administrator.

    Of two who try at once, one succeeds. Raises Refused once there is one.
    """
    try:
        with transaction.atomic():
            Organisation.objects.create(
                pk=1, name=name, language=language, languages=list(languages)
            )
            member = Member(
                email=email.lower(),
                name=admin_name,
                language=language,
                state=Member.State.ACTIVE,
                state_since=now,
                joined_at=now,
            )
            member.set_password(password)
            member.save(force_insert=True)
            for role in (Grant.Role.ADMIN, Grant.Role.PRIVACY):
                Grant.objects.create(member=member, role=role)
    except IntegrityError as error:
        raise Refused(
            _("Somebody has just created the organisation. Sign in, or ask them in.")
        ) from error
    return member


def look_around() -> None:
    """Fill the demo, in a process of its own, as it takes a while. Twice is once."""
    if demo_is_being_filled():
        return
    note = _note()
    with note.with_suffix(".log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "pesue.cli", "demo"],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    note.write_text(str(process.pid))
    threading.Thread(target=process.wait, daemon=True).start()  # leaves no zombie


def demo_is_being_filled() -> bool:
    try:
        os.kill(int(_note().read_text()), 0)
    except (OSError, ValueError):
        return False
    return True


def demo_trouble() -> str:
    """The last words of a filling of the demo that failed; empty when none did."""
    log = _note().with_suffix(".log")
    if demo_is_being_filled() or not log.exists():
        return ""
    lines = log.read_text(errors="replace").strip().splitlines()
    return lines[-1][:300] if lines else ""


def _note() -> Path:
    """Holds the number of the process that fills the demo."""
    return Path(settings.DATA) / "demo.pid"
