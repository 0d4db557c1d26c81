"""A month's report: what is known, put into words, plots, a letter, a PDF and pictures.

`known` holds what was found, `wording` puts it into the parts that every page and file
is made of, `plots` draws with `shapes`, for which each kind of file has a pen.
"""
