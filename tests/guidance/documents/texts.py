"""Plain texts and Markdown as people write them by hand."""

import textwrap

from tests.guidance.documents.said import Said


def markdown(said: Said) -> str:
    head, foot = said.furniture
    first, second = said.aim
    bar = "|".join(["", *said.head, ""])
    rows = "\n".join("| " + " | ".join(row) + " |" for row in said.rows)
    banned = "\n".join(f"* {one}" for one in said.banned)
    steps = "\n".join(f"{n}. {one}" for n, one in enumerate(said.steps, 1))
    return f"""---
title: {head}
tags: [{foot}]
---

<!-- {foot} -->
# {said.title} {{#top}}

{textwrap.fill(first, 60)}
{second}[^1]

**{said.lead}**
{banned}

{said.steps_title}
{"-" * 20}

{steps}

{bar}
|---|:--|
{rows}

> [!NOTE]
> {said.end[0]}

[{said.end[1]}](mailto:some@x.example "{head}") ![{foot}](logo.png)

[^1]: {said.note}

[there]: https://intra.example "{head}"
"""


def mailed(said: Said, bullet: str, width: int = 72) -> str:
    """Wrapped by hand, list items hanging, headings underlined."""

    def item(mark: str, text: str) -> str:
        hang = " " * (len(mark) + 3)
        return textwrap.fill(
            text, width, initial_indent=f"  {mark} ", subsequent_indent=hang
        )

    rows = "\n".join("\t".join(row) for row in [said.head, *said.rows])
    parts = [
        said.title.upper() + "\n" + "=" * len(said.title),
        textwrap.fill(" ".join(said.aim), width, break_on_hyphens=False),
        said.lead + "\n" + "\n".join(item(bullet, one) for one in said.banned),
        f"1.2 {said.steps_title}",
        "\n".join(item(f"1.2.{n}", one) for n, one in enumerate(said.steps, 1)),
        rows,
        textwrap.fill(" ".join(said.end), width),
        f"* {said.note}",
    ]
    return "\n\n".join(parts) + "\n"
