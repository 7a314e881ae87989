from .attachment import Attachment
from .draft import Draft
from .message import Message
from .participant import Participant
from .tag import Tag, TicketTag
from .ticket import Ticket

__all__ = ["Attachment", "Draft", "Message", "Participant", "Tag", "Ticket", "TicketTag"]
