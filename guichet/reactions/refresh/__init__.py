"""Tells the pages that show a request that it has changed; they read it again with their own rights."""

from .stale import refresh

__all__ = ["refresh"]
