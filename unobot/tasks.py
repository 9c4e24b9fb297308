"""What Celery runs for all apps together."""

import logging

from celery import shared_task
from django.utils import timezone

from unobot import purge

log = logging.getLogger(__name__)


@shared_task(ignore_result=True)
def purge_nightly() -> None:
    log.info("purged", extra={"sessions": purge.purge(now=timezone.now())})
