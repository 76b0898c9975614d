"""Between a gateway and the library: an operation out, an answer's bytes in, and the boundary behind it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from connector.gateways.operations import Operation
from connector.gateways.points import points_of
from connector.gateways.site import Site
from connector.gateways.tally import RequestTally
from mappings.boundary import BoundaryError, Flaw, Page, refusal

Result = TypeVar("Result")
Record = TypeVar("Record")
Parameters = Mapping[str, str | int | Sequence[str]]  # a sequence: the name is repeated

_MOST_PAGES = 10_000  # a site that never comes to an end is not believed for longer


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The bytes of an answer on their way to the boundary."""

    operation: Operation
    status: int
    body: bytes = field(repr=False)


class Transport:
    """One site through the library's generic calls; raises `connector.errors` and nothing else."""

    def __init__(self, client: Any, site: Site, tally: RequestTally) -> None:
        self._client, self._tally = client, tally
        self.site = site

    def ask(
        self,
        operation: Operation,
        path: str,
        *,
        params: Parameters | None = None,
        data: object = None,
        accept: Iterable[int] = (),
    ) -> Answer:
        """The answer to one operation; an error status is raised as what it means, unless it is accepted."""
        response = self._client.request(
            operation.method, path=path, params=dict(params or {}), data=data, advanced_mode=True
        )
        return self._answer(operation, response, accept)

    def upload(self, operation: Operation, path: str, name: str, content: bytes, accept: Iterable[int] = ()) -> Answer:
        """As `ask`, with a PNG as a form's file; the site tells nobody about it."""
        response = self._client.request(
            operation.method,
            path=path,
            data={"minorEdit": "true"},
            files={"file": (name, content, "image/png")},
            headers={"X-Atlassian-Token": "nocheck", "Accept": "application/json"},  # in place of the JSON ones
            advanced_mode=True,
        )
        return self._answer(operation, response, accept)

    def read(self, answer: Answer, reader: Callable[[bytes], Result]) -> Result:
        """What the boundary makes of an answer; of a write's answer that it cannot read, nobody knows what was done."""
        try:
            result = reader(answer.body)
        except BoundaryError as error:
            flaw = error.flaw
        else:
            if self.site.points:
                self._tally.read(points_of(answer.operation, result))
            return result
        if not answer.operation.reads and flaw is not Flaw.PAGE:
            raise self.site.answer_lost(answer.operation)
        raise (
            self.site.unreachable(answer.operation)
            if flaw is Flaw.UNREADABLE
            else self.site.no_answer(answer.operation)
        )

    def all_of(
        self, ask: Callable[[str | None], Answer], reader: Callable[[bytes], Page[Record]]
    ) -> Iterator[Page[Record]]:
        """Page after page until the site says that it ends; a place that comes twice is a half answer."""
        place: str | None = None
        been: set[str] = set()
        for _ in range(_MOST_PAGES):
            answer = ask(place)
            page = self.read(answer, reader)
            yield page
            place = page.next
            if place is None:
                return
            if place in been:
                break
            been.add(place)
        raise self.site.unreachable(answer.operation)

    def _answer(self, operation: Operation, response: Any, accept: Iterable[int]) -> Answer:
        status = int(response.status_code)
        if status >= 400 and status not in accept:
            raise self.site.refused(operation, status, refusal(response.content))
        return Answer(operation=operation, status=status, body=response.content)


def in_chunks(values: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    """The values without repetition, in their order, in chunks of at most this size."""
    once = list(dict.fromkeys(values))
    for start in range(0, len(once), size):
        yield once[start : start + size]
