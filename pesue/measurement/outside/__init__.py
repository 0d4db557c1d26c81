"""Reading files of numbers from outside: no Django, streaming, flat memory.

`weblog` and `visits` read how often pages were visited, `afterwards` what happened
after a visit, `channels` the organisation's own posts. `addresses` gives each page one
spelling, `tables` finds columns, `cells` reads days and numbers, and `sums` keeps on
disk what was read until somebody says yes.
"""
