"""The command line: which command stands where, and how an error leaves it."""

import gc
import importlib
import sys
from types import ModuleType

import click

from connector import __version__
from connector.commands.terminal import put
from connector.errors import Code, ConnectorError
from connector.log import HOUSE, places, tell_crashes

COMMANDS = {
    "backup": "connector.commands.store:backup",
    "checkin": "connector.commands.sync:checkin",
    "clock": "connector.commands.serve:clock",
    "demo": "connector.commands.demo:demo",
    "doctor": "connector.commands.doctor:doctor",
    "export": "connector.commands.departure:export",
    "init": "connector.commands.book:init",
    "leave": "connector.commands.departure:leave",
    "lint": "connector.commands.book:lint",
    "migrate": "connector.commands.store:migrate",
    "plan": "connector.commands.sync:plan",
    "planning": "connector.commands.sync:planning",
    "privacy": "connector.commands.privacy:privacy",
    "reading": "connector.commands.reading:reading",
    "review": "connector.commands.sync:review",
    "rings": "connector.commands.queue:rings",
    "runs": "connector.commands.queue:runs",
    "sandbox": "connector.commands.sandbox:sandbox",
    "schema": "connector.commands.book:schema",
    "serve": "connector.commands.serve:serve",
    "strip": "connector.commands.strip:strip",
    "sync": "connector.commands.sync:sync",
    "teams": "connector.commands.teams:teams",
    "webhooks": "connector.commands.webhooks:webhooks",
    "worker": "connector.commands.serve:worker",
}


class Commands(click.Group):
    """Finds a command in its module when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in the order of the alphabet."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or nothing."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command = getattr(_loaded(module), name)
        return command if isinstance(command, click.Command) else None


def _loaded(module: str) -> ModuleType:
    """The module; what is imported stays, so no collection need look at it, neither now nor later."""
    if module in sys.modules:
        return sys.modules[module]
    gc.disable()
    try:
        return importlib.import_module(module)
    finally:
        gc.freeze()
        gc.enable()


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="okr")
def okr() -> None:
    """Keeps team OKRs in step with Jira and Confluence, without their control logic."""


def main() -> None:
    """Exit 0 ok, 1 failed, 2 usage, 3 differs or partly failed; an error is one message, never a traceback."""
    tell_crashes(sys.stderr)
    try:
        okr.main(prog_name="okr", standalone_mode=False)
    except click.exceptions.Exit as ending:
        sys.exit(ending.exit_code)
    except click.Abort:
        click.echo("Interrupted; the next run goes on.", err=True)
        sys.exit(1)
    except click.ClickException as wrong:
        wrong.show()
        sys.exit(wrong.exit_code)
    except ConnectorError as error:
        put([f"{error.code.value}: {error}"], err=True)
        sys.exit(1)
    except Exception as fault:
        put([_unforeseen(fault)], err=True)
        sys.exit(1)


def _unforeseen(fault: Exception) -> str:
    """A fault of our own: its type and the places it came through, since its text may quote what came in."""
    ours = [place for place in places(fault) if place.partition(".")[0] in HOUSE]
    return (
        f"{Code.NOT_FORESEEN.value}: okr-connector has met something it does not know ({type(fault).__qualname__}"
        f" in {' < '.join(reversed(ours)) or 'a library'}). Possible: run the command again · report this line"
        " with the output of `okr --version`."
    )
