"""The mails of a demonstration, to be looked at instead of being sent. Outside of one, nothing is here."""
