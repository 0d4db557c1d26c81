"""What the worker does in this room. Each step may be run again at any time."""

from pesue.content.steps.items import expire_items as expire_items
from pesue.content.steps.items import read_pages as read_pages
from pesue.content.steps.sources import poll_sources as poll_sources
from pesue.content.steps.sources import release_stuck as release_stuck
from pesue.content.steps.videos import check_videos as check_videos
