"""What one may choose and bring on the pages of results."""

from pesue.measurement.forms.choice import Choice as Choice
from pesue.measurement.forms.choice import chosen as chosen
