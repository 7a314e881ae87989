"""What may be the name of a person, a team or a company. Only the verbs of this folder ask it."""

from django.utils.translation import gettext_lazy as _

from guichet.foundation.refusals import Invalid
from guichet.foundation.text.cleaning import clean_line

PERSON, TEAM, ORGANISATION, PLAN = 120, 80, 160, 60  # characters at most


def checked_name(name: str, *, most: int, field: str = "name") -> str:
    """The name, cleaned. Raises Invalid if nothing is left of it, or more than there is room for."""
    name = clean_line(name)
    if not 1 <= len(name) <= most:
        raise Invalid({field: _("Please give a name of 1 to %(most)d characters.") % {"most": most}})
    return name
