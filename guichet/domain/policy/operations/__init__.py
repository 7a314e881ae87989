from .applying import apply

__all__ = ["apply"]
