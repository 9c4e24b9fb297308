"""Rate limits: a bucket per socket in memory, windows per session and address in the cache."""

import time
from dataclasses import dataclass, field

from django.conf import settings
from django.core.cache import cache
from redis import RedisError

from chat.errors import RateLimited


@dataclass
class Bucket:
    """A token bucket: ``burst`` at once, refilled at ``rate`` a second."""

    rate: float
    burst: float
    level: float = field(init=False)
    filled_at: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.level = self.burst

    def take(self) -> float:
        """Take one token; returns 0, or the seconds to wait for it."""
        if not settings.RATE_LIMITS:
            return 0
        moment = time.monotonic()
        self.level = min(self.burst, self.level + (moment - self.filled_at) * self.rate)
        self.filled_at = moment
        if self.level >= 1:
            self.level -= 1
            return 0
        return (1 - self.level) / self.rate


@dataclass(frozen=True)
class Window:
    """At most ``limit`` in each window of ``seconds``, counted for a name in the shared cache."""

    name: str
    limit: int
    seconds: int

    def spend(self, who: str) -> None:
        """Count one; refuses above the limit. A cache that is away counts nothing: a limit must not stop the chat."""
        if not settings.RATE_LIMITS:
            return
        moment = time.time()
        key = f"limit:{self.name}:{who}:{int(moment // self.seconds)}"
        try:
            cache.add(key, 0, timeout=self.seconds * 2)
            used = cache.incr(key)
        except (ValueError, RedisError):
            return
        if used > self.limit:
            raise RateLimited(retry_after_ms=int((self.seconds - moment % self.seconds) * 1000))


SESSIONS_PER_ADDRESS = Window("sessions", limit=30, seconds=600)
COMMANDS_PER_SESSION = Window("commands", limit=120, seconds=60)
REQUESTS_PER_ADDRESS = Window("requests", limit=600, seconds=60)
FAILED_JOINS_PER_ADDRESS = Window("failed-joins", limit=60, seconds=60)
