"""What can be asked about examples, role models and pairs."""

from pesue.example.queries.examples import Example as Example
from pesue.example.queries.examples import as_seen as as_seen
from pesue.example.queries.examples import choice as choice
from pesue.example.queries.examples import example as example
from pesue.example.queries.examples import lately as lately
from pesue.example.queries.examples import newest as newest
from pesue.example.queries.examples import of_post as of_post
from pesue.example.queries.examples import of_share as of_share
from pesue.example.queries.examples import of_story as of_story
from pesue.example.queries.examples import posts as posts
from pesue.example.queries.examples import posts_at as posts_at
from pesue.example.queries.examples import reader as reader
from pesue.example.queries.examples import stories_at as stories_at
from pesue.example.queries.examples import story as story
