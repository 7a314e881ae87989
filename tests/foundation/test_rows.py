"""Rows by statements that are written once: what they leave is what Django would have left."""

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction

from guichet.domain.timeline.models import Event
from guichet.foundation.database.rows import delete, insert, update
from tests.world import NOON

pytestmark = pytest.mark.django_db


def permission(codename: str, name: str = "May sing") -> Permission:
    kind = ContentType.objects.order_by("pk")[0]
    return Permission(content_type=kind, codename=codename, name=name)


def test_a_row_is_added_with_all_its_fields_and_has_its_key() -> None:
    event = Event(
        kind="sung", subject="song", subject_id=3, at=NOON, facts={"notes": ["é", 1]}, next_try_at=NOON
    )
    assert insert(event) is True
    kept = Event.objects.get(pk=event.pk)
    assert {field.attname: getattr(kept, field.attname) for field in Event._meta.concrete_fields} == {
        field.attname: getattr(event, field.attname) for field in Event._meta.concrete_fields
    }
    event.kind = "hummed"
    event.save()  # Django takes it for a row that is there
    assert [one.kind for one in Event.objects.all()] == ["hummed"]


def test_a_row_is_not_added_beside_its_like() -> None:
    once = ("content_type_id", "codename")
    first, other, again = permission("sing"), permission("dance"), permission("sing", name="Once more")
    assert [insert(row, unless=once) for row in (first, other, again)] == [True, True, False]
    assert [row.pk is None for row in (first, other, again)] == [False, False, True]
    assert Permission.objects.get(codename="sing").name == "May sing"
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(permission("sing"))


def test_only_the_columns_that_are_named_are_changed() -> None:
    row, other = permission("sing"), permission("dance")
    for one in (row, other):
        insert(one)
    row.name, row.codename = "May hum", "hum"
    update(row, "name")
    found = Permission.objects.filter(pk__in=[row.pk, other.pk]).order_by("pk")
    assert [(one.codename, one.name) for one in found] == [("sing", "May hum"), ("dance", "May sing")]


def test_only_rows_with_all_these_values_are_dropped() -> None:
    for codename in ("sing", "dance"):
        insert(permission(codename))
        insert(permission(f"{codename}-loudly", name="May be loud"))
    delete(Permission, codename="sing", name="May be loud")
    assert Permission.objects.filter(codename__contains="sing").count() == 2
    delete(Permission, codename="sing", name="May sing")
    assert [one.codename for one in Permission.objects.filter(codename__contains="sing")] == ["sing-loudly"]
