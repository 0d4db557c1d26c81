from typing import Any

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from pesue.content.access import stories_on_the_web
from pesue.example.access.own_page import own_page, posts_to_show
from pesue.example.actions.own_page import Wanted
from pesue.example.models.own_page import LONGEST_SLUG
from pesue.people.models import Member

OFFERED = 50  # stories, and posts: the newest


class OwnPageForm(forms.Form):
    """A member's page for everybody: whether, where, and what stands on it."""

    shown = forms.BooleanField(
        label=_("Anyone on the web may see my page, with my name"), required=False
    )
    slug = forms.SlugField(
        label=_("Short address"),
        max_length=LONGEST_SLUG,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    about = forms.CharField(
        label=_("A line about yourself"), max_length=200, required=False
    )
    titled = forms.BooleanField(label=_("Show my title"), required=False)
    followed = forms.BooleanField(
        label=_("It can be followed from the fediverse (Mastodon and others)"),
        help_text=_("If your organisation is there. Other servers keep copies."),
        required=False,
    )
    stories = forms.MultipleChoiceField(
        label=_("My stories that are on the web already"),
        help_text=_("New ones come here, too, when you put them on the web."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    posts = forms.MultipleChoiceField(
        label=_("My posts on networks"),
        help_text=_("Only those that you choose. A link leads to the network."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, member: Member, *args: Any) -> None:
        super().__init__(*args)
        page = own_page(member)
        mine = stories_on_the_web().filter(author=member)
        self._stories = {str(s.pk): s for s in mine.order_by("-accepted_at")[:OFFERED]}
        self._posts = {str(p.pk): p for p in posts_to_show(member)[:OFFERED]}
        self._left = list(page.left_out.all()) if page else []
        chosen = list(page.posts.all()) if page else []
        left = {str(story.pk) for story in self._left}
        fields: dict[str, Any] = self.fields
        fields["stories"].choices = [(k, s.title) for k, s in self._stories.items()]
        fields["posts"].choices = [
            (key, f"{post.channel_name}: {post.item.title}")
            for key, post in self._posts.items()
        ]
        place = f"{settings.ADDRESS}{reverse('public-people')}"
        fields["slug"].help_text = _(
            "After %(place)s. Once shown, it stays yours and is given to nobody else."
        ) % {"place": place}
        self.initial = {
            "shown": page.shown if page else False,
            "slug": page.slug if page else slugify(member.name)[:LONGEST_SLUG],
            "about": page.about if page else "",
            "titled": page.titled if page else True,
            "followed": page.followed if page else False,
            "stories": [key for key in self._stories if key not in left],
            "posts": [str(post.pk) for post in chosen],
        }

    def clean_slug(self) -> str:
        return str(self.cleaned_data["slug"]).lower()

    def wanted(self) -> Wanted:
        """What a valid form asks for. What was not offered stays as it was."""
        data, offered = self.cleaned_data, self._stories
        out = [s for key, s in offered.items() if key not in data["stories"]]
        return Wanted(
            shown=data["shown"],
            slug=data["slug"],
            about=data["about"],
            titled=data["titled"],
            followed=data["followed"],
            left_out=[*out, *(s for s in self._left if str(s.pk) not in offered)],
            posts=[self._posts[key] for key in data["posts"]],
        )
