"""The command ``signaal``: a thin face on the flows and the store.

Exit codes: 0 done, 1 something waits for a person, 2 usage or configuration, 3 failed.
"""

import os
from pathlib import Path
from typing import Annotated

import typer
from typer.core import TyperGroup

from signaal.flows.exits import Exit
from signaal.flows.key_cli import key
from signaal.schemas.errors import ConfigurationError, SignaalError

PRIVATE_UMASK = 0o077


class Border(TyperGroup):
    """The last border: an error becomes one line on what, where and what to do, and an exit code."""

    def invoke(self, ctx: typer.Context) -> object:  # type: ignore[override]
        """Runs the command that was asked for."""
        try:
            return super().invoke(ctx)
        except SignaalError as error:
            safe = error
        except (typer.Exit, typer.Abort):
            raise
        except Exception as error:
            if "click" in type(error).__module__:
                raise  # wrong usage, which typer explains itself
            from signaal.flows.guard import safe_error

            safe = safe_error(error)
        typer.echo(f"signaal: {safe.message}", err=True)
        raise typer.Exit(Exit.USAGE if isinstance(safe, ConfigurationError) else Exit.FAILED)


app = typer.Typer(
    name="signaal",
    cls=Border,
    help="From raw Dutch field data to a research store, with the personal data taken out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(key)
Workspace = Annotated[
    Path | None, typer.Option(help="Workspace; else SIGNAAL_WORKSPACE, else ./workspace.", show_default=False)
]


@app.callback()
def options(
    debug: Annotated[bool, typer.Option("--debug", help="Show where in the program an error arose.")] = False,
) -> None:
    """Options of every command."""
    os.umask(PRIVATE_UMASK)
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
    typer.echo(f"new workspace in {folder}; put files in {settings.path(settings.inbox)}")
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
    source: Annotated[Path | None, typer.Argument(metavar="IN.jsonl", show_default=False)] = None,
    target: Annotated[Path | None, typer.Argument(metavar="OUT.jsonl", show_default=False)] = None,
    text: Annotated[
        str | None,
        typer.Option(
            "--explain",
            metavar="TEXT",
            help="Instead: show one text with its findings and why they are that. TEXT is the text, a .txt "
            "file, or - for standard input (what is typed as an argument stays in the shell's history). "
            "The raw text is printed to this terminal only: to no log, no file and not to Prefect.",
            show_default=False,
        ),
    ] = None,
    workspace: Workspace = None,
) -> None:
    """Detect and replace personal data in lines of {"id", "text"}, or explain it in one text."""
    from signaal.flows import commands

    if text is not None:
        if source is not None:
            raise typer.BadParameter(
                "give either --explain or IN.jsonl and OUT.jsonl", param_hint="--explain"
            )
        raise typer.Exit(commands.explain(workspace, text))
    if source is None or target is None:
        raise typer.BadParameter("both are needed, or --explain TEXT", param_hint="IN.jsonl OUT.jsonl")
    raise typer.Exit(commands.detect(workspace, source, target))


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
    """Runs the command."""
    app()
