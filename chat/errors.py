"""What can go wrong, named for what the caller can do next.

Each error becomes an ``error`` frame on a socket and the HTTP status beside it over REST.
"""

from collections.abc import Sequence

from chat.shapes import ErrorCode, ErrorDetail, Slot


class UnoBotError(Exception):
    """An outcome the caller is told about. Anything else that is raised is a defect."""

    code: ErrorCode = "internal"
    status = 500
    retryable = False
    message = "Something went wrong on our side. Your message is safe; please try again."

    def __init__(
        self,
        message: str = "",
        *,
        details: Sequence[ErrorDetail] = (),
        alternatives: Sequence[Slot] = (),
        retry_after_ms: int | None = None,
    ) -> None:
        self.message = message or self.message
        self.details = list(details)
        self.alternatives = list(alternatives)
        self.retry_after_ms = retry_after_ms
        self.command_id: str | None = None
        super().__init__(self.message)


class Invalid(UnoBotError):
    code: ErrorCode = "invalid"
    status = 422
    message = "That could not be understood."

    @classmethod
    def field(cls, field: str, message: str, code: str = "invalid") -> "Invalid":
        return cls(message, details=[ErrorDetail(field=field, code=code, message=message)])


class UnknownType(Invalid):
    code: ErrorCode = "unknown_type"
    message = "There is no command of that type."


class NotJoined(UnoBotError):
    code: ErrorCode = "not_joined"
    status = 403
    message = "Join a session first."


class Forbidden(UnoBotError):
    """One answer for an unknown session and for a wrong token, so that ids cannot be probed."""

    code: ErrorCode = "forbidden"
    status = 403
    message = "This session cannot be opened with that token."


class NotFound(UnoBotError):
    code: ErrorCode = "not_found"
    status = 404
    message = "That does not exist."


class Conflict(UnoBotError):
    code: ErrorCode = "conflict"
    status = 409
    message = "That does not fit the current state."


class SlotTaken(UnoBotError):
    code: ErrorCode = "slot_taken"
    status = 409
    message = "Someone was faster: this time has just been taken."


class NotOffered(UnoBotError):
    code: ErrorCode = "not_offered"
    status = 409
    message = "This time is not offered."


class Expired(UnoBotError):
    code: ErrorCode = "expired"
    status = 410
    message = "This has expired."


class TooLarge(UnoBotError):
    code: ErrorCode = "too_large"
    status = 413
    message = "That is too large."


class RateLimited(UnoBotError):
    code: ErrorCode = "rate_limited"
    status = 429
    retryable = True
    message = "That was a lot at once. Please wait a moment."


class Unavailable(UnoBotError):
    code: ErrorCode = "unavailable"
    status = 503
    retryable = True
    message = "We could not do that right now. Please try again."
