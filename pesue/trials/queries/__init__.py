"""What other rooms ask of trials.

While a page is made: `arm`, `has`, `without`, `held`, `meets`, `running`.
For reading: `drawn`, `exposures`, `is_as_started`.
"""

from pesue.trials.queries.given import Given as Given
from pesue.trials.queries.given import arm as arm
from pesue.trials.queries.given import has as has
from pesue.trials.queries.given import meets as meets
from pesue.trials.queries.given import running as running
from pesue.trials.queries.given import without as without
from pesue.trials.queries.held import held as held
from pesue.trials.queries.held import held_until as held_until
from pesue.trials.queries.held import is_left_out as is_left_out
from pesue.trials.queries.reading import drawn as drawn
from pesue.trials.queries.reading import exposures as exposures
from pesue.trials.queries.reading import is_as_started as is_as_started
