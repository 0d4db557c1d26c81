"""A member's own page for everybody, while they want one, and addresses once given."""

from datetime import timedelta

from django.db import models
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from pesue.content.models import Story
from pesue.foundation.held import Held
from pesue.people.models import Member
from pesue.sharing.models import Share

LONGEST_SLUG = 40


class OwnPage(models.Model):
    """A page of one's own: shown only while its member says so and is here.

    Stories appear because their author put each on the web already, but those that the
    member leaves out; posts appear only if the member chose them.
    """

    HELD = Held(  # nobody sees it meanwhile; coming back loses nothing
        _("to show your own page, if you want one"), timedelta(days=30), "erase"
    )

    member = models.OneToOneField(Member, models.CASCADE, related_name="own_page")
    slug = models.SlugField(max_length=LONGEST_SLUG, unique=True)
    about = models.CharField(max_length=200, blank=True)  # a line about oneself
    titled = models.BooleanField(default=True)  # the title stands there, too
    shown = models.BooleanField(default=False)
    shown_since = models.DateTimeField(null=True)
    followed = models.BooleanField(default=False)  # from the fediverse, if we are there
    left_out = models.ManyToManyField(Story, blank=True, related_name="+")
    posts = models.ManyToManyField(Share, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="shown_pages_say_since_when",
                condition=models.Q(shown=False) | models.Q(shown_since__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return reverse("public-person", args=[self.slug])

    @property
    def is_on_the_web(self) -> bool:
        return self.shown and self.member.is_active


class GivenSlug(models.Model):
    """An address that was somebody's page once: nobody else is ever given it.

    It may be a name, so what is kept is a MAC of it: who knows the address can be told
    that its page is gone, and who has the database reads nothing.
    """

    HELD = Held(
        _("so that nobody else is given the address of your page"),
        timedelta(days=30),
        "unname",
    )

    mac = models.CharField(max_length=64, unique=True)
    member = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return f"given slug {self.pk}"

    @staticmethod
    def mac_of(slug: str) -> str:
        return salted_hmac("pesue.own_page", slug, algorithm="sha256").hexdigest()
