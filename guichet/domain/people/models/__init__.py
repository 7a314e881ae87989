from .membership import Membership
from .organisation import Organisation
from .person import Person
from .team import Team, TeamMembership

__all__ = ["Membership", "Organisation", "Person", "Team", "TeamMembership"]
