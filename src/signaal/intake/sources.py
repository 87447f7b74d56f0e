"""Reads the source declarations of a workspace."""

from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from signaal.schemas.declaration import Declaration
from signaal.schemas.errors import ConfigurationError, yaml_problem

SUFFIXES = frozenset({".yaml", ".yml"})
PLAIN_WORDS = {
    "extra_forbidden": "is not something a declaration can say; remove it",
    "missing": "is missing; add it",
}
"""What pydantic's commonest errors come down to for the one who wrote the file."""


def load_declarations(folder: Path) -> tuple[Declaration, ...]:
    """The declarations in the ``.yaml`` and ``.yml`` files of a folder, sorted by name; none without folder.

    Raises:
        ConfigurationError: a file is no valid declaration or bears another name than its source.
    """
    if not folder.is_dir():
        return ()
    files = sorted(
        path
        for path in folder.iterdir()
        if path.suffix.lower() in SUFFIXES and path.is_file() and not path.name.startswith(".")
    )
    declarations = sorted((_load(path) for path in files), key=lambda declaration: declaration.name)
    names = [declaration.name for declaration in declarations]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ConfigurationError(f"source {twice[0]} is declared in two files; remove one of them")
    return tuple(declarations)


def _load(path: Path) -> Declaration:
    declaration = _declaration(path)
    if declaration.name != path.stem:
        raise ConfigurationError(f"{path.name}: name must be that of the file; change one of the two")
    return declaration


def _declaration(path: Path) -> Declaration:
    try:
        return Declaration.model_validate(_content(path))
    except ValidationError as error:
        problem = _problem(error)
    raise ConfigurationError(f"{path.name}: {problem}")


def _content(path: Path) -> object:
    try:
        return yaml.load(path.read_text(encoding="utf-8-sig"), _Loader)  # noqa: S506 -- a SafeLoader
    except _RepeatedKeyError as error:
        problem = f"line {error.line} says again what was said before; remove one of the two"
    except (yaml.YAMLError, RecursionError, ValueError, OSError) as error:
        problem = yaml_problem(error)
    raise ConfigurationError(f"{path.name}: {problem}")


def _problem(error: ValidationError) -> str:
    """The first thing that is wrong: field, what, and how much more there is."""
    first, *others = error.errors(include_url=False, include_context=False, include_input=False)
    field = ".".join(str(part) for part in first["loc"]) or "the declaration"
    what = PLAIN_WORDS.get(first["type"]) or first["msg"].removeprefix("Value error, ") + "; correct it"
    more = f" (and {len(others)} more)" if others else ""
    return f"{field}: {what}{more}"


class _RepeatedKeyError(Exception):
    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class _Loader(yaml.SafeLoader):
    """YAML without repeated keys, and with every key as the text that stands there.

    A heading may be ``No`` or ``2024``, which YAML takes for a truth value and a number.
    """

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and key.tag != "tag:yaml.org,2002:merge":
                key.tag = "tag:yaml.org,2002:str"
                if key.value in seen:
                    raise _RepeatedKeyError(key.start_mark.line + 1)
                seen.add(key.value)
        return super().construct_mapping(node, deep=deep)
