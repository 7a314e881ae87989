"""The page about the policy file names every setting, and its example can be applied."""

from dataclasses import fields
from pathlib import Path

import pytest

from guichet.domain.policy.document import (
    AttachmentRules,
    CategoryRules,
    Choice,
    FieldKind,
    GuidedField,
    Mailbox,
    MailRules,
    RequestRules,
    Vendor,
)
from guichet.domain.policy.reading import default_source, read

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "operating" / "policy.md").read_text()


@pytest.mark.parametrize(
    "part",
    [Vendor, RequestRules, AttachmentRules, MailRules, Mailbox, CategoryRules, GuidedField, Choice],
    ids=lambda part: part.__name__,
)
def test_every_setting_is_explained(part: type) -> None:
    missing = [field.name for field in fields(part) if f"`{field.name}`" not in PAGE]
    assert missing == []


def test_every_setting_stands_in_the_default_file() -> None:
    source = default_source()
    named = {field.name for part in (Vendor, RequestRules, AttachmentRules) for field in fields(part)}
    named |= {
        field.name
        for part in (MailRules, Mailbox, CategoryRules, GuidedField, Choice)
        for field in fields(part)
    }
    assert [name for name in sorted(named) if name not in source] == []


def test_every_kind_of_field_is_explained() -> None:
    assert [kind for kind in FieldKind if f"`{kind}`" not in PAGE] == []


def test_the_smallest_policy_of_the_page_is_sound() -> None:
    example = PAGE.partition("```toml\n")[2].partition("```")[0]
    assert read(example).vendor.name == "Larch & Sons"
