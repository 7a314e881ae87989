"""Putting a policy in force."""

import pytest

from guichet.domain.people.actors import SYSTEM
from guichet.domain.policy import operations, queries
from guichet.domain.policy.models import AppliedPolicy, Category
from guichet.domain.policy.reading import Mistakes, default_source
from guichet.domain.timeline.models import Event
from tests.world import NOON, later

pytestmark = pytest.mark.django_db

SOURCE = """\
# why we are called so
[vendor]
name = "Larch"
[[categories]]
key = "help"
title.en = "Help"
when.en = "Anything."
"""


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    queries.forget()


def test_the_newest_policy_is_the_one_in_force() -> None:
    operations.apply(default_source(), by=SYSTEM, at=NOON)
    operations.apply(SOURCE, by=SYSTEM, at=later(days=1))
    queries.forget()
    assert queries.current().vendor.name == "Larch"
    assert AppliedPolicy.objects.count() == 2


def test_what_was_applied_is_kept_as_it_was_written() -> None:
    operations.apply(SOURCE, by=SYSTEM, at=NOON)
    applied = queries.in_force()
    assert applied is not None
    assert applied.source == SOURCE


def test_the_same_policy_twice_is_one() -> None:
    operations.apply(SOURCE, by=SYSTEM, at=NOON)
    operations.apply(SOURCE, by=SYSTEM, at=later(days=1))
    assert AppliedPolicy.objects.count() == 1
    assert Event.objects.filter(kind="policy_applied").count() == 1


def test_a_mistake_changes_nothing() -> None:
    operations.apply(SOURCE, by=SYSTEM, at=NOON)
    with pytest.raises(Mistakes):
        operations.apply(SOURCE.replace("name", "nmae"), by=SYSTEM, at=later(days=1))
    assert AppliedPolicy.objects.count() == 1
    assert Event.objects.filter(kind="policy_applied").count() == 1


def test_a_category_taken_out_is_retired_and_keeps_its_title() -> None:
    operations.apply(default_source(), by=SYSTEM, at=NOON)
    operations.apply(SOURCE, by=SYSTEM, at=later(days=1))
    queries.forget()
    assert Category.objects.get(key="billing").retired_at == later(days=1)
    assert queries.title_of("billing", "fr") == "Facturation"
    assert queries.title_of("help", "ja") == "Help"


def test_a_category_put_back_is_as_before() -> None:
    for day, source in enumerate((default_source(), SOURCE, default_source())):
        operations.apply(source, by=SYSTEM, at=later(days=day))
    assert Category.objects.get(key="billing").retired_at is None
    assert Category.objects.get(key="help").retired_at == later(days=2)


def test_without_a_policy_the_remedy_is_told() -> None:
    with pytest.raises(LookupError, match="guichet policy apply"):
        queries.current()
