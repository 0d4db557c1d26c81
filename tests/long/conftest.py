"""What our statistics are held against stands in an environment of its own."""

from importlib.util import find_spec

collect_ignore = [] if find_spec("statsmodels") else ["science"]
