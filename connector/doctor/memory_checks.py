"""What our own memory and the book's folder tell: whether deliveries arrive, and what was agreed. No site is asked."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from connector.arrivals import TITLES, Sender
from connector.doctor.checks import Check, Name, fine, question
from connector.privacy.agreement import Note
from connector.privacy.surface import Surface, compared

_SHOWN = 3  # kinds named in one question
_WITHOUT: Final = "leave its secret out of OKR_WEBHOOK_SECRETS: what nobody tells us is seen by the clock"
_TRY: Final[Mapping[Sender, str]] = {
    Sender.JIRA: "change an epic that the book names, then look again; `okr webhooks list` shows who should ring",
    Sender.CONFLUENCE: "change a page of ours, then look again; an administrator sees Confluence's webhooks",
    Sender.AUTOMATION: "make the rule that `okr webhooks register` prints, change a page of ours, then look again",
    Sender.READINGS: "push a value once, then look again",
}


def delivery_checks(deliveries: Iterable[tuple[Sender, date | None]]) -> Iterator[Check]:
    """The last day for each sender that has a secret; our own knock does not count."""
    for sender, day in deliveries:
        if day is not None:
            yield fine(Name.DELIVERIES, f"last delivery from {TITLES[sender]}: {day.isoformat()}")
        else:
            yield question(
                Name.DELIVERIES,
                f"no delivery from {TITLES[sender]} has arrived yet",
                "OKR_WEBHOOK_SECRETS",
                "a secret is set for it, so somebody should ring",
                _TRY[sender],
                _WITHOUT,
            )


def agreement_check(surface: Surface, note: Note | None) -> Check:
    """Whether what we read and keep is within what was agreed."""
    if note is None:
        return fine(Name.AGREEMENT, "nothing was agreed yet, so no page names an agreement")
    change = compared(note.surface, surface)
    beyond = [*change.added, *(after for _, after in change.changed)]
    if not beyond:
        return fine(Name.AGREEMENT, f"everything is within what was noted on {note.on.isoformat()}")
    kinds = "kind of data or source is" if len(beyond) == 1 else "kinds of data and sources are"
    more = f" and {len(beyond) - _SHOWN} more" if len(beyond) > _SHOWN else ""
    return question(
        Name.AGREEMENT,
        f"{len(beyond)} {kinds} beyond what was noted on {note.on.isoformat()}",
        ", ".join(line.partition(":")[0] for line in beyond[:_SHOWN]) + more,
        "a kind of source that was not agreed stays off, and pages name the note only while it covers what is built in",
        "read what is new with `okr privacy report --diff agreement.json`, agree, then `okr privacy agree`",
        "go back to the version or to the kinds of sources that were agreed",
    )
