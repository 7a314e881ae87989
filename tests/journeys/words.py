"""The words on a page, in the language of its reader, as the catalogues have them."""

from django.utils import translation


def say(language: str, sentence: str, **named: str) -> str:
    """What the page says for a sentence of the templates."""
    with translation.override(language):
        said = translation.gettext(sentence)
    return said % named if named else said
