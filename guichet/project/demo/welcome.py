from .cast import PASSWORD

_WAYS_IN = {
    "customer": "tom.ashdown@harbourside.example",
    "designated contact": "priya.nair@harbourside.example",
    "agent": "owen@fieldfare.example",
    "lead": "mathieu@fieldfare.example",
    "admin": "nora@fieldfare.example",
}


def welcome(url: str) -> str:
    """How to sign in as each kind of person, for somebody who has just started the demonstration at `url`."""
    people = "\n".join(f"    {kind:<20}{email}" for kind, email in _WAYS_IN.items())
    return (
        f"Sign in at {url}/account/login/ with one of these addresses:\n\n{people}\n\n"
        f"The code arrives at {url}/_outbox/; or use the password {PASSWORD} with any of them."
    )
