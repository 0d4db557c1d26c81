"""From a request to a stored visit.

`door` answers and writes one line; `log` keeps the lines until they are stored;
`robots` and `visitors` say what little we may know of who came; `keeper` is the
only part of the running door that speaks with the database, in its own thread;
`server` and `wsgi` are the two ways in. `pesue.sharing.steps.links` stores the lines.
"""
