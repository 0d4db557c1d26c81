"""Forms of what a lead writes, and of the topics a member follows."""

from typing import Any, TypeAlias

from django import forms

from pesue.guidance.forms.asks import AnswerForm as AnswerForm
from pesue.guidance.forms.asks import AskForm as AskForm
from pesue.guidance.forms.concepts import ConceptForm
from pesue.guidance.forms.guidelines import GuidelineForm
from pesue.guidance.forms.guidelines import KnownForm as KnownForm
from pesue.guidance.forms.old import OldForm as OldForm
from pesue.guidance.forms.old import SentenceForm as SentenceForm
from pesue.guidance.forms.quiet import QuietForm
from pesue.guidance.forms.topics import FollowForm as FollowForm
from pesue.guidance.forms.topics import TopicForm
from pesue.guidance.forms.values import ValueForm
from pesue.guidance.forms.values import ValuesForm as ValuesForm
from pesue.guidance.forms.values import WorkshopForm as WorkshopForm

GuidanceForm: TypeAlias = "forms.ModelForm[Any]"

FORMS: dict[str, type[GuidanceForm]] = {
    "values": ValueForm,
    "guidelines": GuidelineForm,
    "topics": TopicForm,
    "concepts": ConceptForm,
    "quiet": QuietForm,
}
