"""The library: where stories come from, and the fact cards people tell them from."""

from pesue.content.models.items import DEFAULT_QUESTIONS as DEFAULT_QUESTIONS
from pesue.content.models.items import Item as Item
from pesue.content.models.items import Question as Question
from pesue.content.models.items import Starter as Starter
from pesue.content.models.pictures import Picture as Picture
from pesue.content.models.sources import Reading as Reading
from pesue.content.models.sources import Source as Source
from pesue.content.models.stories import Story as Story
from pesue.content.models.stories import Video as Video
