from .recording import record

__all__ = ["record"]
