from guichet.domain.people.actors import Actor

from ..models import Draft


def draft_of(actor: Actor, key: str) -> dict[str, str]:
    """What this person typed in this form and did not send; empty if nothing."""
    draft = Draft.objects.filter(person=actor.person_id, key=key).first()
    return dict(draft.fields) if draft else {}
