"""Where reports are kept: a page and its numbers for each run, and the latest under a fixed name."""

import os
import re
from pathlib import Path

from pydantic import ValidationError

from signaal.schemas.errors import Code, SignaalError
from signaal.schemas.report import RunReport
from signaal.validation.report.render import render
from signaal.validation.report.withheld import without_withheld_names

LATEST = "laatste"
RUN_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


def write(report: RunReport, folder: Path) -> Path:
    """Keeps a run's page and numbers in ``folder``, for its owner's eyes only; gives the page's path.

    Writes ``<run_id>.json``, ``<run_id>.html``, and both again as ``laatste``. Each file is there
    whole or not at all, and writing the same report again is harmless.

    Raises:
        SignaalError: the run id cannot be a file name, or the folder cannot be written.
    """
    if not RUN_ID.fullmatch(report.run_id) or report.run_id == LATEST:
        raise SignaalError(
            Code.INTERNAL, "The report was not written: its run id is not fit to be a file name."
        )
    page, numbers = render(report), without_withheld_names(report).model_dump_json(indent=1)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        for name in (report.run_id, LATEST):
            _replace(folder / f"{name}.json", numbers)
            _replace(folder / f"{name}.html", page)
    except OSError:
        raise SignaalError(
            Code.STORE,
            "The report cannot be written in the reports folder: check its rights and the space left.",
        ) from None
    return folder / f"{report.run_id}.html"


def read_latest(folder: Path) -> RunReport | None:
    """The numbers of the run that was written last; None where there is none yet.

    Raises:
        SignaalError: they cannot be read.
    """
    try:
        return RunReport.model_validate_json((folder / f"{LATEST}.json").read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValidationError):
        raise SignaalError(
            Code.UNREADABLE,
            f"The latest report ({LATEST}.json in the reports folder) cannot be read: "
            "run signaal ingest to write a new one.",
        ) from None


def _replace(path: Path, text: str) -> None:
    """Puts a file in place in one step. A fixed name beside it: what a killed run left is replaced too."""
    beside = path.with_name(f".{path.name}.part")
    beside.unlink(missing_ok=True)
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(text.encode())
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(path)
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
