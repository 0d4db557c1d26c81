"""Every method of `pesue.stats` held against organisations whose truth is known.

    python -m benchmarks.coverage                    all checks, 2,000 runs each
    python -m benchmarks.coverage --only S1,S5 --r 500 --jobs 2

An organisation is made up, with what it would have done both without and with a lever;
a trial sees one of the two for each person. What the methods say is held against the
mean of what both would have been. Prints a Markdown table, and ends with 1 if a figure
is outside its limit. The same seed gives the same figures, with any number of jobs.
"""
