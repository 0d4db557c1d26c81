"""What helps one who films."""

from pesue.content.models import Story
from pesue.guidance.patterns import patterns
from pesue.guidance.queries.concepts import prompts


def prompts_for(story: Story, language: str) -> list[str]:
    """What the story's concept asks for; without one, five shots of a minute."""
    if story.concept is not None:
        asked = [one.text for one in prompts(story.concept, language)]
        if asked:
            return asked
    return list(patterns(language)["video"].prompts)
