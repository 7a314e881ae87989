"""Numbers are short, and begin where a vendor does not look new."""

from tests.world import World


def test_numbers_begin_above_a_thousand(world: World) -> None:
    first = world.ticket()
    assert first.number > 1000
    assert world.ticket().number == first.number + 1
