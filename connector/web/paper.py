"""A paper as a web page of its own: one file, no script, printable, nothing to load."""

from jinja2 import Environment, PackageLoader, StrictUndefined

from connector.pages.paper import Paper
from connector.web.style import RECORD_SHEET, SHEET


def paper_page(paper: Paper, number: str, digest: str) -> str:
    """The whole page as HTML, with its style inside."""
    drawing = Environment(
        loader=PackageLoader("connector.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    sheet = SHEET + RECORD_SHEET
    drawn = drawing.get_template("paper.html").render(paper=paper, number=number, digest=digest, sheet=sheet)
    return f"{drawn}\n"
