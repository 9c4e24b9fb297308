"""Is the process alive, and can it serve? For load balancers and for staff."""

import time
from collections.abc import Callable
from typing import Any

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Min
from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from chat.models import Job
from unobot.celery import app

OLDEST_JOB_SECONDS = 60


def healthz(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


def _database() -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return {"ok": True, "vendor": connection.vendor}


def _redis() -> dict[str, Any]:
    if settings.EMBEDDED:
        return {"ok": True, "embedded": True}
    client = redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2)
    try:
        return {"ok": bool(client.ping())}
    finally:
        client.close()


def _workers() -> dict[str, Any]:
    if settings.EMBEDDED:
        return {"ok": True, "embedded": True}
    alive = app.control.ping(timeout=1.0) or []
    return {"ok": bool(alive), "count": len(alive)}


def _jobs() -> dict[str, Any]:
    open_jobs = Job.objects.filter(state__in=[Job.State.PENDING, Job.State.RUNNING], run_at__lte=timezone.now())
    oldest = open_jobs.aggregate(oldest=Min("run_at"))["oldest"]
    age = (timezone.now() - oldest).total_seconds() if oldest else 0.0
    return {"ok": age < OLDEST_JOB_SECONDS, "oldest_seconds": round(age, 1)}


CHECKS: dict[str, Callable[[], dict[str, Any]]] = {
    "database": _database,
    "redis": _redis,
    "workers": _workers,
    "jobs": _jobs,
}


def _outcome(check: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    started = time.perf_counter()
    try:
        result = check()
    except (DatabaseError, redis.RedisError, OSError) as error:
        result = {"ok": False, "error": type(error).__name__}
    return {**result, "ms": round((time.perf_counter() - started) * 1000, 1)}


def readyz(request: HttpRequest) -> JsonResponse:
    results = {name: _outcome(check) for name, check in CHECKS.items()}
    ready = all(result["ok"] for result in results.values())
    return JsonResponse({"status": "ready" if ready else "not ready", "checks": results}, status=200 if ready else 503)
