"""An item's questions, one at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

from pesue.content.models import Item
from pesue.content.queries.library import questions_for
from pesue.people.models import Member
from pesue.sharing.models import Reply, Share

MOST = 3  # questions; more would be a form


@dataclass(frozen=True)
class Sheet:
    """One question, and what stands as its answer."""

    number: int  # from 1
    questions: Sequence[str]
    text: str
    language: str

    @property
    def question(self) -> str:
        return self.questions[self.number - 1]

    @property
    def is_last(self) -> bool:
        return self.number == len(self.questions)


def asked(item: Item, member: Member, draft: Share | None) -> tuple[list[str], str]:
    """The questions, in the language of the writing, and that language."""
    language = draft.language if draft else member.language
    return questions_for(item, language)[:MOST], language


def replies(draft: Share | None) -> dict[str, str]:
    """What was answered in a draft, by question."""
    if draft is None:
        return {}
    rows = Reply.objects.filter(share=draft)
    return dict(rows.values_list("question", "text"))


def sheet(item: Item, member: Member, draft: Share | None, number: int) -> Sheet | None:
    """The question of that number; of 0 the first without an answer. None: no such."""
    questions, language = asked(item, member, draft)
    known = replies(draft)
    if number == 0:
        left = [at for at, one in enumerate(questions, start=1) if one not in known]
        number = left[0] if left else 1
    if not 1 <= number <= len(questions):
        return None
    return Sheet(number, questions, known.get(questions[number - 1], ""), language)
