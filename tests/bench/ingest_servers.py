"""What granian loads for the ingest bench: our application on a database of the bench's choice, and a bare route.

`OKR_BENCH_SYNCHRONOUS` is known to this file only: the product always keeps every commit on the disk.
"""

import os
from pathlib import Path

from flask import Flask, request
from sqlalchemy import event

from connector.app import BOOK_REST, WebParts, create_app
from connector.clock import WallClock
from connector.folder import MappingFolder
from connector.living_book import LivingBook
from connector.storage.engine import engine_of
from connector.storage.schema import at_head, migrate
from connector.storage.store import Store
from webhooks.signatures import secrets_of


def door() -> Flask:
    """Our application as `connector.app` makes it, with the bench's word on how durable a commit is."""
    engine = engine_of(os.environ["DATABASE_URL"])
    migrate(engine)
    engine.dispose()
    synchronous = os.environ["OKR_BENCH_SYNCHRONOUS"]

    def prepare(connection: object, _record: object) -> None:
        connection.execute(f"PRAGMA synchronous={synchronous}")  # type: ignore[attr-defined]  # the driver's own

    event.listen(engine, "connect", prepare)
    store = Store(engine)
    group = store.group_commit()
    group.start()
    return create_app(
        WebParts(
            store=store,
            group=group,
            book=LivingBook(MappingFolder(Path(os.environ["OKR_MAPPINGS"])), rest=BOOK_REST),
            clock=WallClock(),
            secrets=secrets_of(os.environ["OKR_WEBHOOK_SECRETS"]),
            ui_token=None,
            migrated=lambda: at_head(engine),
        )
    )


def bare() -> Flask:
    """A route that reads the body and does nothing."""
    app = Flask("bare")

    @app.post("/webhooks/jira")
    def take() -> tuple[str, int]:
        request.get_data(cache=False)
        return "", 204

    return app
