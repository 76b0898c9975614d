"""What can be looked at without any site: settings, the account they name, the book."""

from collections.abc import Iterator
from typing import Final

from connector.config import Settings
from connector.doctor.checks import Check, Name, failing, fine, question, refused
from connector.errors import ConnectorError
from connector.setting_values import Product
from mappings.book import BookReading
from mappings.okr import MappingBook

SHORTEST: Final = 32
"""Bytes of a secret that nobody finds by trying: one per byte of the SHA-256 that it keys (RFC 2104, section 3)."""

SERVICE_DOMAIN = "@serviceaccount.atlassian.com"  # of every account that is a service account on Cloud


def setting_checks(settings: Settings) -> Iterator[Check]:
    """Whether everything is set that a run needs."""
    wrong = []
    for needed in (settings.jira, settings.confluence, settings.mappings_folder):
        try:
            needed()
        except ConnectorError as error:
            wrong.append(refused(Name.SETTINGS, error))
    yield from dict.fromkeys(wrong) or [fine(Name.SETTINGS, "everything is set that a run needs")]


def account_checks(settings: Settings) -> Iterator[Check]:
    """Whether we come as a service account, told by the settings alone: who the account is, is not asked."""
    jira, confluence = settings.jira(), settings.confluence()
    shared = jira.email == confluence.email  # then one answer is enough
    for product, site in (("JIRA", jira),) if shared else (("JIRA", jira), ("CONFLUENCE", confluence)):
        where = f"OKR_{product}_EMAIL"
        if site.email is None or site.email.get_secret_value().casefold().endswith(SERVICE_DOMAIN):
            yield fine(Name.ACCOUNT, "the credential is one of a service account, as far as settings tell", where)
        elif settings.product is not Product.DATACENTER:
            yield question(
                Name.ACCOUNT,
                "perhaps this is somebody's own account",
                where,
                "its address is not one of a service account, and who it is we do not ask",
                "make a service account, then no person stands beside what we write: `okr doctor --needs`",
                "leave it where the account belongs to no person",
            )


def named_teams(settings: Settings, book: MappingBook) -> Iterator[Check]:
    """Asks about teams that settings name and the book does not know: nothing would ever reach them."""
    senders = settings.webhook_secrets.by_sender
    named = {
        "OKR_POSTS": settings.posts.by_team,
        "OKR_WEBHOOK_SECRETS": [sender.partition("/")[2] for sender in senders if "/" in sender],
    }
    known = {team.id.casefold() for team in book.teams}
    for setting, teams in named.items():
        unknown = sorted({team.casefold() for team in teams} - known)
        if unknown:
            yield question(
                Name.SETTINGS,
                f"no team of the book is called {', '.join(unknown)}",
                setting,
                "what is set there for a team that is not there does nothing",
                "write the team as its file under `teams/` is called",
                "leave it until the team has its file",
            )


def secret_checks(settings: Settings) -> Iterator[Check]:
    """Asks about secrets of our door that are short enough to be found by trying."""
    for sender, known in sorted(settings.webhook_secrets.by_sender.items()):
        if min(map(len, known)) < SHORTEST:
            yield question(
                Name.SETTINGS,
                f"a secret of {sender} is shorter than {SHORTEST} characters",
                "OKR_WEBHOOK_SECRETS",
                "who guesses it can ring at our door",
                "put a longer one behind it, such as `openssl rand -hex 32` prints, then take the short one out",
                "leave it where nobody outside reaches the door",
            )


def book_checks(reading: BookReading) -> Iterator[Check]:
    """What `okr lint` says, in short."""
    refusals = [finding for finding in reading.findings if finding.level == "refused"]
    hints = [finding for finding in reading.findings if finding.level != "refused"]
    for finding in refusals:
        yield failing(Name.BOOK, finding.message, finding.place, f"rule {finding.rule}", *finding.options)
    if hints:
        yield question(
            Name.BOOK,
            f"the book has {len(hints)} hint{'s' if len(hints) > 1 else ''}",
            hints[0].place,
            "it can be used as it is",
            "read them with `okr lint`",
            "leave it",
        )
    if not refusals and not hints:
        yield fine(Name.BOOK, "the book can be used as it is")
