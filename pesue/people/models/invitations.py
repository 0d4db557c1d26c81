from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from pesue.foundation.held import Held
from pesue.people.models.members import Member
from pesue.people.models.organisation import Team


class Invitation(models.Model):
    """A way in for those who are not members yet.

    Its token is not kept, not even hashed: it is the row's number and a MAC over the
    row, so that a stolen database opens no door.
    """

    HELD = Held(_("to know who invited whom"), timedelta(days=30), "unname")

    # For one person; empty: a link for all who hold it, who then prove their address.
    email = models.EmailField(_("e-mail"), blank=True, db_index=True)
    name = models.CharField(_("name"), max_length=100, blank=True)
    team = models.ForeignKey(
        Team, models.CASCADE, null=True, blank=True, verbose_name=_("team")
    )
    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, default="fi"
    )
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    ends_at = models.DateTimeField(_("ends"))
    uses_left = models.PositiveIntegerField(_("how many may come"), default=1)
    mailed_at = models.DateTimeField(null=True)  # null with an e-mail: to be mailed

    class Meta:
        indexes = [
            models.Index(
                fields=["id"],
                name="invitations_to_mail",
                condition=models.Q(mailed_at__isnull=True) & ~models.Q(email=""),
            )
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"

    @property
    def token(self) -> str:
        return f"{self.pk}-{self._mac()}"

    def is_opened_by(self, token: str) -> bool:
        return constant_time_compare(token, self.token)

    def _mac(self) -> str:
        signed = f"{self.pk}|{self.at.isoformat()}|{self.email}"
        mac = salted_hmac("pesue.invitation", signed, algorithm="sha256")
        return mac.hexdigest()[:40]
