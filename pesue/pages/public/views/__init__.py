"""The pages for everybody, and what machines read of them."""

from pesue.pages.public.views.embeds import embed as embed
from pesue.pages.public.views.embeds import oembed as oembed
from pesue.pages.public.views.machines import card as card
from pesue.pages.public.views.machines import feed as feed
from pesue.pages.public.views.machines import robots as robots
from pesue.pages.public.views.machines import sitemap as sitemap
from pesue.pages.public.views.shown import captions as captions
from pesue.pages.public.views.shown import people as people
from pesue.pages.public.views.shown import shelf as shelf
from pesue.pages.public.views.shown import story as story
