"""The one style sheet of the pages for people: quiet, generous, light and dark, printable."""

from flask import Blueprint, Response

SHEET = """
:root { color-scheme: light dark; --ink: #1d2125; --quiet: #5e6773; --line: #dcdfe4; --paper: #fff; }
@media (prefers-color-scheme: dark) { :root { --ink: #dee4ea; --quiet: #9fadbc; --line: #3b444c; --paper: #1d2125; } }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.6 system-ui, sans-serif; }
main { max-width: 60rem; margin: 3rem auto; padding: 0 1.5rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.15rem; margin-top: 2.5rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .45rem .8rem; border-bottom: 1px solid var(--line); vertical-align: top; }
th { color: var(--quiet); font-weight: 600; }
code { font-size: .9em; }
.wide { overflow-x: auto; }
.wide td, .wide th:not(:nth-child(2)) { text-align: right; } .wide td:nth-child(2) { text-align: left; white-space: nowrap; }
@media print { main { margin: 0; max-width: none; } }
"""


def blueprint() -> Blueprint:
    """`/status.css`."""
    styles = Blueprint("style", __name__)

    @styles.get("/status.css")
    def sheet() -> Response:
        """The sheet."""
        return Response(SHEET, mimetype="text/css", headers={"Cache-Control": "max-age=3600"})

    return styles
