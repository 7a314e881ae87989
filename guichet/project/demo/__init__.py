"""The demonstration: a vendor, its customers and three months of requests, made by the domain itself."""

from .loading import load
from .welcome import welcome

__all__ = ["load", "welcome"]
