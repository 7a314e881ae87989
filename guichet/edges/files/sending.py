from django.http import JsonResponse
from django.views.decorators.http import require_POST

from guichet.domain.policy.queries import current
from guichet.edges import uploads
from guichet.edges.requests import SignedInRequest
from guichet.foundation.refusals import Invalid, Unavailable


@require_POST
def send(request: SignedInRequest) -> JsonResponse:
    """Take one file, its bytes as the body and its name in the address; answer with its id.

    201 {id, name, size}; 413, 422 or 503 {sentence}, in the person's language.
    """
    too_large = int(request.headers.get("Content-Length") or 0) > current().attachments.max_bytes
    try:
        kept = uploads.keep(request, uploads.chunks_of(request), name=request.GET.get("name", ""))
    except Invalid as refusal:
        sentence = str(refusal.mistakes["attachments"])
        return JsonResponse({"sentence": sentence}, status=413 if too_large else 422)
    except Unavailable as refusal:
        return JsonResponse({"sentence": str(refusal)}, status=503, headers={"Retry-After": "60"})
    return JsonResponse({"id": str(kept.pk), "name": kept.name, "size": kept.size}, status=201)
