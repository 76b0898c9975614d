"""What is left of the sites' quotas, as far as they say it."""

from collections.abc import Iterable, Iterator

from connector.doctor.checks import Check, Name, fine, question
from connector.quota import QuotaLeft


def quota_checks(known: Iterable[QuotaLeft]) -> Iterator[Check]:
    """One look a product; nothing where a site does not say it."""
    for one in known:
        if not one.near:
            yield fine(Name.QUOTA, one.told)
            continue
        yield question(
            Name.QUOTA,
            one.told,
            one.product,
            "beyond it the site answers nobody for a while, and we wait",
            "ask your administrator what else uses the quota",
            "leave it: what is missing is done by a later run",
        )
