"""Files in an S3-compatible bucket, for those who have installed requirements/s3.txt."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


def bucket(address: str) -> dict[str, Any]:
    """Django's settings of the store at s3://[key:secret@]bucket[?endpoint=https://…&region=…].

    Raises ValueError for an address that says something else, ModuleNotFoundError without the packages.
    """
    place = urlsplit(address)
    asked = dict(parse_qsl(place.query))
    if not place.hostname or asked.keys() - {"endpoint", "region"}:
        raise ValueError(address)
    import storages  # noqa: F401
    from botocore.config import Config

    # Without a key here, boto3 looks where it always does: AWS_* variables, files, the role.
    options = {
        "bucket_name": place.hostname,
        "access_key": unquote(place.username) if place.username else None,
        "secret_key": unquote(place.password) if place.password else None,
        "endpoint_url": asked.get("endpoint"),
        "region_name": asked.get("region"),
        "default_acl": None,
        "file_overwrite": False,
        "querystring_auth": True,
        # A page waits for it: of a bucket that is away one hears within seconds, not after five minutes.
        "client_config": Config(connect_timeout=3, read_timeout=20, retries={"total_max_attempts": 2}),
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
