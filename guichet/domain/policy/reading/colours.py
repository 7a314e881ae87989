"""Contrast after WCAG 2.2 (relative luminance, 1.4.3)."""

import colorsys
import re

# White letters of normal size on the accent must be readable: WCAG 1.4.3, level AA.
READABLE = 4.5

_HEX = re.compile(r"#[0-9a-fA-F]{6}")


def is_colour(text: str) -> bool:
    """Whether `text` is written #rrggbb."""
    return _HEX.fullmatch(text) is not None


def contrast_with_white(colour: str) -> float:
    """From 1 (white) to 21 (black), for a colour written #rrggbb."""
    red, green, blue = (_linear(channel) for channel in _channels(colour))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def nearest_readable(colour: str) -> str:
    """The lightest darker shade of the same hue on which white letters are readable."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(colour))
    while contrast_with_white(colour) < READABLE:
        lightness = max(lightness - 0.005, 0)
        shade = colorsys.hls_to_rgb(hue, lightness, saturation)
        colour = "#" + "".join(f"{round(channel * 255):02x}" for channel in shade)
    return colour


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
