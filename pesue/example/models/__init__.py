"""What is shown to colleagues as an example, and to whom."""

from pesue.example.models.cases import Case as Case
from pesue.example.models.inside import InsideChannel as InsideChannel
from pesue.example.models.inside import InsidePost as InsidePost
from pesue.example.models.leaders import Assistant as Assistant
from pesue.example.models.leaders import Echo as Echo
from pesue.example.models.leaders import Handover as Handover
from pesue.example.models.leaders import Inside as Inside
from pesue.example.models.leaders import LeaderPlan as LeaderPlan
from pesue.example.models.own_page import GivenSlug as GivenSlug
from pesue.example.models.own_page import OwnPage as OwnPage
from pesue.example.models.pictured import Pictured as Pictured
from pesue.example.models.role_models import Pair as Pair
from pesue.example.models.role_models import PairTask as PairTask
from pesue.example.models.role_models import RoleModel as RoleModel
from pesue.example.models.seen import Followed as Followed
from pesue.example.models.seen import Seen as Seen
from pesue.example.models.seen import Tie as Tie
from pesue.example.models.showcase import Showcase as Showcase
from pesue.example.models.takeovers import Takeover as Takeover
from pesue.example.models.takeovers import TakeoverDay as TakeoverDay
from pesue.example.models.takeovers import TakeoverPost as TakeoverPost
