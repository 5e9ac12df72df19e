"""The `plenary` command: a thin map of names to modules in `dashboards/commands/`."""

from __future__ import annotations

import functools
import importlib
import sys
from collections.abc import Callable
from typing import Any

import typer

from dashboards.house import complaint

COMMANDS = (
    *("list", "show", "text", "new", "check", "run", "compare", "mechanisms", "drafting", "explain"),
    *("sweep", "fairness", "rules", "robustness", "paths", "spread", "tipping", "brackets"),
    *("coalitions", "leverage", "autopsy", "forecast", "classroom", "dashboard", "validate", "backtest"),
    *("calibrate", "order", "recovery", "ensemble", "sensitivity"),
    *("schema", "export", "import", "report", "replay", "bench"),
)
DONE, FAILED, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130


def guarded(command: Callable[..., None]) -> Callable[..., None]:
    """Wrap a command so that whatever goes wrong ends in one clear message and the right exit code."""

    @functools.wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        if problem := complaint():
            stop(problem, FAILED)
        try:
            command(*args, **kwargs)
        except BrokenPipeError:
            sys.stdout = None  # the reader left; nothing more can be flushed
        except KeyboardInterrupt:
            stop("Stopped.", INTERRUPTED)
        except Exception as error:
            if known := in_plain_words(error):
                stop(*known)
            raise

    return run


def in_plain_words(error: Exception) -> tuple[str, int] | None:
    """Message and exit code for what people can mend themselves; none for what is a mistake of ours."""
    from agents.registry import UnknownEntry
    from dashboards.printing import NoBrowser
    from scenarios import ScenarioError
    from simulation.results import RunError

    if isinstance(error, ScenarioError | RunError | UnknownEntry | NoBrowser):
        return str(error), BAD_INPUT
    if isinstance(error, OSError):
        return f"{error.filename or 'A file'}: {error.strerror or error}", FAILED
    return None


def stop(message: str, code: int) -> None:
    """Print `message` on standard error and end the program with exit code `code`."""
    print(message, file=sys.stderr)
    raise typer.Exit(code)


def build() -> typer.Typer:
    """The application with every command of `COMMANDS`, in that order."""
    app = typer.Typer(
        name="plenary",
        help="Simulate a multilateral negotiation: who comes on board, when, because of whom.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    app.callback()(root)
    for name in COMMANDS:
        module = importlib.import_module(f"dashboards.commands.{name}")
        app.command(name)(guarded(module.command))
    return app


def root(
    version: bool = typer.Option(False, "--version", help="Print the version and stop.", is_eager=True),
) -> None:
    """Simulate a multilateral negotiation: who comes on board, when, because of whom.

    Start with `plenary run launch-2020`. Exit codes: 0 done, 1 failed, 2 bad input.
    """
    if version:
        from importlib.metadata import version as installed

        print(f"plenary {installed('plenary')}")
        raise typer.Exit(DONE)


def main() -> None:
    """Run the command line and leave with its exit code."""
    build()()


if __name__ == "__main__":
    main()
