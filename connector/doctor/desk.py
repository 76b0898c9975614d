"""What can be looked at without any site: settings, the account they name, the book."""

from collections.abc import Iterator

from connector.config import Settings
from connector.doctor.checks import Check, Name, failing, fine, question, refused
from connector.errors import ConnectorError
from connector.setting_values import Product
from mappings.book import BookReading

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
