"""Chromium and axe look at the pages: nothing serious in light or dark, and on paper everything is there."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from connector.app import create_app
from tests.web.browser import DARK, LIGHT, MISSING, findings, picture, printed, served
from tests.web.standing import Standing, standing

pytestmark = pytest.mark.skipif(bool(MISSING), reason=MISSING)
PAGES = (
    "/",
    "/teams/onboarding",
    "/teams/metering",
    "/teams/metering/this-week",
    "/handbook",
    "/handbook/coach",
    "/privacy",
    "/status",
)


@pytest.fixture(scope="module")
def on(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    with standing(tmp_path_factory.mktemp("browser")) as built:
        yield built


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_axe_finds_nothing_serious(on: Standing, scheme: str, tmp_path: Path) -> None:
    app = create_app(replace(on.parts, wiki=""))  # without a way out, the week's address says its words here
    with served(app, PAGES) as address:
        pages, found = findings(address, scheme, tmp_path)
    assert set(pages) == set(PAGES)
    assert {page["dark"] for page in pages.values()} == {scheme == DARK}
    assert min(page["passes"] for page in pages.values()) > 5
    assert [one for one in found if one.impact in ("serious", "critical")] == []


def test_axe_would_find_something(tmp_path: Path, on: Standing) -> None:
    app = create_app(on.parts)
    app.view_functions["teams.organisation"] = lambda: (
        "<html><body><main><img src='x'><p style='color:#ccc'>Einige blasse Worte</p></main>"
    )
    with served(app, ["/"]) as address:
        _, found = findings(address, LIGHT, tmp_path)
    assert {"image-alt", "html-has-lang", "color-contrast"} <= {one.rule for one in found}


def test_it_can_be_looked_at_and_printed(on: Standing, tmp_path: Path) -> None:
    with served(create_app(on.parts), PAGES) as address:
        seen = picture(f"{address}/teams/onboarding", LIGHT, tmp_path, "team")
        paper = printed(f"{address}/teams/onboarding", tmp_path, "team")
    assert seen.stat().st_size > 20_000
    assert paper.read_bytes().startswith(b"%PDF")
