"""Bodies no larger than what is asked for can be."""

from starlette.exceptions import HTTPException
from starlette.types import Message, Receive

JSON_BYTES = 1 << 20


def limited(receive: Receive, most_bytes: int) -> Receive:
    """The same messages; the first past the limit raises HTTPException 413."""
    left = most_bytes

    async def received() -> Message:
        nonlocal left
        message = await receive()
        left -= len(message.get("body", b""))
        if left < 0:
            raise HTTPException(413)
        return message

    return received
