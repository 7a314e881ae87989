"""Values as people read them. Every function here is a template filter."""

from guichet.ui.formats.names import bold, hue, initials
from guichet.ui.formats.numbers import number, size_in_bytes
from guichet.ui.formats.times import day, exact, when

__all__ = ["bold", "day", "exact", "hue", "initials", "number", "size_in_bytes", "when"]
