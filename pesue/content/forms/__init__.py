"""What people give to the library."""

from pesue.content.forms.items import ItemForm as ItemForm
from pesue.content.forms.items import SuggestForm as SuggestForm
from pesue.content.forms.library import LibraryForm as LibraryForm
from pesue.content.forms.sources import SourceForm as SourceForm
from pesue.content.forms.stories import StoryForm as StoryForm
