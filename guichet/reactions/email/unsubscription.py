"""The signature in the link that turns off somebody's mails about requests. It is good for that alone."""

from guichet.foundation import signing

_PURPOSE = "unsubscription"


def signature_of(person_id: int) -> str:
    return signing.mac(_PURPOSE, str(person_id))


def is_genuine(person_id: int, signature: str) -> bool:
    return signing.matches(_PURPOSE, signature, str(person_id))
