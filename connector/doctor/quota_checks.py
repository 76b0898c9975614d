"""What is left of the sites' quotas, as far as they say it."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from connector.doctor.checks import Check, Name, fine, question


class Left(Protocol):
    """The newest word of one product."""

    @property
    def product(self) -> str:
        """Its name."""

    @property
    def limit(self) -> int:
        """The whole."""

    @property
    def remaining(self) -> int:
        """What is left of it."""

    @property
    def near(self) -> bool:
        """Whether that is little."""


def quota_checks(known: Iterable[Left]) -> Iterator[Check]:
    """One look a product; nothing where a site does not say it."""
    for one in known:
        told = f"{one.remaining:,} of {one.limit:,} requests or points are left of the quota of {one.product}"
        if not one.near:
            yield fine(Name.QUOTA, told)
            continue
        yield question(
            Name.QUOTA,
            told,
            one.product,
            "beyond it the site answers nobody for a while, and we wait",
            "ask your administrator what else uses the quota",
            "leave it: what is missing is done by a later run",
        )
