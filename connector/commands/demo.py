"""`okr demo`: an imitation Jira and Confluence, the example organisation, and its last weeks."""

import sys
import tempfile
import threading
from contextlib import ExitStack
from pathlib import Path

import click

from connector.commands.printing import report_json
from connector.commands.terminal import put, put_json
from connector.demo.live import Change, Live, close_an_epic, living, page_of_the_week
from connector.demo.play import LONGEST, Stage, Summary, play, stage
from connector.demo.written_play import play_written, written_stage
from connector.demo.written_story import LONGEST as LONGEST_WRITTEN


@click.command()
@click.option("--once", is_flag=True, help="End after the story and print a summary.")
@click.option(
    "--weeks",
    type=click.IntRange(1, LONGEST_WRITTEN),
    default=LONGEST,
    show_default=True,
    help=f"Weeks to play; more than {LONGEST}: two teams that write in Confluence alone, from their planning on.",
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="Port of the imitation site; default: a free one."
)
@click.option("--keep", metavar="DIR", type=click.Path(path_type=Path), help="Keep the database in DIR.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
def demo(once: bool, weeks: int, port: int, keep: Path | None, as_json: bool) -> None:
    """Show a whole OKR rhythm in the browser, on a site that is not there."""
    with ExitStack() as stack:
        folder = keep or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="okr-demo-")))
        folder.mkdir(parents=True, exist_ok=True)
        on, summary = _played(stack, port, folder, weeks)
        live = stack.enter_context(living(on))
        change = close_an_epic(on, live)
        if as_json:
            put_json(_summary_json(summary, live, change))
        else:
            put(_summary_lines(summary, live, change))
        if not once:
            _stay()
        stuck = change is None and page_of_the_week(on) is not None
        if summary.first.partly or summary.second.partly or stuck:
            sys.exit(1)


def _played(stack: ExitStack, port: int, folder: Path, weeks: int) -> tuple[Stage, Summary]:
    """The stage at the end of the story, and what there is to see."""
    if weeks > LONGEST:
        return play_written(stack.enter_context(written_stage(port, folder)), weeks)
    on = stack.enter_context(stage(port, folder, weeks))
    return on, play(on, weeks)


def _stay() -> None:
    """Until Ctrl-C: what people change in the browser rings, and the pages follow."""
    click.echo("\nChange something in the browser; the pages follow by themselves. Ctrl-C ends the demo.", err=True)
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        click.echo("The imitation site is gone; nothing was written anywhere else.", err=True)


def _summary_json(summary: Summary, live: Live, change: Change | None) -> dict[str, object]:
    return {
        "jira": summary.jira,
        "confluence": summary.confluence,
        "web": live.web,
        "pages": [{"title": page.title, "url": page.url} for page in summary.pages],
        "first_sync": report_json(summary.first),
        "second_sync": report_json(summary.second),
        "live": _change_json(change) if change else None,
    }


def _summary_lines(summary: Summary, live: Live, change: Change | None) -> list[str]:
    first, second = summary.first.requests, summary.second.requests
    return [
        f"Jira         {summary.jira}",
        f"Confluence   {summary.confluence}",
        *(line for page in summary.pages for line in (f"  {page.title}", f"    {page.url}")),
        f"first sync   {first.reads} read, {first.writes} written",
        f"second sync  {second.reads} read, {second.writes} written",
        _change_line(change),
        f"Web          {live.web}/status   (any name, password {live.token})",
    ]


def _change_json(change: Change) -> dict[str, object]:
    return {"epic": change.epic, "page": change.page, "requests": {"read": change.reads, "write": change.writes}}


def _change_line(change: Change | None) -> str:
    if change is None:
        return "no epic was closed whose page followed; in a quiet week there is none"
    return f"{change.epic} closed  its page followed by itself: {change.reads} read, {change.writes} written"
