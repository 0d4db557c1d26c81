"""What can be done with examples, role models and pairs."""

from pesue.example.actions.examples import agree as agree
from pesue.example.actions.examples import answer_picture as answer_picture
from pesue.example.actions.examples import decline as decline
from pesue.example.actions.examples import end as end
from pesue.example.actions.examples import nominate as nominate
from pesue.example.actions.examples import offer as offer
from pesue.example.actions.examples import shape as shape
from pesue.example.actions.examples import today as today
