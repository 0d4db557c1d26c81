"""Values, guidelines, topics and concepts: what guides a person who writes."""

from pesue.guidance.models.concepts import Concept, Prompt
from pesue.guidance.models.course import Attempt, Certificate, Lesson
from pesue.guidance.models.guidelines import Edition, Guideline, Looked
from pesue.guidance.models.old import OldGuideline, OldSentence
from pesue.guidance.models.quiet import QuietPeriod
from pesue.guidance.models.topics import Ask, Known, Topic
from pesue.guidance.models.values import Behaviour, Value

__all__ = [
    "Ask",
    "Attempt",
    "Behaviour",
    "Certificate",
    "Concept",
    "Edition",
    "Guideline",
    "Known",
    "Lesson",
    "Looked",
    "OldGuideline",
    "OldSentence",
    "Prompt",
    "QuietPeriod",
    "Topic",
    "Value",
]
