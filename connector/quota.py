"""What a site says is left of its quota; numbers only."""

from dataclasses import dataclass
from typing import Final

LEFT: Final = "{remaining} of {limit} requests or points are left of the quota of {product}"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaLeft:
    """The newest word of one product."""

    product: str
    limit: int
    remaining: int

    @property
    def near(self) -> bool:
        """Less than a fifth is left, where Atlassian says so itself."""
        return self.remaining * 5 < self.limit

    @property
    def told(self) -> str:
        """In words; of what it is so many, a site does not say."""
        return LEFT.format(remaining=f"{self.remaining:,}", limit=f"{self.limit:,}", product=self.product)
