"""Gives the wheel its dependencies: the lines of requirements/run.in."""

from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

BUILDING = {"hatchling", "editables"}  # only an installed checkout needs these


class Dependencies(MetadataHookInterface):
    def update(self, metadata: dict[str, Any]) -> None:
        lines = (Path(self.root) / "requirements" / "run.in").read_text().splitlines()
        named = [line.split("#")[0].strip() for line in lines]
        metadata["dependencies"] = [n for n in named if n and n not in BUILDING]
