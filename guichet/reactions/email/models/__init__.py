from .captured_mail import CapturedMail
from .delivery import Delivery
from .suppression import Suppression

__all__ = ["CapturedMail", "Delivery", "Suppression"]
