import pytest

from chat import jobs


@pytest.fixture
def quiet(monkeypatch: pytest.MonkeyPatch, transactional_db: None) -> None:
    """No broker and no worker: the test does the jobs itself."""
    monkeypatch.setattr(jobs, "_enqueue", lambda job: None)
