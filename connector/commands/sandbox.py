"""`okr sandbox`: the imitation site alone."""

import click

from connector.sandbox.faults import UnreadableFault
from connector.sandbox.program import run

_UNKNOWN = "names a fault that is not known; write e.g. rate=0.02:503, 429=3, latency=100ms, or leave it out"


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8090, show_default=True)
@click.option(
    "--faults", default="", metavar="SPEC", help="Faults to begin with, like `rate=0.02:503` or `latency=100ms`."
)
@click.option("--dialect", type=click.Choice(["cloud", "datacenter"]), default="cloud", show_default=True)
@click.option(
    "--load",
    multiple=True,
    metavar="FILE",
    type=click.Path(exists=True),
    help="Recorded Jira answers to hold; may be given again.",
)
def sandbox(port: int, faults: str, load: tuple[str, ...], dialect: str) -> None:
    """Serve an imitation Jira and Confluence on loopback until Ctrl-C."""
    try:
        run(port, faults, load, dialect)
    except UnreadableFault:
        raise click.BadParameter(_UNKNOWN, param_hint="--faults") from None
