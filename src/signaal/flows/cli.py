"""The command ``signaal``: a thin face on the flows and the store.

Exit codes: 0 done, 1 something waits for a person, 2 usage or configuration, 3 failed.
"""

import os
import sys
from pathlib import Path
from typing import Annotated

import click
import typer

from signaal.flows.exits import Exit
from signaal.schemas.errors import ConfigurationError, SignaalError

app = typer.Typer(
    name="signaal",
    help="From raw Dutch field data to a research store, with the personal data taken out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
Workspace = Annotated[
    Path | None, typer.Option(help="Workspace; else SIGNAAL_WORKSPACE, else ./workspace.", show_default=False)
]


@app.callback()
def options(
    debug: Annotated[bool, typer.Option("--debug", help="Show where in the program an error arose.")] = False,
) -> None:
    """Options of every command."""
    if debug:
        os.environ["SIGNAAL_DEBUG"] = "1"


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The new workspace.")],
    sources: Annotated[Path | None, typer.Option(help="Folder of declarations to start with.")] = None,
) -> None:
    """Make a workspace: settings, a new key, an inbox, a folder for declarations."""
    from signaal.flows.workspace import create_workspace

    settings = create_workspace(folder, sources)
    typer.echo(f"workspace {folder} is ready; put files in {settings.path(settings.inbox)}")
    typer.echo(f"keep a copy of {settings.path(settings.key_file)} in a safe place: it cannot be made again")


@app.command()
def ingest(
    paths: Annotated[list[Path] | None, typer.Argument(metavar="[PATH]...", help="Else the inbox.")] = None,
    workspace: Workspace = None,
) -> None:
    """Take files in: strip personal data, validate, load, report."""
    from signaal.flows.commands import ingest as command

    raise typer.Exit(command(workspace, paths or []))


@app.command()
def propose(file: Annotated[str, typer.Argument(metavar="FILE")], workspace: Workspace = None) -> None:
    """Print a declaration for a file, to be corrected and saved in sources/.

    FILE is a path, or the id by which a report calls a file in the inbox.
    """
    from signaal.flows.commands import propose as command

    typer.echo(command(workspace, file), nl=False)


@app.command()
def detect(
    source: Annotated[Path, typer.Argument(metavar="IN.jsonl")],
    target: Annotated[Path, typer.Argument(metavar="OUT.jsonl")],
    workspace: Workspace = None,
) -> None:
    """Detect and replace personal data in lines of {"id", "text"}."""
    from signaal.flows.commands import detect as command

    raise typer.Exit(command(workspace, source, target))


@app.command()
def status(workspace: Workspace = None) -> None:
    """Show the last runs, what the store holds, and which file has which id."""
    from signaal.flows.commands import status as command

    command(workspace)


@app.command()
def report(
    workspace: Workspace = None,
    open_page: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """Show where the last report is."""
    from signaal.flows.commands import report as command

    page = command(workspace)
    typer.echo(page)
    if open_page:
        typer.launch(str(page))


@app.command()
def export(
    to: Annotated[Path | None, typer.Option(help="Folder; else the workspace's exports/.")] = None,
    formats: Annotated[
        list[str] | None, typer.Option("--format", help="csv or parquet; may be repeated.")
    ] = None,
    workspace: Workspace = None,
) -> None:
    """Write the published tables and their codebook to files."""
    from signaal.flows.commands import export as command

    for path in command(workspace, to, formats or ["csv", "parquet"]):
        typer.echo(path)


def main() -> None:
    """Runs the command; an error is one line on what, where and what to do."""
    try:
        code = app(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = Exit.USAGE
    except click.Abort:
        code = Exit.FAILED
    except SignaalError as error:
        _explain(error)
        code = Exit.USAGE if isinstance(error, ConfigurationError) else Exit.FAILED
    except Exception as error:
        from signaal.flows.guard import safe_error

        _explain(safe_error(error))
        code = Exit.FAILED
    sys.exit(code or Exit.DONE)


def _explain(error: SignaalError) -> None:
    typer.echo(f"signaal: {error.message}", err=True)
    if os.environ.get("SIGNAAL_DEBUG"):
        from signaal.flows.guard import show_frames

        show_frames(error)
