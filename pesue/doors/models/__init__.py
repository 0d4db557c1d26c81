"""Who can be followed from the fediverse, by whom, and what is on its way."""

from pesue.doors.models.actors import Actor as Actor
from pesue.doors.models.actors import Follower as Follower
from pesue.doors.models.actors import Inbox as Inbox
from pesue.doors.models.posts import Activity as Activity
from pesue.doors.models.posts import Delivery as Delivery
from pesue.doors.models.posts import Post as Post
