"""What this room keeps: a noun a file."""

from pesue.sharing.models.accounts import Account as Account
from pesue.sharing.models.accounts import Registration as Registration
from pesue.sharing.models.landings import Landing as Landing
from pesue.sharing.models.landings import LandingDay as LandingDay
from pesue.sharing.models.landings import LandingsKnown as LandingsKnown
from pesue.sharing.models.likeness import Likeness as Likeness
from pesue.sharing.models.links import ClickSegment as ClickSegment
from pesue.sharing.models.links import Link as Link
from pesue.sharing.models.links import LinkDay as LinkDay
from pesue.sharing.models.links import Salt as Salt
from pesue.sharing.models.links import Visit as Visit
from pesue.sharing.models.replies import Reply as Reply
from pesue.sharing.models.shares import Share as Share
from pesue.sharing.models.voices import Voice as Voice
