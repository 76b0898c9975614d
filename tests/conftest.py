"""The databases of every room's tests, and how often memory is looked through while they run."""

import gc

from tests.databases import database_url, postgresql_server, postgresql_url, sqlite_url

__all__ = ["database_url", "postgresql_server", "postgresql_url", "sqlite_url"]


def pytest_collection_finish() -> None:
    """What was collected stays, and a test makes a site of 50,000 objects at once.

    Looked through after every 700 of them, as Python does, memory took a quarter of the suite's time.
    """
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
