from .adding import add_person
from .appointing import appoint
from .founding import found_organisation, found_team
from .joining import join_organisation, join_team
from .profiling import change_profile

__all__ = [
    "add_person",
    "appoint",
    "change_profile",
    "found_organisation",
    "found_team",
    "join_organisation",
    "join_team",
]
