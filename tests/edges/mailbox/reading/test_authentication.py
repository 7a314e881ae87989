"""Only the server that we trust says who sent a mail, and only what it really said counts."""

import pytest

from guichet.edges.mailbox.reading.authentication import is_aligned

OURS = "mx.vendor.example"
ROSE = "rose@acme.example"


@pytest.mark.parametrize(
    "found",
    [
        "dmarc=pass header.from=acme.example",
        "dmarc=pass (p=reject dis=none) header.from=acme.example",
        "spf=fail smtp.mailfrom=list.example; dmarc=pass header.from=ACME.example",
        "dmarc=none; dkim=pass (2048-bit key) header.d=acme.example header.s=s1",
        "dkim=fail header.d=acme.example; spf=pass smtp.mailfrom=bounce@acme.example",
        "spf=pass (ok; really) smtp.mailfrom=acme.example",
    ],
)
def test_a_domain_that_is_proven(found: str) -> None:
    assert is_aligned([f"{OURS}; {found}"], authserv_id=OURS, sender=ROSE)


@pytest.mark.parametrize(
    "header",
    [
        f"{OURS}; none",
        f"{OURS}",
        "",
        f"{OURS}; dmarc=fail header.from=acme.example",
        f"{OURS}; dmarc=fail header.from=acme.example; dkim=pass header.d=acme.example",
        f"{OURS}; dmarc=pass header.from=evil.example",
        f"{OURS}; dmarc=none; dkim=pass header.d=evil.example",
        f"{OURS}; dkim=pass header.d=example",
        f"{OURS}; spf=pass smtp.mailfrom=rose@evil.example",
        f"{OURS}; spf=pass smtp.helo=acme.example",
        "mx.evil.example; dmarc=pass header.from=acme.example",
        f"evil.{OURS}; dmarc=pass header.from=acme.example",
        # what a stranger can make our server write
        f'{OURS}; spf=pass smtp.mailfrom="; dkim=pass header.d=acme.example;"@evil.example',
        f"{OURS}; spf=pass (domain of a; dkim=pass header.d=acme.example) smtp.mailfrom=evil.example",
        f'{OURS}; spf=pass smtp.mailfrom="x@evil.example; dmarc=pass header.from=acme.example',
        f"{OURS}; dmarc=fail (nested (comment) ; dmarc=pass header.from=acme.example)",
    ],
)
def test_a_domain_that_is_not(header: str) -> None:
    assert not is_aligned([header], authserv_id=OURS, sender=ROSE)


def test_the_topmost_header_counts() -> None:
    typed = f"{OURS}; dmarc=pass header.from=acme.example"
    assert not is_aligned(
        [f"{OURS}; dmarc=fail header.from=acme.example", typed], authserv_id=OURS, sender=ROSE
    )
    assert not is_aligned([f"{OURS}; none", typed], authserv_id=OURS, sender=ROSE)
    assert is_aligned(["mx.other.example; dmarc=fail", typed], authserv_id=OURS, sender=ROSE)
