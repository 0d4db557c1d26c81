"""Telling other organisations how our trials went, and taking in theirs."""

from dataclasses import asdict
from datetime import datetime

from django.utils.translation import gettext as _

from pesue.measurement.exchange import Told, opened, signed
from pesue.measurement.models import HouseTrials, ToldTrials
from pesue.measurement.queries.evidence import tried
from pesue.measurement.queries.exchange import findings
from pesue.people.models import Member
from pesue.surveys.actions import NotDone
from pesue.surveys.actions.files import own_key, secret_of, take_newer, theirs


def tell(*, size: str, country: str, by: Member | None, now: datetime) -> ToldTrials:
    """A file of all our trials that were read. Raises NotDone where there is none."""
    found = tuple(findings(tried()))
    if not found:
        raise NotDone(_("No trial of people has been read yet that had a figure."))
    told = Told(now.isoformat(timespec="seconds"), size, country.upper(), found)
    text = signed(told, secret_of(own_key()))
    return ToldTrials.objects.create(by=by, at=now, text=text)


def bring(raw: bytes, *, by: Member | None, now: datetime) -> HouseTrials:
    """Take another organisation's file in place of its older one. Raises NotDone."""
    ours = _("That is our own file. Our trials are in it already.")
    told, public = theirs(raw, opened, is_ours=ours, now=now)
    fields = {
        "made": told.when,
        "size": told.size,
        "country": told.country.upper(),
        "findings": [asdict(finding) for finding in told.findings],
        "by": by,
        "at": now,
    }
    return take_newer(HouseTrials, {"public": public}, fields)


def remove(house: HouseTrials) -> None:
    house.delete()
