from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from connector.storage.engine import engine_of
from connector.storage.store import Store
from tests.databases import database_url, postgresql_server, postgresql_url, prepare, sqlite_url

__all__ = ["database_url", "postgresql_server", "postgresql_url", "sqlite_url"]


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """A migrated database."""
    prepare(database_url)
    engine = engine_of(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def store(engine: Engine) -> Store:
    """The memory on a migrated database."""
    return Store(engine)
