"""What the door answers: a status, a constant word for people where one helps, and nothing of what came in."""

from collections.abc import Callable
from typing import Final, TypeAlias

from flask import Response

from mappings.boundary import BoundaryError
from webhooks.sockets import Busy

View: TypeAlias = Callable[..., Response]

_WORDS: Final = {
    400: "This body cannot be read.\n",
    401: "This call is not signed.\n",
    404: "There is nothing here.\n",
    413: "This body is larger than 4 MiB.\n",
    503: "Please come again.\n",
}


class Refused(Exception):
    """The call ends here with this status."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def answer(status: int) -> Response:
    """The status with its word; 202 and 204 are empty."""
    return Response(_WORDS.get(status, ""), status=status, content_type="text/plain; charset=utf-8")


def answered(judge: Callable[[], int]) -> Response:
    """The answer to one call: the status it is judged to have, 400 for an unreadable body, 503 for a busy house."""
    try:
        return answer(judge())
    except Refused as refused:
        return answer(refused.status)
    except BoundaryError:
        return answer(400)
    except Busy as busy:
        later = answer(503)
        later.headers["Retry-After"] = str(busy.retry_after)
        return later
