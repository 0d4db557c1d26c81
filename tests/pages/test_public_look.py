"""The pages for everybody have a style sheet of their own, in the same look."""

import re
from pathlib import Path

import pesue

SHEETS = Path(pesue.__file__).parent / "static/pesue"
MOST_BYTES = 16_000  # of a sheet that a phone fetches before it shows a word


def tokens(name: str) -> list[dict[str, str]]:
    """By day and by night."""
    sheet = (SHEETS / name).read_text()
    return [
        dict(re.findall(r"(--[\w-]+): ([^;]+);", block))
        for block in re.findall(r":root \{(.*?)\n *\}", sheet, re.DOTALL)[:2]
    ]


def test_its_tokens_are_those_of_all_pages():
    for ours, theirs in zip(tokens("public.css"), tokens("pesue.css"), strict=True):
        assert len(ours) >= 10
        assert ours.items() <= theirs.items()


def test_it_uses_no_token_it_does_not_have():
    sheet = (SHEETS / "public.css").read_text()
    assert (
        set(re.findall(r"var\((--[\w-]+)\)", sheet)) <= tokens("public.css")[0].keys()
    )


def test_it_is_light():
    assert 5_000 < (SHEETS / "public.css").stat().st_size < MOST_BYTES
