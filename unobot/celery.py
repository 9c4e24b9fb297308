"""The Celery app, and the worker and clock that run inside the server when there is no Redis."""

import os
import threading
from typing import Any

from celery import Celery
from celery.beat import EmbeddedService, Scheduler
from celery.worker import WorkController

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "unobot.settings")
app = Celery("unobot")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(["chat"], related_name="mail")

QUEUES = ("chat", "documents", "mail")


def start_inside(*, concurrency: int = 4) -> None:
    """Run a real worker and beat in daemon threads: Celery's eager mode would block consumers and never retry."""
    app.finalize()
    app.loader.import_default_modules()
    options: dict[str, Any] = {
        "pool": "threads",
        "concurrency": concurrency,
        "queues": list(QUEUES),
        "without_heartbeat": True,
        "without_mingle": True,
        "without_gossip": True,
    }
    worker = WorkController(app=app, **options)
    threading.Thread(target=worker.start, name="worker", daemon=True).start()
    clock: Any = EmbeddedService(app, thread=True, scheduler_cls=Scheduler)
    clock.start()
