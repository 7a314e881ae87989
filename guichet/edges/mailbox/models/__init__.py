from .received_message import ReceivedMessage

__all__ = ["ReceivedMessage"]
