from .captured_mail import CapturedMail
from .delivery import Delivery

__all__ = ["CapturedMail", "Delivery"]
