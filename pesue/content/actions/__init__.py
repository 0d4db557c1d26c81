"""What can be done with sources, items, pictures and stories."""

from pesue.content.actions.importing import Imported as Imported
from pesue.content.actions.importing import import_from as import_from
from pesue.content.actions.items import Card as Card
from pesue.content.actions.items import accept as accept
from pesue.content.actions.items import add_item as add_item
from pesue.content.actions.items import drop as drop
from pesue.content.actions.items import keep_out_of_trial as keep_out_of_trial
from pesue.content.actions.items import save_item as save_item
from pesue.content.actions.items import suggest as suggest
from pesue.content.actions.pictures import store_picture as store_picture
from pesue.content.actions.polling import poll as poll
from pesue.content.actions.refusals import CannotUse as CannotUse
from pesue.content.actions.refusals import ChangedElsewhere as ChangedElsewhere
from pesue.content.actions.sources import add_source as add_source
