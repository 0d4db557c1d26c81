"""Django looks for models here; each room keeps its own. Importing the modules is
enough to register them."""

from pesue.content import models as content
from pesue.doors import models as doors
from pesue.encouragement import models as encouragement
from pesue.example import models as example
from pesue.foundation import counts
from pesue.foundation import models as foundation
from pesue.guidance import models as guidance
from pesue.measurement import models as measurement
from pesue.people import models as people
from pesue.reach import models as reach
from pesue.sharing import models as sharing
from pesue.surveys import models as surveys
from pesue.trials import models as trials

__all__ = [
    "content",
    "counts",
    "doors",
    "encouragement",
    "example",
    "foundation",
    "guidance",
    "measurement",
    "people",
    "reach",
    "sharing",
    "surveys",
    "trials",
]
