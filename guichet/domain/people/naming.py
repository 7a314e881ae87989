"""What people are called, beside their full name."""


def first_name(name: str) -> str:
    """What customers call an agent, and we a customer who is greeted: the name as far as its first blank."""
    return name.strip().partition(" ")[0]
