"""A real browser before the pages: what axe says of them, and how they look."""

import html
import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import axe_core_python
from flask import Flask

from connector.sandbox.server import listening
from tests.web.standing import TOKEN

CHROMIUM = shutil.which("chromium")
MISSING = "" if CHROMIUM else "there is no chromium on this machine"
AXE = Path(axe_core_python.__path__[0]) / "axe.min.js"
LIGHT, DARK = "1", "0"  # as Blink counts
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--hide-scrollbars",
    "--disable-extensions",
    "--disable-background-networking",
)
_HARNESS = """<!doctype html><html lang="en"><title>x</title><pre id="out"></pre><script src="/axe.js"></script><script>
const pages = PAGES, found = {};
async function look(page) {
  const frame = document.createElement("iframe");
  frame.width = 1200; frame.height = 900; frame.src = page;
  await new Promise(done => { frame.onload = done; document.body.append(frame); });
  const inside = frame.contentWindow, script = frame.contentDocument.createElement("script");
  script.textContent = AXE_SOURCE; frame.contentDocument.head.append(script);
  const result = await inside.axe.run(frame.contentDocument, {resultTypes: ["violations"]});
  found[page] = {title: frame.contentDocument.title, dark: inside.matchMedia("(prefers-color-scheme: dark)").matches,
    passes: result.passes.length,
    violations: result.violations.map(v => ({id: v.id, impact: v.impact, at: v.nodes.map(n => n.html).slice(0, 3)}))};
  frame.remove();
}
const AXE_SOURCE = window.AXE_TEXT;
(async () => { for (const page of pages) await look(page);
  document.getElementById("out").textContent = JSON.stringify(found); })();
</script></html>"""

Wsgi = Callable[..., Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something axe objects to."""

    page: str
    rule: str
    impact: str
    at: tuple[str, ...]


@contextmanager
def served(app: Flask, pages: Sequence[str]) -> Iterator[str]:
    """The app for somebody who shows the token; `/look` walks through the pages with axe, without their policy."""
    inner: Wsgi = app.wsgi_app

    def outer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        environ["HTTP_AUTHORIZATION"] = f"Bearer {TOKEN}"
        path = environ["PATH_INFO"]
        if path == "/axe.js":
            source = json.dumps(AXE.read_text("utf-8")).replace("</", "<\\/")
            start("200 OK", [("Content-Type", "text/javascript; charset=utf-8")])
            return [f"window.AXE_TEXT = {source};".encode()]
        if path == "/look":
            start("200 OK", [("Content-Type", "text/html; charset=utf-8")])
            return [_HARNESS.replace("PAGES", json.dumps(list(pages))).encode()]

        def framed(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            return start(status, [pair for pair in headers if pair[0] != "Content-Security-Policy"], *rest)

        return inner(environ, framed)

    app.wsgi_app = outer  # type: ignore[method-assign]  # as Flask's documentation puts middleware in
    with listening(app) as address:
        yield address


def findings(address: str, scheme: str, folder: Path) -> tuple[dict[str, Any], list[Finding]]:
    """What axe says of every page in that colour scheme."""
    dom = _run(folder, scheme, "--virtual-time-budget=120000", "--dump-dom", f"{address}/look")
    told = re.search(r'<pre id="out">(.+?)</pre>', dom, re.DOTALL)
    assert told is not None, dom[-2000:]
    pages = json.loads(html.unescape(told[1]))
    found = [
        Finding(page, one["id"], one["impact"] or "", tuple(one["at"]))
        for page, result in pages.items()
        for one in result["violations"]
    ]
    return pages, found


def picture(url: str, scheme: str, folder: Path, name: str, size: str = "1200,1600") -> Path:
    """A screenshot."""
    path = folder / f"{name}.png"
    _run(folder, scheme, f"--window-size={size}", f"--screenshot={path}", url)
    return path


def printed(url: str, folder: Path, name: str) -> Path:
    """As a printer would have it."""
    path = folder / f"{name}.pdf"
    _run(folder, LIGHT, "--no-pdf-header-footer", f"--print-to-pdf={path}", url)
    return path


def _run(folder: Path, scheme: str, *arguments: str) -> str:
    settings = f"--blink-settings=preferredColorScheme={scheme}"
    command = [CHROMIUM or "", *_FLAGS, settings, f"--user-data-dir={folder / 'profile'}", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=100)
    return done.stdout
