"""The one client for every address that a person, a feed or a page gives us."""

from pesue.foundation.http.guard import client as client
from pesue.foundation.http.reading import MEGABYTE as MEGABYTE
from pesue.foundation.http.reading import Fetched as Fetched
from pesue.foundation.http.reading import fetch as fetch
from pesue.foundation.http.refusals import REASONS as REASONS
from pesue.foundation.http.refusals import Forbidden as Forbidden
from pesue.foundation.http.refusals import Unfetchable as Unfetchable
from pesue.foundation.http.refusals import told as told
