"""What can be done with trials. Other rooms need `met`, `wanted`, `appear` and
`leave_out`; the pages of trials need the rest.
"""

from pesue.trials.actions.designing import ArmDesign as ArmDesign
from pesue.trials.actions.designing import Design as Design
from pesue.trials.actions.designing import change as change
from pesue.trials.actions.designing import drop as drop
from pesue.trials.actions.designing import propose as propose
from pesue.trials.actions.items import appear as appear
from pesue.trials.actions.items import leave_out as leave_out
from pesue.trials.actions.meeting import met as met
from pesue.trials.actions.meeting import wanted as wanted
from pesue.trials.actions.refusals import NotDone as NotDone
from pesue.trials.actions.running import start as start
from pesue.trials.actions.running import stop as stop
from pesue.trials.actions.staying_out import come_back as come_back
from pesue.trials.actions.staying_out import stay_out as stay_out
