"""What can be done in this room; `counts`, for the worker alone, by its own name."""

from pesue.measurement.actions.readings import keep_afterwards as keep_afterwards
from pesue.measurement.actions.readings import keep_reading as keep_reading
