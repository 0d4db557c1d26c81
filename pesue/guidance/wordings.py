"""Wordings proposed by a language model: off by default, one that an administrator set.

The endpoint speaks OpenAI's chat completions, as local servers (llama.cpp, Ollama,
vLLM) do. Only the one sentence is sent. Imports no Django.
"""

from dataclasses import dataclass

import httpx

from pesue import environment

SECONDS = 60.0
LONGEST = 400  # characters of a wording
LANGUAGES = {"en": "English", "fi": "Finnish", "sv": "Finland-Swedish"}
ASKED = (
    "You help an employer turn a forbidding sentence of its social media guideline "
    "into an enabling one. Answer in {language} with one short, kind sentence that "
    "tells an employee what they can do instead. Invent no facts, names or laws. "
    "Answer with the sentence only."
)


class NoWording(Exception):
    """The model gave nothing of use, or did not answer. The text says what."""


@dataclass(frozen=True)
class Endpoint:
    url: str  # up to and with "/v1"
    key: str
    model: str


def configured() -> Endpoint | None:
    """The endpoint that an administrator has set; None: none."""
    url = environment.MODEL_URL.text().rstrip("/")
    if not url:
        return None
    key, name = environment.MODEL_KEY.text(), environment.MODEL_NAME.text()
    return Endpoint(url, key, name)


def propose(sentence: str, language: str, endpoint: Endpoint) -> str:
    """One sentence that could stand instead. Raises NoWording."""
    asked = {
        "model": endpoint.model,
        "temperature": 0.3,
        "max_tokens": 120,
        "messages": [
            {"role": "system", "content": ASKED.format(language=LANGUAGES[language])},
            {"role": "user", "content": sentence},
        ],
    }
    headers = {"Authorization": f"Bearer {endpoint.key}"} if endpoint.key else {}
    try:
        # Not the guarded client: an administrator chose the address, often a local one.
        answer = httpx.post(
            f"{endpoint.url}/chat/completions",
            json=asked,
            headers=headers,
            timeout=SECONDS,
            trust_env=False,
        )
        answer.raise_for_status()
        said = answer.json()["choices"][0]["message"]["content"]
    except (httpx.HTTPError, ValueError, LookupError, TypeError) as error:
        raise NoWording(f"{type(error).__name__}: {error}"[:200]) from error
    return usable(said, sentence)


def usable(said: object, sentence: str) -> str:
    """The sentence in an answer. Raises NoWording if there is none."""
    lines = [line.strip(" \t\"“”»«'-*") for line in str(said or "").splitlines()]
    whole = [line for line in lines if line]
    if len(whole) != 1:
        raise NoWording("not one sentence")
    [wording] = whole
    if len(wording) > LONGEST or len(wording.split()) < 3 or "\0" in wording:
        raise NoWording("too long or too short")
    if wording.casefold() == sentence.casefold():
        raise NoWording("the same sentence again")
    return wording
