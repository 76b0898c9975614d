"""The web process before an imitation site on which the example's pages stand."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from flask.testing import FlaskClient

from connector.app import WebParts, create_app
from connector.clock import WallClock
from connector.folder import MappingFolder
from connector.living_book import LivingBook
from connector.storage.store import Store
from tests.flow.stand import Scene, scene
from webhooks.signatures import secrets_of

TOKEN = "for-people"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
DOOR = "https://okr.example"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A scene and what the web process is made of."""

    scene: Scene
    parts: WebParts

    def client(self, **changed: object) -> FlaskClient:
        """A fresh process: it remembers nothing."""
        return create_app(replace(self.parts, **changed)).test_client()  # type: ignore[arg-type]  # tests name parts

    def look(self, path: str, **changed: object) -> str:
        """What somebody sees who shows the token."""
        answer = self.client(**changed).get(path, headers=BEARER)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.text


@contextmanager
def standing(folder: Path) -> Iterator[Standing]:
    """After the first sync: planning pages, check-ins of week 48, the strategy page."""
    url = f"sqlite:///{folder / 'okr.db'}"
    with scene(url, folder) as on:
        on.sync()
        with on.engine() as engine, Store.open(url) as store, store.group_commit() as group:
            yield Standing(
                scene=on,
                parts=WebParts(
                    store=store,
                    group=group,
                    book=LivingBook(MappingFolder(on.book_folder), sleep=lambda seconds: None),
                    clock=WallClock(on.site.clock.now),
                    secrets=secrets_of("jira=a"),
                    ui_token=TOKEN,
                    migrated=lambda: True,
                    confluence=engine.confluence,
                    wiki=f"{on.address}/wiki",
                    door=DOOR,
                ),
            )
