"""Keeps requests found by the words that are in them."""

from .reindexing import reindex

__all__ = ["reindex"]
