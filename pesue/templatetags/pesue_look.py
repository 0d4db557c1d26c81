"""The look's own tags: places, icons, avatars, and plots with their tables."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.formats import localize
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from pesue.foundation.counts import Statistic
from pesue.templatetags import plots

register = template.Library()
WITHIN = {  # pages of a place whose addresses begin with another word
    "guidance": ("concepts", "coverage", "course"),
    "desk": ("inbox", "sources", "trials"),
    "library": ("calendar",),
    "encouragement": ("examples",),
}
DEFAULT_ACCENT = "#9c3d21"  # the one pesue.css has


@dataclass(frozen=True)
class Place:
    """A room a member may walk into from every page."""

    label: str
    href: str
    icon: str
    current: bool
    more: bool  # on a phone, behind "More"


@register.simple_tag(takes_context=True)
def places(context: Context) -> list[Place]:
    """The navigation of the person who is asking, in order."""
    doors = context.get("doors") or {}
    leads = doors.get("lead") or doors.get("curator")
    path = getattr(context.get("request"), "path", "")
    wanted = [
        ("today", _("Today"), "today", False, True),
        ("library", _("Library"), "library", False, True),
        ("my-shares", _("My shares"), "shares", False, True),
        ("me", _("Me"), "me", False, True),
        ("guidance", _("Guidelines"), "guide", True, True),
        ("encouragement", _("Encouragement"), "thanks", True, True),
        ("desk", _("Desk"), "desk", True, leads),
        ("surveys", _("Surveys"), "survey", True, True),
        ("results", _("Results"), "results", True, doors.get("lead")),
        ("members", _("People"), "people", True, doors.get("admin")),
    ]
    return [
        Place(label, href, icon, _is_at(path, href, *WITHIN.get(name, ())), more)
        for name, label, icon, more, allowed in wanted
        if allowed and (href := _address(name))
    ]


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _is_at(path: str, href: str, *within: str) -> bool:
    inside = (href, *(_address(name) for name in within))
    return path == href or any(
        path.startswith(start) for start in inside if start not in ("", "/")
    )


@register.filter
def further(all_places: Sequence[Place]) -> list[Place]:
    """Those places that a phone keeps behind "More"."""
    return [place for place in all_places if place.more]


@register.simple_tag
def accent_sheet(organisation: Any) -> str:
    """Address of the style sheet with the organisation's own accent; "" if ours."""
    if not organisation or organisation.accent.lower() == DEFAULT_ACCENT:
        return ""
    try:
        return reverse("accent", args=[organisation.accent.lstrip("#").lower()])
    except NoReverseMatch:
        return ""


@register.simple_tag
def icon(name: str) -> SafeString:
    """A line icon from static/pesue/icons.svg; decoration only, never alone."""
    return format_html(
        '<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        '<use href="{}?{}#{}"/></svg>',
        static("pesue/icons.svg"),
        settings.VERSION,
        name,
    )


@register.simple_tag
def avatar(person: Any, *, spoken: bool = False) -> SafeString:
    """Initials in one of six quiet tones, the same for a person every time.

    `spoken` where no name stands beside them.
    """
    words = [word for word in str(person.name or "").split() if word[0].isalpha()]
    ends = [words[0], words[-1]] if len(words) > 1 else words
    return format_html(
        '<span class="avatar tone-{}"{}>{}</span>',
        (person.pk or 0) % 6,
        "" if spoken else mark_safe(' aria-hidden="true"'),
        "".join(word[0].upper() for word in ends) or "?",
    )


@register.simple_tag(takes_context=True)
def with_query(context: Context, **changes: Any) -> str:
    """This page's own address with some query parameters changed; None drops one."""
    query = context["request"].GET.copy()
    for key, value in changes.items():
        query.pop(key, None)
        if value is not None:
            query[key] = str(value)
    return f"?{query.urlencode()}"


@register.inclusion_tag("_plot.html")
def bars(
    title: str, points: Iterable[tuple[Any, float | None]], unit: str = ""
) -> dict[str, Any]:
    """Bars of (label, number) with their table; None is "not shown", never zero."""
    return _plot(plots.bars, title, points, unit)


@register.inclusion_tag("_plot.html")
def line(
    title: str, points: Iterable[tuple[Any, float | None]], unit: str = ""
) -> dict[str, Any]:
    """A line through (label, number) in order, with its table; None breaks it."""
    return _plot(plots.line, title, points, unit)


def _plot(
    draw: Any, title: str, points: Iterable[tuple[Any, float | None]], unit: str
) -> dict[str, Any]:
    rows = list(points)
    drawing = draw([(str(label), number) for label, number in rows])
    return {"title": title, "unit": unit, "rows": rows, "plot": drawing}


@register.filter
def add_to(number: float, more: float) -> float:
    """Django's own `add` knows no fractions."""
    return round(number + float(more), 1)


@register.filter
def minus(text: str) -> str:
    """A number already in words, with the sign that is as wide as a plus."""
    return text.replace("-", "\N{MINUS SIGN}", 1) if text.startswith("-") else text


@register.filter
def at(rows: Mapping[Any, Any], key: Any) -> Any:
    """What a mapping has under a key, or nothing."""
    return rows.get(key)


@register.filter
def unit_of(statistic: Statistic, number: float | None) -> str:
    """What a number is of: one visit, two visits."""
    return str(statistic.one if number == 1 and statistic.one else statistic.unit)


@register.filter
def first_name(name: str) -> str:
    """What a colleague would call them: the first word of the name."""
    return str(name or "").split(" ")[0]


@register.filter
def figure(value: float, share: bool) -> str:
    """A share in per cent, or a mean with one digit more than it is sure of."""
    return f"{100 * value:.0f} %" if share else localize(round(value, 2))
