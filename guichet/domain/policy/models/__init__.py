from .applied_policy import AppliedPolicy
from .category import Category

__all__ = ["AppliedPolicy", "Category"]
