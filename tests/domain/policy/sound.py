"""A sound policy, to be broken in the tests."""

import pytest

from guichet.domain.policy.reading import Mistake, Mistakes, read

SOUND = """\
[vendor]
name = "Larch"
languages = ["en", "fr"]

[[categories]]
key = "help"
title.en = "Help"
title.fr = "Aide"
when.en = "Anything."
when.fr = "Tout."
"""


def mistakes_in(source: str) -> tuple[Mistake, ...]:
    with pytest.raises(Mistakes) as raised:
        read(source)
    return raised.value.mistakes
