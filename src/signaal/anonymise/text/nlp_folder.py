"""The folder of a model, and the packages that read it; nothing is ever downloaded."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType

from signaal.schemas.errors import ConfigurationError
from signaal.schemas.settings import Settings

OFFLINE = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}
DIGITS = 12


def model_folder(settings: Settings) -> Path:
    """The folder set as ``model``.

    Raises:
        ConfigurationError: none is set, or it is not there.
    """
    if settings.model is None:
        raise ConfigurationError(
            f"`engine` is set to {settings.engine}, which needs the folder of a model as `model`"
        )
    folder = settings.path(settings.model)
    if not folder.is_dir():
        raise ConfigurationError(
            "the folder set as `model` is not there: put a model in it, for nothing is downloaded, "
            "or leave `engine` and `model` out"
        )
    return folder


def package(name: str) -> ModuleType:
    """The package that reads models of a kind, named as the extra that brings it, kept off the network.

    Raises:
        ConfigurationError: it is not installed.
    """
    os.environ.update(OFFLINE)
    try:
        import_module("torch")
        found = import_module(name)
        # Presidio may have imported it before, and it reads the environment only then.
        import_module("huggingface_hub").constants.HF_HUB_OFFLINE = True
        transformers = import_module("transformers")
    except ImportError:
        raise ConfigurationError(
            f"`engine` is set to {name}, whose packages are not installed: `pip install signaal[{name}]`"
        ) from None
    transformers.utils.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    return found


@contextmanager
def loading(kind: str) -> Iterator[None]:
    """Whatever goes wrong inside becomes one sentence, without the paths that libraries put in theirs."""
    try:
        yield
    except ConfigurationError:
        raise
    except Exception:
        raise ConfigurationError(
            f"the folder set as `model` holds no model that the engine `{kind}` can read"
        ) from None


def digest(folder: Path) -> str:
    """Twelve digits that tell this model from every other: SHA-256 over its files."""
    whole = hashlib.sha256()
    for path in sorted(path for path in folder.iterdir() if path.is_file()):
        with path.open("rb") as file:
            whole.update(path.name.encode() + hashlib.file_digest(file, "sha256").digest())
    return whole.hexdigest()[:DIGITS]
