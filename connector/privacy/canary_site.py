"""An imitation site whose every answer, good or bad, names invented people in every place it can."""

import itertools
import json
import random
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote

from connector.privacy.canary_census import Carrier
from connector.privacy.canary_marks import Flock, Shape
from connector.privacy.canary_payloads import placed
from connector.sandbox.log import Answered, Asked
from connector.sandbox.seed import demo_site
from connector.sandbox.server import Application, listening
from connector.sandbox.site import Site, create_app
from connector.sandbox.team_cells import answered

_INTERFACES: Final = ("/rest/", "/wiki/rest/", "/wiki/api/", "/_edge/")
_OURS: Final = "okr-connector"
_OWN_WORDS: Final = frozenset({"fields.summary", "fields.description", "fields.labels"})  # of issues that we wrote
_AT_ONCE = 12  # places of one carrier in one object
QUESTIONS: Final = ("Was hindert", "Was probieren", "What is in our way", "What will we try")  # repeated a week later
SAYING: Final = "Wir sehen"
_HERE: Final = "KANARIENVOGEL"
_STATUSES: Final = (400, 401, 403, 404, 409, 413, 429, 500, 503)

Headers = list[tuple[str, str]]


@dataclass(slots=True, repr=False)
class Planting:
    """The site as a server sees it, with people added to what it answers; remembers all that went out."""

    inside: Application
    flock: Flock
    sent: list[bytes] = field(default_factory=list)
    _turn: Iterator[int] = field(default_factory=itertools.count)

    def __call__(self, environment: dict[str, Any], start_response: Any) -> list[bytes]:
        """WSGI."""
        if not str(environment["PATH_INFO"]).startswith(_INTERFACES):
            return list(self.inside(environment, start_response))
        turn = next(self._turn)
        heads: list[Any] = []
        body = b"".join(
            self.inside(environment, lambda status, headers, exc_info=None: heads.extend((status, headers)))
        )
        body = self._peopled(body, turn)
        headers = [pair for pair in heads[1] if pair[0].lower() != "content-length"] + self._headers(turn)
        self.sent += (body, *(value.encode("latin-1") for _, value in headers))
        start_response(heads[0], headers)
        return [body]

    def _peopled(self, body: bytes, turn: int) -> bytes:
        try:
            whole = json.loads(body)
        except ValueError:
            return body
        if isinstance(whole, dict):
            for thing in _things(whole):
                self._write(thing, Carrier.ISSUE if "fields" in thing else Carrier.PAGE, next(self._turn))
            if "fields" not in whole:
                self._write(whole, Carrier.ANSWER, turn)
        return json.dumps(whole, ensure_ascii=bool(turn % 2)).encode()

    def _write(self, thing: dict[str, Any], carrier: Carrier, turn: int) -> None:
        places = [place for place in self.flock.of if place.carrier is carrier]
        start = turn * _AT_ONCE % len(places)
        own = _OURS in str(thing.get("fields", {}).get("labels", "")) if carrier is Carrier.ISSUE else False
        for number, place in enumerate((places + places)[start : start + _AT_ONCE]):
            if not (own and place.path in _OWN_WORDS) and not _wanted(thing, place.path):
                placed(thing, place.path, self.flock.standing(place, turn + number))

    def _headers(self, turn: int) -> Headers:
        places = [place for place in self.flock.of if place.carrier is Carrier.REPLY]
        texts = ((place.path, str(self.flock.standing(place, turn))) for place in places)
        heads = ((name, f"who={quote(text)}; Path=/" if name == "Set-Cookie" else text) for name, text in texts)
        return [(name, text.encode().decode("latin-1")) for name, text in heads]


def _things(whole: Any, depth: int = 4) -> Iterator[dict[str, Any]]:
    """The issues and pages within an answer."""
    if isinstance(whole, dict) and (_is_issue(whole) or _is_page(whole)):
        yield whole
    inner = whole.values() if isinstance(whole, dict) else whole if isinstance(whole, list) else ()
    for one in inner if depth else ():
        yield from _things(one, depth - 1)


def _is_issue(thing: dict[str, Any]) -> bool:
    return isinstance(thing.get("fields"), dict) and "key" in thing


def _is_page(thing: dict[str, Any]) -> bool:
    return "id" in thing and not {"version", "spaceId", "homepageId"}.isdisjoint(thing)


def _wanted(thing: dict[str, Any], path: str) -> bool:
    """Whether an honest answer says something else there that we came for."""
    first = path.partition(".")[0].removesuffix("[]")
    return first in {"title", "ancestors", "results", "errors"} and first in thing


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PeopledSite:
    """The site, its address, and everything that passed between it and us."""

    site: Site
    address: str
    planting: Planting
    asked: list[Asked]


@contextmanager
def peopled_site(flock: Flock) -> Iterator[PeopledSite]:
    """The site of the example book answers until the block ends, people in every answer."""
    site = demo_site()
    asked: list[Asked] = []

    def note(request: Asked, answer: Answered) -> None:
        asked.append(request)

    site.log.on_exchange(note)
    planting = Planting(create_app(site), flock)
    with listening(planting) as address:
        site.base_url = address
        try:
            yield PeopledSite(site=site, address=address, planting=planting, asked=asked)
        finally:
            site.sender.close()


def write_words(peopled: PeopledSite, flock: Flock, page_id: str) -> None:
    """A person of the team answers on its page, and names people in every kind of mark-up there is."""
    marks = " ".join(_markup(place.path, texts) for place, texts in _words(flock))
    peopled.planting.sent.append(marks.encode())

    def answer(body: str) -> str:
        for question in QUESTIONS:
            with suppress(KeyError):  # the page asks in its team's language
                body = answered(body, "okr-t-together", question, _HERE)
        return body.replace(_HERE, f"{SAYING} {marks} etwas.")

    with peopled.site.lock:
        peopled.site.confluence.edit_by_hand(page_id, answer, "none")


def _words(flock: Flock) -> Iterator[tuple[Any, dict[Shape, str]]]:
    for place, shapes in flock.of.items():
        if place.carrier is Carrier.WORDS:
            yield place, {shape: canary.text for shape, canary in shapes.items()}


def _markup(kind: str, texts: dict[Shape, str]) -> str:
    link = f"<ac:link>{{}}<ac:link-body>{texts[Shape.UNICODE]}</ac:link-body></ac:link>"
    account, short = texts[Shape.ID], texts[Shape.SHORT]
    macro = (
        '<ac:structured-macro ac:name="profile"><ac:parameter ac:name="user">{}</ac:parameter></ac:structured-macro>'
    )
    task = "<ac:task-list><ac:task><ac:task-id>1</ac:task-id><ac:task-status>incomplete</ac:task-status>{}</ac:task>"
    forms = {
        "mention of Cloud": f'<ac:link><ri:user ri:account-id="{account}"/></ac:link>',
        "mention by key": link.format(f'<ri:user ri:userkey="{short}"/>'),
        "mention by name": link.format(f'<ri:user ri:username="{short}"/>'),
        "link to a profile": f'<a href="{texts[Shape.URL].replace("&", "&amp;")}">@{texts[Shape.RTL]}</a>',
        "profile macro": macro.format(f'<ri:user ri:account-id="{account}"/>'),
        "task of a person": f"{task}</ac:task-list>".format(
            f'<ac:task-body><ac:link><ri:user ri:account-id="{account}"/></ac:link></ac:task-body>'
        ),
        "personal space": f'<ac:link><ri:space ri:space-key="~{short}"/></ac:link>',
    }
    return forms[kind]


def refuse(peopled: PeopledSite, flock: Flock, status: int, dice: random.Random, method: str) -> None:
    """From now on such requests get refusals that quote people, as Jira and Confluence do, or pages for people."""
    somebody = [dice.choice(list(flock.of.values()))[shape].text for shape in (Shape.NAME, Shape.MAIL, Shape.UNICODE)]
    body: dict[str, Any] = {
        "errorMessages": [f"The user '{somebody[0]}' is not allowed to do this: {somebody[1]}"],
        "errors": {"assignee": f"User '{somebody[2]}' cannot be assigned issues.", somebody[0]: somebody[1]},
        "message": f"com.example.PermissionException: {somebody[1]}",
        "data": {"errors": [{"message": {"translation": somebody[2]}}]},
    }
    content = json.dumps(body).encode()
    if dice.random() < 0.3:
        content = f"<html><body>Hello {somebody[0]}, log in as {somebody[1]}</body></html>".encode()
    elif dice.random() < 0.3:
        content = content[: len(content) // 2]
    headers = {"Content-Type": "application/json", "Retry-After": "0", "X-AUSERNAME": somebody[1]}
    peopled.planting.sent.append(content)
    peopled.site.faults.answer(status, headers, content, method, times=None)


def refusals() -> tuple[int, ...]:
    """The statuses that are tried."""
    return _STATUSES
