"""The command line: `evenhand`. Errors are one plain line on stderr; a traceback only when asked for by --debug."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from io import TextIOWrapper

import click

from evenhand.casework.storytext import BadScenario
from evenhand.cli.administrator import administrator
from evenhand.cli.demo import demo
from evenhand.cli.docs import docs
from evenhand.cli.policy import policy
from evenhand.cli.record import check, checkpoint, rebuild, verify
from evenhand.cli.remind import remind
from evenhand.cli.replay import replay
from evenhand.cli.serve import serve, work
from evenhand.cli.steps import steps
from evenhand.policy.faults import BadPolicy
from evenhand.policy.parsing import UnknownEdition

WRONG_USE = 2
UNREADABLE = (BadScenario, BadPolicy, UnknownEdition)


@click.group()
@click.option("--debug", is_flag=True, help="Show where in the code an error arose.")
@click.version_option(package_name="evenhand")
def evenhand(debug: bool) -> None:
    """Runs a social landlord's policy on unacceptable customer conduct, fairly."""


COMMANDS = (replay, steps, policy, check, verify, checkpoint, rebuild, docs, demo, administrator, serve, work, remind)
for command in COMMANDS:
    evenhand.add_command(command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs one command and leaves with its exit code: 0 done, 1 not as expected or in doubt, 2 wrong use."""
    # A name or a word that the terminal cannot show is shown by its number; stderr does so of itself.
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: Sequence[str]) -> int:
    """Runs one command; answers with its exit code and never with a traceback, unless --debug asks for one."""
    try:
        return evenhand.main(list(arguments), prog_name="evenhand", standalone_mode=False) or 0
    except click.UsageError as error:
        hint = f" Try '{error.ctx.command_path} --help'." if error.ctx else ""
        return _told(f"{error.format_message()}{hint}")
    except click.ClickException as error:
        return _told(error.format_message())
    except UNREADABLE as error:
        return _told(str(error))
    except click.Abort:
        return _told("Stopped.")
    except Exception as error:
        if "--debug" in arguments:
            raise
        says = " ".join(str(error).split()) or "nothing more is known"
        return _told(f"{type(error).__name__}: {says}. Run 'evenhand --debug ...' to see where this arose.")


def _told(says: str) -> int:
    for line in says.splitlines():
        click.echo(f"evenhand: {line}", err=True)
    return WRONG_USE
