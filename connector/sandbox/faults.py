"""What can go wrong between a client and the site, switched on at run time or by a text."""

import random
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from connector.sandbox.delivery_faults import DeliveryFaults
from connector.sandbox.log import kind_of

LOGIN_PAGE = b"<!DOCTYPE html><html><head><title>Log in with Atlassian account</title></head><body>Log in</body></html>"


class UnreadableFault(ValueError):
    """A text names no fault that is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer given in place of the site's own."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What shall happen to one request.

    `cut` is ``, `before` (nothing happens, no answer), `after` (it happens, no answer) or `inside` (it happens, half of
    the answer's body arrives); `reply` replaces the site's answer; `wait` comes first.
    """

    cut: str = ""
    reply: Reply | None = None
    wait: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """How one dialect words what stands in for its answers: a page to log in, and a refusal by status and wait."""

    login_page: bytes
    refusal: Callable[[int, str], Reply]


@dataclass(slots=True, kw_only=True)
class _Rule:
    method: str
    path: re.Pattern[str]
    verdict: Verdict
    skip: int = 0
    times: int | None = None
    chance: float = 1.0
    kind: str = ""
    fired: int = field(default=0)

    def matches(self, method: str, path: str) -> bool:
        if self.kind and self.kind != kind_of(method, path):
            return False
        return self.method in ("*", method) and self.path.fullmatch(path) is not None


class Faults:
    """The faults switched on at the moment; the first rule that fires decides, waiting adds up."""

    def __init__(self, spec: str = "", *, seed: int = 0, words: Words | None = None) -> None:
        self._words = words or CLOUD
        self.deliveries = DeliveryFaults(dice=random.Random(seed))  # noqa: S311  # of webhooks; repeatable, no secrets
        self._rules: list[_Rule] = []
        self._guard = threading.Lock()
        self._chance = random.Random(seed)  # noqa: S311  # repeatable faults, no secrets
        for item in filter(None, (part.strip() for part in re.split(r"[,;]", spec))):
            self._read(item)

    def drop_answer(self, method: str, path_regex: str, nth: int = 1) -> None:
        """The nth matching request from now on is done, and its answer is lost."""
        self._add(method, path_regex, Verdict(cut="after"), skip=nth - 1, times=1)

    def refuse_connection(self, method: str, path_regex: str, nth: int = 1) -> None:
        """The nth matching request from now on is cut before anything happens."""
        self._add(method, path_regex, Verdict(cut="before"), skip=nth - 1, times=1)

    def cut_body(self, method: str, path_regex: str, nth: int = 1) -> None:
        """The nth matching request from now on is done, and its answer breaks off half-way."""
        self._add(method, path_regex, Verdict(cut="inside"), skip=nth - 1, times=1)

    def answer(
        self,
        status: int,
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
        method: str = "*",
        path_regex: str = ".*",
        times: int | None = 1,
    ) -> None:
        """The next `times` matching requests get this answer and change nothing; None means all from now on."""
        reply = Reply(status=status, headers=tuple((headers or {}).items()), body=body)
        self._add(method, path_regex, Verdict(reply=reply), times=times)

    def delay(self, wait: timedelta, method: str = "*", path_regex: str = ".*", times: int | None = None) -> None:
        """Matching requests wait this long in real time before they are looked at."""
        self._add(method, path_regex, Verdict(wait=wait), times=times)

    def interrupt_write(self, n: int, after_commit: bool) -> None:
        """The nth write from now on, whatever its address, is cut before or after it happens."""
        verdict = Verdict(cut="after" if after_commit else "before")
        self._add("*", ".*", verdict, skip=n - 1, times=1, kind="write")

    def clear(self) -> None:
        """All faults are off."""
        with self._guard:
            self._rules.clear()
            self.deliveries.clear()

    def pending(self) -> int:
        """How many faults with a number of times have not fired that often yet."""
        with self._guard:
            return sum(1 for rule in self._rules if rule.times is not None and rule.fired < rule.skip + rule.times)

    def verdict(self, method: str, path: str) -> Verdict:
        """What happens to this request; asking counts as its arrival."""
        wait, found = timedelta(0), Verdict()
        with self._guard:
            for rule in self._rules:
                if not rule.matches(method, path) or not self._fires(rule):
                    continue
                wait += rule.verdict.wait
                if not (found.cut or found.reply):
                    found = rule.verdict
        return Verdict(cut=found.cut, reply=found.reply, wait=wait)

    def _fires(self, rule: _Rule) -> bool:
        if rule.chance < 1.0 and self._chance.random() >= rule.chance:
            return False
        rule.fired += 1
        return rule.fired > rule.skip and (rule.times is None or rule.fired <= rule.skip + rule.times)

    def _add(
        self,
        method: str,
        path_regex: str,
        verdict: Verdict,
        *,
        skip: int = 0,
        times: int | None = None,
        chance: float = 1.0,
        kind: str = "",
    ) -> None:
        rule = _Rule(
            method=method.upper(),
            path=re.compile(path_regex),
            verdict=verdict,
            skip=skip,
            times=times,
            chance=chance,
            kind=kind,
        )
        with self._guard:
            self._rules.append(rule)

    def _read(self, item: str) -> None:
        name, _, value = item.partition("=")
        try:
            self._switch(name.strip(), value.strip())
        except (ValueError, re.error) as error:
            raise UnreadableFault(
                f"the fault {item!r} cannot be read; write e.g. rate=0.02:503, 429=3, latency=100ms, "
                "drop-after=POST /rest/api/3/issue/bulk#1, or leave it out"
            ) from error

    def _switch(self, name: str, value: str) -> None:
        if name == "rate":
            chance, _, status = value.partition(":")
            self._add("*", ".*", Verdict(reply=self._words.refusal(int(status or 503), "1")), chance=float(chance))
        elif name == "429":
            times, _, seconds = value.partition(":")
            self._add("*", ".*", Verdict(reply=self._words.refusal(429, seconds or "1")), times=int(times))
        elif name == "latency":
            self._add("*", ".*", Verdict(wait=_duration(value)))
        elif name == "webhook-delay":
            self.deliveries.delay = _duration(value)
        elif name == "webhook-drop":
            self.deliveries.drop = float(value)
        elif name == "webhook-double":
            self.deliveries.double = float(value)
        else:
            self._switch_at(name, value)

    def _switch_at(self, name: str, value: str) -> None:
        place, _, status = value.partition(":") if name == "status" else (value, "", "")
        where, _, nth = place.partition("#")
        method, path = where.split(None, 1)
        verdicts = {
            "drop-after": Verdict(cut="after"),
            "drop-before": Verdict(cut="before"),
            "cut-body": Verdict(cut="inside"),
            "html": Verdict(
                reply=Reply(
                    status=200, headers=(("Content-Type", "text/html;charset=UTF-8"),), body=self._words.login_page
                )
            ),
            "status": Verdict(reply=self._words.refusal(int(status or 503), "1")),
        }
        if name not in verdicts:
            raise ValueError(name)
        times = 1 if nth or name in ("drop-after", "drop-before", "cut-body") else None
        self._add(method, path, verdicts[name], skip=int(nth or 1) - 1, times=times)


def _duration(text: str) -> timedelta:
    match = re.fullmatch(r"(\d+(?:\.\d+)?)(ms|s)", text)
    if match is None:
        raise ValueError(text)
    return timedelta(**{"milliseconds" if match[2] == "ms" else "seconds": float(match[1])})


def _refusal(status: int, retry_after: str) -> Reply:
    headers = [("Content-Type", "application/json;charset=UTF-8")]
    if status in (429, 503):
        headers.append(("Retry-After", retry_after))
    if status == 429:
        headers += [
            ("RateLimit-Reason", "jira-burst-based"),
            ("X-RateLimit-Limit", "100"),
            ("X-RateLimit-Remaining", "0"),
        ]
    text = {429: "Rate limit exceeded.", 401: "Client must be authenticated to access this resource."}
    message = text.get(status, "The site is not able to answer.")
    return Reply(
        status=status, headers=tuple(headers), body=f'{{"errorMessages":["{message}"],"errors":{{}}}}'.encode()
    )


CLOUD = Words(login_page=LOGIN_PAGE, refusal=_refusal)
