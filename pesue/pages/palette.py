"""The organisation's accent, made readable on our grounds. Imports no Django."""

from colorsys import hls_to_rgb, rgb_to_hls
from dataclasses import dataclass

# The lightest and darkest things that words in the accent stand on, as in pesue.css.
LIGHT_GROUND, DARK_SURFACE = "#fbece4", "#3a251c"
ENOUGH = 4.5  # WCAG 2.2, 1.4.3


@dataclass(frozen=True)
class Accent:
    colour: str  # "#rrggbb"
    on: str  # words upon it


def for_light(wanted: str) -> Accent:
    """The wanted colour, darkened until words in it can be read on white."""
    colour = _until_readable(wanted, LIGHT_GROUND, darker=True)
    return Accent(colour, "#ffffff")


def for_dark(wanted: str) -> Accent:
    """The wanted colour, lightened until words in it can be read on our dark."""
    colour = _until_readable(wanted, DARK_SURFACE, darker=False)
    return Accent(colour, "#1a1210")


def contrast(one: str, other: str) -> float:
    """Contrast ratio between 1 and 21. Source: WCAG 2.2, "contrast ratio"."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _until_readable(wanted: str, ground: str, *, darker: bool) -> str:
    hue, lightness, saturation = rgb_to_hls(*_parts(wanted))
    while contrast(colour := _hex(hue, lightness, saturation), ground) < ENOUGH:
        lightness += -0.01 if darker else 0.01
        if not 0 <= lightness <= 1:
            return "#000000" if darker else "#ffffff"
    return colour


def _parts(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def _hex(hue: float, lightness: float, saturation: float) -> str:
    parts = hls_to_rgb(hue, lightness, saturation)
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


def _luminance(colour: str) -> float:
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in _parts(colour)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
