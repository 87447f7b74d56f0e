"""The command ``signaal key``: a thin face on ``key_commands``."""

import os
from pathlib import Path
from typing import Annotated

import typer

FROM_SCRIPT = "SIGNAAL_PASSPHRASE"

key = typer.Typer(
    name="key",
    help="The project's key: make, rotate, export, import, destroy. It is never shown.",
    no_args_is_help=True,
)
Workspace = Annotated[
    Path | None, typer.Option(help="Workspace; else SIGNAAL_WORKSPACE, else ./workspace.", show_default=False)
]
Copy = Annotated[Path, typer.Argument(metavar="FILE", help="The copy, closed with a passphrase.")]


@key.command()
def make(workspace: Workspace = None) -> None:
    """Make a key in a workspace without one; `signaal init` has done so already."""
    from signaal.flows.key_commands import make as command

    key_id = command(workspace)
    typer.echo(f"new key {key_id}; give a second holder a copy: `signaal key export FILE`")


@key.command()
def rotate(workspace: Workspace = None) -> None:
    """Lay a new key over the old one, and re-key every id and pseudonym in the store, at once."""
    from signaal.flows.key_commands import rotate as command

    before, after = command(workspace)
    typer.echo(f"the store was re-keyed: from key {before} to key {after}")
    typer.echo(
        "not changed: exports and reports that were made before, and copies of the store and of the key. "
        "Make them again, and take the old ones back where you can."
    )


@key.command()
def export(file: Copy, workspace: Workspace = None) -> None:
    """Write a copy of the key for a second holder, closed with a passphrase.

    The passphrase is asked for, or taken from SIGNAAL_PASSPHRASE.
    """
    from signaal.flows.key_commands import export as command

    key_id = command(workspace, file, _passphrase(twice=True))
    typer.echo(f"copy of key {key_id} in {file}; give the passphrase by another way than the file")


@key.command(name="import")
def put_back(file: Copy, workspace: Workspace = None) -> None:
    """Put the key of a copy in a workspace that has none."""
    from signaal.flows.key_commands import put_back as command

    typer.echo(f"key {command(workspace, file, _passphrase(twice=False))} is back")


@key.command()
def destroy(
    yes: Annotated[
        str | None, typer.Option("--yes", metavar="KEYID", help="The key's id, instead of typing it.")
    ] = None,
    workspace: Workspace = None,
) -> None:
    """Destroy the key: nobody can be recognised again by the pseudonyms in the store, for good."""
    from signaal.flows.key_commands import destroy as command
    from signaal.flows.key_commands import key_id_of

    meant = yes if yes is not None else _typed(key_id_of(workspace))
    typer.echo(f"key {command(workspace, meant)} was destroyed")
    typer.echo(
        "destroy its copies as well: backups, and what `signaal key export` wrote. On disks that keep old "
        "versions (snapshots, SSDs) it is only gone for sure where the disk itself is encrypted."
    )


def _typed(key_id: str) -> str:
    """What a person types to be sure."""
    typer.echo(f"This destroys key {key_id}. The store stays, and can never be added to again.", err=True)
    answer: str = typer.prompt("Type the id of the key", default="", show_default=False, err=True)
    return answer.strip()


def _passphrase(twice: bool) -> str:
    from_script = os.environ.get(FROM_SCRIPT)
    if from_script is not None:
        return from_script
    asked: str = typer.prompt("Passphrase", hide_input=True, confirmation_prompt=twice, err=True)
    return asked
