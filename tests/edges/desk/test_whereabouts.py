"""Where those who ask are, and what time it is there."""

from django.utils.translation import override

from guichet.edges.desk.contexts import whereabouts_of
from tests.world import NOON, World


def test_the_same_moment_is_told_as_each_customers_own_time(world: World) -> None:
    askers = [world.ticket(by=name) for name in ("requester", "foreigner", "stranger", "requester")]
    times = [whereabouts_of(ticket, NOON).time for ticket in askers]
    assert times == ["Tue 13:00", "Tue 21:00", "Tue 12:00", "Tue 13:00"]
    with override("fr"):
        assert whereabouts_of(askers[0], NOON).time == "mar. 13:00"
