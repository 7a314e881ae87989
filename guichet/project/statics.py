"""One digest for all static files of ours."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

import django_htmx


def digest_of(folders: Iterable[Path]) -> str:
    """Twelve hexadecimal digits that change when any file below `folders`, or the htmx we serve, changes."""
    total = hashlib.sha256()
    for folder in sorted([*folders, Path(django_htmx.__file__).parent / "static"]):
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            total.update(str(path.relative_to(folder)).encode())
            total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()[:12]
