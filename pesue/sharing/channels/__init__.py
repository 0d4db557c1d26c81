"""Every channel we know. To add one: write its module, add its line here.

Others' channels come by the entry point group "pesue.channels": each entry is a
Channel class, and one of ours with the same key keeps its place.
"""

from importlib.metadata import entry_points

from pesue.sharing.channels.anywhere import Anywhere
from pesue.sharing.channels.base import Channel
from pesue.sharing.channels.bluesky import Bluesky
from pesue.sharing.channels.discourse import Discourse
from pesue.sharing.channels.email import Email
from pesue.sharing.channels.facebook import Facebook
from pesue.sharing.channels.ghost import Ghost
from pesue.sharing.channels.instagram import Instagram
from pesue.sharing.channels.linkedin import LinkedIn
from pesue.sharing.channels.mastodon import Mastodon
from pesue.sharing.channels.reddit import Reddit
from pesue.sharing.channels.slack import Slack
from pesue.sharing.channels.teams import Teams
from pesue.sharing.channels.telegram import Telegram
from pesue.sharing.channels.threads import Threads
from pesue.sharing.channels.tiktok import TikTok
from pesue.sharing.channels.whatsapp import WhatsApp
from pesue.sharing.channels.wordpress import WordPress
from pesue.sharing.channels.x import X
from pesue.sharing.channels.youtube import YouTube

OURS: list[Channel] = [
    LinkedIn(),
    X(),
    Facebook(),
    Threads(),
    Instagram(),
    TikTok(),
    Mastodon(),
    Bluesky(),
    WhatsApp(),
    Telegram(),
    Reddit(),
    Email(),
    Slack(),
    Teams(),
    Discourse(),
    YouTube(),
    WordPress(),
    Ghost(),
    Anywhere(),
]
CHANNELS: dict[str, Channel] = {channel.key: channel for channel in OURS}
for _entry in entry_points(group="pesue.channels"):
    _theirs: Channel = _entry.load()()
    CHANNELS.setdefault(_theirs.key, _theirs)
