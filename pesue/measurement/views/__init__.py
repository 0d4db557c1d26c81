"""Results, the numbers from outside that leads bring, and how trials went."""

from pesue.measurement.views.figures import results as results
from pesue.measurement.views.figures import results_csv as results_csv
from pesue.measurement.views.trials import reading as reading
from pesue.measurement.views.trials import reading_file as reading_file
