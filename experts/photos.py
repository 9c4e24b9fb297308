"""Whether an uploaded photo is what its name says: by its first bytes, never by what the browser claims. Pure."""

HEAD_BYTES = 32
MEGABYTE = 1024 * 1024


class BadPhoto(ValueError):
    """The text tells what is wrong with the file."""


def kind(head: bytes) -> str | None:
    """The kind of image that starts with these bytes."""
    if head.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if head.startswith(b"\x89PNG\r\n\x1a\n") and head[12:16] == b"IHDR":
        return "png"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    return None


def check(name: str, size: int, head: bytes, *, limit: int) -> None:
    """``head`` is the file's first bytes; sizes are bytes."""
    if size > limit:
        raise BadPhoto(f"A photo may have at most {limit / MEGABYTE:g} MB; this one has {size / MEGABYTE:.1f}.")
    extension = name.rsplit(".", 1)[-1].lower().replace("jpeg", "jpg")
    if kind(head) is None:
        raise BadPhoto("This is not a JPEG, PNG or WebP image.")
    if kind(head) != extension:
        raise BadPhoto(f"This is a {kind(head)} image; its name should end so.")
