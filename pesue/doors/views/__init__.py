"""What other servers ask and bring, and the page of whoever looks after it."""

from pesue.doors.views.looked_after import close as close
from pesue.doors.views.looked_after import fediverse as fediverse
from pesue.doors.views.looked_after import new_keys as new_keys
from pesue.doors.views.machines import actor as actor
from pesue.doors.views.machines import followers as followers
from pesue.doors.views.machines import inbox as inbox
from pesue.doors.views.machines import nodeinfo as nodeinfo
from pesue.doors.views.machines import nodeinfo_at as nodeinfo_at
from pesue.doors.views.machines import outbox as outbox
from pesue.doors.views.machines import post as post
from pesue.doors.views.machines import webfinger as webfinger
