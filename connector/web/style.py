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
.wide td, .wide th:not(:nth-child(2)) { text-align: right; }
.wide td:nth-child(2) { text-align: left; white-space: nowrap; }
@media print { main { margin: 0; max-width: none; } }
"""

RECORD_SHEET = """
.tongue { text-align: right; margin: 0; }
.mark code { overflow-wrap: anywhere; color: var(--quiet); }
.three { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: 0 2rem; }
.three ul { padding-left: 1.1rem; } h3 { font-size: 1rem; margin-bottom: .3rem; }
form label { display: block; font-weight: 600; }
textarea { width: 100%; box-sizing: border-box; font: .9rem/1.5 ui-monospace, monospace; padding: .6rem;
  color: inherit; background: transparent; border: 1px solid var(--quiet); border-radius: 3px; }
button { font: inherit; margin-top: .6rem; padding: .4rem 1rem; color: inherit; background: transparent;
  border: 1px solid var(--ink); border-radius: 3px; cursor: pointer; }
:focus-visible { outline: 3px solid #4c8dff; outline-offset: 2px; }
.result { border-left: 3px solid var(--line); padding-left: 1.2rem; margin-top: 1.5rem; }
.result code, .catalogue td { overflow-wrap: anywhere; }
dt { font-weight: 600; margin-top: .8rem; } dd { margin-left: 0; color: var(--quiet); }
details { border-top: 1px solid var(--line); } summary { padding: .6rem 0; cursor: pointer; font-weight: 600; }
.catalogue { overflow-x: auto; margin: 1.5rem 0; font-size: .85rem; }
.catalogue table { min-width: 40rem; }
caption { text-align: left; font-weight: 600; padding: .4rem 0; font-size: 1rem; }
@media print {
  form, .tongue { display: none; } details::details-content { content-visibility: visible; height: auto; }
  .catalogue { overflow: visible; font-size: 7.5pt; } .catalogue table { min-width: 0; }
  tr { break-inside: avoid; } h2, caption { break-after: avoid; }
}
"""

VIEW_SHEET = """
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: .5rem; background: var(--paper); padding: .3rem; }
header { max-width: 60rem; margin: 1.5rem auto 0; padding: 0 1.5rem; gap: 1rem; }
header { display: flex; justify-content: space-between; }
header p { margin: 0; }
main { margin-top: 1.5rem; } main:focus { outline: none; }
a { color: var(--link); } :root { --link: #0b57d0; --soft: #f4f5f7; }
@media (prefers-color-scheme: dark) { :root { --link: #8ab4f8; --soft: #282e33; } }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.heard { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.lead, .elsewhere, .picture { color: var(--quiet); } .elsewhere, .picture { display: block; font-size: .9rem; }
h2 { border-bottom: 1px solid var(--line); padding-bottom: .3rem; }
h3 { font-size: 1.05rem; margin-top: 2rem; } h4, h5, h6 { font-size: 1rem; }
.page { overflow-wrap: anywhere; } .page p { margin: .5rem 0; }
.sheet { overflow-x: auto; margin: 1rem 0; }
.sheet table:has(tr > :nth-child(3)) { min-width: 32rem; } .sheet tr > :nth-child(2):last-child { width: 62%; }
.sheet tr > :nth-child(2) a { white-space: nowrap; } .sheet tr > :nth-child(2):last-child a { white-space: normal; }
.sheet th, .sheet td { border: 1px solid var(--line); overflow-wrap: normal; }
.sheet th { background: var(--soft); color: var(--ink); } .sheet p { margin: .15rem 0; }
.weeks { columns: 10rem auto; } code { overflow-wrap: anywhere; }
@media print {
  .skip, header, .away, .calendar { display: none; }
  :root { --ink: #000; --quiet: #444; --line: #999; --paper: #fff; --soft: #fff; --link: #000; color-scheme: light; }
  body { font-size: 10pt; } .sheet { overflow: visible; } .sheet table { min-width: 0; font-size: 9pt; }
  tr, img { break-inside: avoid; } h2, h3, h4 { break-after: avoid; } .page a { text-decoration: none; }
}
"""


def blueprint() -> Blueprint:
    """`/status.css` and `/view.css`."""
    styles = Blueprint("style", __name__)

    @styles.get("/status.css")
    def sheet() -> Response:
        """The sheet."""
        return Response(SHEET, mimetype="text/css", headers={"Cache-Control": "max-age=3600"})

    @styles.get("/view.css")
    def view() -> Response:
        """What the pages for people need beside it."""
        return Response(VIEW_SHEET, mimetype="text/css", headers={"Cache-Control": "max-age=3600"})

    return styles
