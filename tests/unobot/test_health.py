"""What load balancers and staff are told."""

from datetime import timedelta

import httpx
import pytest
from django.test import Client
from django.utils import timezone

from chat.models import Job


def test_alive_needs_nothing(client: Client) -> None:
    """R5"""
    assert client.get("/healthz").json() == {"status": "ok"}


@pytest.mark.django_db
def test_an_old_job_means_not_ready(client: Client) -> None:
    """A6"""
    long_ago = timezone.now() - timedelta(minutes=5)
    Job.objects.create(kind="x", run_at=long_ago, created_at=long_ago)
    checks = client.get("/readyz").json()["checks"]
    assert not checks["jobs"]["ok"]
    assert checks["jobs"]["oldest_seconds"] >= 300


def test_a_running_deployment_is_ready(url: str) -> None:
    """R5, A6"""
    answer = httpx.get(f"{url}/readyz", timeout=10)
    checks = answer.json()["checks"]
    assert answer.status_code == 200
    assert {name for name, check in checks.items() if check["ok"]} == {"database", "redis", "workers", "jobs"}
