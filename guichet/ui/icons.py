"""Icons, inlined so that they take the colour and the size of the text around them."""

from functools import lru_cache

from lucide.jinja import lucide
from markupsafe import Markup


@lru_cache(maxsize=512)
def icon(name: str, size: int = 18, label: str = "") -> Markup:
    """An SVG of the Lucide set, ``size`` CSS pixels wide.

    Hidden from screen readers unless ``label`` says what it means on its own.
    """
    meaning = {"role": "img", "aria_label": label} if label else {"aria_hidden": "true"}
    drawing = str(lucide(name, size=size, **meaning))
    tidy = "".join(line.strip() for line in drawing.splitlines())
    return Markup(tidy.replace("<svg", '<svg class="icon"', 1))  # noqa: S704 - attributes were escaped by ElementTree
