"""The two ways in which the imitation speaks."""

from enum import StrEnum


class Dialect(StrEnum):
    """Atlassian Cloud, or Data Center on a machine of one's own."""

    CLOUD = "cloud"
    DATACENTER = "datacenter"
