"""`okr demo`: an imitation Jira and Confluence, the example organisation, and its last weeks."""

import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import click

from connector.commands.printing import put_json, report_json
from connector.demo.play import LONGEST, Stage, Summary, play, stage

PAUSE = 5.0  # seconds between two looks at what people changed in the browser


@click.command()
@click.option("--once", is_flag=True, help="End after the story and print a summary.")
@click.option("--weeks", type=click.IntRange(1, LONGEST), default=LONGEST, show_default=True, help="Weeks to play.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="Port of the imitation site; default: a free one."
)
@click.option("--keep", type=click.Path(path_type=Path), help="Keep the database in DIR.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
def demo(once: bool, weeks: int, port: int, keep: Path | None, as_json: bool) -> None:
    """Show a whole OKR rhythm in the browser, on a site that is not there."""
    with ExitStack() as stack:
        folder = keep or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="okr-demo-")))
        folder.mkdir(parents=True, exist_ok=True)
        on = stack.enter_context(stage(port, folder, weeks))
        summary = play(on, weeks)
        if as_json:
            put_json(_summary_json(summary))
        else:
            click.echo("\n".join(_summary_lines(summary)))
        if not once:
            _stay(on)
        if summary.first.partly or summary.second.partly:
            sys.exit(1)


def _stay(on: Stage) -> None:
    """Until Ctrl-C: what people change in the browser is seen, and the pages follow."""
    click.echo("\nChange something in the browser; the pages follow within seconds. Ctrl-C ends the demo.", err=True)
    try:
        while True:
            time.sleep(PAUSE)
            report = on.sync()
            if report.requests.writes:
                click.echo(f"in step again: {report.requests.writes} writes", err=True)
    except KeyboardInterrupt:
        click.echo("The imitation site is gone; nothing was written anywhere else.", err=True)


def _summary_json(summary: Summary) -> dict[str, object]:
    return {
        "jira": summary.jira,
        "confluence": summary.confluence,
        "web": None,
        "pages": [{"title": page.title, "url": page.url} for page in summary.pages],
        "first_sync": report_json(summary.first),
        "second_sync": report_json(summary.second),
    }


def _summary_lines(summary: Summary) -> list[str]:
    first, second = summary.first.requests, summary.second.requests
    return [
        f"Jira         {summary.jira}",
        f"Confluence   {summary.confluence}",
        *(f"  {page.title}\n    {page.url}" for page in summary.pages),
        f"first sync   {first.reads} read, {first.writes} written",
        f"second sync  {second.reads} read, {second.writes} written",
    ]
