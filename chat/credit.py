"""How much a socket may be owed: what was sent and not yet acknowledged by the client's pings. Pure."""

from collections import deque
from dataclasses import dataclass, field

MAX_EVENTS = 200
MAX_BYTES = 512 * 1024
PATIENCE_SECONDS = 30.0


@dataclass
class Credit:
    """Events since the last ping that covered them, and the bytes of all frames: daphne would buffer without end."""

    owed: deque[tuple[int, int]] = field(default_factory=deque)
    owed_bytes: int = 0
    newest: int = 0
    acknowledged_to: int = 0
    exhausted_since: float | None = None

    def sent(self, seq: int, size: int, *, moment: float) -> None:
        """A frame went out while the client was to be at ``seq``; ``moment`` is a monotonic time in seconds."""
        self.owed.append((seq, size))
        self.owed_bytes += size
        self.newest = max(self.newest, seq)
        if self.exhausted and self.exhausted_since is None:
            self.exhausted_since = moment

    def acknowledged(self, seq: int) -> None:
        """The client has applied everything up to ``seq``; also where counting starts after a replay."""
        self.acknowledged_to = max(self.acknowledged_to, seq)
        while self.owed and self.owed[0][0] <= seq:
            self.owed_bytes -= self.owed.popleft()[1]
        if not self.exhausted:
            self.exhausted_since = None

    @property
    def exhausted(self) -> bool:
        return self.newest - self.acknowledged_to > MAX_EVENTS or self.owed_bytes > MAX_BYTES

    def overdue(self, *, moment: float) -> bool:
        return self.exhausted_since is not None and moment - self.exhausted_since > PATIENCE_SECONDS
