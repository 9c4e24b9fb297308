"""What Celery runs for documents: one call each."""

from datetime import datetime

from django.db import transaction

from chat import jobs
from chat.contract import Error
from chat.models import Session
from chat.publish import whisper
from prd import writing
from prd.models import PrdVersion


def _could_not_write(*, now: datetime, version_id: int) -> None:
    version = PrdVersion.objects.select_related("prd").get(pk=version_id)
    PrdVersion.objects.filter(pk=version_id).update(state=PrdVersion.State.FAILED)
    message = "The document could not be written. We have been told; please ask for it again."
    whisper(version.prd.session_id, Error(code="internal", message=message, retryable=True))


@jobs.task(queue="documents", lease_seconds=60, max_attempts=3, exhausted=_could_not_write)
def write_prd(claim: jobs.Claim, *, now: datetime, version_id: int) -> None:
    with transaction.atomic():
        version = PrdVersion.objects.select_related("prd").get(pk=version_id)
        version.prd.session = Session.objects.select_for_update(no_key=True).get(pk=version.prd.session_id)
        version.refresh_from_db(fields=["state"])
        if version.state == PrdVersion.State.WRITTEN:
            return claim.finish(now=now)
        return writing.write(version, claim, now=now)
