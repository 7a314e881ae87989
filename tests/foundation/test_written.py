"""Statements that are kept: written once, run with other values."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import CharField, DateTimeField, IntegerField, TextChoices
from django.db.models.functions import Lower
from django.test.utils import CaptureQueriesContext

from guichet.foundation.database.written import Slot, Written, spelt_out, stand_in

pytestmark = pytest.mark.django_db


class Light(TextChoices):
    GREEN = "green"


NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def sessions() -> None:
    for hours, key in enumerate(("first", "second", "third")):
        Session.objects.create(session_key=key, session_data="", expire_date=NOON + timedelta(hours=hours))


def test_a_slot_takes_another_value_each_time() -> None:
    kept = Written(lambda: Session.objects.filter(session_key=Slot("key", CharField())))
    assert [found.pk for key in ("second", "first", "none") for found in kept.rows(key=key)] == [
        "second",
        "first",
    ]


def test_a_value_is_prepared_as_its_column_wants_it() -> None:
    kept = Written(
        lambda: (
            Session.objects.filter(expire_date__gte=Slot("at", DateTimeField()))
            .order_by("expire_date")
            .values_list("session_key", "expire_date")
        )
    )
    assert kept.rows(at=NOON + timedelta(hours=2)) == [("third", NOON + timedelta(hours=2))]


def test_a_stand_in_holds_a_place_among_several() -> None:
    one, two, three = ContentType.objects.order_by("pk")[:3]
    kept = Written(lambda: ContentType.objects.filter(pk__in=[stand_in("some"), three.pk]).order_by("pk"))
    assert kept.rows(some=one.pk) == [one, three]
    assert kept.rows(some=two.pk) == [two, three]
    assert stand_in("some") == stand_in("some") != stand_in("other")


def test_models_come_with_those_around_them_and_with_what_was_asked_beside() -> None:
    permission = Permission.objects.order_by("pk")[0]
    kind = ContentType.objects.get(pk=permission.content_type_id)
    kept = Written(
        lambda: (
            Permission.objects.filter(pk=Slot("permission", IntegerField()))
            .select_related("content_type")
            .annotate(lower=Lower("codename"))
        )
    )
    for _again in range(2):
        [found] = kept.rows(permission=permission.pk)
        with CaptureQueriesContext(connection) as asked:
            assert (found, found.content_type, found.lower) == (permission, kind, permission.codename)
        assert not asked.captured_queries
    assert kept.rows(permission=0) == []


def test_what_can_find_nothing_is_not_asked() -> None:
    with CaptureQueriesContext(connection) as asked:
        assert Written(lambda: Session.objects.filter(session_key__in=[])).rows() == []
    assert not asked.captured_queries


def test_what_the_code_names_is_written_into_the_statement() -> None:
    asked = "SELECT 5 %% 2 WHERE name = %s AND state = %s AND team IN (%s)"
    assert spelt_out(asked, ["open", Light.GREEN, 7]) == (
        "SELECT 5 %% 2 WHERE name = %s AND state = 'green' AND team IN (%s)",
        ("open", 7),
    )
