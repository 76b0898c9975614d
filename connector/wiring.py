"""The only place that knows every room: settings in, an engine out."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from connector.clock import WallClock
from connector.config import Settings
from connector.folder import MappingFolder
from connector.gateways.confluence_cloud import ConfluenceCloud
from connector.gateways.jira_cloud import JiraCloud
from connector.gateways.session import RequestTally
from connector.pages.render import Pages
from connector.ports import Clock
from connector.storage.store import Store
from connector.sync.engine import Engine


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a command works with."""

    engine: Engine
    store: Store
    folder: MappingFolder
    tally: RequestTally
    clock: Clock


@contextmanager
def house(settings: Settings, clock: Clock | None = None) -> Iterator[Parts]:
    """Everything put together for one command; connections are given back at its end."""
